#include <unicode/unorm2.h>

#include <algorithm>
#include <map>

#include "tables.h"
#include "tsv.h"

namespace hyojun::charmap::compiler {

namespace {

using List = CharacterId::List;

std::uint32_t id(List list, std::size_t row) { return image::pack({list, 0, static_cast<std::uint32_t>(row)}); }

std::map<std::uint32_t, std::uint32_t> plain_code_points(const Tables& t) {
  std::map<std::uint32_t, std::uint32_t> plain;
  const auto add = [&](std::uint32_t cp, std::uint32_t character) {
    if (cp != 0 && !plain.emplace(cp, character).second) throw TableError("a code point stands for two characters");
  };
  for (std::size_t i = 0; i < t.characters.size(); ++i) add(t.characters[i].implemented, id(List::mj, i));
  for (std::size_t i = 0; i < t.hentaigana.size(); ++i) add(t.hentaigana[i].code_point, id(List::hentaigana, i));
  for (std::size_t i = 0; i < t.nonkanji.size(); ++i) {
    if (t.nonkanji[i].second == 0 && !plain.contains(t.nonkanji[i].first)) {
      add(t.nonkanji[i].first, id(List::nonkanji, i));
    }
  }
  return plain;
}

// Canonical composition of kana and voiced mark. ICU's Unicode version does not matter: compositions never change
// (Unicode Normalization Stability Policy).
void add_composed_kana(const std::map<std::uint32_t, std::uint32_t>& plain, std::map<Sequence, std::uint32_t>& out) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
  if (U_FAILURE(status)) throw TableError("ICU's normaliser cannot be had");
  for (std::uint32_t kana = 0x3041; kana <= 0x30FE; ++kana) {
    for (const std::uint32_t mark : {0x3099U, 0x309AU}) {
      const UChar32 composed = unorm2_composePair(nfc, static_cast<UChar32>(kana), static_cast<UChar32>(mark));
      const auto it = plain.find(static_cast<std::uint32_t>(composed));
      if (composed >= 0 && it != plain.end()) out.emplace(Sequence{kana, mark}, it->second);
    }
  }
}

std::map<Sequence, std::uint32_t> listed_sequences(const Tables& t,
                                                   const std::map<std::uint32_t, std::uint32_t>& plain) {
  std::map<Sequence, std::uint32_t> result;
  const auto add = [&](const std::uint32_t(&pair)[2], std::uint32_t character) {
    if (pair[0] != 0 && !result.emplace(Sequence{pair[0], pair[1]}, character).second) {
      throw TableError("a sequence stands for two characters");
    }
  };
  for (std::size_t i = 0; i < t.characters.size(); ++i) {
    add(t.characters[i].ivs, id(List::mj, i));
    add(t.characters[i].duplicate_ivs, id(List::mj, i));
    // Several MJ characters of one 互換漢字 share its SVS: the sequence names the one that implements the code point.
    if (t.characters[i].implemented != 0) add(t.characters[i].svs, id(List::mj, i));
  }
  add_composed_kana(plain, result);
  for (std::size_t i = 0; i < t.nonkanji.size(); ++i) {
    if (t.nonkanji[i].second != 0)
      result.emplace(Sequence{t.nonkanji[i].first, t.nonkanji[i].second}, id(List::nonkanji, i));
  }
  for (const Sequence& s : t.x0213_sequences) {
    if (!result.contains(s)) throw TableError("a sequence of JIS X 0213 is missing in nonkanji.tsv");
  }
  return result;
}

}  // namespace

LookUps make_look_ups(const Tables& tables) {
  LookUps result;
  const auto plain = plain_code_points(tables);
  for (const auto& [cp, character] : plain) result.plain.push_back({cp, character});
  const auto listed = listed_sequences(tables, plain);
  for (const auto& [s, character] : listed) result.sequences.push_back({s.first, s.second, character});
  for (const auto& [s, set] : tables.collections) {
    if (listed.contains(s)) throw TableError("ivd_other.tsv holds a sequence of the list");
    result.collections.push_back({s.first, s.second, set});
  }
  for (const auto& r : tables.characters) {
    if (r.juki != 0 && r.juki == r.ucs && r.implemented != r.ucs) result.shapes.push_back(r.ucs);
  }
  std::ranges::sort(result.shapes);
  return result;
}

std::vector<image::SequenceLine> make_sequence_lines(const std::vector<image::SequenceRow>& sequences) {
  using Line = image::SequenceLine;
  if (sequences.size() * 2 > image::kSequenceLines * Line::kRows)
    throw TableError("more sequences than their hash table is made for");
  std::vector<Line> lines(image::kSequenceLines);
  for (const image::SequenceRow& row : sequences) {
    if (!image::is_second_of_sequence(row.second)) throw TableError("a sequence whose second character is none");
    const std::uint32_t key = image::sequence_key(row.first, row.second);
    std::size_t i = image::sequence_line(key);
    while (lines[i].keys[Line::kRows - 1] != 0) i = (i + 1) % image::kSequenceLines;
    const auto free = static_cast<std::size_t>(std::ranges::find(lines[i].keys, 0U) - lines[i].keys);
    lines[i].keys[free] = key;
    lines[i].values[free] = row.value;
  }
  return lines;
}

}  // namespace hyojun::charmap::compiler
