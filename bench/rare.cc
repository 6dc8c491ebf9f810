#include "rare.h"

#include <algorithm>

namespace hyojun::bench {

namespace {

using charmap::CharacterId;
using charmap::CodeClass;
using charmap::StandardTable;

struct UsualVariants {
  char32_t original;
  std::u32string_view others;
};

// What people write in place of the usual character; common ones stand more than once.
constexpr UsualVariants kVariants[] = {
    {U'高', U"\u9AD9\u9AD9\u9AD9\u9AD9"},
    {U'崎', U"\uFA11\uFA11\uFA11\u37E2"},
    {U'吉', U"\U00020BB7\U00020BB7\U00020BB7"},
    {U'浜', U"\u6FF5\u6FF5"},
    {U'徳', U"\u5FB7\u5FB7"},
    {U'柳', U"\u6801\u6801"},
    {U'清', U"\u6DF8"},
    {U'青', U"\u9751"},
    {U'瀬', U"\u7028\u7028"},
    {U'増', U"\u589E"},
    {U'寛', U"\u5BEC"},
    {U'黒', U"\u9ED1"},
    {U'緑', U"\u7DA0"},
    {U'彦', U"\u5F65"},
    {U'横', U"\u6A6B"},
    {U'頼', U"\u8CF4"},
    {U'歩', U"\u6B65"},
    {U'神', U"\uFA19"},
    {U'福', U"\uFA1B"},
    {U'祥', U"\uFA1A"},
    {U'靖', U"\uFA1C\uFAC8"},
    {U'精', U"\uFA1D"},
    {U'羽', U"\uFA1E"},
    {U'塚', U"\uFA10\uFA7C"},
    {U'晴', U"\uFA12\uFA91"},
    {U'飯', U"\uFA2A"},
    {U'隆', U"\uF9DC"},
    {U'都', U"\uFA26"},
    {U'朗', U"\uF929\uFA92"},
    {U'郎', U"\uF92C"},
    {U'祐', U"\uFA4F"},
    {U'鶴', U"\uFA2D"},
    {U'館', U"\uFA2C"},
    {U'猪', U"\uFA16\uFAA0"},
    {U'海', U"\uFA45"},
    {U'梅', U"\uFA44"},
    {U'勉', U"\uFA33"},
    {U'節', U"\uFA56\uFAAD"},
};

// Shares of the kinds in a thousand, in the order of RareKind.
constexpr std::array<std::uint32_t, kRareKinds> kShares = {300, 150, 220, 110, 120, 80, 20};

// Where a rare character comes from, of a hundred: a usual variant, a sequence of the same kanji, or anything.
constexpr std::uint32_t kFromUsual = 45;
constexpr std::uint32_t kFromMojiJoho = 68;
constexpr std::uint32_t kFromVariants = 75;

bool is_supplementary(char32_t cp) { return cp >= 0x20000; }

bool is_compatibility(char32_t cp) { return (cp >= 0xF900 && cp <= 0xFAFF) || (cp >= 0x2F800 && cp <= 0x2FA1F); }

CodeClass class_of(const StandardTable& table, char32_t cp) {
  return static_cast<CodeClass>(table.class_of(cp) & charmap::kClassMask);
}

bool only_adobe_japan1(const StandardTable& table, char32_t base, char32_t selector) {
  const std::uint8_t set = table.collections(base, selector);
  return set != 0 && StandardTable::collection_names(set) == "Adobe-Japan1" && !table.find(base, selector);
}

}  // namespace

bool is_kanji(char32_t cp) {
  return (cp >= 0x3400 && cp <= 0x9FFF) || cp == U'々' || is_compatibility(cp) || (cp >= 0x20000 && cp <= 0x3FFFF);
}

bool in_jisx0208(const StandardTable& table, char32_t cp) {
  if (cp > 0xFFFF) return false;
  static const std::vector<bool> members = [&table] {
    std::vector<bool> result(0x10000);
    for (unsigned code = 0x8140; code <= 0xEAA4; ++code) {
      if ((code >> 8U) == 0x87) continue;  // NEC's row 13
      if (const char16_t c = table.cp932()[code]; c != 0) result[c] = true;
    }
    return result;
  }();
  return members[cp];
}

RareCharacters::RareCharacters(const StandardTable& table) {
  for (char32_t cp = 0x3400; cp <= 0x323AF; ++cp) {
    if (!is_kanji(cp)) continue;
    const CodeClass kind = class_of(table, cp);
    if (kind == CodeClass::not_in_standard && cp >= 0x4E00 && cp <= 0x9FFF) list(RareKind::unknown).emplace_back(1, cp);
    if (kind != CodeClass::standard && kind != CodeClass::default_glyph) continue;
    for (char32_t selector = 0xE0100; selector < 0xE0110; ++selector) {
      if (only_adobe_japan1(table, cp, selector)) list(RareKind::adobe_japan1).push_back({cp, selector});
    }
    if (is_compatibility(cp)) {
      list(RareKind::compatibility).emplace_back(1, cp);
      continue;
    }
    const auto record = table.record(*table.find(cp));
    if (!record.x0213.empty() && !in_jisx0208(table, cp)) list(RareKind::level_3_4).emplace_back(1, cp);
    if (is_supplementary(cp) && record.x0213.empty()) list(RareKind::extension_b).emplace_back(1, cp);
  }
  const auto rows = static_cast<std::uint32_t>(table.info().mj);
  for (std::uint32_t row = 0; row < rows; ++row) {
    for (const std::u32string& text : table.record({CharacterId::List::mj, 0, row}).text) {
      if (text.size() == 2 && text[1] >= 0xE0100) list(RareKind::moji_joho).push_back(text);
    }
  }
  for (char32_t cp = kFirstGaiji; cp <= kLastGaiji; ++cp) list(RareKind::gaiji).emplace_back(1, cp);
  add_variants(table);
}

void RareCharacters::add_variants(const StandardTable& table) {
  for (const UsualVariants& v : kVariants) {
    for (const char32_t other : v.others) {
      const CodeClass kind = class_of(table, other);
      const bool known = kind == CodeClass::standard || kind == CodeClass::default_glyph;
      if (known && !in_jisx0208(table, other)) variants_[v.original].usual.emplace_back(1, other);
    }
  }
  for (const std::u32string& sequence : of(RareKind::moji_joho)) variants_[sequence[0]].moji_joho.push_back(sequence);
  for (const std::u32string& sequence : of(RareKind::adobe_japan1)) {
    variants_[sequence[0]].adobe_japan1.push_back(sequence);
  }
}

std::u32string_view RareCharacters::any(Random& random) const {
  std::uint32_t at = random.below(1000);
  std::size_t kind = 0;
  while (at >= kShares[kind]) at -= kShares[kind++];
  const auto& choices = kinds_[kind];
  return choices[random.mostly_small(choices.size())];
}

std::u32string_view RareCharacters::never_plain(Random& random) const {
  constexpr std::array kKinds = {RareKind::moji_joho, RareKind::adobe_japan1, RareKind::gaiji, RareKind::extension_b};
  const auto choices = of(kKinds[random.below(kKinds.size())]);
  return choices[random.mostly_small(choices.size())];
}

std::u32string_view RareCharacters::instead_of(char32_t original, Random& random) const {
  const std::uint32_t at = random.below(100);
  const auto it = at < kFromVariants ? variants_.find(original) : variants_.end();
  if (it == variants_.end()) return any(random);
  const auto& choices = at < kFromUsual      ? it->second.usual
                        : at < kFromMojiJoho ? it->second.moji_joho
                                             : it->second.adobe_japan1;
  return choices.empty() ? any(random) : choices[random.mostly_small(choices.size())];
}

}  // namespace hyojun::bench
