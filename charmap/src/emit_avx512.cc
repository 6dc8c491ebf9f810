// CP932 to UTF-8 with AVX-512 (VBMI2): 16 source bytes become up to 24 bytes at a time.
#include "tile.h"

#if defined(__x86_64__)

#include "avx512_intrinsics.h"

#define HYOJUN_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))

namespace hyojun::charmap {

namespace {

#include "avx512_registers.h"

// Bits of a block's bytes that lie in [from, to), counted from the tile's first byte.
HYOJUN_TARGET inline std::uint64_t bits_between(std::size_t block, std::size_t from, std::size_t to) noexcept {
  const std::size_t begin = block * kBlockUnits;
  std::uint64_t bits = ~std::uint64_t{0};
  if (from > begin) bits &= ~std::uint64_t{0} << (from - begin);
  if (to < begin + kBlockUnits) bits &= ~std::uint64_t{0} >> (begin + kBlockUnits - to);
  return bits;
}

// Half-width kana, A1–DF, as U+FF61–FF9F: EF, BD or BE, 80–BF.
HYOJUN_TARGET inline __m512i kana_utf8(__m512i bytes) noexcept {
  const __m512i number = _mm512_sub_epi32(bytes, _mm512_set1_epi32(0x40));
  const __m512i second = _mm512_slli_epi32(_mm512_add_epi32(_mm512_srli_epi32(number, 6), _mm512_set1_epi32(0xBC)), 8);
  const __m512i third = _mm512_slli_epi32(
      _mm512_or_si512(_mm512_and_si512(number, _mm512_set1_epi32(0x3F)), _mm512_set1_epi32(0x80)), 16);
  return _mm512_or_si512(_mm512_or_si512(second, third), _mm512_set1_epi32(0xEF));
}

// What one block holds of the characters to write.
struct Characters {
  std::uint64_t single;  // one byte: ASCII and half-width kana
  std::uint64_t kana;
  std::uint64_t lead;     // of all two-byte characters: each has an entry
  std::uint64_t written;  // of those to be written
  const std::uint32_t* utf8;
};

// Sixteen bytes of a block: each lane is one, with the UTF-8 of the character that it begins, or zero.
HYOJUN_TARGET inline std::uint8_t* emit_sixteen(const std::uint8_t* p, Characters& c, std::uint8_t* out) noexcept {
  const __m512i bytes = _mm512_cvtepu8_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(p)));
  const auto lead = static_cast<__mmask16>(c.lead);
  const __m512i entries = _mm512_mask_expand_epi32(zero(), lead, _mm512_loadu_si512(c.utf8));
  __m512i text = _mm512_maskz_mov_epi32(static_cast<__mmask16>(c.single), bytes);
  text = _mm512_mask_and_epi32(text, static_cast<__mmask16>(c.written), entries, _mm512_set1_epi32(0x00FFFFFF));
  const auto kana = static_cast<__mmask16>(c.kana);
  if (kana != 0) text = _mm512_mask_mov_epi32(text, kana, kana_utf8(bytes));
  const __mmask64 used = _mm512_test_epi8_mask(text, text);
  _mm512_storeu_si512(out, _mm512_mask_compress_epi8(zero(), used, text));
  c.utf8 += _mm_popcnt_u32(lead);
  c.single >>= 16;
  c.kana >>= 16;
  c.lead >>= 16;
  c.written >>= 16;
  return out + _mm_popcnt_u64(used);
}

// A whole block without half-width kana. Its trail bytes become zeros once, so that each sixteen lanes need one mask:
// moving one to a mask register costs as much as the look-up of a character.
template <int kQuarter>
HYOJUN_TARGET inline std::uint8_t* emit_quarter(__m512i bytes, std::uint64_t lead, const std::uint32_t*& utf8,
                                                std::uint8_t* out) noexcept {
  const auto leads = static_cast<__mmask16>(lead >> 16 * kQuarter);
  const __m512i single = _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(bytes, kQuarter));
  const __m512i entries = _mm512_mask_expand_epi32(single, leads, _mm512_loadu_si512(utf8));
  const __m512i text = _mm512_and_si512(entries, _mm512_set1_epi32(0x00FFFFFF));
  const __mmask64 used = _mm512_test_epi8_mask(text, text);
  // Nine characters of three bytes at most.
  _mm256_storeu_si256(reinterpret_cast<__m256i*>(out),
                      _mm512_castsi512_si256(_mm512_mask_compress_epi8(zero(), used, text)));
  utf8 += _mm_popcnt_u32(leads);
  return out + _mm_popcnt_u64(used);
}

HYOJUN_TARGET inline std::uint8_t* emit_whole(__m512i v, std::uint64_t begin, std::uint64_t lead,
                                              const std::uint32_t* utf8, std::uint8_t* out) noexcept {
  const __m512i bytes = _mm512_maskz_mov_epi8(begin, v);
  out = emit_quarter<0>(bytes, lead, utf8, out);
  out = emit_quarter<1>(bytes, lead, utf8, out);
  out = emit_quarter<2>(bytes, lead, utf8, out);
  return emit_quarter<3>(bytes, lead, utf8, out);
}

}  // namespace

HYOJUN_TARGET std::size_t emit_cp932_avx512(const Tile& tile, const std::uint8_t* bytes, std::size_t from,
                                            std::size_t to, std::uint8_t* out) noexcept {
  std::uint8_t* const first = out;
  for (std::size_t block = from / kBlockUnits; block * kBlockUnits < to; ++block) {
    const std::uint8_t* const p = bytes + block * kBlockUnits;
    const __m512i v = _mm512_loadu_si512(p);
    const std::uint64_t wanted = bits_between(block, from, to);
    const std::uint64_t lead = tile.looked_up[block];
    const std::uint64_t single = tile.begins[block] & ~lead & wanted;
    const std::uint64_t kana = _mm512_movepi8_mask(v) & single;
    const std::uint32_t* const utf8 = &tile.utf8[tile.first_code[block]];
    if (single == ~std::uint64_t{0} && kana == 0) {
      _mm512_storeu_si512(out, v);
      out += kBlockUnits;
      continue;
    }
    if (wanted == ~std::uint64_t{0} && kana == 0) {
      out = emit_whole(v, tile.begins[block], lead, utf8, out);
      continue;
    }
    Characters c{single, kana, lead, lead & wanted, utf8};
    for (std::size_t i = 0; i < kBlockUnits; i += 16) out = emit_sixteen(p + i, c, out);
  }
  return static_cast<std::size_t>(out - first);
}

HYOJUN_TARGET void put_into_tile(Tile& tile, std::size_t at, std::uint32_t utf8) noexcept {
  const std::size_t block = at / kBlockUnits;
  const std::uint64_t before = _bzhi_u64(tile.looked_up[block], static_cast<unsigned>(at % kBlockUnits));
  tile.utf8[tile.first_code[block] + static_cast<std::size_t>(_mm_popcnt_u64(before))] = utf8;
}

}  // namespace hyojun::charmap

#else

namespace hyojun::charmap {
void put_into_tile(Tile&, std::size_t, std::uint32_t) noexcept {}
std::size_t emit_cp932_avx512(const Tile&, const std::uint8_t*, std::size_t, std::size_t, std::uint8_t*) noexcept {
  return 0;
}
}  // namespace hyojun::charmap

#endif
