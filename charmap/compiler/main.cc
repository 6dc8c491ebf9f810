// charmap_compile DATA_FOLDER IMAGE: makes the standard table image from data/*.tsv, the same bytes every time.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <exception>
#include <fstream>
#include <map>
#include <numeric>

#include "tables.h"
#include "tsv.h"

namespace hyojun::charmap::compiler {

namespace {

struct SupplementaryClasses {
  std::vector<std::uint16_t> index;
  std::vector<std::uint8_t> blocks;
};

SupplementaryClasses fold(std::span<const std::uint8_t> classes) {
  SupplementaryClasses result;
  std::map<std::string, std::uint16_t> known;
  for (std::size_t at = 0x10000; at < classes.size(); at += 256) {
    const std::string block(classes.begin() + at, classes.begin() + at + 256);
    const auto [it, inserted] = known.try_emplace(block, static_cast<std::uint16_t>(known.size()));
    if (inserted) result.blocks.insert(result.blocks.end(), block.begin(), block.end());
    result.index.push_back(it->second);
  }
  return result;
}

template <typename Row>
void add(image::Writer& writer, std::string_view tag, const std::vector<Row>& rows) {
  writer.add(tag, std::span<const Row>(rows));
}

// `rows` are sorted by their key, which is below `keys`.
template <typename Row, typename Key>
std::vector<std::uint32_t> make_starts(const std::vector<Row>& rows, std::size_t keys, Key key) {
  std::vector<std::uint32_t> starts(keys + 1);
  for (const Row& row : rows) ++starts[key(row) + 1];
  std::partial_sum(starts.begin(), starts.end(), starts.begin());
  return starts;
}

std::vector<std::uint8_t> compile(const std::string& folder) {
  const Tables tables = read_tables(folder);
  const LookUps look_ups = make_look_ups(tables);
  const auto classes = make_classes(tables, look_ups);
  const auto supplementary = fold(classes);

  image::Writer writer;
  writer.add_text("META", tables.meta);
  writer.add_text("POOL", tables.pool.bytes());
  add(writer, "CHAR", tables.characters);
  add(writer, "HENT", tables.hentaigana);
  add(writer, "NKAN", tables.nonkanji);
  add(writer, "PLAN", look_ups.plain);
  add(writer, "SEQU", look_ups.sequences);
  add(writer, "SEQH", make_sequence_lines(look_ups.sequences));
  add(writer, "COLL", look_ups.collections);
  add(writer, "N582", tables.references);
  add(writer, "SHAP", look_ups.shapes);
  add(writer, "PLHD", tables.placeholders);
  add(writer, "LOOK", tables.look_alikes);
  add(writer, "SHRK", tables.shrink);
  add(writer, "SHRN", tables.shrink_notes);
  add(writer, "PLNS", make_starts(look_ups.plain, image::kPlainKeys, [](const image::PlainRow& row) {
        return image::plain_key(row.code_point);
      }));
  add(writer, "SHRS", make_starts(tables.shrink, tables.characters.size(), [](const image::ShrinkRow& row) {
        return std::size_t{row.character};
      }));
  writer.add("CLSB", std::span(classes).first(0x10000));
  add(writer, "CLSI", supplementary.index);
  add(writer, "CLSD", supplementary.blocks);
  add(writer, "C932", tables.cp932);
  const auto scan_bytes = make_scan_bytes(classes, look_ups.shapes);
  add(writer, "SCNU", scan_bytes);
  add(writer, "SCNC", make_cp932_scan_bytes(scan_bytes, tables.cp932));
  const auto limited = limit_to_x0213(scan_bytes, classes);
  add(writer, "SCXU", limited);
  add(writer, "SCXC", make_cp932_scan_bytes(limited, tables.cp932));
  return writer.finish(image::Kind::table);
}

// The build does not ship what a reader would refuse.
void check(const std::vector<std::uint8_t>& bytes, const std::string& path) {
  const auto sections = image::open(bytes, image::Kind::table, path);
  if (!sections) throw TableError(sections.error().what.en);
  if (const auto verified = image::verify(*sections, image::Kind::table, path); !verified) {
    throw TableError(verified.error().what.en);
  }
}

}  // namespace

}  // namespace hyojun::charmap::compiler

int main(int argc, char** argv) {
  using namespace hyojun::charmap::compiler;
  if (argc != 3) {
    fmt::print(stderr, "usage: charmap_compile DATA_FOLDER IMAGE\n");
    return 2;
  }
  try {
    const auto bytes = compile(argv[1]);
    check(bytes, argv[2]);
    std::ofstream out(argv[2], std::ios::binary);
    out.write(reinterpret_cast<const char*>(bytes.data()), static_cast<std::streamsize>(bytes.size())).flush();
    if (!out) throw TableError(fmt::format("{}: cannot be written", argv[2]));
  } catch (const std::exception& error) {
    fmt::print(stderr, "charmap_compile: {}\n", error.what());
    return 1;
  }
  return 0;
}
