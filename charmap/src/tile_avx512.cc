// Tiles with AVX-512 (VBMI2): 64 bytes, or twice 32 units of UTF-16, at a time.
//
// What was measured on Zen 4 and shaped this: moving a mask register to a general one costs 2 cycles, so masks that are
// only kept are stored as they are; vpcompress to memory is microcoded, so it goes to a register first; a gather is
// never better than scalar loads; prefetching 4 KiB ahead gives a fifth of the speed.
#include "tile.h"

#if defined(__x86_64__)

// GCC 12 takes the deliberately undefined register of its own intrinsics for an uninitialised variable (bug 105593).
#ifndef __clang__
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"
#pragma GCC diagnostic ignored "-Wuninitialized"
#endif
#include <immintrin.h>

#include <algorithm>
#include <bit>
#include <cstring>

#define HYOJUN_HAS_PDEP
#define HYOJUN_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))

namespace hyojun::charmap {

namespace {

#include "tile_cp932.h"
#include "tile_fill.h"
#include "tile_utf16.h"
#include "tile_utf8.h"

constexpr std::size_t kPrefetch = 4096;

HYOJUN_TARGET inline __m512i byte(int b) noexcept { return _mm512_set1_epi8(static_cast<char>(b)); }

// A constant that the compiler shall keep in a register: it would make it anew in every block.
HYOJUN_TARGET inline __m512i kept(int b) noexcept {
  __m512i v = byte(b);
  asm("" : "+v"(v));
  return v;
}

// A mask that is used several times: moved once.
HYOJUN_TARGET inline std::uint64_t moved(__mmask64 mask) noexcept {
  std::uint64_t m = mask;
  asm("" : "+r"(m));
  return m;
}

// A target for compress and expand: their zeroing forms wait for the register that they overwrite.
HYOJUN_TARGET inline __m512i zero() noexcept {
  __m512i v = _mm512_setzero_si512();
  asm("" : "+v"(v));
  return v;
}

// Units of `low` and `high` in turn: the 16-bit codes of bytes put together by a mask.
class Codes {
 public:
  HYOJUN_TARGET Codes() noexcept {
    alignas(64) std::array<std::uint8_t, 64> order;
    for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint8_t>(i / 2 + (i % 2) * 64);
    order_ = _mm512_load_si512(order.data());
  }
  HYOJUN_TARGET void put(__m512i low, __m512i high, __mmask64 which, std::uint16_t* codes) const noexcept {
    const __m512i l = _mm512_mask_compress_epi8(zero(), which, low);
    const __m512i h = _mm512_mask_compress_epi8(zero(), which, high);
    _mm512_storeu_si512(codes, _mm512_permutex2var_epi8(l, order_, h));
  }

 private:
  __m512i order_;
};

template <bool kFull>
class Utf8Reader {
 public:
  static constexpr bool kHandlesQuotes = kFull;
  static constexpr bool kChecksCodes = false;
  static constexpr std::size_t kUnit = 1;
  HYOJUN_TARGET explicit Utf8Reader(const TileInput& input) noexcept
      : odd_low_(_mm512_load_si512(input.odd_ascii.data())),
        odd_high_(_mm512_load_si512(input.odd_ascii.data() + 64)),
        delimiter_(byte(input.delimited ? input.delimiter : kNoByte)),
        quote_(byte(input.delimited ? '"' : kNoByte)),
        odd_(kept(kFull ? TileInput::kOdd : TileInput::kOdd | TileInput::kOddBare)) {}
  static bool is_lf(const std::uint8_t* p) noexcept { return *p == '\n'; }

  HYOJUN_TARGET bool read(const std::uint8_t* p, std::uint16_t* codes, bool& wants_full, Block& block) noexcept {
    _mm_prefetch(reinterpret_cast<const char*>(p) + kPrefetch, _MM_HINT_T0);
    const __m512i v0 = _mm512_loadu_si512(p);
    const __mmask64 ascii = _mm512_cmpge_epi8_mask(v0, zero_);
    const __mmask64 continuation_k = _mm512_cmplt_epi8_mask(v0, c0_);  // signed: 80–BF
    // U+1000–FFFF without U+D000–DFFF: every pair of continuation bytes is well-formed.
    const __mmask64 lead3_k =
        _mm512_mask_cmpneq_epi8_mask(_mm512_cmplt_epu8_mask(_mm512_sub_epi8(v0, e1_), f_), v0, ed_);
    const __m512i kinds = _mm512_permutex2var_epi8(odd_low_, v0, odd_high_);
    const __mmask64 plain_ascii = _mm512_mask_testn_epi8_mask(ascii, kinds, odd_);
    block.line_end = _mm512_cmpeq_epi8_mask(v0, lf_);
    block.delimiter = _mm512_cmpeq_epi8_mask(v0, delimiter_);
    if (kFull) {
      block.cr = _mm512_cmpeq_epi8_mask(v0, byte('\r'));
      block.quote = _mm512_cmpeq_epi8_mask(v0, quote_);
    }
    const std::uint64_t continuation = moved(continuation_k);
    const std::uint64_t lead3 = moved(lead3_k);
    block.begin = ~continuation;
    block.special = 0;
    if (_kortestc_mask64_u8(_kor_mask64(plain_ascii, continuation_k), lead3_k) != 0) {
      if ((lead3 << 1 | lead3 << 2 | carry_) != continuation) return false;
      carry_ = lead3 >> 63 | lead3 >> 62;
    } else if (!odd_block(p, v0, kinds, wants_full, block)) {
      return false;
    }
    block.pending = carry_ != 0;
    put_codes(p, v0, lead3_k, lead3, codes, block);
    return true;
  }

 private:
  // A block with anything but ASCII and plain three-byte characters.
  HYOJUN_TARGET bool odd_block(const std::uint8_t* p, __m512i v0, __m512i kinds, bool& wants_full,
                               Block& block) noexcept {
    const std::uint64_t high = _mm512_movepi8_mask(v0);
    if (!kFull && (_mm512_test_epi8_mask(kinds, byte(TileInput::kOddBare)) & ~high) != 0) {
      wants_full = true;
      return false;
    }
    const __m512i v1 = _mm512_loadu_si512(p + 1);
    Utf8Leads leads;
    leads.continuation = ~block.begin;
    leads.two = _mm512_mask_cmplt_epu8_mask(high & block.begin, v0, byte(0xE0));
    leads.four = _mm512_cmpge_epu8_mask(v0, byte(0xF0));
    leads.three = high & block.begin & ~leads.two & ~leads.four;
    const std::uint64_t e0 = _mm512_cmpeq_epi8_mask(v0, byte(0xE0));
    const std::uint64_t ed = _mm512_cmpeq_epi8_mask(v0, ed_);
    leads.never = _mm512_mask_cmplt_epu8_mask(leads.two, v0, byte(0xC2)) | _mm512_cmpge_epu8_mask(v0, byte(0xF5)) |
                  _mm512_mask_cmplt_epu8_mask(e0, v1, byte(0xA0)) | _mm512_mask_cmpge_epu8_mask(ed, v1, byte(0xA0)) |
                  _mm512_mask_cmplt_epu8_mask(_mm512_cmpeq_epi8_mask(v0, byte(0xF0)), v1, byte(0x90)) |
                  _mm512_mask_cmpge_epu8_mask(_mm512_cmpeq_epi8_mask(v0, byte(0xF4)), v1, byte(0x90));
    block.special = (_mm512_movepi8_mask(kinds) & ~high) | leads.two | e0 | ed | leads.four;
    return leads.check(carry_);
  }

  HYOJUN_TARGET void put_codes(const std::uint8_t* p, __m512i v0, __mmask64 lead3_k, std::uint64_t lead3,
                               std::uint16_t* codes, Block& block) const noexcept {
    constexpr int kSelect = 0xCA;  // a ? b : c
    const __m512i v1 = _mm512_loadu_si512(p + 1);
    const __m512i v2 = _mm512_loadu_si512(p + 2);
    const __m512i high = _mm512_ternarylogic_epi64(f0_, _mm512_slli_epi16(v0, 4), _mm512_srli_epi16(v1, 2), kSelect);
    const __m512i low = _mm512_ternarylogic_epi64(c0_, _mm512_slli_epi16(v1, 6), v2, kSelect);
    block.look_up = lead3;
    codes_.put(low, high, lead3_k, codes);
  }

  const Codes codes_;
  const __m512i odd_low_, odd_high_, delimiter_, quote_;
  const __m512i odd_;
  const __m512i zero_ = kept(0), c0_ = kept(0xC0), e1_ = kept(0xE1), f_ = kept(0x0F), ed_ = kept(0xED);
  const __m512i lf_ = kept('\n'), f0_ = kept(0xF0);
  std::uint64_t carry_ = 0;  // continuation bytes that the next block begins with
};

template <bool kFull>
class Cp932Reader {
 public:
  static constexpr bool kHandlesQuotes = kFull;
  static constexpr bool kChecksCodes = true;
  static constexpr std::size_t kUnit = 1;
  HYOJUN_TARGET explicit Cp932Reader(const TileInput& input) noexcept
      : odd_low_(_mm512_load_si512(input.odd_ascii.data())),
        odd_high_(_mm512_load_si512(input.odd_ascii.data() + 64)),
        delimiter_(byte(input.delimited ? input.delimiter : kNoByte)),
        quote_(byte(input.delimited ? '"' : kNoByte)),
        odd_(kept(kFull ? TileInput::kOdd : TileInput::kOdd | TileInput::kOddBare)) {}
  static bool is_lf(const std::uint8_t* p) noexcept { return *p == '\n'; }

  HYOJUN_TARGET bool read(const std::uint8_t* p, std::uint16_t* codes, bool& wants_full, Block& block) noexcept {
    _mm_prefetch(reinterpret_cast<const char*>(p) + kPrefetch, _MM_HINT_T0);
    const __m512i v0 = _mm512_loadu_si512(p);
    const __mmask64 ascii = _mm512_cmpge_epi8_mask(v0, zero_);
    const std::uint64_t can_lead =
        moved(_mm512_cmplt_epu8_mask(_mm512_sub_epi8(_mm512_xor_si512(v0, x20_), xa1_), x3c_));
    std::uint64_t lead = 0;
    std::uint64_t trail = 0;
    state_.take(can_lead, lead, trail);
    const std::uint64_t single = ~moved(ascii) & ~(lead | trail);
    if (single != 0 && (single & ~_mm512_cmplt_epu8_mask(_mm512_sub_epi8(v0, byte(0xA1)), byte(0x3F))) != 0)
      return false;
    const __m512i kinds = _mm512_permutex2var_epi8(odd_low_, v0, odd_high_);
    block.begin = ~trail;
    block.special = 0;
    block.line_end = _mm512_cmpeq_epi8_mask(v0, lf_);
    block.delimiter = _mm512_cmpeq_epi8_mask(v0, delimiter_) & ~trail;
    if (kFull) {
      block.cr = _mm512_cmpeq_epi8_mask(v0, byte('\r'));
      block.quote = _mm512_cmpeq_epi8_mask(v0, quote_);
    }
    // Controls, CR and quotes are no trail bytes: where they follow a lead, its code shows it (kChecksCodes).
    const __mmask64 odd = _mm512_mask_test_epi8_mask(ascii, kinds, odd_);
    if (_kortestz_mask64_u8(odd, odd) == 0) {
      if (!kFull && _mm512_mask_test_epi8_mask(ascii, kinds, byte(TileInput::kOddBare)) != 0) {
        wants_full = true;
        return false;
      }
      block.special = _mm512_mask_test_epi8_mask(ascii, kinds, byte(TileInput::kOdd));
    }
    block.pending = state_.pending();
    block.look_up = lead;
    codes_.put(_mm512_loadu_si512(p + 1), v0, lead, codes);
    return true;
  }

 private:
  const Codes codes_;
  const __m512i odd_low_, odd_high_, delimiter_, quote_, odd_;
  const __m512i zero_ = kept(0), lf_ = kept('\n'), x20_ = kept(0x20), xa1_ = kept(0xA1), x3c_ = kept(0x3C);
  Cp932State state_;
};

template <bool kBigEndian, bool kFull>
class Utf16Reader {
 public:
  static constexpr bool kHandlesQuotes = kFull;
  static constexpr bool kChecksCodes = false;
  static constexpr std::size_t kUnit = 2;
  HYOJUN_TARGET explicit Utf16Reader(const TileInput& input) noexcept
      : delimiter_(kept_unit(input.delimiter)), delimited_(input.delimited ? ~std::uint64_t{0} : 0) {}
  static bool is_lf(const std::uint8_t* p) noexcept { return is_utf16_lf<kBigEndian>(p); }

  HYOJUN_TARGET bool read(const std::uint8_t* p, std::uint16_t* codes, bool& wants_full, Block& block) noexcept {
    _mm_prefetch(reinterpret_cast<const char*>(p) + kPrefetch, _MM_HINT_T0);
    _mm_prefetch(reinterpret_cast<const char*>(p) + kPrefetch + 64, _MM_HINT_T0);
    const __m512i a = load(p);
    const __m512i b = load(p + 64);
    const std::uint64_t wide = both(_mm512_cmpge_epu16_mask(a, x80_), _mm512_cmpge_epu16_mask(b, x80_));
    const std::uint64_t surrogate = both(is_surrogate(a), is_surrogate(b));
    const std::uint64_t cr = equal(a, b, cr_);
    const std::uint64_t quote = equal(a, b, quote_) & delimited_;
    block.line_end = equal(a, b, lf_);
    block.delimiter = equal(a, b, delimiter_) & delimited_;
    std::uint64_t control = both(is_control(a), is_control(b)) & ~block.line_end & ~block.delimiter;
    if (kFull) {
      block.cr = cr;
      block.quote = quote;
    } else if ((cr | quote) != 0) {
      wants_full = true;
      return false;
    }
    control &= ~cr;
    block.begin = ~std::uint64_t{0};
    block.special = control;
    if ((surrogate | std::uint64_t{state_.pending()}) != 0) {
      const std::uint64_t low = both(_mm512_cmpge_epu16_mask(a, dc00_), _mm512_cmpge_epu16_mask(b, dc00_)) & surrogate;
      if (!state_.take(surrogate, low, block)) return false;
    }
    block.pending = state_.pending();
    block.look_up = wide & ~surrogate;
    const auto first = static_cast<__mmask32>(block.look_up);
    _mm512_storeu_si512(codes, _mm512_mask_compress_epi16(zero(), first, a));
    _mm512_storeu_si512(codes + _mm_popcnt_u32(first),
                        _mm512_mask_compress_epi16(zero(), static_cast<__mmask32>(block.look_up >> 32), b));
    return true;
  }

 private:
  HYOJUN_TARGET static __m512i kept_unit(int u) noexcept {
    __m512i v = _mm512_set1_epi16(static_cast<short>(u));
    asm("" : "+v"(v));
    return v;
  }
  HYOJUN_TARGET static std::uint64_t both(__mmask32 a, __mmask32 b) noexcept { return moved(_mm512_kunpackd(b, a)); }
  HYOJUN_TARGET std::uint64_t equal(__m512i a, __m512i b, __m512i unit) const noexcept {
    return both(_mm512_cmpeq_epi16_mask(a, unit), _mm512_cmpeq_epi16_mask(b, unit));
  }
  HYOJUN_TARGET __m512i load(const std::uint8_t* p) const noexcept {
    const __m512i v = _mm512_loadu_si512(p);
    return kBigEndian ? _mm512_or_si512(_mm512_slli_epi16(v, 8), _mm512_srli_epi16(v, 8)) : v;
  }
  HYOJUN_TARGET __mmask32 is_surrogate(__m512i v) const noexcept {
    return _mm512_cmplt_epu16_mask(_mm512_sub_epi16(v, d800_), x800_);
  }
  HYOJUN_TARGET __mmask32 is_control(__m512i v) const noexcept {
    return _mm512_cmplt_epu16_mask(v, x20_) | _mm512_cmpeq_epi16_mask(v, x7f_);
  }

  const __m512i delimiter_;
  const std::uint64_t delimited_;
  const __m512i lf_ = kept_unit('\n'), cr_ = kept_unit('\r'), quote_ = kept_unit('"'), x80_ = kept_unit(0x80);
  const __m512i d800_ = kept_unit(0xD800), dc00_ = kept_unit(0xDC00), x800_ = kept_unit(0x800), x20_ = kept_unit(0x20);
  const __m512i x7f_ = kept_unit(0x7F);
  Utf16State state_;
};

#include "tile_readers.h"

}  // namespace

TileFunctions avx512_tiles(Encoding encoding) noexcept { return reader_tiles(encoding); }

}  // namespace hyojun::charmap

#else

namespace hyojun::charmap {
TileFunctions avx512_tiles(Encoding) noexcept { return {}; }
}  // namespace hyojun::charmap

#endif
