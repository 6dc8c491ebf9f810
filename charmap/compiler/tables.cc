#include "tables.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "tsv.h"

namespace hyojun::charmap::compiler {

namespace {

using image::kNone;

std::uint32_t name_number(std::string_view name) {
  if (!name.starts_with("MJ") || name.size() != 8) throw TableError("not an MJ name");
  return decimal(name.substr(2), 0);
}

class CharacterReader {
 public:
  CharacterReader(const std::string& folder, Tables& tables) : folder_(folder), tables_(tables) {}

  void read() {
    read_tsv(folder_, "mj.tsv",
             {"name", "ucs", "implemented", "ivs", "svs", "compat", "koseki", "juki", "toki", "nyukan_seiji",
              "nyukan_gaiji", "policy", "x0213", "x0213_unification_no", "x0213_class", "x0212", "strokes", "version"},
             [&](const Cells& c) { add(c); });
    read_tsv(folder_, "mj_readings.tsv", {"name", "readings"},
             [&](const Cells& c) { row(c[0]).readings = tables_.pool.add(c[1]); });
    read_tsv(folder_, "mj_notes.tsv", {"name", "note"},
             [&](const Cells& c) { row(c[0]).note = tables_.pool.add(c[1]); });
    read_tsv(folder_, "mj_duplicate_ivs.tsv", {"name", "ivs"},
             [&](const Cells& c) { put(row(c[0]).duplicate_ivs, c[1]); });
    std::map<std::uint32_t, std::string> radicals;
    read_tsv(folder_, "mj_radicals.tsv", {"name", "radical", "strokes"}, [&](const Cells& c) {
      std::string& list = radicals[name_number(c[0])];
      if (!list.empty()) list += ',';
      list += fmt::format("{}.{}", c[1], c[2]);
    });
    for (auto& r : tables_.characters) r.radicals = tables_.pool.add(radicals[r.number]);
  }

 private:
  static void put(std::uint32_t (&where)[2], std::string_view cell) {
    const auto [first, second] = sequence(cell);
    where[0] = first;
    where[1] = second;
  }

  void add(const Cells& c) {
    image::CharacterRow r{};
    r.number = name_number(c[0]);
    r.ucs = code_point(c[1]);
    r.implemented = code_point(c[2]);
    put(r.ivs, c[3]);
    put(r.svs, c[4]);
    r.compat = code_point(c[5]);
    r.koseki = decimal(c[6], kNone);
    r.juki = static_cast<std::uint16_t>(hex(c[7], "J+"));
    r.toki = decimal(c[8], kNone);
    r.nyukan_seiji = hex(c[9], "0x");
    r.nyukan_gaiji = hex(c[10], "0x");
    r.policy = tables_.pool.add(c[11]);
    r.x0213 = tables_.pool.add(c[12]);
    r.unification = tables_.pool.add(c[13]);
    r.x0213_class = static_cast<std::uint8_t>(decimal(c[14], 255));
    r.x0212 = tables_.pool.add(c[15]);
    r.strokes = static_cast<std::uint8_t>(decimal(c[16], 0));
    tables_.characters.push_back(r);
  }

  image::CharacterRow& row(std::string_view name) {
    const std::uint32_t number = name_number(name);
    const auto it = std::ranges::lower_bound(tables_.characters, number, {}, &image::CharacterRow::number);
    if (it == tables_.characters.end() || it->number != number) throw TableError("name is not in mj.tsv");
    return *it;
  }

  const std::string& folder_;
  Tables& tables_;
};

void read_hentaigana(const std::string& folder, Tables& tables) {
  read_tsv(folder, "hentaigana.tsv",
           {"name", "ucs", "character_name", "jibo", "koseki", "academic_no", "phonetic", "note"}, [&](const Cells& c) {
             tables.hentaigana.push_back({name_number(c[0]),
                                          code_point(c[1]),
                                          decimal(c[4], kNone),
                                          code_point(c[3]),
                                          tables.pool.add(c[2]),
                                          tables.pool.add(c[5]),
                                          tables.pool.add(c[6]),
                                          tables.pool.add(c[7]),
                                          {}});
           });
}

void read_nonkanji(const std::string& folder, Tables& tables) {
  read_tsv(folder, "nonkanji.tsv", {"sequence", "origins"}, [&](const Cells& c) {
    const auto [first, second] = sequence(c[0]);
    tables.nonkanji.push_back({first, second, tables.pool.add(c[1]), 0});
  });
  std::ranges::sort(tables.nonkanji, {}, [](const auto& r) { return std::pair(r.first, r.second); });
  read_tsv(folder, "jisx0213_sequences.tsv", {"code", "sequence"},
           [&](const Cells& c) { tables.x0213_sequences.push_back(sequence(c[1])); });
}

void read_collections(const std::string& folder, Tables& tables) {
  read_tsv(folder, "ivd_other.tsv", {"sequence", "collections"}, [&](const Cells& c) {
    std::string_view rest = c[1];
    std::uint32_t set = 0;
    while (!rest.empty()) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      const auto it = std::ranges::find(image::kCollections, rest.substr(0, comma));
      if (it == image::kCollections.end()) throw TableError("unknown collection");
      set |= 1U << (it - image::kCollections.begin());
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
    tables.collections[sequence(c[0])] = set;
  });
}

void read_references(const std::string& folder, Tables& tables) {
  const auto add = [&](char32_t source, char32_t target, Reference::Kind kind, std::uint32_t rank) {
    if (source == 0 || target == 0) return;  // rows that only have a code of the immigration authority's own
    tables.references.push_back({source, target, static_cast<std::uint16_t>(kind), static_cast<std::uint16_t>(rank)});
  };
  read_tsv(folder, "notice582.tsv", {"source", "source_code", "table", "rank", "target", "target_code"},
           [&](const Cells& c) {
             const auto kind = decimal(c[2], 0) == 1 ? Reference::Kind::notice582_1 : Reference::Kind::notice582_2;
             add(code_point(c[0]), code_point(c[4]), kind, decimal(c[3], 0));
           });
  read_tsv(folder, "equivalent_unified_ideograph.tsv", {"radical", "ideograph"},
           [&](const Cells& c) { add(code_point(c[0]), code_point(c[1]), Reference::Kind::radical, 1); });
  std::ranges::sort(tables.references, {},
                    [](const image::ReferenceRow& r) { return std::tuple(r.source, r.kind, r.rank, r.target); });
}

std::uint16_t script(std::string_view name) {
  const auto it = std::ranges::find(kScriptKeys, name);
  if (it == kScriptKeys.end()) throw TableError("unknown script");
  return static_cast<std::uint16_t>(it - kScriptKeys.begin());
}

void read_name_rules(const std::string& folder, Tables& tables) {
  read_tsv(folder, "placeholders.tsv", {"char", "name", "note"},
           [&](const Cells& c) { tables.placeholders.push_back(code_point(c[0])); });
  read_tsv(folder, "lookalikes.tsv", {"a", "b", "a_script", "b_script", "note"}, [&](const Cells& c) {
    const image::LookAlikeRow r{code_point(c[0]), code_point(c[1]), script(c[2]), script(c[3])};
    tables.look_alikes.push_back(r);
    tables.look_alikes.push_back({r.other, r.character, r.other_script, r.script});
  });
  std::ranges::sort(tables.placeholders);
  std::ranges::sort(tables.look_alikes, {}, [](const auto& r) { return std::pair(r.character, r.other); });
}

// Microsoft's CP932. The gaiji area maps to U+E000–E757 by convention: 10 leads of 188 trails (40–7E, 80–FC).
void read_cp932(const std::string& folder, Tables& tables) {
  tables.cp932.assign(0x10000, 0);
  read_tsv(folder, "cp932.tsv", {"code", "ucs"},
           [&](const Cells& c) { tables.cp932.at(hex(c[0], "0x")) = static_cast<std::uint16_t>(code_point(c[1])); });
  std::uint16_t gaiji = 0xE000;
  for (unsigned lead = 0xF0; lead <= 0xF9; ++lead) {
    for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
      if (trail != 0x7F) tables.cp932[lead << 8 | trail] = gaiji++;
    }
  }
}

// The tables that go into the image; their sources and licences are named by every copy of it.
constexpr std::string_view kFiles[] = {"mj.tsv",
                                       "mj_readings.tsv",
                                       "mj_notes.tsv",
                                       "mj_duplicate_ivs.tsv",
                                       "mj_radicals.tsv",
                                       "hentaigana.tsv",
                                       "nonkanji.tsv",
                                       "ivd_other.tsv",
                                       "notice582.tsv",
                                       "mj_shrink.tsv",
                                       "mj_shrink_relations.tsv",
                                       "mj_shrink_notes.tsv",
                                       "equivalent_unified_ideograph.tsv",
                                       "cp932.tsv",
                                       "jisx0213_sequences.tsv",
                                       "unicode_categories.tsv",
                                       "placeholders.tsv",
                                       "lookalikes.tsv"};

void read_meta(const std::string& folder, Tables& tables) {
  std::string sources;
  read_tsv(folder, "SOURCES.tsv", {"file", "source", "version", "sha256", "licence", "date", "url_or_package"},
           [&](const Cells& c) {
             const bool in_image = std::ranges::find(kFiles, c[0]) != std::end(kFiles);
             const bool carrier = c[1] == "npm package";  // it carried the official source, which has a row of its own
             if (c[0] == "mj.tsv" && !carrier) tables.meta += fmt::format("version\t{} {}\n", c[1], c[2]);
             if (c[0] == "unicode_categories.tsv" && !carrier) tables.meta += fmt::format("unicode\t{}\n", c[2]);
             const std::string line = fmt::format("source\t{}\t{}\t{}\n", c[1], c[2], c[4]);
             if (in_image && !carrier && sources.find(line) == std::string::npos) sources += line;
           });
  tables.meta += sources;
}

}  // namespace

Tables read_tables(const std::string& folder) {
  Tables tables;
  CharacterReader(folder, tables).read();
  read_hentaigana(folder, tables);
  read_nonkanji(folder, tables);
  read_collections(folder, tables);
  read_references(folder, tables);
  read_name_rules(folder, tables);
  read_cp932(folder, tables);
  read_shrink(folder, tables);
  read_tsv(folder, "unicode_categories.tsv", {"first", "last", "category"}, [&](const Cells& c) {
    tables.categories.push_back({hex(c[0], "U+"), hex(c[1], "U+"), std::string(c[2])});
  });
  read_meta(folder, tables);
  return tables;
}

}  // namespace hyojun::charmap::compiler
