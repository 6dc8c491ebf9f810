// Filling a tile: what all kernels share. Internal to charmap; included inside the anonymous namespace of each kernel,
// which defines HYOJUN_TARGET (its instruction set) and includes <bit> and tile.h before; with HYOJUN_LOOKS_UP_BY_BITS
// also code_bits_avx512.h and code_texts_avx512.h.
//
// A Reader gives the masks of one block:
//   static constexpr bool kHandlesQuotes;              the full variant
//   static constexpr bool kChecksCodes;                two-byte codes; their trail bytes are not checked by read()
//   static constexpr std::size_t kUnit;                bytes of a unit
//   static bool is_lf(p);
//   bool read(p, codes, wants_full, block);            false: stop before this block
// and keeps between blocks what the last character of a block needs of the next; block.pending says that its last
// character goes on behind it.

#include "tile_list.h"

constexpr std::uint8_t kNoByte = 0xFF;  // in no UTF-8 and no CP932: stands for "no delimiter"

struct Block {
  std::uint64_t begin;     // first units of characters and structure
  std::uint64_t look_up;   // characters whose codes were put behind the tile's codes
  std::uint64_t special;   // known from the units alone
  std::uint64_t line_end;  // LF
  std::uint64_t delimiter;
  std::uint64_t cr;     // full variant only
  std::uint64_t quote;  // full variant only
  bool pending;
};

// Quotes and line ends of the full variant.
class QuoteState {
 public:
  HYOJUN_TARGET explicit QuoteState(TilePlace place) noexcept
      : inside_(place.quoted ? ~std::uint64_t{0} : 0), start_(place.field_start ? 1 : 0) {}

  // Sorts the block's structure; false where the general path must read it. `next_is_lf`: behind the block stands LF.
  HYOJUN_TARGET bool take(Block& block, bool next_is_lf, bool delimiter_is_control,
                          std::int64_t& more_structure) noexcept {
    const std::uint64_t inside = parity(block.quote) ^ inside_;
    const std::uint64_t opening = block.quote & inside;
    const std::uint64_t closing = block.quote & ~inside;
    const std::uint64_t line_end = block.line_end & ~inside;
    const std::uint64_t delimiter = block.delimiter & ~inside;
    if ((opening & ~((line_end | delimiter | closing) << 1 | start_)) != 0) return false;
    const std::uint64_t crlf = block.cr & (block.line_end >> 1 | std::uint64_t{next_is_lf} << 63);
    if ((block.cr & ~crlf & ~inside) != 0) return false;
    const std::uint64_t pairs = opening & (closing << 1 | closed_);  // "" inside quotes: one quote is content
    if (delimiter_is_control) block.special |= block.delimiter & inside;
    more_structure += std::popcount(block.cr | block.quote | (block.line_end & inside)) - std::popcount(pairs);
    start_ = (line_end | delimiter | closing) >> 63;
    closed_ = closing >> 63;
    inside_ = std::uint64_t{0} - (inside >> 63);
    block.line_end = line_end;
    block.delimiter = delimiter;
    return true;
  }

  HYOJUN_TARGET bool quoted() const noexcept { return inside_ != 0; }
  HYOJUN_TARGET bool just_closed() const noexcept { return closed_ != 0; }

 private:
  // Bit i: an odd number of quotes up to and including unit i.
  HYOJUN_TARGET static std::uint64_t parity(std::uint64_t quotes) noexcept {
    for (unsigned shift = 1; shift < 64; shift *= 2) quotes ^= quotes << shift;
    return quotes;
  }

  std::uint64_t inside_;      // all bits: the block before ended inside quotes
  std::uint64_t start_;       // bit 0: a quote may open at the block's first unit
  std::uint64_t closed_ = 0;  // bit 0: the unit before was a closing quote
};

// The unit of the n-th character (from 0) of a mask.
HYOJUN_TARGET inline std::uint64_t select_bit(std::uint64_t mask, std::size_t n) noexcept {
#ifdef HYOJUN_HAS_PDEP
  return _pdep_u64(std::uint64_t{1} << n, mask);
#else
  for (; n != 0; --n) mask &= mask - 1;
  return mask & (0 - mask);
#endif
}

// Looks up eight codes, which lie side by side: the sum of their scan bytes says whether all are below kScanEvent, and
// then how many are default glyphs. Loading four at a time and shifting costs less than eight loads.
HYOJUN_TARGET inline unsigned sum_of_eight(const std::uint8_t* scan_bytes, const std::uint16_t* codes) noexcept {
  std::uint64_t a = 0;
  std::uint64_t b = 0;
  std::memcpy(&a, codes, 8);
  std::memcpy(&b, codes + 4, 8);
  const unsigned low =
      scan_bytes[a & 0xFFFF] + scan_bytes[a >> 16 & 0xFFFF] + scan_bytes[a >> 32 & 0xFFFF] + scan_bytes[a >> 48];
  return low + scan_bytes[b & 0xFFFF] + scan_bytes[b >> 16 & 0xFFFF] + scan_bytes[b >> 32 & 0xFFFF] +
         scan_bytes[b >> 48];
}

// A trail byte that none may be makes its lead malformed and is read anew.
HYOJUN_TARGET inline bool is_trail(std::uint16_t code) noexcept {
  const unsigned trail = code & 0xFFU;
  return trail >= 0x40 && trail != 0x7F && trail <= 0xFC;
}

// Of eight bytes in a word, each as a kind of scan byte has it.
constexpr std::uint64_t kEachByte = 0x0101010101010101;
static_assert(kScanDefaultGlyph == 0x01 && kScanEvent == 0x20 && kScanShape == 0x80, "one bit each; shapes have more");

// Marks a character of a block to be read one by one.
HYOJUN_TARGET inline void mark_special(Tile& tile, std::size_t block, std::uint64_t bit) noexcept {
  const std::uint64_t flag = std::uint64_t{1} << block;
  tile.specials[block] = (tile.with_specials & flag) != 0 ? tile.specials[block] | bit : bit;
  tile.with_specials |= flag;
}

// Where the tile's codes stand in its blocks, asked for in ascending order.
template <bool kChecksCodes>
class CodePlaces {
 public:
  explicit CodePlaces(Tile& tile) noexcept : tile_(tile) {}
  // Marks the character of the code as special; false if it is malformed.
  HYOJUN_TARGET bool mark(std::size_t code) noexcept {
#ifdef HYOJUN_LOOKS_UP_BY_BITS
    block_ = last_beginning(tile_.first_code, tile_.blocks, code);
#else
    while (block_ + 1 < tile_.blocks && tile_.first_code[block_ + 1] <= code) ++block_;
#endif
    if (kChecksCodes && !is_trail(tile_.codes[code])) return false;
    mark_special(tile_, block_, select_bit(tile_.looked_up[block_], code - tile_.first_code[block_]));
    return true;
  }
  std::size_t block() const noexcept { return block_; }

 private:
  Tile& tile_;
  std::size_t block_ = 0;
};

// The scan bytes of eight codes side by side, lowest first.
HYOJUN_TARGET inline std::uint64_t eight_scan_bytes(const TileInput& input, const Tile& tile, std::size_t i) noexcept {
  std::uint64_t bytes = 0;
  for (std::size_t k = 0; k < 8; ++k) {
    bytes |= std::uint64_t{input.scan_bytes[tile.codes[i + k]]} << 8 * k;
  }
  return bytes;
}

// Of the eight codes from `i` on, of which one at least is no plain one: counts default glyphs, finds the events.
// Seldom are there two of a kind.
HYOJUN_TARGET inline void sort_eight(const TileInput& input, std::size_t i, Tile& tile, Found& events) noexcept {
  const std::uint64_t bytes = eight_scan_bytes(input, tile, i);
  const std::uint64_t shapes = bytes & kEachByte * kScanShape;
  std::uint64_t rest = bytes & ~(shapes >> 2) & kEachByte * kScanEvent;
  tile.default_glyph +=
      static_cast<std::uint64_t>(std::popcount(shapes | (bytes & ~(shapes >> 7) & kEachByte * kScanDefaultGlyph)));
  for (std::uint64_t left = shapes;;) {
    tile.shapes[tile.shape_count] = tile.codes[i + static_cast<std::size_t>(std::countr_zero(left) & 56) / 8];
    tile.shape_count += one_if(left != 0);
    if ((left &= left - 1) == 0) break;
  }
  for (;;) {
    events.add(i + (static_cast<std::size_t>(std::countr_zero(rest)) / 8), one_if(rest != 0));
    if ((rest &= rest - 1) == 0) break;
  }
}

// Looks the codes up: counts default glyphs and marks specials; first finds the eights that hold something, then what
// they hold. False where one is malformed.
template <typename Places>
HYOJUN_TARGET bool look_up_codes(const TileInput& input, std::size_t count, Tile& tile, Places& places) noexcept {
  std::fill_n(tile.codes.begin() + static_cast<std::ptrdiff_t>(count), 8, input.plain_code);
  Found eights, events;
  std::uint64_t default_glyph = 0;
  for (std::size_t i = 0; i < count; i += 8) {
    const unsigned sum = sum_of_eight(input.scan_bytes, &tile.codes[i]);
    const std::size_t found = one_if(sum >= kScanEvent);
    eights.add(i, found);
    default_glyph += sum & (found - 1);
  }
  tile.default_glyph = default_glyph;
  tile.shape_count = 0;
  for (std::size_t k = 0; k < eights.count; ++k) sort_eight(input, eights.at[k], tile, events);
  for (std::size_t k = 0; k < events.count; ++k) {
    if (!places.mark(events.at[k])) return false;
  }
  return true;
}

// Takes the last character out of a block's masks. Returns how many codes that are fewer.
HYOJUN_TARGET inline std::size_t leave_last(Tile& tile, std::uint64_t begin, std::size_t block) noexcept {
  const std::uint64_t bit = std::bit_floor(begin);
  const bool queued = (tile.looked_up[block] & bit) != 0;
  tile.looked_up[block] &= ~bit;
  tile.specials[block] &= ~bit;
  if (tile.specials[block] == 0) tile.with_specials &= ~(std::uint64_t{1} << block);
  return queued ? 1 : 0;
}

template <typename Reader>
HYOJUN_TARGET void fill_tile(const TileInput& input, const std::uint8_t* bytes, std::size_t size, TilePlace place,
                             Tile& tile) noexcept {
  constexpr std::size_t kBlock = kBlockUnits * Reader::kUnit;
  constexpr std::size_t kMost = kTileBytes / kBlock;
  const std::size_t blocks = size < kTileAhead ? 0 : std::min(kMost, (size - kTileAhead) / kBlock);
  constexpr bool kFull = Reader::kHandlesQuotes;
  Reader reader(input);
  QuoteState quotes(place);
  const bool delimiter_is_control = input.delimiter < 0x20 || input.delimiter == 0x7F;
  tile.with_specials = 0;
  tile.wants_full = false;
  std::uint64_t begun = 0;
  std::int64_t more_structure = 0;
  std::size_t codes = 0;
  Block last{};
  std::size_t b = 0;
  for (; b < blocks; ++b) {
    const std::uint8_t* const p = bytes + b * kBlock;
    Block block;
    if (!reader.read(p, &tile.codes[codes], tile.wants_full, block)) break;
    if (kFull && !quotes.take(block, Reader::is_lf(p + kBlock), delimiter_is_control, more_structure)) break;
    tile.line_ends[b] = block.line_end;
    tile.delimiters[b] = block.delimiter;
    tile.specials[b] = block.special;
    tile.begins[b] = block.begin;
    tile.looked_up[b] = block.look_up;
    tile.first_code[b] = static_cast<std::uint16_t>(codes);
    if (block.special != 0) tile.with_specials |= std::uint64_t{1} << b;
    codes += static_cast<std::size_t>(std::popcount(block.look_up));
    begun += static_cast<std::uint64_t>(std::popcount(block.begin));
    last.begin = block.begin;
    last.pending = block.pending;
  }
  tile.blocks = b;
  tile.length = b * kBlock;
  tile.place.quoted = kFull && quotes.quoted();
  // The last character goes on in a block that was not taken, or is a quote that may be the first of two: leave it.
  if (b != 0 && (last.pending || (kFull && quotes.just_closed()))) {
    if (kFull && quotes.just_closed()) {
      --more_structure;
      tile.place.quoted = true;
    }
    --begun;
    codes -= leave_last(tile, last.begin, b - 1);
    tile.length -= kBlock - static_cast<std::size_t>(std::bit_width(last.begin) - 1) * Reader::kUnit;
  }
  CodePlaces<Reader::kChecksCodes> places(tile);
#ifdef HYOJUN_LOOKS_UP_BY_BITS
  const bool well_formed =
      input.texts == nullptr ? look_up_by_bits(input, codes, tile, places) : look_up_texts(input, codes, tile, places);
#else
  const bool well_formed = look_up_codes(input, codes, tile, places);
#endif
  if (!well_formed) {
    return fill_tile<Reader>(input, bytes, places.block() * kBlock + kTileAhead, place, tile);
  }
  const std::uint64_t structure =
      sum_structure(tile, [](std::uint64_t mask) { return static_cast<unsigned>(std::popcount(mask)); });
  place_end(tile, Reader::kUnit);
  list_specials(tile);
  tile.characters = begun - (structure & 0xFFFFFFFF) - (structure >> 32) - static_cast<std::uint64_t>(more_structure);
}
