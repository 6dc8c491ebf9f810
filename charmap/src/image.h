// The bytes of the image: charmap/IMAGE_FORMAT.md, as C++. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_IMAGE_H_
#define HYOJUN_CHARMAP_SRC_IMAGE_H_

#include <array>
#include <bit>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/table.h"

namespace hyojun::charmap::image {

static_assert(std::endian::native == std::endian::little, "the image is read in place and is little-endian");

inline constexpr std::string_view kMagic = "HYOJUN\r\n";
inline constexpr std::uint32_t kFormatVersion = 1;
inline constexpr std::uint32_t kSchemaVersion = 4;
inline constexpr std::uint32_t kMaxSections = 64;
inline constexpr std::size_t kAlignment = 64;
inline constexpr std::size_t kDigestOffset = 32;
inline constexpr std::uint32_t kNone = 0xFFFFFFFF;  // "no number" where 0 is a number

enum class Kind : std::uint32_t { table = 1, layer = 2 };

struct Header {
  char magic[8];
  std::uint32_t format;
  std::uint32_t schema;
  std::uint32_t kind;
  std::uint32_t sections;
  std::uint64_t length;
  std::uint8_t digest[32];
};
static_assert(sizeof(Header) == 64);

struct DirectoryEntry {
  char tag[4];
  std::uint32_t row_size;
  std::uint64_t offset;
  std::uint64_t size;
};
static_assert(sizeof(DirectoryEntry) == 24);

struct CharacterRow {
  std::uint32_t number;       // 文字図形名 without MJ
  std::uint32_t ucs;          // 対応するUCS
  std::uint32_t implemented;  // 実装したUCS
  std::uint32_t ivs[2];       // Moji_Joho IVS: base, selector
  std::uint32_t duplicate_ivs[2];
  std::uint32_t svs[2];
  std::uint32_t compat;        // 対応する互換漢字
  std::uint32_t koseki;        // decimal; kNone
  std::uint32_t toki;          // decimal, 8 digits; kNone
  std::uint32_t nyukan_seiji;  // hex; 0
  std::uint32_t nyukan_gaiji;  // hex; 0
  std::uint32_t readings;      // POOL: separated by commas
  std::uint32_t radicals;      // POOL: "162.5" separated by commas
  std::uint32_t note;          // POOL
  std::uint32_t x0213;         // POOL: "1-36-52"
  std::uint32_t x0212;         // POOL
  std::uint32_t unification;   // POOL: 包摂連番
  std::uint32_t policy;        // POOL: 漢字施策
  std::uint16_t juki;          // J+XXXX; 0
  std::uint8_t strokes;        // 0 none
  std::uint8_t x0213_class;    // 包摂区分; 255 none
  std::uint32_t reserved[2];
};
static_assert(sizeof(CharacterRow) == 96);

struct HentaiganaRow {
  std::uint32_t number;
  std::uint32_t code_point;
  std::uint32_t koseki;           // kNone
  std::uint32_t jibo;             // 字母: code point
  std::uint32_t character_name;   // POOL
  std::uint32_t academic_number;  // POOL: 学術用変体仮名番号
  std::uint32_t phonetic;         // POOL: separated by commas
  std::uint32_t note;             // POOL
  std::uint32_t reserved[2];
};
static_assert(sizeof(HentaiganaRow) == 40);

struct NonKanjiRow {
  std::uint32_t first;
  std::uint32_t second;
  std::uint32_t origins;  // POOL: separated by commas
  std::uint32_t reserved;
};
static_assert(sizeof(NonKanjiRow) == 16);

struct PlainRow {
  std::uint32_t code_point;
  std::uint32_t id;
};

struct SequenceRow {  // SEQU (value = character id) and COLL (value = set of collections)
  std::uint32_t first;
  std::uint32_t second;
  std::uint32_t value;
};

// SEQH: the rows of SEQU again, as a hash table. A line of it is a line of the cache, and all of its keys are compared:
// which of them it is cannot be guessed.
struct SequenceLine {
  static constexpr std::size_t kRows = 8;
  std::uint32_t keys[kRows];    // sequence_key(); 0 behind the last
  std::uint32_t values[kRows];  // character ids
};
static_assert(sizeof(SequenceLine) == 64);
inline constexpr std::size_t kSequenceLines = std::size_t{1} << 12U;

// What may stand second in a sequence: selectors, voiced marks, and those of JIS X 0213. Their low eleven bits differ.
constexpr bool is_second_of_sequence(char32_t cp) noexcept {
  return (cp - 0xE0100 < 240) | (cp - 0xFE00 < 16) | (cp - 0x3099 < 2) | (cp - 0x0300 < 2) | (cp == 0x02E5) |
         (cp == 0x02E9);
}
// A key of its own for each sequence whose second is one of these; 0x7FF is none, and of no sequence.
constexpr std::uint32_t sequence_key(char32_t first, char32_t second) noexcept {
  return static_cast<std::uint32_t>(first) << 11U | (static_cast<std::uint32_t>(second) & 0x7FFU);
}
constexpr std::size_t sequence_line(std::uint32_t key) noexcept { return key * 0x9E3779B1U >> 20U; }

// The rows of a line that have the key, one bit each: at most one.
inline std::uint32_t rows_of_key(const SequenceLine& line, std::uint32_t key) noexcept {
  std::uint32_t rows = 0;
  for (std::size_t i = 0; i < SequenceLine::kRows; ++i) rows |= std::uint32_t{line.keys[i] == key} << i;
  return rows;
}

// Whether any has it: two comparisons instead of eight, for a look-up that need not know which.
inline bool has_key(const SequenceLine& line, std::uint32_t key) noexcept {
  typedef std::uint32_t Four __attribute__((vector_size(16)));
  typedef std::uint64_t Two __attribute__((vector_size(16)));
  Four first, last;
  std::memcpy(&first, line.keys, sizeof first);
  std::memcpy(&last, line.keys + 4, sizeof last);
  const Two found = reinterpret_cast<Two>((first == key) | (last == key));
  return (found[0] | found[1]) != 0;
}
// What such a line has no room for stands in the next.
inline bool is_full(const SequenceLine& line) noexcept { return line.keys[SequenceLine::kRows - 1] != 0; }

// The id of a listed sequence, or null.
inline const std::uint32_t* find_sequence(std::span<const SequenceLine> lines, std::uint32_t key) noexcept {
  for (std::size_t i = sequence_line(key);; i = (i + 1) % kSequenceLines) {
    const SequenceLine& line = lines[i];
    const std::uint32_t rows = rows_of_key(line, key);
    if (rows != 0) return &line.values[std::countr_zero(rows)];
    if (!is_full(line)) return nullptr;
  }
}

// PLNS and SHRS: where the rows of one key begin in a list sorted by it, so that no search has to find them. Entry k is
// the first row whose key is k or more; a last one ends the list. The key of PLAN is its code point / 256.
inline constexpr std::size_t kPlainKeys = 0x1100;
constexpr std::size_t plain_key(char32_t code_point) { return code_point >> 8U; }

struct ReferenceRow {
  std::uint32_t source;
  std::uint32_t target;
  std::uint16_t kind;  // Reference::Kind
  std::uint16_t rank;
};
static_assert(sizeof(ReferenceRow) == 12);

struct LookAlikeRow {  // both directions of each pair of data/lookalikes.tsv
  std::uint32_t character;
  std::uint32_t other;
  std::uint16_t script;  // Script
  std::uint16_t other_script;
};
static_assert(sizeof(LookAlikeRow) == 12);

struct ShrinkRow {
  std::uint32_t character;  // row of CHAR
  std::uint32_t target;     // a kanji of JIS X 0213
  std::uint8_t relation;    // ShrinkRelation
  std::uint8_t rank;        // 順位; 0
  std::uint8_t hops;        // ホップ数; 0
  std::uint8_t x0213[3];    // men, ku, ten of the target
  std::uint16_t reserved;
};
static_assert(sizeof(ShrinkRow) == 16);

struct ShrinkNoteRow {
  std::uint32_t character;  // row of CHAR
  std::uint32_t note;       // POOL
};
static_assert(sizeof(ShrinkNoteRow) == 8);

struct LayerRow {
  std::uint32_t name;  // POOL
  std::uint32_t first;
  std::uint32_t second;
  std::uint32_t base;
};

inline constexpr unsigned kListShift = 28;
constexpr std::uint32_t pack(CharacterId id) { return static_cast<std::uint32_t>(id.list) << kListShift | id.index; }
constexpr CharacterId unpack(std::uint32_t id) {
  return {static_cast<CharacterId::List>(id >> kListShift), 0, id & ((1U << kListShift) - 1)};
}

inline constexpr std::array<std::string_view, StandardTable::kCollectionCount> kCollections = {
    "Adobe-Japan1", "Hanyo-Denshi", "KRName", "MSARG", "Unicode-SVS"};

// The sections of one opened container, as typed spans into its bytes.
struct Sections {
  std::span<const std::uint8_t> bytes;
  std::string_view meta, pool;
  std::span<const CharacterRow> characters;
  std::span<const HentaiganaRow> hentaigana;
  std::span<const NonKanjiRow> nonkanji;
  std::span<const PlainRow> plain;
  std::span<const SequenceRow> sequences, collections;
  std::span<const SequenceLine> sequence_lines;
  std::span<const ReferenceRow> references;
  std::span<const std::uint32_t> shapes, placeholders, plain_starts, shrink_starts;
  std::span<const LookAlikeRow> look_alikes;
  std::span<const ShrinkRow> shrink;
  std::span<const ShrinkNoteRow> shrink_notes;
  std::span<const std::uint8_t> bmp_classes, class_blocks;
  std::span<const std::uint8_t> bmp_scan, cp932_scan, bmp_scan_x0213, cp932_scan_x0213;
  std::span<const std::uint16_t> class_index;
  std::span<const std::uint16_t> cp932;
  std::span<const LayerRow> layer;

  const Header& header() const { return *reinterpret_cast<const Header*>(bytes.data()); }
  std::string_view string(std::uint32_t offset) const { return pool.data() + offset; }
};

// Finds the sections. Checks header, directory and bounds (constant time); verify() checks the content.
base::Result<Sections> open(std::span<const std::uint8_t> bytes, Kind kind, const std::string& name);
// Checks everything that IMAGE_FORMAT.md lists.
base::Result<void> verify(const Sections& sections, Kind kind, const std::string& name);

// Digest over everything but itself, as stored in the header.
std::array<std::uint8_t, 32> digest(std::span<const std::uint8_t> bytes);

// The digest in a header, as people read it: 64 lower-case hex digits.
std::string hex_digest(const Header& header);

// The error for anything that is not as it was written.
tl::unexpected<base::Error> damaged(const std::string& name, const std::string& ja, const std::string& en);

// Collects sections and writes the container. Deterministic: the same sections give the same bytes.
class Writer {
 public:
  template <typename Row>
  void add(std::string_view tag, std::span<const Row> rows) {
    add_bytes(tag, sizeof(Row), {reinterpret_cast<const std::uint8_t*>(rows.data()), rows.size_bytes()});
  }
  void add_text(std::string_view tag, std::string_view text) {
    add_bytes(tag, 1, {reinterpret_cast<const std::uint8_t*>(text.data()), text.size()});
  }
  std::vector<std::uint8_t> finish(Kind kind) const;

 private:
  struct Section {
    std::string tag;
    std::uint32_t row_size;
    std::vector<std::uint8_t> bytes;
  };
  void add_bytes(std::string_view tag, std::size_t row_size, std::span<const std::uint8_t> bytes);
  std::vector<Section> sections_;
};

// Builds a POOL: equal strings are stored once.
class StringPool {
 public:
  std::uint32_t add(std::string_view text);
  std::string_view bytes() const { return bytes_; }

 private:
  std::string bytes_ = std::string(1, '\0');
  std::unordered_map<std::string, std::uint32_t> offsets_;
};

}  // namespace hyojun::charmap::image

#endif  // HYOJUN_CHARMAP_SRC_IMAGE_H_
