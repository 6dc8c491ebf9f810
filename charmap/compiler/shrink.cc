#include <algorithm>

#include "tables.h"
#include "tsv.h"

namespace hyojun::charmap::compiler {

namespace {

// Row of CHAR.
std::uint32_t character(const Tables& tables, std::string_view name) {
  if (!name.starts_with("MJ")) throw TableError("not an MJ name");
  const std::uint32_t number = decimal(name.substr(2), 0);
  const auto it = std::ranges::lower_bound(tables.characters, number, {}, &image::CharacterRow::number);
  if (it == tables.characters.end() || it->number != number) throw TableError("name is not in mj.tsv");
  return static_cast<std::uint32_t>(it - tables.characters.begin());
}

std::uint8_t relation(std::string_view key) {
  const auto it = std::ranges::find(kShrinkRelationKeys, key);
  if (it == kShrinkRelationKeys.end()) throw TableError("unknown relation");
  return static_cast<std::uint8_t>(it - kShrinkRelationKeys.begin());
}

// "1-25-66"
void put_code(std::uint8_t (&out)[3], std::string_view cell) {
  for (std::uint8_t& part : out) {
    const std::size_t dash = std::min(cell.find('-'), cell.size());
    part = static_cast<std::uint8_t>(decimal(cell.substr(0, dash), 0));
    cell.remove_prefix(std::min(dash + 1, cell.size()));
  }
  if (!cell.empty()) throw TableError("not a code of JIS X 0213");
}

}  // namespace

void read_shrink(const std::string& folder, Tables& tables) {
  // The names that the program shows are those of the table.
  std::size_t order = 0;
  read_tsv(folder, "mj_shrink_relations.tsv", {"key", "name_ja", "order", "source"}, [&](const Cells& c) {
    if (order == kShrinkRelations || c[0] != kShrinkRelationKeys[order] || c[1] != kShrinkRelationNamesJa[order] ||
        decimal(c[2], 0) != order + 1) {
      throw TableError("the relations are not those of shrink.h");
    }
    ++order;
  });
  if (order != kShrinkRelations) throw TableError("mj_shrink_relations.tsv: a relation of shrink.h is missing");
  read_tsv(folder, "mj_shrink.tsv", {"name", "relation", "target", "x0213", "rank", "hops"}, [&](const Cells& c) {
    image::ShrinkRow r{};
    r.character = character(tables, c[0]);
    r.target = code_point(c[2]);
    r.relation = relation(c[1]);
    r.rank = static_cast<std::uint8_t>(decimal(c[4], 0));
    r.hops = static_cast<std::uint8_t>(decimal(c[5], 0));
    put_code(r.x0213, c[3]);
    tables.shrink.push_back(r);
  });
  std::ranges::sort(tables.shrink, {}, [](const image::ShrinkRow& r) {
    return std::tuple(r.character, r.relation, r.rank, r.hops, r.x0213[0], r.x0213[1], r.x0213[2]);
  });
  read_tsv(folder, "mj_shrink_notes.tsv", {"name", "note"}, [&](const Cells& c) {
    tables.shrink_notes.push_back({character(tables, c[0]), tables.pool.add(c[1])});
  });
  std::ranges::sort(tables.shrink_notes, {}, &image::ShrinkNoteRow::character);
}

}  // namespace hyojun::charmap::compiler
