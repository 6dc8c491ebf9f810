// StandardTable: all standard characters (行政事務標準文字) with their numbers, sequences and relations.
//
// The table is one immutable binary image (charmap/IMAGE_FORMAT.md), made from data/*.tsv by charmap_compile. One image
// is linked into the library; others can be opened from a file. Everything here reads the image in place: opening
// costs no parsing, a lookup allocates nothing unless it returns a std::string or std::vector.
//
// Thread-safety: immutable after construction; any number of threads may use one table.
// Sources: MJ文字情報一覧表 Ver.006.02, MJ変体仮名, IVD 2022-09-13, JIS X 0213, CP932, 告示582号 (data/SOURCES.tsv).
#ifndef HYOJUN_CHARMAP_TABLE_H_
#define HYOJUN_CHARMAP_TABLE_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/code_point_set.h"
#include "hyojun/charmap/shrink.h"

namespace hyojun::charmap {

namespace image {
struct Sections;
struct ShrinkRow;
}  // namespace image

// What a single code point is, as far as identification has to know. The low nibble of a class byte.
enum class CodeClass : std::uint8_t {
  standard = 0,         // one standard character
  default_glyph = 1,    // several MJ glyphs share it
  not_in_standard = 2,  // assigned in Unicode, not in the bundled standard
  gaiji = 3,            // private use
  control = 4,          // C0, C1, noncharacter, U+FEFF
  unassigned = 5,       // no character yet in the table's Unicode version: reported as not_in_standard
  selector = 6,         // U+FE00–FE0F, U+E0100–E01EF
  voiced_mark = 7,      // U+3099, U+309A
  second_of_x0213 = 8,  // standard, and may be the second of a JIS X 0213 sequence (U+0300, U+0301, U+02E5, U+02E9)
};
inline constexpr std::uint8_t kClassMask = 0x0F;
inline constexpr std::uint8_t kFirstOfX0213 = 0x10;     // first of one of the JIS X 0213 sequences without kana
inline constexpr std::uint8_t kTakesVoicedMark = 0x20;  // a kana; bits 1–4 of a plain class stay 0 (plain_blocks.cc)
inline constexpr std::uint8_t kShapeDependsOnFont = 0x40;  // see StandardTable::shape_depends_on_font
// A standard code point that Shift_JIS-2004 (JIS X 0213 附属書1) does not hold. ASCII and half-width kana, its single
// bytes, are inside; so are both code points where the published mappings differ (data/README.md).
inline constexpr std::uint8_t kOutsideX0213 = 0x80;

// A scan byte is the class of a BMP code point, or of a code of a two-byte set, as the kernels need it: what they only
// count is below kScanEvent. A default glyph whose shape depends on the font is kScanShape + its number among these.
inline constexpr std::uint8_t kScanStandard = 0;
inline constexpr std::uint8_t kScanDefaultGlyph = 1;
inline constexpr std::uint8_t kScanEvent = 0x20;  // anything that needs a decision
inline constexpr std::uint8_t kScanShape = 0x80;
inline constexpr std::size_t kMostShapes = 128;

// Scripts as far as names need them. `kana` is what both kana share (ー).
enum class Script : std::uint8_t { kanji, hiragana, katakana, kana, latin, digit, symbol };
inline constexpr std::size_t kScriptCount = 7;
inline constexpr std::array<std::string_view, kScriptCount> kScriptKeys = {"kanji", "hiragana", "katakana", "kana",
                                                                           "latin", "digit",    "symbol"};

// Identity of a standard character inside one table: a row of one of its lists. Not stable between table versions;
// the character name is.
struct CharacterId {
  enum class List : std::uint8_t { mj, nonkanji, hentaigana, layer };
  List list = List::mj;
  std::uint8_t layer = 0;   // which layer, for List::layer
  std::uint32_t index = 0;  // row in the list
  bool operator==(const CharacterId&) const = default;
};

// Everything the list says of one standard character, as text ready to show. Absent values are empty.
struct CharacterRecord {
  std::string name;                  // 文字図形名, or "U+3042" where the list gives none
  std::vector<std::u32string> text;  // every way to write it: code point, IVS, SVS, 互換漢字; the first is preferred
  std::string ucs;                   // 対応するUCS
  std::string implemented;           // 実装したUCS: the code point whose default glyph this is
  std::vector<std::string> ivs;      // Moji_Joho sequences, duplicates included
  std::string svs;
  std::string compat;  // 対応する互換漢字
  std::string koseki, juki, toki, nyukan_seiji, nyukan_gaiji;
  std::string policy;  // 漢字施策
  std::string x0213, x0213_class, x0213_unification, x0212;
  unsigned strokes = 0;                            // 総画数; 0 where the list gives none
  std::vector<std::pair<unsigned, int>> radicals;  // (部首, 内画数)
  std::vector<std::string> readings;
  std::string note;    // 備考
  std::string origin;  // for non-kanji: where the bundled list has it from
};

// A 正字 that 告示582号別表第四 gives for a character, or the unified ideograph of a radical: shown, never applied.
struct Reference {
  enum class Kind : std::uint8_t { notice582_1, notice582_2, radical };
  char32_t target;
  Kind kind;
  unsigned rank;  // 順位, from 1; 1 for radicals
};

struct TableInfo {
  std::string version;      // data version, for people
  std::string digest;       // SHA-256 of the image, hex
  unsigned format_version;  // layout of the container
  unsigned schema_version;  // meaning of the sections
  std::string unicode_version;
  std::size_t mj, plain, ivs, ivs_only, svs, shared, hentaigana, nonkanji, sequences, other_sequences, bytes;
  std::vector<std::pair<std::string, std::string>> sources;  // (source and version, licence)
};

class StandardTable {
 public:
  // The table linked into this library. Its content was verified by the build; verify() checks it again on request.
  static std::shared_ptr<const StandardTable> bundled();

  // Maps an image file and checks it completely: digest, bounds, order, every index. Errors: environment (cannot
  // open), damaged (anything in the file is not as it was written, or it is newer than this program).
  static base::Result<std::shared_ptr<const StandardTable>> open(const std::string& path);

  // The same check on an image in memory, which must outlive the table.
  static base::Result<std::shared_ptr<const StandardTable>> from_bytes(std::span<const std::uint8_t> bytes,
                                                                       const std::string& name);

  ~StandardTable();
  StandardTable(const StandardTable&) = delete;
  StandardTable& operator=(const StandardTable&) = delete;

  base::Result<void> verify() const;
  // Counts everything: reads the whole table. version() and digest() cost nothing.
  TableInfo info() const;
  std::string version() const;  // data version, for people
  std::string digest() const;   // SHA-256 of the image, hex
  std::span<const std::uint8_t> bytes() const noexcept;

  // Class byte of any code point up to U+10FFFF: a CodeClass with flags.
  std::uint8_t class_of(char32_t code_point) const noexcept;

  // The standard character that a plain code point names; for a shared code point its default glyph.
  std::optional<CharacterId> find(char32_t code_point) const noexcept;
  // The standard character that a listed sequence of two code points names.
  std::optional<CharacterId> find(char32_t first, char32_t second) const noexcept;
  // By name: MJ026190, MJ090001, or U+… of a non-kanji.
  std::optional<CharacterId> find_name(std::string_view name) const;

  std::string name(CharacterId id) const;
  CharacterRecord record(CharacterId id) const;
  // Every character: MJ, hentaigana, non-kanji, each list in its order.
  std::vector<CharacterId> all() const;

  // Other registrations of a sequence: a bit set of kCollections; 0 if there are none.
  std::uint8_t collections(char32_t base, char32_t selector) const noexcept;
  // "Adobe-Japan1", or several joined by "/"; empty for 0.
  static std::string collection_names(std::uint8_t set);

  // True where the J+ shape of the same number is another MJ than the default (103 code points, 辻 葛 …): what the
  // character looked like depends on whether the source's font follows JIS90 or JIS2004.
  bool shape_depends_on_font(char32_t code_point) const noexcept;

  std::vector<Reference> references(char32_t code_point) const;

  // What the MJ縮退マップ says of an MJ character, in the order of the relations, then rank, hops, 面区点; empty for
  // other lists and where the map has nothing. 参考情報 of the map; may be empty.
  std::vector<ShrinkCandidate> shrink_candidates(CharacterId id) const;
  std::string shrink_note(CharacterId id) const;
  // The one target that the rule picks, among the targets that are `within` a smaller set. Allocates nothing.
  std::optional<ShrinkPick> pick(CharacterId id, ShrinkRule rule, const CodePointSet* within = nullptr) const noexcept;

  // The code points of one character as the list has them; 0 where it has none. Allocates nothing.
  struct Codes {
    char32_t ucs;            // 対応するUCS; the code point of any other list
    char32_t plain;          // the code point that names this character, perhaps as its default glyph
    char32_t second;         // of a non-kanji that is a sequence: `plain` and this
    char32_t ivs_base, ivs;  // Moji_Joho; never the duplicate registration
    std::uint32_t number;    // of the name MJnnnnnn; 0 for non-kanji
  };
  Codes codes(CharacterId id) const noexcept;
  // 住基ネット統一文字コード of an MJ character: 0x9089 for J+9089; 0 where it has none. Allocates nothing.
  std::uint16_t juki_number(CharacterId id) const noexcept;

  // data/placeholders.tsv: characters put where a gaiji was once lost.
  bool is_placeholder(char32_t code_point) const noexcept;
  // data/lookalikes.tsv: the characters that are mistaken for this one, each with its script.
  struct LookAlike {
    char32_t character;
    Script own_script;  // of the character asked for
    Script script;      // of `character`
  };
  std::vector<LookAlike> look_alikes(char32_t code_point) const;

  // All characters for which the question holds, in list order. Numbers as printed in the list ("445000", "J+9089").
  std::vector<CharacterId> with_ucs(char32_t code_point) const;
  std::vector<CharacterId> with_koseki(std::string_view number) const;
  std::vector<CharacterId> with_juki(std::string_view code) const;
  std::vector<CharacterId> with_toki(std::string_view number) const;
  std::vector<CharacterId> with_reading(std::string_view kana) const;
  std::vector<CharacterId> with_radical(unsigned radical, int strokes) const;

  // CP932: code (lead × 256 + trail) → code point, 0 where unassigned; gaiji F040–F9FC → U+E000–E757. 65,536 entries.
  const char16_t* cp932() const noexcept;
  // Class bytes of U+0000–FFFF, 65,536 entries: the scanner's table.
  const std::uint8_t* bmp_classes() const noexcept;
  // Scan bytes of U+0000–FFFF and of CP932's codes, 65,536 entries each: the kernels' tables.
  const std::uint8_t* bmp_scan() const noexcept;
  const std::uint8_t* cp932_scan() const noexcept;
  // The same, with kScanEvent also for every standard character that has kOutsideX0213.
  const std::uint8_t* bmp_scan_x0213() const noexcept;
  const std::uint8_t* cp932_scan_x0213() const noexcept;
  // The code points whose shape depends on the font, at most kMostShapes, ascending: kScanShape + i is the i-th.
  std::span<const std::uint32_t> shapes() const noexcept;

  static constexpr std::size_t kCollectionCount = 5;
  const image::Sections& sections() const noexcept;  // internal to charmap

 private:
  StandardTable();
  std::span<const image::ShrinkRow> shrink_rows(CharacterId id) const noexcept;
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_TABLE_H_
