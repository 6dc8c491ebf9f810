#include "code_texts.h"

#include "hyojun/charmap/table.h"

namespace hyojun::charmap {

namespace {

// 0 where it has none.
std::uint16_t entry_of(std::uint32_t utf8) noexcept {
  const std::uint32_t scan = utf8 >> 24;
  const bool three_bytes = (utf8 & 0xC0C0F0) == 0x8080E0;
  if (scan >= kScanEvent || !three_bytes) return 0;
  char32_t cp = (utf8 & 0x0F) << 12 | (utf8 >> 2 & 0xFC0) | (utf8 >> 16 & 0x3F);
  const bool in_their_place = cp >> 8 == CodeTexts::kInTheirPlace >> 8;
  if (cp >> 8 == CodeTexts::kWidthForms >> 8) cp = cp - CodeTexts::kWidthForms + CodeTexts::kInTheirPlace;
  if (in_their_place || cp <= CodeTexts::kFirst || cp - CodeTexts::kFirst >= CodeTexts::kDefaultGlyph) return 0;
  const unsigned default_glyph = scan == kScanDefaultGlyph ? CodeTexts::kDefaultGlyph : 0U;
  return static_cast<std::uint16_t>((cp - CodeTexts::kFirst) | default_glyph);
}

}  // namespace

CodeTexts::CodeTexts(const std::uint32_t* utf8_of_codes) noexcept : utf8(utf8_of_codes) {
  for (std::size_t code = 0; code < kCodes; ++code) entries[code] = entry_of(utf8[code]);
  entries[kCodes] = 0;
  for (unsigned upper = 0; upper < first_byte.size(); ++upper) {
    const char32_t row = kFirst + (upper << 8);
    first_byte[upper] = static_cast<std::uint8_t>(0xE0 | (row == kInTheirPlace ? kWidthForms : row) >> 12);
  }
}

}  // namespace hyojun::charmap
