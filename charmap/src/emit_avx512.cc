// CP932 to UTF-8 with AVX-512 (VBMI2).
//
// Of a character of two bytes, the last two of its UTF-8 take the place of its source, and the first is put before
// them: 32 source bytes become up to 48 with one interleaving and one compression. Half-width kana, three bytes for
// one, have a way of their own.
#include "tile.h"

#if defined(__x86_64__)

#include <array>

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

// A block as UTF-8: of each source byte these two in turn, zero where there is none.
struct Planes {
  __m512i first;  // before a lead
  __m512i bytes;  // in the place of the source
};

// Loaded by itself, so that the compiler does not make it part of an expansion: where that needs none of it (a text
// without characters of two bytes) and the page was never written, each would take 500 cycles to find that out.
HYOJUN_TARGET inline __m512i loaded(const void* p) noexcept {
  __m512i v = _mm512_loadu_si512(p);
  asm("" : "+v"(v));
  return v;
}

// Bytes of `first` and `bytes` in turn.
class Interleaving {
 public:
  HYOJUN_TARGET Interleaving() noexcept {
    alignas(64) static constexpr auto kOrder = [] {
      std::array<std::uint8_t, 128> order{};
      for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint8_t>(i / 2 + (i % 2) * 64);
      return order;
    }();
    low_ = _mm512_load_si512(kOrder.data());
    high_ = _mm512_load_si512(kOrder.data() + 64);
  }
  HYOJUN_TARGET __m512i low(const Planes& p) const noexcept { return _mm512_permutex2var_epi8(p.first, low_, p.bytes); }
  HYOJUN_TARGET __m512i high(const Planes& p) const noexcept {
    return _mm512_permutex2var_epi8(p.first, high_, p.bytes);
  }

 private:
  __m512i low_, high_;
};

// Writes what is not zero.
HYOJUN_TARGET inline std::uint8_t* put_used(__m512i text, std::uint8_t* out) noexcept {
  const __mmask64 used = _mm512_test_epi8_mask(text, text);
  _mm512_storeu_si512(out, _mm512_mask_compress_epi8(zero(), used, text));
  return out + _mm_popcnt_u64(used);
}

HYOJUN_TARGET inline __m512i sixteen(const std::uint8_t* p) noexcept {
  return _mm512_cvtepu8_epi32(_mm_load_si128(reinterpret_cast<const __m128i*>(p)));
}

// Half-width kana, A1–DF, are U+FF61–FF9F: EF, BD or BE, 80–BF.
HYOJUN_TARGET std::uint8_t* put_with_kana(__m512i source, __mmask64 kana, Planes planes, std::uint8_t* out) noexcept {
  const __m512i number = _mm512_sub_epi8(source, byte(0x40));  // 61–9F
  const __mmask64 upper = _mm512_movepi8_mask(number) & kana;
  planes.first = _mm512_mask_mov_epi8(planes.first, kana, byte(0xEF));
  planes.bytes = _mm512_mask_mov_epi8(_mm512_mask_mov_epi8(planes.bytes, kana, byte(0xBD)), upper, byte(0xBE));
  const __m512i third = _mm512_maskz_mov_epi8(kana, _mm512_or_si512(_mm512_and_si512(number, byte(0x3F)), byte(0x80)));
  alignas(64) std::array<std::uint8_t, 64> first, second, last;
  _mm512_store_si512(first.data(), planes.first);
  _mm512_store_si512(second.data(), planes.bytes);
  _mm512_store_si512(last.data(), third);
  for (std::size_t i = 0; i < kBlockUnits; i += 16) {
    const __m512i later =
        _mm512_or_si512(_mm512_slli_epi32(sixteen(&second[i]), 8), _mm512_slli_epi32(sixteen(&last[i]), 16));
    out = put_used(_mm512_or_si512(sixteen(&first[i]), later), out);
  }
  return out;
}

}  // namespace

HYOJUN_TARGET std::size_t emit_cp932_avx512(const Tile& tile, const std::uint8_t* bytes, std::size_t from,
                                            std::size_t to, std::uint8_t* out) noexcept {
  const Interleaving interleaving;
  std::uint8_t* const first = out;
  for (std::size_t block = from / kBlockUnits; block * kBlockUnits < to; ++block) {
    const __m512i v = _mm512_loadu_si512(bytes + block * kBlockUnits);
    const std::uint64_t wanted = bits_between(block, from, to);
    const std::uint64_t lead = tile.looked_up[block];
    const std::uint64_t trail = ~tile.begins[block];
    const std::uint64_t single = ~(lead | trail) & wanted;
    const std::uint64_t kana = _mm512_movepi8_mask(v) & single;
    if (single == ~std::uint64_t{0} && kana == 0) {
      _mm512_storeu_si512(out, v);
      out += kBlockUnits;
      continue;
    }
    // The block's first byte may be the trail of the last character of the one before.
    const std::uint8_t* const last_bytes =
        reinterpret_cast<const std::uint8_t*>(&tile.last_bytes[tile.first_code[block]]) - (trail & 1);
    Planes planes;
    planes.first = _mm512_mask_expand_epi8(zero(), lead, loaded(&tile.first_bytes[tile.first_code[block]]));
    planes.bytes = _mm512_mask_expand_epi8(v, lead | trail, loaded(last_bytes));
    if (wanted != ~std::uint64_t{0}) {
      planes.first = _mm512_maskz_mov_epi8(wanted, planes.first);
      planes.bytes = _mm512_maskz_mov_epi8(wanted, planes.bytes);
    }
    if (kana != 0) {
      out = put_with_kana(v, kana, planes, out);
      continue;
    }
    out = put_used(interleaving.low(planes), out);
    out = put_used(interleaving.high(planes), out);
  }
  return static_cast<std::size_t>(out - first);
}

HYOJUN_TARGET void put_into_tile(Tile& tile, std::size_t at, std::uint32_t utf8) noexcept {
  const std::size_t block = at / kBlockUnits;
  const std::uint64_t before = _bzhi_u64(tile.looked_up[block], static_cast<unsigned>(at % kBlockUnits));
  const std::size_t code = tile.first_code[block] + static_cast<std::size_t>(_mm_popcnt_u64(before));
  tile.first_bytes[code] = static_cast<std::uint8_t>(utf8);
  tile.last_bytes[code] = static_cast<std::uint16_t>(utf8 >> 8);
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
