#include "glyph_kernel.h"

namespace hyojun::charmap::shape {

namespace {

HYOJUN_INLINE void all_dots(const std::int16_t* vectors, std::size_t count, const std::int8_t* rows,
                            std::size_t row_count, std::int32_t* dots) {
  for (std::size_t r = 0; r < row_count; ++r) dots_inline(vectors, count, rows + r * kCoarse, dots + r, row_count);
}

#define HYOJUN_GLYPH_KERNEL(name, target)                                                                       \
  target void measure_##name(const Normal& n, Maps& m, Raw* r, Scratch& s) { measure_inline(n, m, r, s); }      \
  target Leftover match_##name(const Maps& a, const Maps& b, MatchScratch& s) { return match_inline(a, b, s); } \
  target void dots_##name(const std::int16_t* v, std::size_t n, const std::int8_t* r, std::size_t m,            \
                          std::int32_t* d) {                                                                    \
    all_dots(v, n, r, m, d);                                                                                    \
  }                                                                                                             \
  [[maybe_unused]] constexpr GlyphKernel k_##name = {measure_##name, match_##name, dots_##name};

HYOJUN_GLYPH_KERNEL(portable, )
#if defined(__x86_64__)
HYOJUN_GLYPH_KERNEL(avx2, __attribute__((target("avx2"))))
HYOJUN_GLYPH_KERNEL(avx512, __attribute__((target("avx512bw,avx512vl,prefer-vector-width=512"))))
#endif

}  // namespace

const GlyphKernel& glyph_kernel(Kernel kernel) noexcept {
#if defined(__x86_64__)
  // Windows of 32 places are too short for the widest vectors.
  static constexpr GlyphKernel kWide = {measure_avx512, match_avx2, dots_avx512};
  if (kernel == Kernel::avx512) return kWide;
  if (kernel == Kernel::avx2) return k_avx2;
#endif
  (void)kernel;
  return k_portable;
}

}  // namespace hyojun::charmap::shape
