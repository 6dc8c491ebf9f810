// The hot loops of the glyph search for the processor at hand. Every kernel gives the same results, bit for bit.
// Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_KERNEL_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_KERNEL_H_

#include "glyph_match.h"
#include "glyph_shape.h"
#include "hyojun/charmap/kernel.h"

namespace hyojun::charmap::shape {

struct GlyphKernel {
  // `raw` may be null: the maps alone.
  void (*measure)(const Normal& normal, Maps& maps, Raw* raw, Scratch& scratch);
  void (*detail)(const Normal& normal, Details& details, Scratch& scratch);
  Leftover (*match)(const Maps& a, const Maps& b, MatchScratch<Maps>& scratch);
  Leftover (*match_details)(const Details& a, const Details& b, MatchScratch<Details>& scratch);
  // dots[i * rows + r] = vectors[i] · rows[r].
  void (*dots)(const std::int16_t* vectors, std::size_t count, const std::int8_t* rows, std::size_t row_count,
               std::int32_t* dots);
};

const GlyphKernel& glyph_kernel(Kernel kernel) noexcept;

}  // namespace hyojun::charmap::shape

#endif  // HYOJUN_CHARMAP_SRC_GLYPH_KERNEL_H_
