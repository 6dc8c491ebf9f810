// The smallest PCF font that says its encoding: properties, accelerators, metrics, bitmaps, encodings. 8 × 8 dots.
#ifndef HYOJUN_TESTS_CHARMAP_PCF_FONT_H_
#define HYOJUN_TESTS_CHARMAP_PCF_FONT_H_

#include <array>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace hyojun::charmap {

namespace pcf {

using Dots = std::array<std::uint8_t, 8>;  // rows from the top, the leftmost dot in the highest bit

// Little-endian, at most four bytes.
inline std::string number(std::uint32_t value, unsigned bytes) {
  std::string out;
  for (unsigned i = 0; i < bytes; ++i) out += static_cast<char>(value >> (8 * i) & 0xFF);
  return out;
}

// Left and right edge, width, ascent, descent, attributes.
inline std::string metrics() {
  return number(0, 2) + number(8, 2) + number(8, 2) + number(8, 2) + number(0, 2) + number(0, 2);
}

inline std::string properties() {
  const std::string strings("CHARSET_REGISTRY\0ISO10646\0CHARSET_ENCODING\0001\0", 45);
  const auto property = [](std::uint32_t name, std::uint32_t value) {
    return number(name, 4) + number(1, 1) + number(value, 4);
  };
  return number(2, 4) + property(0, 17) + property(26, 43) + number(0, 2) +
         number(static_cast<std::uint32_t>(strings.size()), 4) + strings;
}

inline std::string accelerators() {
  return number(0, 4) + number(0, 4) + number(8, 4) + number(0, 4) + number(0, 4) + metrics() + metrics();
}

}  // namespace pcf

// The code points U+E000 and on.
inline std::string pcf_font(const std::vector<pcf::Dots>& glyphs) {
  using pcf::number;
  const auto count = static_cast<std::uint32_t>(glyphs.size());
  std::string metrics = number(count, 4), offsets, dots, indices;
  for (std::uint32_t i = 0; i < count; ++i) {
    metrics += pcf::metrics();
    offsets += number(i * 8, 4);
    dots.append(glyphs[i].begin(), glyphs[i].end());
    indices += number(i, 2);
  }
  const std::string bitmaps = number(count, 4) + offsets + number(count * 8, 4) + number(count * 8, 4) +
                              number(count * 8, 4) + number(count * 8, 4) + dots;
  const std::string encodings =
      number(0, 2) + number(count - 1, 2) + number(0xE0, 2) + number(0xE0, 2) + number(0, 2) + indices;
  const std::vector<std::pair<std::uint32_t, std::string>> tables = {
      {1, pcf::properties()}, {2, pcf::accelerators()}, {4, metrics}, {8, bitmaps}, {32, encodings}};
  constexpr std::uint32_t kHighBitFirst = 8;
  std::string head = "\1fcp" + number(static_cast<std::uint32_t>(tables.size()), 4), body;
  const std::size_t start = 8 + tables.size() * 16;
  for (const auto& [type, content] : tables) {
    const std::string table = number(kHighBitFirst, 4) + content;
    head += number(type, 4) + number(kHighBitFirst, 4) + number(static_cast<std::uint32_t>(table.size()), 4) +
            number(static_cast<std::uint32_t>(start + body.size()), 4);
    body += table;
    body.resize((body.size() + 3) / 4 * 4);
  }
  return head + body;
}

}  // namespace hyojun::charmap

#endif  // HYOJUN_TESTS_CHARMAP_PCF_FONT_H_
