// Tiles: the kernels' unit of work. Internal to charmap.
//
// A block is 64 units (bytes; 16-bit units of UTF-16), so that one bit of a 64-bit mask stands for one unit. A tile is
// up to kTileBlocks of them, 3 KiB of source: small enough to stay in the L1 cache (32 KiB) beside the 6 KiB in use of
// the tile itself and the hot part of the scan bytes, large enough to spread what is done once a tile. (16 blocks cost
// 4 % more; 64 save UTF-8 2 % and cost CP932 more.)
//
// A kernel proves block after block that it is well-formed, recognises the structure, and counts. What it cannot count
// by a scan byte below kScanEvent it lists as special, and special_characters.h reads that one character, which may
// join it to the one before (selectors, marks). A kernel may decode and join them itself where no doubt is left (that
// of UTF-8 with AVX-512); what they are is decided by event_list.h in any case. A kernel stops before the first block
// that it cannot prove; the general path reads on from there. So there is one definition of everything that is not
// plain, and a kernel may stop early or mark too much, but must never count what is not so.
//
// Two variants of each kernel: `bare` stops at the first CR or quote, `full` handles them (CRLF; RFC 4180 quotes by the
// parity of the quotes before; a quote that opens elsewhere than at the start of a field stops it).
#ifndef HYOJUN_CHARMAP_SRC_TILE_H_
#define HYOJUN_CHARMAP_SRC_TILE_H_

#include <array>
#include <cstddef>
#include <cstdint>

#include "code_bits.h"
#include "code_texts.h"
#include "hyojun/charmap/encoding.h"
#include "hyojun/charmap/kernel.h"
#include "hyojun/charmap/plan.h"
#include "hyojun/charmap/table.h"

namespace hyojun::charmap {

inline constexpr std::size_t kBlockUnits = 64;
inline constexpr std::size_t kTileBlocks = 48;
inline constexpr std::size_t kTileBytes = kTileBlocks * kBlockUnits;

// What a kernel needs of the plan, made once a scan().
struct TileInput {
  const std::uint8_t* scan_bytes;  // by BMP code point, or by two-byte code
  const CodeTexts* texts;          // for a conversion whose tiles are written by a kernel (cp932_emit()); else null
  const CodeBits* code_bits;       // of the scan bytes; null where the kernel takes none
  std::uint16_t plain_code;        // one whose scan byte is kScanStandard
  bool plain_rows;                 // of UTF-8: so are those of all of kPlainKana and kPlainWidth
  std::uint8_t delimiter;          // ASCII
  bool delimited;                  // false: plain text, whose only structure is CR and LF
  // Of each ASCII byte: kOdd where both variants need a closer look (controls, DEL), kOddBare where the bare one does
  // (CR and, in delimited text, quotes), kStructure for LF and the delimiter, 0 for content.
  static constexpr std::uint8_t kOdd = 0x80;
  static constexpr std::uint8_t kOddBare = 0x40;
  static constexpr std::uint8_t kStructure = 0x01;
  alignas(64) std::array<std::uint8_t, 128> odd_ascii;
};

// Where most of what is no kanji lies: kana and their marks, and the full- and half-width forms. A kernel that knows
// them plain need not look them up.
struct CodeRange {
  char16_t first, last;
};
inline constexpr CodeRange kPlainKana{0x309B, 0x30FF};
inline constexpr CodeRange kPlainWidth{0xFF01, 0xFF9F};

TileInput tile_input(const Plan& plan) noexcept;

// Where in the structure a tile begins and ends.
struct TilePlace {
  bool quoted;       // inside quotes
  bool field_start;  // a quote here opens a field
};

// Where a character stands in the structure of a tile.
struct TileCharacter {
  enum class Behind : std::uint8_t { content, delimiter, line_end };  // what stands right before it
  std::uint16_t unit;                                                 // its first, counted from the tile's
  std::uint16_t record;                                               // line ends of the tile before it
  // Delimiters before it in its record, as far as they stand in the tile.
  std::uint16_t field;
  Behind behind;
};
static_assert(sizeof(TileCharacter) == 8);

// A special character that a kernel read by itself.
struct ReadCharacter {
  enum class Base : std::uint8_t { none, plain, special };  // of a sequence: as what the kernel counted it
  char32_t first, second;                                   // code points; second is 0 unless a sequence
  std::uint16_t unit;                                       // its first, counted from the tile's
  std::uint16_t record, field;                              // as of TileCharacter
  std::uint8_t length;                                      // bytes; 0: taken with the one before
  Base base;
};
static_assert(sizeof(ReadCharacter) == 16);
inline constexpr std::size_t kMostRead = kTileBytes / 3;

// Where special characters stand, one after the other, of one tile or of several that follow each other. Their records
// and fields are counted from the first tile on, as of TileCharacter. Rows of eight may be written behind the last.
struct SpecialPlaces {
  // Entry i + 1 is character i.
  std::array<std::uint16_t, kMostRead + 2 * kBlockUnits + 1> unit;
  std::array<std::uint16_t, kMostRead + 2 * kBlockUnits> record, field;
  std::size_t count = 0;
  // Of the next tile's first unit.
  std::uint16_t next_unit = 0, next_record = 0, next_field = 0;
};
// A tile of more is not put off: so few that all of them and some of the tiles before have room.
inline constexpr std::size_t kMostPutOff = 192;

struct Tile {
  // Given: where the special characters may be added, to be read later with those of other tiles, or null. What is
  // added is not known to be well-formed.
  SpecialPlaces* put_off = nullptr;
  bool is_put_off;  // they were, behind the `count` of before

  std::size_t special_count;
  // The special characters in order: put off; or in `listed`; or where the kernel could read them all, in `read`. Rows
  // of eight may be written behind the last.
  bool all_read;
  std::array<TileCharacter, kTileBytes> listed;
  alignas(32) std::array<ReadCharacter, kMostRead + 8> read;
  TileCharacter end;  // what stands behind the tile

  // Of the blocks taken: bit i for unit i. One more, for what stands behind the last.
  std::array<std::uint64_t, kTileBlocks + 1> line_ends;   // LF that end a record
  std::array<std::uint64_t, kTileBlocks + 1> delimiters;  // that end a field
  // First units of the special characters; nothing of a block that is not in with_specials.
  std::array<std::uint64_t, kTileBlocks> specials;
  // First units of characters and structure; not of UTF-8, for which nobody asks.
  std::array<std::uint64_t, kTileBlocks> begins;
  // First units of the characters in `codes`; where a kernel decodes a stream of bytes (tile_utf8_avx512.cc), the units
  // in that.
  std::array<std::uint64_t, kTileBlocks> looked_up;
  alignas(64) std::array<std::uint16_t, 64> first_code;  // the block's first in `codes`; not where there is a stream
  // Line ends and delimiters of the tile's blocks before each; the last entry used counts all.
  std::array<std::uint16_t, kTileBlocks + 1> records_before, delimiters_before;
  std::uint64_t with_line_ends;  // bit b: block b has some
  // Code points or two-byte codes to look up. Rows of 64 may be written behind the last.
  alignas(64) std::array<std::uint16_t, kTileBytes / 2 + 128> codes;
  // Their UTF-8, where TileInput::texts is given: the last two bytes, and the one before them or 0. Rows of 32 may be
  // written behind the last; 64 bytes are read from any on.
  std::array<std::uint16_t, kTileBytes / 2 + 64> last_bytes;
  std::array<std::uint8_t, kTileBytes / 2 + 64> first_bytes;
  // Those of `codes` whose scan bytes are kScanShape or above. Rows of 32 may be written behind the last.
  std::array<std::uint16_t, kTileBytes / 2 + 33> shapes;

  std::size_t length;           // bytes taken, whole characters
  std::size_t blocks;           // begun
  std::uint64_t characters;     // content, specials included, each code point for one
  std::uint64_t default_glyph;  // of the ones counted, kScanShape included
  std::size_t shape_count;      // used entries of `shapes`
  std::uint64_t with_specials;  // bit b: block b has some
  TilePlace place;              // of what follows
  bool wants_full;              // the bare variant stopped at a CR or a quote
};

// Takes at most `size` bytes, at most kTileBytes; only whole blocks whose following kTileAhead bytes are there, too.
using TileFunction = void (*)(const TileInput& input, const std::uint8_t* bytes, std::size_t size, TilePlace place,
                              Tile& tile) noexcept;
inline constexpr std::size_t kTileAhead = 8;

// Reads what was put off: `bytes` are those of the first tile, `read` has room for kMostRead and a row of eight. False
// if one is malformed or not to be read by this kernel: then the tiles must be read anew, none of them put off.
using ReadPutOffFunction = bool (*)(SpecialPlaces& places, const std::uint8_t* bytes, ReadCharacter* read) noexcept;

struct TileFunctions {
  TileFunction bare = nullptr;
  TileFunction full = nullptr;
  ReadPutOffFunction read_put_off = nullptr;  // null: never puts anything off
};

// Writes the UTF-8 of the characters from `from` to `to` of a tile made with TileInput::texts; byte offsets from the
// tile's first, where characters begin. Between them stand no special ones but those of put_into_tile(), and no U+0000.
// Returns the bytes written; up to kEmitOver bytes behind these are overwritten, too.
using EmitFunction = std::size_t (*)(const Tile& tile, const std::uint8_t* bytes, std::size_t from, std::size_t to,
                                     std::uint8_t* out) noexcept;
inline constexpr std::size_t kEmitOver = 64;
EmitFunction cp932_emit(Kernel kernel) noexcept;
// Puts other UTF-8, of three bytes, first byte lowest, in the place of the character of two bytes at a byte offset of
// such a tile; for where cp932_emit() gives a function.
void put_into_tile(Tile& tile, std::size_t at, std::uint32_t utf8) noexcept;
std::size_t emit_cp932_avx512(const Tile& tile, const std::uint8_t* bytes, std::size_t from, std::size_t to,
                              std::uint8_t* out) noexcept;

// Of one kernel for one encoding; null where it has none and the general path runs.
TileFunctions tile_functions(Kernel kernel, Encoding encoding) noexcept;
// What a plan may use: none where every field or default glyph must be seen.
TileFunctions tile_functions(const PlanOptions& options) noexcept;
TileFunctions portable_tiles(Encoding encoding) noexcept;
TileFunctions avx2_tiles(Encoding encoding) noexcept;
TileFunctions avx512_tiles(Encoding encoding) noexcept;
TileFunctions utf8_avx512_tiles() noexcept;

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_TILE_H_
