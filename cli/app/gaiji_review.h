// Gathers what a person needs to match gaiji: the office's data, list and font, the nearest shapes, what is recorded,
// what was decided elsewhere on the same glyph. The result is a page (review_page.h).
#ifndef HYOJUN_CLI_APP_GAIJI_REVIEW_H_
#define HYOJUN_CLI_APP_GAIJI_REVIEW_H_

#include <memory>
#include <string>
#include <vector>

#include "gaiji_scan.h"
#include "gaiji_share.h"
#include "hyojun/charmap/glyph_index.h"
#include "hyojun/core/decision_book.h"
#include "review_page.h"

namespace hyojun::app {

struct ReviewRequest {
  std::string font{};  // of the gaiji; empty: none
  std::uint32_t face = 0;
  std::vector<std::string> references{};       // reference fonts, as the index was made from
  const charmap::GlyphIndex* index = nullptr;  // null: no search by shape
  std::size_t top = 5;                         // candidates by shape
  const core::DecisionBook* book = nullptr;    // null: nothing is recorded
  std::vector<SharedGlyph> shared{};           // decided elsewhere
  unsigned threads = 0;
};

// Candidates by number come first, then those of the same glyph elsewhere, then by shape; each name once, its bases
// joined. A number whose character is not among the nearest shapes is told.
// Errors: those of the fonts.
base::Result<ReviewPage> make_review(const GaijiScan& scan, const ReviewRequest& request);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GAIJI_REVIEW_H_
