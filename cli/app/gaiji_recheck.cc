#include "gaiji_recheck.h"

#include <fmt/format.h>

#include <array>

#include "decision_columns.h"
#include "hyojun/charmap/gaiji_code.h"

namespace hyojun::app {
namespace {

using charmap::Repertoire;
using core::RecordedDecision;

struct Words {
  std::string_view key;
  std::string_view ja;
  std::string_view en;
};
constexpr std::array<Words, 5> kReasons = {
    {{"target_gone", "同定先がこの文字表にない", "the target is not in this table"},
     {"provisional", "追加文字（GJ）を探さずに該当なしとした", "no match, but the added characters were not searched"},
     {"candidate_now", "該当なしとしたが、いまは候補がある", "no match, but there is a candidate now"},
     {"other_glyph", "決定したときと字形が違う", "the glyph is another than was decided on"},
     {"other_table", "別の版の文字表で決定した", "decided with another version of the table"}}};

class Recheck {
 public:
  Recheck(const Repertoire& repertoire, const RecheckGlyphs& glyphs)
      : repertoire_(repertoire), glyphs_(glyphs), label_(table_label(repertoire)) {}

  void take(const RecordedDecision& recorded) {
    const core::Decision& d = recorded.decision;
    if (!d.target.empty() && !repertoire_.find_name(d.target)) add(recorded, RecheckReason::target_gone, d.target);
    if (d.category == core::GaijiCategory::no_match && !d.added_searched)
      add(recorded, RecheckReason::provisional, std::string(charmap::kAddedNotSearched));
    if (glyphs_.font != nullptr) take_glyph(recorded);
    if (d.table_version != label_)
      add(recorded, RecheckReason::other_table, fmt::format("{} → {}", d.table_version, label_));
  }

  std::vector<RecheckRow>& rows() { return rows_; }

 private:
  void take_glyph(const RecordedDecision& recorded) {
    const core::Decision& d = recorded.decision;
    const auto encoding = charmap::parse_encoding(d.gaiji.encoding);
    const auto code = encoding ? charmap::parse_gaiji_code(*encoding, repertoire_, d.gaiji.code)
                               : base::Result<charmap::GaijiCode>(base::fail(base::ErrorCode::bug, {"", ""}));
    const auto glyph = code ? glyphs_.font->find(code->code_point) : std::nullopt;
    if (!glyph) return;
    const auto digest = glyphs_.font->glyph_digest(*glyph);
    if (digest && !d.glyph.empty() && *digest != d.glyph) add(recorded, RecheckReason::other_glyph, "");
    if (d.category != core::GaijiCategory::no_match || glyphs_.index == nullptr) return;
    const auto drawing = glyphs_.font->render(*glyph);
    if (!drawing) return;
    const charmap::GlyphSearchResult found = glyphs_.index->search(*drawing, {.top = 1});
    if (found.candidates.empty() || found.is_absent_likely) return;
    const charmap::GlyphCandidate& best = found.candidates.front();
    add(recorded, RecheckReason::candidate_now, fmt::format("{} {}", best.name, text_of_name(repertoire_, best.name)));
  }

  void add(const RecordedDecision& recorded, RecheckReason reason, std::string detail) {
    rows_.push_back({&recorded, reason, std::move(detail)});
  }

  const Repertoire& repertoire_;
  const RecheckGlyphs& glyphs_;
  std::string label_;
  std::vector<RecheckRow> rows_;
};

}  // namespace

std::string_view key_of(RecheckReason reason) { return kReasons[static_cast<std::size_t>(reason)].key; }
base::Text text_of(RecheckReason reason) {
  const Words& words = kReasons[static_cast<std::size_t>(reason)];
  return {std::string(words.ja), std::string(words.en)};
}

std::vector<RecheckRow> recheck(const core::DecisionBook& book, const Repertoire& repertoire,
                                const RecheckGlyphs& glyphs) {
  Recheck recheck(repertoire, glyphs);
  for (const auto& [key, standing] : book.standings()) {
    const RecordedDecision& last = *book.last(key);
    if (last.decision.state != core::DecisionState::proposed) recheck.take(last);
  }
  return std::move(recheck.rows());
}

}  // namespace hyojun::app
