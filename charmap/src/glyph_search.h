// One search, with what it saw: for the calibration, which reads more than a result says. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_SEARCH_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_SEARCH_H_

#include <cstdint>
#include <span>
#include <vector>

#include "glyph_evidence.h"
#include "glyph_index_state.h"
#include "glyph_kernel.h"

namespace hyojun::charmap::glyph {

// A row that may be the answer. Nearer rows have a larger `rank`.
struct Hit {
  std::uint32_t row = 0;
  float cosine = 0;
  double rank = 0;
  double leftover = 0;  // per window, and the worst window: of the fine comparison
  double largest = 0;
  double detail = 0;  // the same in detail
  double largest_detail = 0;
  bool is_compared = false;  // finely
};

struct Search {
  std::vector<Hit> hits;  // best first; empty: the drawing has no ink, or every row is excluded
  Evidence evidence{};
};

// The rows that a search reads.
struct Rows {
  std::span<const Name> names;
  std::span<const float> inverse_norms;
  std::span<const std::int8_t> coarse;
  std::span<const shape::Normal> pictures;
};

// `left_out`: for each drawing the rows that may not answer it, beside those of the options; or empty.
using LeftOut = std::vector<std::vector<std::uint32_t>>;
std::vector<Search> search(const Rows& rows, std::span<const GlyphBitmap> drawings, const GlyphSearchOptions& options,
                           const shape::GlyphKernel& kernel, unsigned threads, const LeftOut& left_out = {});

// The rows of an index, for those who want more than a result.
struct Access {
  static Rows rows(const GlyphIndex& index);
};

GlyphSearchResult result_of(const Search& search, const Rows& rows, std::size_t top);

}  // namespace hyojun::charmap::glyph

#endif  // HYOJUN_CHARMAP_SRC_GLYPH_SEARCH_H_
