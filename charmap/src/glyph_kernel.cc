#include "glyph_kernel.h"

namespace hyojun::charmap::shape {

namespace {

HYOJUN_INLINE void dots_inline(const std::int16_t* vector, const std::int8_t* rows, std::size_t count,
                               std::int32_t* dots) {
  for (std::size_t i = 0; i < count; ++i) dots[i] = dot_inline(vector, rows + i * kCoarse);
}

#define HYOJUN_GLYPH_KERNEL(name, target)                                                                       \
  target void measure_##name(const Normal& n, Maps& m, Raw* r, Scratch& s) { measure_inline(n, m, r, s); }      \
  target Leftover match_##name(const Maps& a, const Maps& b, MatchScratch& s) { return match_inline(a, b, s); } \
  target void dots_##name(const std::int16_t* v, const std::int8_t* r, std::size_t n, std::int32_t* d) {        \
    dots_inline(v, r, n, d);                                                                                    \
  }                                                                                                             \
  constexpr GlyphKernel k_##name = {measure_##name, match_##name, dots_##name};

HYOJUN_GLYPH_KERNEL(portable, )
#if defined(__x86_64__)
HYOJUN_GLYPH_KERNEL(avx2, __attribute__((target("avx2"))))
HYOJUN_GLYPH_KERNEL(avx512, __attribute__((target("avx512bw,avx512vl,prefer-vector-width=512"))))
#endif

}  // namespace

const GlyphKernel& glyph_kernel(Kernel kernel) noexcept {
#if defined(__x86_64__)
  if (kernel == Kernel::avx512) return k_avx512;
  if (kernel == Kernel::avx2) return k_avx2;
#endif
  (void)kernel;
  return k_portable;
}

}  // namespace hyojun::charmap::shape
