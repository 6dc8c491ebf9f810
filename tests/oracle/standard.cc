#include "standard.h"

#include "tsv.h"

namespace hyojun::oracle {

namespace {

Sequence pair_of(const std::string& cell) {
  const std::u32string text = code_points(cell);
  return {text.at(0), text.at(1)};
}

bool within(char32_t cp, char32_t first, char32_t last) { return first <= cp && cp <= last; }

}  // namespace

Standard::Standard() {
  for (const Row& row : read_tsv("unicode_categories.tsv")) {
    categories_[code_points(row.at("first"))[0]] = {code_points(row.at("last"))[0], row.at("category")};
  }
  read_kanji();
  read_others();
  add_composed_kana();
}

const Standard& Standard::get() {
  static const Standard standard;
  return standard;
}

void Standard::read_kanji() {
  std::map<char32_t, std::set<std::string>> glyphs;  // of a code point
  for (const Row& row : read_tsv("mj.tsv")) {
    const std::string& name = row.at("name");
    const std::string& ucs = row.at("ucs");
    const std::string& implemented = row.at("implemented");
    if (!implemented.empty()) plain_[code_points(implemented)[0]] = name;
    if (!ucs.empty()) glyphs[code_points(ucs)[0]].insert(name);
    if (!row.at("compat").empty()) glyphs[code_points(row.at("compat"))[0]].insert(name);
    if (!row.at("ivs").empty()) sequences_[pair_of(row.at("ivs"))] = name;
    if (!row.at("svs").empty() && !implemented.empty()) sequences_[pair_of(row.at("svs"))] = name;
    // The J+ number equals the UCS, but another character has the code point.
    if (!ucs.empty() && row.at("juki") == "J+" + ucs.substr(2) && implemented != ucs) {
      font_dependent_.insert(code_points(ucs)[0]);
    }
  }
  for (const Row& row : read_tsv("mj_duplicate_ivs.tsv")) sequences_[pair_of(row.at("ivs"))] = row.at("name");
  for (const auto& [cp, names] : glyphs) {
    if (names.size() > 1 && plain_.count(cp) != 0) shared_.insert(cp);
  }
}

void Standard::read_others() {
  for (const Row& row : read_tsv("hentaigana.tsv")) {
    if (!row.at("ucs").empty()) plain_[code_points(row.at("ucs"))[0]] = row.at("name");
  }
  for (const Row& row : read_tsv("nonkanji.tsv")) {
    const std::u32string text = code_points(row.at("sequence"));
    if (text.size() == 1) plain_.emplace(text[0], row.at("sequence"));
    if (text.size() == 2) sequences_[{text[0], text[1]}] = row.at("sequence");
  }
  for (const Row& row : read_tsv("jisx0213_sequences.tsv")) x0213_.insert(pair_of(row.at("sequence")));
  for (const Row& row : read_tsv("ivd_other.tsv")) collections_[pair_of(row.at("sequence"))] = row.at("collections");
}

// The composed kana, written out: each composed letter stands right behind its base, but for a few.
void Standard::add_composed_kana() {
  std::map<Sequence, char32_t> composed;
  for (const char32_t base : U"かきくけこさしすせそたちつてとはひふへほゝカキクケコサシスセソタチツテトハヒフヘホヽ") {
    if (base != 0) composed[{base, 0x3099}] = base + 1;
  }
  for (const char32_t base : U"はひふへほハヒフヘホ") {
    if (base != 0) composed[{base, 0x309A}] = base + 2;
  }
  composed[{U'う', 0x3099}] = U'ゔ';
  composed[{U'ウ', 0x3099}] = U'ヴ';
  composed[{U'ワ', 0x3099}] = U'ヷ';
  composed[{U'ヰ', 0x3099}] = U'ヸ';
  composed[{U'ヱ', 0x3099}] = U'ヹ';
  composed[{U'ヲ', 0x3099}] = U'ヺ';
  for (const auto& [sequence, letter] : composed) {
    if (plain_.count(letter) != 0) sequences_[sequence] = plain_[letter];
  }
}

bool Standard::is_selector(char32_t cp) { return within(cp, 0xFE00, 0xFE0F) || within(cp, 0xE0100, 0xE01EF); }

bool Standard::is_mark(char32_t cp) { return cp == 0x3099 || cp == 0x309A; }

bool Standard::is_kana(char32_t cp) {
  return within(cp, U'ぁ', 0x3096) || within(cp, U'ゝ', U'ゞ') || within(cp, U'ァ', 0x30FA) ||
         within(cp, U'ヽ', U'ヾ') || within(cp, 0x31F0, 0x31FF) || within(cp, 0xFF66, 0xFF6F) ||
         within(cp, 0xFF71, 0xFF9D) || within(cp, 0x1B000, 0x1B122) || cp == 0x1B132 || within(cp, 0x1B150, 0x1B152) ||
         cp == 0x1B155 || within(cp, 0x1B164, 0x1B167);
}

bool Standard::is_control(char32_t cp) {
  return cp < 0x20 || within(cp, 0x7F, 0x9F) || cp == 0xFEFF || within(cp, 0xFDD0, 0xFDEF) || cp % 0x10000 >= 0xFFFE;
}

std::string Standard::category(char32_t cp) const {
  auto it = categories_.upper_bound(cp);
  if (it == categories_.begin()) return "Cn";
  --it;
  return cp <= it->second.first ? it->second.second : "Cn";
}

bool Standard::joins(char32_t first, char32_t second) const {
  if (is_selector(second)) {
    return category(first) != "Cn" && !is_control(first) && !is_selector(first) && !is_mark(first);
  }
  if (is_mark(second)) return is_kana(first);
  return x0213_.count({first, second}) != 0;
}

Outcome Standard::classify(char32_t first, char32_t second, const Above& above) const {
  if (is_control(first)) return Outcome::control;
  if (above.layer.count({first, second}) != 0 && above.gaiji.count(first) == 0) return Outcome::standard;
  if (second != 0) {
    if (sequences_.count({first, second}) != 0) return Outcome::standard;
    const Outcome base = classify(first, 0, above);
    return base == Outcome::standard || base == Outcome::default_glyph ? Outcome::unregistered_sequence : base;
  }
  const auto decided = above.gaiji.find(first);
  if (decided != above.gaiji.end()) return decided->second ? Outcome::gaiji_mapped : Outcome::gaiji_unmapped;
  if (shared_.count(first) != 0) return Outcome::default_glyph;
  if (plain_.count(first) != 0) return Outcome::standard;
  return category(first) == "Co" ? Outcome::gaiji_unmapped : Outcome::not_in_standard;
}

std::string Standard::name(char32_t first, char32_t second) const {
  if (second != 0) {
    const auto it = sequences_.find({first, second});
    return it == sequences_.end() ? std::string() : it->second;
  }
  const auto it = plain_.find(first);
  return it == plain_.end() ? std::string() : it->second;
}

}  // namespace hyojun::oracle
