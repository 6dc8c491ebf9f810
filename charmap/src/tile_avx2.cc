// Tiles with AVX2: the masks of 64 units from vectors of 32 bytes, the codes one by one.
#include "tile.h"

#if defined(__x86_64__)

#include <immintrin.h>

#include <algorithm>
#include <bit>
#include <cstring>

#define HYOJUN_HAS_PDEP
#define HYOJUN_TARGET __attribute__((target("avx2,bmi,bmi2,lzcnt,popcnt")))

namespace hyojun::charmap {

namespace {

#include "branchless.h"
#include "tile_cp932.h"
#include "tile_fill.h"
#include "tile_utf16.h"
#include "tile_utf8.h"

constexpr std::size_t kPrefetch = 2048;

HYOJUN_TARGET inline __m256i byte(int b) noexcept { return _mm256_set1_epi8(static_cast<char>(b)); }

// One block of bytes.
struct Bytes {
  __m256i a, b;
  HYOJUN_TARGET explicit Bytes(const std::uint8_t* p) noexcept
      : a(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p))),
        b(_mm256_loadu_si256(reinterpret_cast<const __m256i*>(p + 32))) {}

  HYOJUN_TARGET static std::uint64_t mask(__m256i a, __m256i b) noexcept {
    return static_cast<std::uint32_t>(_mm256_movemask_epi8(a)) |
           std::uint64_t{static_cast<std::uint32_t>(_mm256_movemask_epi8(b))} << 32;
  }
  HYOJUN_TARGET std::uint64_t equal(int value) const noexcept {
    return mask(_mm256_cmpeq_epi8(a, byte(value)), _mm256_cmpeq_epi8(b, byte(value)));
  }
  // From `first` to `last`, unsigned.
  HYOJUN_TARGET std::uint64_t between(int first, int last) const noexcept {
    return mask(in_range(a, first, last), in_range(b, first, last));
  }
  HYOJUN_TARGET std::uint64_t high() const noexcept { return mask(a, b); }

  // Controls, DEL and quotes.
  HYOJUN_TARGET std::uint64_t odd(int quote) const noexcept { return mask(is_odd(a, quote), is_odd(b, quote)); }
  // Of UTF-8: 80–BF; E1–EF without ED. Signed compares cost one instruction.
  HYOJUN_TARGET std::uint64_t continuation() const noexcept {
    return mask(_mm256_cmpgt_epi8(byte(0xC0), a), _mm256_cmpgt_epi8(byte(0xC0), b));
  }
  HYOJUN_TARGET std::uint64_t lead3() const noexcept { return mask(is_lead3(a), is_lead3(b)); }

 private:
  HYOJUN_TARGET static __m256i in_range(__m256i v, int first, int last) noexcept {
    const __m256i from_first = _mm256_sub_epi8(v, byte(first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(from_first, byte(last - first)), from_first);
  }
  HYOJUN_TARGET static __m256i is_odd(__m256i v, int quote) noexcept {
    return _mm256_or_si256(_mm256_cmpeq_epi8(_mm256_min_epu8(v, byte(0x1F)), v),
                           _mm256_or_si256(_mm256_cmpeq_epi8(v, byte(0x7F)), _mm256_cmpeq_epi8(v, byte(quote))));
  }
  HYOJUN_TARGET static __m256i is_lead3(__m256i v) noexcept {
    const __m256i range = _mm256_and_si256(_mm256_cmpgt_epi8(v, byte(0xE0)), _mm256_cmpgt_epi8(byte(0xF0), v));
    return _mm256_andnot_si256(_mm256_cmpeq_epi8(v, byte(0xED)), range);
  }
};

// Structure and controls in bytes, which both byte encodings have alike. `content`: bytes that may be such, no trails.
// False: the bare variant met a CR or a quote.
template <bool kFull>
HYOJUN_TARGET bool take_ascii(const TileInput& input, const Bytes& v, std::uint64_t content, bool& wants_full,
                              Block& block) noexcept {
  const int delimiter = input.delimited ? input.delimiter : kNoByte;
  const int quote = input.delimited ? '"' : kNoByte;
  block.line_end = v.equal('\n') & content;
  block.delimiter = v.equal(delimiter) & content;
  block.special = 0;
  const std::uint64_t odd = v.odd(quote) & content & ~(block.line_end | block.delimiter);
  if (!kFull && odd == 0) return true;
  block.cr = v.equal('\r') & content;
  block.quote = v.equal(quote) & content;
  block.special = odd & ~(block.cr | block.quote);
  wants_full = !kFull && (block.cr | block.quote) != 0;
  return !wants_full;
}

template <bool kFull>
class Utf8Reader {
 public:
  static constexpr bool kHandlesQuotes = kFull;
  static constexpr bool kChecksCodes = false;
  static constexpr std::size_t kUnit = 1;
  HYOJUN_TARGET explicit Utf8Reader(const TileInput& input) noexcept : input_(input) {}
  static bool is_lf(const std::uint8_t* p) noexcept { return *p == '\n'; }

  HYOJUN_TARGET bool read(const std::uint8_t* p, std::uint16_t* codes, bool& wants_full, Block& block) noexcept {
    _mm_prefetch(reinterpret_cast<const char*>(p) + kPrefetch, _MM_HINT_T0);
    const Bytes v(p);
    const std::uint64_t high = v.high();
    const std::uint64_t continuation = v.continuation();
    const std::uint64_t lead3 = v.lead3();
    if (!take_ascii<kFull>(input_, v, ~high, wants_full, block)) return false;
    block.begin = ~continuation;
    if ((high & ~continuation & ~lead3) == 0) {
      if ((lead3 << 1 | lead3 << 2 | carry_) != continuation) return false;
      carry_ = lead3 >> 63 | lead3 >> 62;
    } else if (!odd_block(p, v, continuation, block)) {
      return false;
    }
    block.pending = carry_ != 0;
    block.look_up = lead3;
    put_codes(p, lead3, codes);
    return true;
  }

 private:
  HYOJUN_TARGET bool odd_block(const std::uint8_t* p, const Bytes& v, std::uint64_t continuation,
                               Block& block) noexcept {
    const Bytes second(p + 1);
    const std::uint64_t e0 = v.equal(0xE0);
    const std::uint64_t ed = v.equal(0xED);
    Utf8Leads leads;
    leads.continuation = continuation;
    leads.two = v.between(0xC0, 0xDF);
    leads.three = v.between(0xE0, 0xEF);
    leads.four = v.between(0xF0, 0xFF);
    leads.never = v.between(0xC0, 0xC1) | v.between(0xF5, 0xFF) | (e0 & second.between(0x00, 0x9F)) |
                  (ed & second.between(0xA0, 0xFF)) | (v.equal(0xF0) & second.between(0x00, 0x8F)) |
                  (v.equal(0xF4) & second.between(0x90, 0xFF));
    block.special |= leads.two | e0 | ed | leads.four;
    return leads.check(carry_);
  }

  // In eights: where fewer are left, what is read behind the block is written behind the codes.
  HYOJUN_TARGET static void put_codes(const std::uint8_t* p, std::uint64_t lead3, std::uint16_t* codes) noexcept {
    for (; lead3 != 0; codes += 8) {
      for (int i = 0; i < 8; ++i) {
        std::uint32_t bytes = 0;
        std::memcpy(&bytes, p + _tzcnt_u64(lead3), 4);
        codes[i] = static_cast<std::uint16_t>(_pext_u32(__builtin_bswap32(bytes), 0x0F3F3F00));
        lead3 &= lead3 - 1;
      }
    }
  }

  const TileInput& input_;
  std::uint64_t carry_ = 0;  // continuation bytes that the next block begins with
};

template <bool kFull>
class Cp932Reader {
 public:
  static constexpr bool kHandlesQuotes = kFull;
  static constexpr bool kChecksCodes = true;
  static constexpr std::size_t kUnit = 1;
  HYOJUN_TARGET explicit Cp932Reader(const TileInput& input) noexcept : input_(input) {}
  static bool is_lf(const std::uint8_t* p) noexcept { return *p == '\n'; }

  HYOJUN_TARGET bool read(const std::uint8_t* p, std::uint16_t* codes, bool& wants_full, Block& block) noexcept {
    _mm_prefetch(reinterpret_cast<const char*>(p) + kPrefetch, _MM_HINT_T0);
    const Bytes v(p);
    const std::uint64_t high = v.high();
    std::uint64_t lead = 0;
    std::uint64_t trail = 0;
    state_.take(v.between(0x81, 0x9F) | v.between(0xE0, 0xFC), lead, trail);
    const std::uint64_t single = high & ~(lead | trail);
    if (single != 0 && (single & ~v.between(0xA1, 0xDF)) != 0) return false;
    if (!take_ascii<kFull>(input_, v, ~high & ~trail, wants_full, block)) return false;
    block.begin = ~trail;
    block.pending = state_.pending();
    block.look_up = lead;
    for (; lead != 0; codes += 8) {
      for (int i = 0; i < 8; ++i) {
        std::uint16_t code = 0;
        std::memcpy(&code, p + _tzcnt_u64(lead), 2);
        codes[i] = __builtin_bswap16(code);
        lead &= lead - 1;
      }
    }
    return true;
  }

 private:
  const TileInput& input_;
  Cp932State state_;
};

// One block of UTF-16: 64 units in four vectors.
struct Units {
  __m256i v[4];

  HYOJUN_TARGET static std::uint64_t mask(__m256i a, __m256i b, __m256i c, __m256i d) noexcept {
    constexpr int kInOrder = 0xD8;  // packs works in lanes of 128 bits
    return Bytes::mask(_mm256_permute4x64_epi64(_mm256_packs_epi16(a, b), kInOrder),
                       _mm256_permute4x64_epi64(_mm256_packs_epi16(c, d), kInOrder));
  }
  HYOJUN_TARGET std::uint64_t equal(int unit) const noexcept {
    const __m256i u = _mm256_set1_epi16(static_cast<short>(unit));
    return mask(_mm256_cmpeq_epi16(v[0], u), _mm256_cmpeq_epi16(v[1], u), _mm256_cmpeq_epi16(v[2], u),
                _mm256_cmpeq_epi16(v[3], u));
  }
  HYOJUN_TARGET std::uint64_t between(int first, int last) const noexcept {
    return mask(in_range(v[0], first, last), in_range(v[1], first, last), in_range(v[2], first, last),
                in_range(v[3], first, last));
  }

 private:
  HYOJUN_TARGET static __m256i in_range(__m256i u, int first, int last) noexcept {
    const __m256i from_first = _mm256_sub_epi16(u, _mm256_set1_epi16(static_cast<short>(first)));
    return _mm256_cmpeq_epi16(_mm256_min_epu16(from_first, _mm256_set1_epi16(static_cast<short>(last - first))),
                              from_first);
  }
};

template <bool kBigEndian, bool kFull>
class Utf16Reader {
 public:
  static constexpr bool kHandlesQuotes = kFull;
  static constexpr bool kChecksCodes = false;
  static constexpr std::size_t kUnit = 2;
  HYOJUN_TARGET explicit Utf16Reader(const TileInput& input) noexcept : input_(input) {}
  static bool is_lf(const std::uint8_t* p) noexcept { return is_utf16_lf<kBigEndian>(p); }

  HYOJUN_TARGET bool read(const std::uint8_t* p, std::uint16_t* codes, bool& wants_full, Block& block) noexcept {
    _mm_prefetch(reinterpret_cast<const char*>(p) + kPrefetch, _MM_HINT_T0);
    _mm_prefetch(reinterpret_cast<const char*>(p) + kPrefetch + 64, _MM_HINT_T0);
    Units units;
    for (std::size_t i = 0; i < 4; ++i) units.v[i] = load(p + 32 * i);
    const std::uint64_t cr = units.equal('\r');
    const std::uint64_t quote = input_.delimited ? units.equal('"') : 0;
    if (!kFull && (cr | quote) != 0) {
      wants_full = true;
      return false;
    }
    block.cr = cr;
    block.quote = quote;
    block.line_end = units.equal('\n');
    block.delimiter = input_.delimited ? units.equal(input_.delimiter) : 0;
    const std::uint64_t control = units.between(0x00, 0x1F) | units.equal(0x7F);
    block.special = control & ~(block.line_end | block.delimiter | cr);
    block.begin = ~std::uint64_t{0};
    const std::uint64_t surrogate = units.between(0xD800, 0xDFFF);
    if ((surrogate | std::uint64_t{state_.pending()}) != 0 &&
        !state_.take(surrogate, units.between(0xDC00, 0xDFFF), block)) {
      return false;
    }
    block.pending = state_.pending();
    block.look_up = units.between(0x80, 0xFFFF) & ~surrogate;
    put_codes(p, block.look_up, codes);
    return true;
  }

 private:
  HYOJUN_TARGET static __m256i load(const std::uint8_t* p) noexcept {
    const __m256i v = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(p));
    return kBigEndian ? _mm256_or_si256(_mm256_slli_epi16(v, 8), _mm256_srli_epi16(v, 8)) : v;
  }
  // The first after the block may be read, too: kTileAhead.
  HYOJUN_TARGET static void put_codes(const std::uint8_t* p, std::uint64_t rest, std::uint16_t* codes) noexcept {
    for (; rest != 0; codes += 8) {
      for (int i = 0; i < 8; ++i) {
        std::uint16_t unit = 0;
        std::memcpy(&unit, p + 2 * _tzcnt_u64(rest), 2);
        codes[i] = kBigEndian ? __builtin_bswap16(unit) : unit;
        rest &= rest - 1;
      }
    }
  }

  const TileInput& input_;
  Utf16State state_;
};

#include "tile_readers.h"

}  // namespace

TileFunctions avx2_tiles(Encoding encoding) noexcept {
  if (encoding == Encoding::utf8) return {fill_tile<Utf8Reader<false>>, fill_tile<Utf8Reader<true>>};
  return reader_tiles(encoding);
}

}  // namespace hyojun::charmap

#else

namespace hyojun::charmap {
TileFunctions avx2_tiles(Encoding) noexcept { return {}; }
}  // namespace hyojun::charmap

#endif
