// What a kernel needs of nearly every code of CP932 to convert it to UTF-8, in 16 bits each. Internal to charmap.
//
// UTF-8 and scan byte together are 32 bits a code: those of all kanji that a text uses are three times the L1 cache,
// and half of them wait for the L2 cache. 16 bits hold nearly all of it: the code points from U+2000 to U+9FFF, and
// whether they are default glyphs.
#ifndef HYOJUN_CHARMAP_SRC_CODE_TEXTS_H_
#define HYOJUN_CHARMAP_SRC_CODE_TEXTS_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace hyojun::charmap {

struct CodeTexts {
  static constexpr std::size_t kCodes = 0x10000;
  static constexpr std::uint16_t kDefaultGlyph = 0x8000;
  static constexpr char32_t kFirst = 0x2000;
  // The full- and half-width forms stand in the place of U+2F00–2FFF (radicals, description characters), which CP932
  // lacks: their UTF-8 differs in nothing but the first byte.
  static constexpr char32_t kWidthForms = 0xFF00, kInTheirPlace = 0x2F00;

  // By code, for standard characters and default glyphs: the code point less kFirst, with kDefaultGlyph where it is
  // one. 0: what `utf8` has must be asked (events, shapes, what is no character, code points elsewhere).
  alignas(64) std::array<std::uint16_t, kCodes + 1> entries;  // one more, as two are loaded at once
  // The first byte of the UTF-8, by the upper byte of an entry without kDefaultGlyph.
  alignas(64) std::array<std::uint8_t, 128> first_byte;
  // By code: the low three bytes are the UTF-8 of the character, first byte lowest, zeros behind it; the highest byte
  // is the scan byte.
  const std::uint32_t* utf8;

  // `utf8_of_codes`: of all codes, as `utf8`; must outlive this.
  explicit CodeTexts(const std::uint32_t* utf8_of_codes) noexcept;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_CODE_TEXTS_H_
