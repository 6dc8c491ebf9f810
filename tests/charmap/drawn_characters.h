// Made-up characters of straight strokes, and fonts of them: what the tests of the glyph search draw. Made here, so
// they are under the licence of the project.
#ifndef HYOJUN_TESTS_CHARMAP_DRAWN_CHARACTERS_H_
#define HYOJUN_TESTS_CHARMAP_DRAWN_CHARACTERS_H_

#include <random>
#include <string>
#include <vector>

#include "minimal_font.h"

namespace hyojun::charmap {

// Character `number`, with strokes `thick` units thick, each moved by up to `wander` units: another designer's hand.
inline std::vector<FontStroke> strokes_of(unsigned number, int thick, int wander) {
  std::mt19937 shape(number);  // its numbers are the same everywhere; distributions are not
  std::mt19937 hand(number * 7919U + static_cast<unsigned>(thick));
  const auto moved = [&](int at) {
    return wander == 0 ? at : at + static_cast<int>(hand() % static_cast<unsigned>(2 * wander + 1)) - wander;
  };
  std::vector<FontStroke> strokes;
  for (unsigned i = 0; i < 5 + number % 4; ++i) {
    const int row = static_cast<int>(shape() % 8) * 110 - 60;
    const int from = static_cast<int>(shape() % 4) * 110 + 50;
    const int to = from + 330 + static_cast<int>(shape() % 3) * 110;
    const bool across = shape() % 2 == 0;
    const int a = moved(across ? from : from - 110);
    const int b = moved(across ? to : to - 110);
    const int c = moved(across ? row : row + 110);
    strokes.push_back(across ? FontStroke{a, c, b, c + thick} : FontStroke{c, a, c + thick, b});
  }
  return strokes;
}

inline std::string mj_name(unsigned number) {
  const std::string digits = std::to_string(number);
  return "mj" + std::string(6 - digits.size(), '0') + digits;
}

// Glyphs mj000001 … of `count` characters, at U+4E00 and on.
inline std::string reference_font(unsigned count) {
  std::vector<FontGlyph> glyphs;
  for (unsigned i = 1; i <= count; ++i) glyphs.push_back({0x4E00 + i, mj_name(i), strokes_of(i, 40, 0)});
  return MinimalFont(glyphs).bytes();
}

// The same characters by another hand as gaiji U+E001 …; U+E000 is empty.
inline std::string gaiji_font(unsigned count) {
  std::vector<FontGlyph> glyphs = {{0xE000, "empty"}};
  for (unsigned i = 1; i <= count; ++i) glyphs.push_back({0xE000 + i, "g" + std::to_string(i), strokes_of(i, 60, 12)});
  return MinimalFont(glyphs).bytes();
}

}  // namespace hyojun::charmap

#endif  // HYOJUN_TESTS_CHARMAP_DRAWN_CHARACTERS_H_
