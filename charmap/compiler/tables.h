// The tables of data/, read and joined: what charmap_compile turns into sections.
#ifndef HYOJUN_CHARMAP_COMPILER_TABLES_H_
#define HYOJUN_CHARMAP_COMPILER_TABLES_H_

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "../src/image.h"

namespace hyojun::charmap::compiler {

using Sequence = std::pair<std::uint32_t, std::uint32_t>;

struct Tables {
  image::StringPool pool;
  std::vector<image::CharacterRow> characters;
  std::vector<image::HentaiganaRow> hentaigana;
  std::vector<image::NonKanjiRow> nonkanji;
  std::vector<Sequence> x0213_sequences;
  std::map<Sequence, std::uint32_t> collections;
  std::vector<image::ReferenceRow> references;
  std::vector<std::uint32_t> placeholders;
  std::vector<image::LookAlikeRow> look_alikes;
  std::vector<image::ShrinkRow> shrink;
  std::vector<image::ShrinkNoteRow> shrink_notes;
  std::vector<std::uint16_t> cp932;  // 65,536 entries, gaiji included
  struct Range {
    std::uint32_t first, last;
    std::string category;
  };
  std::vector<Range> categories;
  std::string meta;
};

// Reads everything. Throws TableError.
Tables read_tables(const std::string& folder);

// The MJ縮退マップ, into `tables`, whose characters are there already. Throws TableError.
void read_shrink(const std::string& folder, Tables& tables);

// The look-up sections, derived from the tables.
struct LookUps {
  std::vector<image::PlainRow> plain;
  std::vector<image::SequenceRow> sequences;
  std::vector<image::SequenceRow> collections;
  std::vector<std::uint32_t> shapes;
};
LookUps make_look_ups(const Tables& tables);
std::vector<image::SequenceLine> make_sequence_lines(const std::vector<image::SequenceRow>& sequences);

// Class bytes of all code points, U+0000 first.
std::vector<std::uint8_t> make_classes(const Tables& tables, const LookUps& look_ups);

// Scan bytes (IMAGE_FORMAT.md) of U+0000–U+FFFF, the same with an event also for what is outside JIS X 0213, and those
// of CP932's codes made from either.
std::vector<std::uint8_t> make_scan_bytes(const std::vector<std::uint8_t>& classes,
                                          const std::vector<std::uint32_t>& shapes);
std::vector<std::uint8_t> limit_to_x0213(std::vector<std::uint8_t> scan_bytes,
                                         const std::vector<std::uint8_t>& classes);
std::vector<std::uint8_t> make_cp932_scan_bytes(const std::vector<std::uint8_t>& scan_bytes,
                                                const std::vector<std::uint16_t>& cp932);

}  // namespace hyojun::charmap::compiler

#endif  // HYOJUN_CHARMAP_COMPILER_TABLES_H_
