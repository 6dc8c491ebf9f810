// Tiles without vectors: one character after the other, for every encoding. The plainest kernel.
#include <algorithm>
#include <bit>
#include <cstring>

#include "decode.h"
#include "tile.h"

#define HYOJUN_TARGET

namespace hyojun::charmap {

namespace {

#include "tile_list.h"

// What the loop needs of an encoding: units below 0x80 are ASCII; plain() reads a character that a scan byte decides;
// other() is the length of any other well-formed one, 0 where there is none.
struct Utf8Text {
  static constexpr std::size_t kUnit = 1;
  static unsigned unit(const std::uint8_t* p) noexcept { return *p; }
  static bool plain(const std::uint8_t* p, unsigned& code, std::size_t& length) noexcept {
    const unsigned bytes = static_cast<unsigned>(p[0] | p[1] << 8 | p[2] << 16);
    code = (bytes & 0x0F) << 12 | (bytes >> 2 & 0xFC0) | (bytes >> 16 & 0x3F);
    length = 3;
    return (bytes & 0xC0C0F0) == 0x8080E0 && code >= 0x800 && p[0] != 0xED;
  }
  static std::size_t other(const std::uint8_t* p) noexcept {
    const Decoded d = Utf8Decoder{}.decode(p, 4, true);
    return d.malformed ? 0 : d.length;
  }
};

struct Cp932Text {
  static constexpr std::size_t kUnit = 1;
  static unsigned unit(const std::uint8_t* p) noexcept { return *p; }
  static bool plain(const std::uint8_t* p, unsigned& code, std::size_t& length) noexcept {
    if (p[0] >= 0xA1 && p[0] <= 0xDF) {
      code = 0x8140;  // half-width kana are as plain as the ideographic space
      length = 1;
      return true;
    }
    if (p[0] == 0x80 || p[0] == 0xA0 || p[0] > 0xFC || p[1] < 0x40 || p[1] == 0x7F || p[1] > 0xFC) return false;
    code = static_cast<unsigned>(p[0] << 8 | p[1]);
    length = 2;
    return true;
  }
  static std::size_t other(const std::uint8_t*) noexcept { return 0; }
};

template <bool kBigEndian>
struct Utf16Text {
  static constexpr std::size_t kUnit = 2;
  static unsigned unit(const std::uint8_t* p) noexcept {
    return static_cast<unsigned>(kBigEndian ? p[0] << 8 | p[1] : p[1] << 8 | p[0]);
  }
  static bool plain(const std::uint8_t* p, unsigned& code, std::size_t& length) noexcept {
    code = unit(p);
    length = 2;
    return code - 0xD800 >= 0x800;
  }
  static std::size_t other(const std::uint8_t* p) noexcept {
    return unit(p) < 0xDC00 && unit(p + 2) - 0xDC00 < 0x400 ? 4 : 0;
  }
};

template <typename Text>
class Fill {
 public:
  Fill(const TileInput& input, const std::uint8_t* bytes, std::size_t size, TilePlace place, Tile& tile) noexcept
      : input_(input),
        begin_(bytes),
        end_(bytes + std::min(kTileBytes - kTileAhead, size < kTileAhead ? 0 : size - kTileAhead)),
        p_(bytes),
        tile_(tile),
        quoted_(place.quoted),
        field_start_(place.field_start) {
    tile.line_ends.fill(0);
    tile.delimiters.fill(0);
    tile.specials.fill(0);
    tile.with_specials = 0;
    tile.shape_count = 0;
    tile.wants_full = false;
  }

  void run() noexcept {
    for (take_plain(); p_ < end_ && (Text::unit(p_) < 0x80 ? take_ascii() : take_wide()); take_plain()) {
    }
    tile_.length = static_cast<std::size_t>(p_ - begin_);
    tile_.blocks = tile_.length == 0 ? 0 : block(tile_.length - 1) + 1;
    tile_.place.quoted = quoted_;
    tile_.characters = characters_;
    tile_.default_glyph = default_glyph_ + tile_.shape_count;
    sum_structure(tile_, few_ones);
    place_end(tile_, kUnit);
    list_specials(tile_);
  }

 private:
  static constexpr std::size_t kUnit = Text::kUnit;

  static std::size_t block(std::size_t at) noexcept { return at / kUnit / kBlockUnits; }
  static unsigned few_ones(std::uint64_t mask) noexcept {
    unsigned count = 0;
    for (; mask != 0; mask &= mask - 1) ++count;
    return count;
  }
  static std::uint64_t bit(std::size_t at) noexcept { return std::uint64_t{1} << (at / kUnit % kBlockUnits); }
  template <typename Masks>
  static void mark(Masks& masks, std::size_t at) noexcept {
    masks[block(at)] |= bit(at);
  }
  std::size_t at() const noexcept { return static_cast<std::size_t>(p_ - begin_); }
  bool next_is(char c) const noexcept { return Text::unit(p_ + kUnit) == static_cast<unsigned>(c); }

  // The hot loop: takes what needs nothing but counting. A function of its own, so that its state stays in registers.
  [[gnu::noinline]] void take_plain() noexcept {
    const std::uint8_t* const scan_bytes = input_.scan_bytes;
    const std::uint8_t* const kinds = input_.odd_ascii.data();
    const std::uint8_t* p = p_;
    std::uint64_t characters = 0;
    std::uint64_t default_glyph = 0;
    while (p < end_) {
      const unsigned unit = Text::unit(p);
      if (unit < 0x80) {
        if (kinds[unit] == 0) {
          const std::size_t run = ascii_run(p, end_);
          characters += run;
          p += run * kUnit;
          continue;
        }
        if (kinds[unit] != TileInput::kStructure || quoted_) break;
        mark(unit == '\n' ? tile_.line_ends : tile_.delimiters, static_cast<std::size_t>(p - begin_));
        p += kUnit;
        continue;
      }
      unsigned code = 0;
      std::size_t length = 0;
      if (!Text::plain(p, code, length)) break;
      const std::uint8_t c = scan_bytes[code];
      if (c >= kScanEvent) break;
      default_glyph += c;
      ++characters;
      p += length;
    }
    p_ = p;
    characters_ += characters;
    default_glyph_ += default_glyph;
  }

  // How many of the next eight bytes are ASCII content; the first is. Eight bytes at a time, without a branch: the
  // lowest bit of `odd` is exact, whatever borrows and carries do to those above.
  std::size_t ascii_run(const std::uint8_t* p, const std::uint8_t* end) const noexcept {
    if constexpr (kUnit != 1 || std::endian::native != std::endian::little) return 1;
    constexpr std::uint64_t kOnes = 0x0101010101010101;
    std::uint64_t w = 0;
    std::memcpy(&w, p, sizeof w);
    const std::uint64_t delimiter = w ^ kOnes * input_.delimiter;
    const std::uint64_t quote = w ^ kOnes * '"';
    const std::uint64_t odd = (w | (w + kOnes) | ((w - kOnes * 0x20) & ~w) | ((delimiter - kOnes) & ~delimiter) |
                               ((quote - kOnes) & ~quote)) &
                              kOnes * 0x80;
    const auto run = std::min(static_cast<std::size_t>(std::countr_zero(odd)) / 8, static_cast<std::size_t>(end - p));
    return std::max(std::size_t{1}, run);  // in plain text a quote is content, too
  }

  // An ASCII character with a kind. Structure comes here only inside quotes: a line end without a meaning, or a
  // delimiter that is content.
  bool take_ascii() noexcept {
    const unsigned unit = Text::unit(p_);
    const std::uint8_t kind = input_.odd_ascii[unit];
    if (kind != TileInput::kStructure) return take_odd(unit, kind);
    if (unit != '\n') {
      ++characters_;
      if (unit < 0x20 || unit == 0x7F) mark_special();
    }
    p_ += kUnit;
    return true;
  }

  bool take_odd(unsigned unit, std::uint8_t odd) noexcept {
    if (odd == TileInput::kOdd) {
      ++characters_;
      mark_special();
      p_ += kUnit;
      return true;
    }
    if (unit == '\r') {
      if (!quoted_ && !next_is('\n')) return false;
      p_ += kUnit;
      return true;
    }
    if (quoted_ && next_is('"')) {
      ++characters_;
      p_ += 2 * kUnit;
      return true;
    }
    if (!quoted_ && !at_field_start()) return false;
    quoted_ = !quoted_;
    p_ += kUnit;
    return true;
  }

  bool at_field_start() const noexcept {
    if (p_ == begin_) return field_start_;
    const std::size_t before = at() - kUnit;
    return ((tile_.line_ends[block(before)] | tile_.delimiters[block(before)]) & bit(before)) != 0;
  }

  // A character that take_plain() left.
  bool take_wide() noexcept {
    unsigned code = 0;
    std::size_t length = 0;
    if (Text::plain(p_, code, length)) {
      take_event(code);
    } else {
      length = Text::other(p_);
      if (length == 0) return false;
      mark_special();
    }
    ++characters_;
    p_ += length;
    return true;
  }

  void take_event(unsigned code) noexcept {
    if (input_.scan_bytes[code] >= kScanShape) {
      tile_.shapes[tile_.shape_count++] = static_cast<std::uint16_t>(code);
    } else {
      mark_special();
    }
  }

  void mark_special() noexcept {
    mark(tile_.specials, at());
    tile_.with_specials |= std::uint64_t{1} << block(at());
  }

  const TileInput& input_;
  const std::uint8_t* const begin_;
  const std::uint8_t* const end_;
  const std::uint8_t* p_;
  Tile& tile_;
  bool quoted_;
  const bool field_start_;
  std::uint64_t characters_ = 0;
  std::uint64_t default_glyph_ = 0;
};

template <typename Text>
void fill_tile(const TileInput& input, const std::uint8_t* bytes, std::size_t size, TilePlace place,
               Tile& tile) noexcept {
  Fill<Text>(input, bytes, size, place, tile).run();
}

}  // namespace

// Quotes cost nothing where there are none: one variant.
TileFunctions portable_tiles(Encoding encoding) noexcept {
  switch (encoding) {
    case Encoding::utf8:
      return {fill_tile<Utf8Text>, fill_tile<Utf8Text>};
    case Encoding::cp932:
      return {fill_tile<Cp932Text>, fill_tile<Cp932Text>};
    case Encoding::utf16le:
      return {fill_tile<Utf16Text<false>>, fill_tile<Utf16Text<false>>};
    case Encoding::utf16be:
      return {fill_tile<Utf16Text<true>>, fill_tile<Utf16Text<true>>};
    default:
      return {};
  }
}

}  // namespace hyojun::charmap
