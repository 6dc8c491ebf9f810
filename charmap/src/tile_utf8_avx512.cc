// Tiles of UTF-8 with AVX-512 (VBMI2, VPOPCNTDQ).
//
// Nearly all text is ASCII and characters of three bytes. All bytes of these, packed one behind the other, are the
// tile's stream: lead, continuation, continuation, and again, whatever stood between them. So a block of 64 bytes costs
// one look-up of what its bytes may be, four comparisons and one compression; 63 bytes of the stream become 21 code
// points by two fixed shuffles; kana and full-width forms, half of them, are dropped there, and only the rest is looked
// up one by one. Characters of four bytes, most of what is rare, are special and in no stream.
// That the text is well-formed follows from four things: no byte is a lead of another length, no continuation stands
// behind ASCII, the stream has its pattern, and each character of four bytes is well-formed by itself, with no
// continuation behind it. A block with anything else is sorted by its masks (OddBlocks). Special characters
// are read here, too (tile_specials_avx512.h).
//
// What was measured on Zen 4 and shaped this: bench/README.md, "Where the time goes". What lies in the L1 cache is kept
// small: the source is fetched only 2 KiB ahead, and nothing is stored that only a special character asks for.
#include "tile.h"

#if defined(__x86_64__)

#include <algorithm>
#include <bit>
#include <cstring>
#include <optional>

#include "avx512_intrinsics.h"
#include "decode.h"

#define HYOJUN_HAS_PDEP
#define HYOJUN_TARGET \
  __attribute__((     \
      target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,avx512vpopcntdq,avx512cd,bmi,bmi2,lzcnt,popcnt")))

namespace hyojun::charmap {

namespace {

#include "avx512_registers.h"
#include "branchless.h"
#include "code_bits_avx512.h"
#include "odd_utf8_avx512.h"
#include "structure_avx512.h"
#include "tile_fill.h"
#include "tile_specials_avx512.h"

constexpr std::size_t kPrefetch = 2048;
constexpr std::size_t kRowBytes = 63;  // of the stream, decoded at once
constexpr std::size_t kRowCodes = 21;
constexpr std::size_t kMostRows = kTileBytes / kRowBytes + 1;

constexpr __mmask64 kRowMask = ~std::uint64_t{0} >> 1;  // the last byte of each load is the first of the next row
// In Stream::bytes and in the pattern: what the top two bits of a byte must be.
constexpr std::uint8_t kTopBits = 0xC0;

struct Stream {
  alignas(64) std::array<std::uint8_t, kTileBytes + 2 * kBlockUnits> bytes;
  std::array<std::uint32_t, kMostRows> queued;  // of a row's codes, those that stand in Tile::codes
  // Where rows begin in Tile::codes, and blocks in `bytes`.
  alignas(64) std::array<std::uint16_t, 64> row_begins, block_begins;
  std::size_t size = 0;
  std::size_t rows = 0;
};
static_assert(kMostRows <= 64 && kTileBlocks <= 64);

// Of the bytes of a row, those that make each code: the higher 16 bits, the lower 16 bits.
struct RowOrder {
  alignas(64) std::array<std::uint8_t, 64> high, low, pattern;
};
constexpr RowOrder kRowOrder = [] {
  RowOrder order{};
  for (std::size_t i = 0; i < 64; ++i) {
    const std::size_t first = std::min<std::size_t>(i / 2, kRowCodes - 1) * 3;
    order.high[i] = static_cast<std::uint8_t>(first + 1 - i % 2);
    order.low[i] = static_cast<std::uint8_t>(first + 2 - i % 2);
    order.pattern[i] = i % 3 == 0 ? 0xE3 : 0x80;  // U+3000
  }
  return order;
}();

// The blocks of a tile, read into its masks and its stream.
struct Taken {
  std::size_t blocks;
  std::size_t length;           // bytes of whole characters
  std::uint64_t continuations;  // of special characters
  std::int64_t more_structure;
};

// Leaves the last character, which goes on in a block that was not taken, or is a quote that may be the first of two.
HYOJUN_TARGET inline void leave_last(const std::uint8_t* bytes, bool just_closed, Tile& tile, Stream& stream,
                                     Taken& taken) noexcept {
  const std::uint8_t* const end = bytes + taken.length;
  const std::size_t left = just_closed ? 1 : unfinished(bytes, end);
  if (left == 0) return;
  taken.length -= left;
  const std::size_t last = taken.blocks - 1;
  const std::uint64_t flag = std::uint64_t{1} << last;
  const std::uint64_t bit = std::uint64_t{1} << (kBlockUnits - left);
  const bool special = (tile.specials[last] & bit) != 0;
  if (special) {
    tile.specials[last] &= ~bit;
    if (tile.specials[last] == 0) tile.with_specials &= ~flag;
    taken.continuations -= left - 1;
  } else if ((tile.looked_up[last] & bit) != 0) {  // not where a lead of four bytes stands before, malformed
    stream.size -= left;
  }
}

// Bit b: block b, one of the first `count`, has some.
HYOJUN_TARGET inline std::uint64_t blocks_with(const std::array<std::uint64_t, kTileBlocks>& masks,
                                               std::size_t count) noexcept {
  std::uint64_t with = 0;
  for (std::size_t i = 0; i < kTileBlocks; i += 8) {
    const __m512i eight = _mm512_loadu_si512(&masks[i]);
    with |= std::uint64_t{_mm512_test_epi64_mask(eight, eight)} << i;
  }
  return _bzhi_u64(with, static_cast<unsigned>(count));
}

template <bool kFull>
HYOJUN_TARGET Taken read_blocks(const TileInput& input, const std::uint8_t* bytes, std::size_t blocks, TilePlace place,
                                Tile& tile, Stream& stream) noexcept {
  const __m512i odd_low = odd_bytes<kFull>(input, 0), odd_high = odd_bytes<kFull>(input, 64);
  const __m512i delimiter = byte(input.delimited ? input.delimiter : kNoByte), lf = kept('\n'), top = kept(0x80);
  const __m512i first_of_four = kept(0xF0);
  const __m512i quote = byte(input.delimited ? '"' : kNoByte);
  const bool delimiter_is_control = input.delimiter < 0x20 || input.delimiter == 0x7F;
  OddBlocks<kFull> odd(input, bytes);
  QuoteState quotes(place);
  Taken taken{};
  std::size_t size = 0;
  std::uint64_t open = 0;
  std::uint64_t forced = 0;
  std::size_t b = 0;
  for (; b < blocks; ++b) {
    const std::uint8_t* const p = bytes + b * kBlockUnits;
    _mm_prefetch(reinterpret_cast<const char*>(p) + kPrefetch, _MM_HINT_T0);
    const __m512i v0 = _mm512_loadu_si512(p);
    __m512i v1 = _mm512_loadu_si512(p + 1);
    asm("" : "+v"(v1));  // loaded once: it lies in two lines of the cache
    const __m512i kinds = _mm512_permutex2var_epi8(odd_low, v0, odd_high);
    // In the top bit of each byte. By it: entry << 1 : entry; and: ASCII before a continuation.
    const __m512i bad = _mm512_ternarylogic_epi64(v0, kinds, _mm512_add_epi8(kinds, kinds), 0xAC);
    const __m512i stray = _mm512_ternarylogic_epi64(v0, v1, _mm512_add_epi8(v1, v1), 0x04);
    const __mmask64 closer = _mm512_test_epi8_mask(_mm512_or_si512(bad, stray), top);
    const std::uint64_t high = moved(_mm512_movepi8_mask(v0));
    const std::uint64_t four = moved(_mm512_cmpge_epu8_mask(v0, first_of_four));
    std::uint64_t special = four;
    std::uint64_t leads = four;
    std::uint64_t apart = open | four | four << 1 | four << 2 | four << 3;
    const __mmask64 line_end = _mm512_cmpeq_epi8_mask(v0, lf);
    const __mmask64 delimiters = _mm512_cmpeq_epi8_mask(v0, delimiter);
    if (_kortestz_mask64_u8(closer, forced) == 0) {
      if (!odd.read(p, open, tile.wants_full)) break;
      special = odd.special();
      leads = odd.leads();
      apart = odd.apart();
      forced = odd.forced();
      open = odd.open();
    } else {
      open = open_behind(four);
    }
    if (kFull) {
      Block block;
      block.special = special;
      block.line_end = line_end;
      block.delimiter = delimiters;
      block.cr = _mm512_cmpeq_epi8_mask(v0, byte('\r'));
      block.quote = _mm512_cmpeq_epi8_mask(v0, quote);
      if (!quotes.take(block, p[kBlockUnits] == '\n', delimiter_is_control, taken.more_structure)) break;
      tile.line_ends[b] = block.line_end;
      tile.delimiters[b] = block.delimiter;
      special = block.special;
    } else {
      tile.line_ends[b] = line_end;
      tile.delimiters[b] = delimiters;
    }
    tile.specials[b] = special;
    const std::uint64_t in_stream = high & ~apart;
    taken.continuations += static_cast<std::uint64_t>(std::popcount(apart & ~leads));
    tile.looked_up[b] = in_stream;
    stream.block_begins[b] = static_cast<std::uint16_t>(size);
    _mm512_storeu_si512(&stream.bytes[size], _mm512_mask_compress_epi8(zero(), in_stream, v0));
    size += static_cast<std::size_t>(_mm_popcnt_u64(in_stream));
  }
  stream.size = size;
  tile.with_specials = blocks_with(tile.specials, b);
  taken.blocks = b;
  taken.length = b * kBlockUnits;
  tile.place.quoted = kFull && quotes.quoted();
  const bool just_closed = kFull && b != 0 && quotes.just_closed();
  if (just_closed) {
    --taken.more_structure;
    tile.place.quoted = true;
  }
  if (b != 0) leave_last(bytes, just_closed, tile, stream, taken);
  return taken;
}

// Puts the code points of the stream that are not sure to be plain into the tile. Returns how many; none if the stream
// has not its pattern.
HYOJUN_TARGET std::optional<std::size_t> decode(const TileInput& input, Tile& tile, Stream& stream) noexcept {
  const __m512i high_order = _mm512_load_si512(kRowOrder.high.data());
  const __m512i low_order = _mm512_load_si512(kRowOrder.low.data());
  const __m512i pattern = _mm512_load_si512(kRowOrder.pattern.data());
  const __m512i top4 = kept_unit(0xF000), low6 = kept_unit(0x003F);
  const __m512i kana = kept_unit(kPlainKana.first), width = kept_unit(kPlainWidth.first), space = kept_unit(0x3000);
  const bool drop = input.plain_rows;
  const __m512i kanas = kept_unit(drop ? kPlainKana.last - kPlainKana.first + 1 : 0);
  const __m512i widths = kept_unit(drop ? kPlainWidth.last - kPlainWidth.first + 1 : 0);
  constexpr int kSelect = 0xCA;        // a ? b : c
  constexpr int kOrDifference = 0xF6;  // a | (b ^ c)
  if (stream.size % 3 != 0) return std::nullopt;
  _mm512_storeu_si512(&stream.bytes[stream.size], pattern);
  __m512i differences = _mm512_setzero_si512();
  std::size_t codes = 0;
  std::size_t row = 0;
  for (std::size_t i = 0; i < stream.size; i += kRowBytes, ++row) {
    const __m512i v = _mm512_loadu_si512(&stream.bytes[i]);
    differences = _mm512_ternarylogic_epi64(differences, v, pattern, kOrDifference);
    const __m512i high = _mm512_permutexvar_epi8(high_order, v);
    const __m512i low = _mm512_permutexvar_epi8(low_order, v);
    const __m512i upper =
        _mm512_ternarylogic_epi64(top4, _mm512_slli_epi16(high, 4), _mm512_slli_epi16(high, 6), kSelect);
    const __m512i code = _mm512_ternarylogic_epi64(low6, low, upper, kSelect);
    __mmask32 queued = _mm512_mask_cmpge_epu16_mask((1U << kRowCodes) - 1, _mm512_sub_epi16(code, kana), kanas);
    queued = _mm512_mask_cmpge_epu16_mask(queued, _mm512_sub_epi16(code, width), widths);
    queued = _mm512_mask_cmpneq_epi16_mask(queued, code, space);
    stream.queued[row] = queued;
    stream.row_begins[row] = static_cast<std::uint16_t>(codes);
    _mm512_storeu_si512(&tile.codes[codes], _mm512_mask_compress_epi16(zero(), queued, code));
    codes += static_cast<std::size_t>(_mm_popcnt_u32(queued));
  }
  stream.rows = row;
  if (_mm512_mask_test_epi8_mask(kRowMask, differences, byte(kTopBits)) != 0) return std::nullopt;
  return codes;
}

// The first block with a byte of the first character that is not well-formed; the stream shows that there is one.
HYOJUN_TARGET std::size_t malformed_block(const Tile& tile, const Stream& stream, std::size_t blocks) noexcept {
  const __m512i pattern = _mm512_load_si512(kRowOrder.pattern.data());
  std::size_t at = 0;
  for (; at < stream.size; at += kRowBytes) {
    const __m512i v = _mm512_loadu_si512(&stream.bytes[at]);
    const std::uint64_t wrong = _mm512_mask_test_epi8_mask(kRowMask, _mm512_xor_si512(v, pattern), byte(kTopBits));
    if (wrong != 0) {
      at += static_cast<std::size_t>(std::countr_zero(wrong));
      break;
    }
  }
  at = std::min(at, stream.size);
  at -= at % 3;
  std::size_t block = 0;
  for (; block + 1 < blocks; ++block) {
    const auto in_block = static_cast<std::size_t>(_mm_popcnt_u64(tile.looked_up[block]));
    if (at < in_block) break;
    at -= in_block;
  }
  return block;
}

// As CodePlaces: by way of the row that a code stands in, and of its lead in the stream.
class StreamPlaces {
 public:
  StreamPlaces(Tile& tile, const Stream& stream) noexcept : tile_(tile), stream_(stream) {}
  HYOJUN_TARGET bool mark(std::size_t code) noexcept {
    const std::size_t row = last_beginning(stream_.row_begins, stream_.rows, code);
    const auto in_row = std::countr_zero(select_bit(stream_.queued[row], code - stream_.row_begins[row]));
    const std::size_t at = row * kRowBytes + static_cast<std::size_t>(in_row) * 3;
    const std::size_t block = last_beginning(stream_.block_begins, tile_.blocks, at);
    mark_special(tile_, block, select_bit(tile_.looked_up[block], at - stream_.block_begins[block]));
    return true;
  }

 private:
  Tile& tile_;
  const Stream& stream_;
};

template <bool kFull>
HYOJUN_TARGET void fill_utf8(const TileInput& input, const std::uint8_t* bytes, std::size_t size, TilePlace place,
                             Tile& tile) noexcept {
  std::size_t blocks = size < kTileAhead ? 0 : std::min(kTileBlocks, (size - kTileAhead) / kBlockUnits);
  Stream stream;
  Taken taken;
  std::optional<std::size_t> codes;
  for (;; blocks = malformed_block(tile, stream, taken.blocks)) {
    tile.wants_full = false;
    taken = read_blocks<kFull>(input, bytes, blocks, place, tile, stream);
    codes = decode(input, tile, stream);
    if (codes) break;
  }
  tile.blocks = taken.blocks;
  tile.length = taken.length;
  StreamPlaces places(tile, stream);
  look_up_by_bits(input, *codes, tile, places);
  const std::uint64_t structure = sum_structure_at_once(tile);
  place_end(tile, 1);
  tile.is_put_off = tile.put_off != nullptr && put_specials_off(tile);
  if (!tile.is_put_off) {
    if (const auto malformed = read_specials(tile, bytes)) {
      return fill_utf8<kFull>(input, bytes, *malformed / kBlockUnits * kBlockUnits + kTileAhead, place, tile);
    }
  }
  const std::uint64_t continuations = stream.size / 3 * 2 + taken.continuations;
  tile.characters = taken.length - continuations - (structure & 0xFFFFFFFF) - (structure >> 32) -
                    static_cast<std::uint64_t>(taken.more_structure);
}

}  // namespace

TileFunctions utf8_avx512_tiles() noexcept { return {fill_utf8<false>, fill_utf8<true>, read_put_off}; }

}  // namespace hyojun::charmap

#else

namespace hyojun::charmap {
TileFunctions utf8_avx512_tiles() noexcept { return {}; }
}  // namespace hyojun::charmap

#endif
