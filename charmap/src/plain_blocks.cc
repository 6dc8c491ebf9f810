#include "plain_blocks.h"

#if defined(__x86_64__)
// GCC 12 takes the deliberately undefined register of its own intrinsics for an uninitialised variable (bug 105593).
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>
#define HYOJUN_HAS_AVX512 1
#define HYOJUN_AVX512_TARGET \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))
#else
#define HYOJUN_HAS_AVX512 0
#endif

namespace hyojun::charmap {

namespace {

#if HYOJUN_HAS_AVX512

constexpr std::size_t kBlock = 64;
constexpr std::size_t kWindow = kBlock + 2;  // the bytes of a character that begins at the block's last byte
constexpr int kLookUps = 24;                 // at least the 22 three-byte characters that can begin in a block

// Masks of one block, bit i for byte i.
struct Masks {
  std::uint64_t lead;      // a character begins
  std::uint64_t lead3;     // three bytes, U+1000–FFFF without U+D000–DFFF
  std::uint64_t line_end;  // LF
  std::uint64_t cr;
  std::uint64_t delimiter;
  std::uint64_t doubt;  // not plain by its bytes alone
};

HYOJUN_AVX512_TARGET inline __m512i byte(int b) noexcept { return _mm512_set1_epi8(static_cast<char>(b)); }

HYOJUN_AVX512_TARGET inline Masks find_masks(__m512i v, const BlockInput& input) noexcept {
  Masks m;
  const std::uint64_t high = _mm512_movepi8_mask(v);
  const std::uint64_t continuation = _mm512_cmplt_epi8_mask(v, byte(0xC0));  // signed: 80–BF
  m.lead = ~continuation;
  m.lead3 =
      _mm512_mask_cmpneq_epi8_mask(_mm512_cmplt_epu8_mask(_mm512_sub_epi8(v, byte(0xE1)), byte(0x0F)), v, byte(0xED));
  m.line_end = _mm512_cmpeq_epi8_mask(v, byte('\n'));
  m.cr = _mm512_cmpeq_epi8_mask(v, byte('\r'));
  m.delimiter = _mm512_cmpeq_epi8_mask(v, byte(input.delimiter));
  const std::uint64_t control = _mm512_cmplt_epu8_mask(v, byte(0x20)) | _mm512_cmpeq_epi8_mask(v, byte(0x7F));
  const std::uint64_t quote = _mm512_cmpeq_epi8_mask(v, byte(input.quote));
  // A CR is plain structure before an LF of this block; a lone one is left to the general path.
  const std::uint64_t structure = m.line_end | m.delimiter | (m.cr & (m.line_end >> 1));
  const std::uint64_t expected = m.lead3 << 1 | m.lead3 << 2;
  m.doubt = (control & ~structure) | quote | (expected ^ continuation) | (high & ~continuation & ~m.lead3);
  return m;
}

// Code points of the three-byte characters, in order; the rest is U+3000, which is plain.
HYOJUN_AVX512_TARGET inline void take_codes(__m512i v0, __m512i v1, __m512i v2, std::uint64_t lead3,
                                            std::uint16_t* codes) noexcept {
  const __m512i high_bits = byte(0xF0);
  const __m512i low_bits = byte(0xC0);
  constexpr int kSelect = 0xCA;  // a ? b : c
  const __m512i high = _mm512_ternarylogic_epi64(high_bits, _mm512_slli_epi16(v0, 4),
                                                 _mm512_and_si512(_mm512_srli_epi16(v1, 2), byte(0x0F)), kSelect);
  const __m512i low = _mm512_ternarylogic_epi64(low_bits, _mm512_slli_epi16(v1, 6), v2, kSelect);
  const __m512i space = byte(0x30);
  const __m512i zero = _mm512_setzero_si512();
  const __m256i high_codes = _mm512_castsi512_si256(_mm512_mask_compress_epi8(space, lead3, high));
  const __m256i low_codes = _mm512_castsi512_si256(_mm512_mask_compress_epi8(zero, lead3, low));
  const __m512i wide =
      _mm512_or_si512(_mm512_slli_epi16(_mm512_cvtepu8_epi16(high_codes), 8), _mm512_cvtepu8_epi16(low_codes));
  _mm512_store_si512(codes, wide);
}

HYOJUN_AVX512_TARGET BlockRun utf8_blocks_avx512(const BlockInput& input, std::span<const std::uint8_t> bytes,
                                                 std::uint32_t field) noexcept {
  BlockRun run;
  run.field = field;
  alignas(64) std::uint16_t codes[32];
  while (bytes.size() - run.length >= kWindow) {
    const std::uint8_t* const p = bytes.data() + run.length;
    _mm_prefetch(reinterpret_cast<const char*>(p) + 2048, _MM_HINT_T0);
    const __m512i v0 = _mm512_loadu_si512(p);
    const Masks m = find_masks(v0, input);
    take_codes(v0, _mm512_loadu_si512(p + 1), _mm512_loadu_si512(p + 2), m.lead3, codes);
    // Plain class bytes have at most one low bit, the default glyph's: their sum counts it. Five bits hold 24.
    unsigned any = 0;
    unsigned sum = 0;
    for (int i = 0; i < kLookUps; ++i) {
      const unsigned c = input.classes[codes[i]];
      any |= c;
      sum += c;
    }
    std::uint64_t doubt = m.doubt;
    if ((any & input.not_plain) != 0) {
      std::uint64_t found = 0;
      for (int i = 0; i < kLookUps; ++i) {
        found |= static_cast<std::uint64_t>((input.classes[codes[i]] & input.not_plain) != 0) << i;
      }
      doubt |= _pdep_u64(found, m.lead3);
    }
    // The last character may go on or be extended behind the block; the one before a doubt may be extended by it.
    const std::uint64_t whole = m.lead & (doubt == 0 ? ~std::uint64_t{0} : (doubt & (0 - doubt)) - 1);
    if (whole == 0) break;
    const unsigned end = 63U - static_cast<unsigned>(_lzcnt_u64(whole));
    const std::uint64_t taken = (std::uint64_t{1} << end) - 1;
    const auto looked_up = static_cast<unsigned>(_mm_popcnt_u64(m.lead3 & taken));
    if (doubt == 0) {
      sum -= input.classes[codes[looked_up]];  // the one not taken; U+3000, whose class is 0, where that is no lead3
    } else {
      sum = 0;
      for (unsigned i = 0; i < looked_up; ++i) sum += input.classes[codes[i]];
    }
    const std::uint64_t ends = m.line_end & taken;
    const std::uint64_t delimiters = m.delimiter & taken;
    run.default_glyph += sum & 31;
    run.characters += static_cast<std::uint64_t>(_mm_popcnt_u64(m.lead & taken & ~(ends | delimiters | m.cr)));
    run.records += static_cast<std::uint64_t>(_mm_popcnt_u64(ends));
    const std::uint64_t last_record = ends == 0 ? ~std::uint64_t{0} : ~std::uint64_t{0} << (63U - _lzcnt_u64(ends));
    run.field = static_cast<std::uint32_t>(_mm_popcnt_u64(delimiters & last_record)) + (ends == 0 ? run.field : 0);
    run.length += end;
    if (end == 0 || doubt != 0) break;
  }
  return run;
}

#endif

}  // namespace

BlockFunction utf8_blocks(Kernel kernel) noexcept {
#if HYOJUN_HAS_AVX512
  if (kernel == Kernel::avx512) return utf8_blocks_avx512;
#endif
  static_cast<void>(kernel);
  return nullptr;
}

std::string_view kernel_name(Kernel kernel) noexcept { return kernel == Kernel::avx512 ? "avx512" : "portable"; }

std::vector<Kernel> available_kernels() {
  if (best_kernel() == Kernel::portable) return {Kernel::portable};
  return {best_kernel(), Kernel::portable};
}

Kernel best_kernel() noexcept {
#if HYOJUN_HAS_AVX512
  const bool avx512 = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
                      __builtin_cpu_supports("bmi2");
  if (avx512) return Kernel::avx512;
#endif
  return Kernel::portable;
}

}  // namespace hyojun::charmap
