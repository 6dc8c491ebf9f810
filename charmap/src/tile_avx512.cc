// Tiles of CP932 and UTF-16 with AVX-512 (VBMI2): 64 bytes, or twice 32 units, at a time. tile_utf8_avx512.cc is that
// of UTF-8.
//
// What was measured on Zen 4 and shaped this: moving a mask register to a general one costs 2 cycles, so masks that are
// only kept are stored as they are; vpcompress to memory is microcoded, so it goes to a register first; a gather is
// never better than scalar loads; prefetching 4 KiB ahead gives a fifth of the speed.
#include "tile.h"

#if defined(__x86_64__)

#include <algorithm>
#include <bit>
#include <cstring>

#include "avx512_intrinsics.h"

#define HYOJUN_HAS_PDEP
#define HYOJUN_LOOKS_UP_BY_BITS
#define HYOJUN_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt")))

namespace hyojun::charmap {

namespace {

#include "avx512_registers.h"
#include "branchless.h"
#include "code_bits_avx512.h"
#include "code_texts_avx512.h"
#include "tile_cp932.h"
#include "tile_fill.h"
#include "tile_utf16.h"

constexpr std::size_t kPrefetch = 4096;

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

TileFunctions avx512_tiles(Encoding encoding) noexcept {
  return encoding == Encoding::utf8 ? utf8_avx512_tiles() : reader_tiles(encoding);
}

}  // namespace hyojun::charmap

#else

namespace hyojun::charmap {
TileFunctions avx512_tiles(Encoding) noexcept { return {}; }
}  // namespace hyojun::charmap

#endif
