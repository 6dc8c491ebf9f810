// Decisions that leave the office: glyphs and what they were matched to, nothing of data or persons.
//
// File: JSON {"schema":"hyojun.gaiji_share/1","table","glyphs":[{"glyph","path","target","category","criterion"}]},
// glyphs by digest. Only checked decisions (確認済) with a digest of the glyph; no code, system, position, count, name
// or person: what is shared is the shape and its match. Loaded elsewhere it gives a candidate, never a decision.
#ifndef HYOJUN_CLI_APP_GAIJI_SHARE_H_
#define HYOJUN_CLI_APP_GAIJI_SHARE_H_

#include <map>
#include <string>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/core/decision_book.h"

namespace hyojun::app {

inline constexpr std::string_view kSharedBasis = "同一字形を他で決定";

struct SharedGlyph {
  std::string glyph;      // SHA-256 of its outline
  std::string path;       // the outline, SVG path data
  std::string target;     // 文字図形名; empty where the category has none
  std::string category;   // key of a core::GaijiCategory
  std::string criterion;  // may be empty
};

// One for each glyph, by digest; a glyph that was matched to different characters is left out and counted. `paths`:
// outline by digest, of the office's own font.
struct SharedContent {
  std::vector<SharedGlyph> glyphs{};
  std::size_t contradictions = 0;
  std::size_t without_glyph = 0;  // decisions whose glyph the font does not have
};
SharedContent shared_of(const core::DecisionBook& book, const std::map<std::string, std::string>& paths);

std::string share_text(const SharedContent& content, const std::string& table);

// Errors: environment; input_rejected (not such a file, a wrong digest: the outline is not the one that was matched).
base::Result<std::vector<SharedGlyph>> read_share(const std::string& path);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GAIJI_SHARE_H_
