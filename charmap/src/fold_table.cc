#include "fold_table.h"

#include <unicode/unorm2.h>

#include <algorithm>

namespace hyojun::charmap {

namespace {

// What a code point decomposes to, if that is one code point; else 0.
char32_t single(const UNormalizer2* normalizer, char32_t cp) {
  UChar units[8];
  UErrorCode error = U_ZERO_ERROR;
  const auto n = unorm2_getRawDecomposition(normalizer, static_cast<UChar32>(cp), units, 8, &error);
  if (U_FAILURE(error)) return 0;
  if (n == 1) return units[0];
  const bool pair = n == 2 && U16_IS_LEAD(units[0]) && U16_IS_TRAIL(units[1]);
  return pair ? static_cast<char32_t>(U16_GET_SUPPLEMENTARY(units[0], units[1])) : 0;
}

}  // namespace

FoldTable::FoldTable(const StandardTable& table) {
  UErrorCode error = U_ZERO_ERROR;
  const UNormalizer2* const canonical = unorm2_getNFCInstance(&error);
  const UNormalizer2* const compatible = unorm2_getNFKCInstance(&error);
  if (U_FAILURE(error)) return;  // only without ICU's own data, which are linked
  const auto add = [&](char32_t from, char32_t to, Fold fold) {
    if (to != 0 && to != from) entries_.push_back({from, to, fold});
  };
  for (char32_t cp = 0x2E80; cp < 0x2FE0; ++cp) {
    for (const Reference& r : table.references(cp)) {
      if (r.kind == Reference::Kind::radical) add(cp, r.target, Fold::radicals);
    }
  }
  for (char32_t cp = 0xF900; cp < 0xFB00; ++cp) add(cp, single(canonical, cp), Fold::compatibility_ideographs);
  for (char32_t cp = 0xFF61; cp <= 0xFF9F; ++cp) {
    // NFKC has the combining marks for ﾞ and ﾟ; standing alone they are ゛ and ゜.
    const char32_t to = cp == 0xFF9E ? U'゛' : cp == 0xFF9F ? U'゜' : single(compatible, cp);
    add(cp, to, Fold::halfwidth_kana);
  }
  for (char32_t cp = 0x2F800; cp < 0x2FA20; ++cp) add(cp, single(canonical, cp), Fold::compatibility_ideographs);
}

char32_t FoldTable::find(char32_t code_point, Folds folds) const noexcept {
  const auto it = std::ranges::lower_bound(entries_, code_point, {}, &Entry::from);
  return it != entries_.end() && it->from == code_point && (folds & fold_bit(it->fold)) != 0 ? it->to : 0;
}

}  // namespace hyojun::charmap
