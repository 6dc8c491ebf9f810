#include "glyph_kernel.h"

namespace hyojun::charmap::shape {

namespace {

HYOJUN_INLINE void all_dots(const std::int16_t* vectors, std::size_t count, const std::int8_t* rows,
                            std::size_t row_count, std::int32_t* dots) {
  for (std::size_t r = 0; r < row_count; ++r) dots_inline(vectors, count, rows + r * kCoarse, dots + r, row_count);
}

#define HYOJUN_GLYPH_KERNEL(name, target)                                                                             \
  target void measure_##name(const Normal& n, Maps& m, Raw* r, Scratch& s) { measure_inline(n, m, r, s); }            \
  target void detail_##name(const Normal& n, Details& d, Scratch& s) { detail_inline(n, d, s); }                      \
  target Leftover match_##name(const Maps& a, const Maps& b, MatchScratch<Maps>& s) { return match_inline(a, b, s); } \
  target Leftover match_details_##name(const Details& a, const Details& b, MatchScratch<Details>& s) {                \
    return match_inline(a, b, s);                                                                                     \
  }                                                                                                                   \
  target void dots_##name(const std::int16_t* v, std::size_t n, const std::int8_t* r, std::size_t m,                  \
                          std::int32_t* d) {                                                                          \
    all_dots(v, n, r, m, d);                                                                                          \
  }                                                                                                                   \
  [[maybe_unused]] constexpr GlyphKernel k_##name = {measure_##name, detail_##name, match_##name,                     \
                                                     match_details_##name, dots_##name};

HYOJUN_GLYPH_KERNEL(portable, )
#if defined(__x86_64__)
HYOJUN_GLYPH_KERNEL(avx2, __attribute__((target("avx2"))))
HYOJUN_GLYPH_KERNEL(avx512, __attribute__((target("avx512bw,avx512vl,prefer-vector-width=512"))))

// The same sums with the instruction made for them, where the processor has it.
__attribute__((target("avx512bw,avx512vl,avx512vnni,prefer-vector-width=512"))) void dots_vnni(
    const std::int16_t* v, std::size_t n, const std::int8_t* r, std::size_t m, std::int32_t* d) {
  all_dots(v, n, r, m, d);
}
#endif

}  // namespace

const GlyphKernel& glyph_kernel(Kernel kernel) noexcept {
#if defined(__x86_64__)
  // Rows of 32 places are too short for the widest vectors.
  static constexpr GlyphKernel kWide = {measure_avx512, detail_avx512, match_avx2, match_details_avx2, dots_avx512};
  static constexpr GlyphKernel kWidest = {measure_avx512, detail_avx512, match_avx2, match_details_avx2, dots_vnni};
  if (kernel == Kernel::avx512) return __builtin_cpu_supports("avx512vnni") != 0 ? kWidest : kWide;
  if (kernel == Kernel::avx2) return k_avx2;
#endif
  (void)kernel;
  return k_portable;
}

}  // namespace hyojun::charmap::shape
