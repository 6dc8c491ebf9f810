// Which decisions have to be looked at again: the table or a layer has another version, a character has appeared that
// was missing, or the added characters can be searched now.
#ifndef HYOJUN_CLI_APP_GAIJI_RECHECK_H_
#define HYOJUN_CLI_APP_GAIJI_RECHECK_H_

#include <string>
#include <vector>

#include "hyojun/charmap/glyph_index.h"
#include "hyojun/charmap/repertoire.h"
#include "hyojun/core/decision_book.h"

namespace hyojun::app {

enum class RecheckReason : std::uint8_t {
  target_gone,    // the name is in the table no more
  provisional,    // 該当なし, but 追加文字（GJ）は未検索
  candidate_now,  // 該当なし, and now a glyph fits
  other_glyph,    // the font draws something else under this code than what was decided on
  other_table,    // decided with another version of the table; the target stands
};
std::string_view key_of(RecheckReason reason);
base::Text text_of(RecheckReason reason);

struct RecheckRow {
  const core::RecordedDecision* decision;
  RecheckReason reason;
  std::string detail{};  // a candidate, the versions
};

// What the office's font draws today, and what the reference fonts say of it. Null: not looked at.
struct RecheckGlyphs {
  const charmap::GlyphSource* font = nullptr;
  const charmap::GlyphIndex* index = nullptr;
};

// What stands in the book (its last words, proposals left out) seen with this table, by key; one row for each reason.
std::vector<RecheckRow> recheck(const core::DecisionBook& book, const charmap::Repertoire& repertoire,
                                const RecheckGlyphs& glyphs = {});

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GAIJI_RECHECK_H_
