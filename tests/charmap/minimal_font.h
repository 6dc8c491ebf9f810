// The smallest TrueType font that has glyph names: head, hhea, maxp, hmtx, cmap (format 12), post (format 2), loca,
// glyf.
#ifndef HYOJUN_TESTS_CHARMAP_MINIMAL_FONT_H_
#define HYOJUN_TESTS_CHARMAP_MINIMAL_FONT_H_

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace hyojun::charmap {

// A filled box in units of the font (1000 an em), y upwards.
struct FontStroke {
  int left, bottom, right, top;
};

struct FontGlyph {
  char32_t code_point;
  std::string name;
  std::vector<FontStroke> strokes{};  // none: an empty glyph
};

class MinimalFont {
 public:
  explicit MinimalFont(std::vector<FontGlyph> glyphs, bool names = true) : glyphs_(std::move(glyphs)), names_(names) {
    std::sort(glyphs_.begin(), glyphs_.end(), [](const auto& a, const auto& b) { return a.code_point < b.code_point; });
  }

  // `at`: where in a file the font stands; its tables are found from the start of the file.
  std::string bytes(std::size_t at = 0) const {
    const std::map<std::string, std::string> tables = {{"cmap", cmap()},    {"glyf", outlines().back() + number(0, 4)},
                                                       {"head", head()},    {"hhea", hhea()},
                                                       {"hmtx", metrics()}, {"loca", loca()},
                                                       {"maxp", maxp()},    {"post", post()}};
    std::string directory =
        number(0x00010000, 4) + number(tables.size(), 2) + number(128, 2) + number(3, 2) + number(0, 2);
    std::string body;
    const std::size_t start = at + directory.size() + tables.size() * 16;
    for (const auto& [tag, content] : tables) {
      directory += tag + number(0, 4) + number(start + body.size(), 4) + number(content.size(), 4);
      body += content;
      body.resize((body.size() + 3) / 4 * 4);
    }
    return directory + body;
  }

 private:
  static std::string number(std::uint64_t value, unsigned bytes) {
    std::string out;
    while (bytes-- > 0) out += static_cast<char>(bytes < 8 ? value >> (8 * bytes) & 0xFF : 0);
    return out;
  }
  std::size_t count() const { return glyphs_.size() + 1; }  // glyph 0 is .notdef

  std::string head() const {
    return number(0x00010000, 4) + number(0x00010000, 4) + number(0, 4) + number(0x5F0F3CF5, 4) + number(0, 2) +
           number(1000, 2) + number(0, 16) + number(0, 8) + number(0, 2) + number(8, 2) + number(2, 2) + number(1, 2) +
           number(0, 2);
  }
  std::string hhea() const {
    return number(0x00010000, 4) + number(800, 2) + number(200, 2) + number(0, 26) + number(count(), 2);
  }
  std::string maxp() const { return number(0x00010000, 4) + number(count(), 2) + number(0, 26); }
  std::string metrics() const {
    std::string out;
    for (std::size_t i = 0; i < count(); ++i) out += number(1000, 2) + number(0, 2);
    return out;
  }
  // Where each glyph begins, and after them all outlines in one piece.
  std::vector<std::string> outlines() const {
    std::string all;
    std::vector<std::string> parts = {number(0, 4), number(0, 4)};  // .notdef is empty
    for (const FontGlyph& glyph : glyphs_) {
      if (!glyph.strokes.empty()) all += outline(glyph.strokes);
      parts.push_back(number(all.size(), 4));
    }
    parts.push_back(all);
    return parts;
  }
  static std::string outline(const std::vector<FontStroke>& strokes) {
    std::string ends, flags, xs, ys;
    int x = 0, y = 0;
    int left = 32767, bottom = 32767, right = -32768, top = -32768;
    for (const FontStroke& s : strokes) {
      for (const auto& [px, py] :
           {std::pair(s.left, s.bottom), {s.left, s.top}, {s.right, s.top}, {s.right, s.bottom}}) {
        flags += '\1';  // on the curve, two bytes a coordinate
        xs += number(static_cast<std::uint16_t>(px - x), 2);
        ys += number(static_cast<std::uint16_t>(py - y), 2);
        x = px;
        y = py;
      }
      ends += number(flags.size() - 1, 2);
      left = std::min(left, s.left), bottom = std::min(bottom, s.bottom);
      right = std::max(right, s.right), top = std::max(top, s.top);
    }
    std::string out = number(strokes.size(), 2);
    for (const int edge : {left, bottom, right, top}) out += number(static_cast<std::uint16_t>(edge), 2);
    out += ends + number(0, 2) + flags + xs + ys;
    out.resize((out.size() + 3) / 4 * 4);
    return out;
  }
  std::string loca() const {
    const auto parts = outlines();
    std::string out;
    for (std::size_t i = 0; i + 1 < parts.size(); ++i) out += parts[i];
    return out;
  }

  std::string cmap() const {
    std::string groups;
    for (std::size_t i = 0; i < glyphs_.size(); ++i) {
      groups += number(glyphs_[i].code_point, 4) + number(glyphs_[i].code_point, 4) + number(i + 1, 4);
    }
    const std::string table = number(12, 2) + number(0, 2) + number(16 + groups.size(), 4) + number(0, 4) +
                              number(glyphs_.size(), 4) + groups;
    return number(0, 2) + number(1, 2) + number(3, 2) + number(10, 2) + number(12, 4) + table;
  }

  std::string post() const {
    const std::string fixed = number(0, 28);
    if (!names_) return number(0x00030000, 4) + fixed;
    std::string indices = number(0, 2);  // .notdef of the standard names
    std::string strings;
    for (std::size_t i = 0; i < glyphs_.size(); ++i) {
      indices += number(258 + i, 2);
      strings += static_cast<char>(glyphs_[i].name.size()) + glyphs_[i].name;
    }
    return number(0x00020000, 4) + fixed + number(count(), 2) + indices + strings;
  }

  std::vector<FontGlyph> glyphs_;
  bool names_;
};

// A collection (TTC) of fonts, in this order.
inline std::string font_collection(const std::vector<MinimalFont>& fonts) {
  const auto number = [](std::size_t value) {
    std::string out;
    for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xFF);
    return out;
  };
  std::string head = "ttcf" + number(0x00010000) + number(fonts.size()), body;
  const std::size_t start = head.size() + 4 * fonts.size();
  for (const MinimalFont& font : fonts) {
    head += number(start + body.size());
    body += font.bytes(start + body.size());
  }
  return head + body;
}

}  // namespace hyojun::charmap

#endif  // HYOJUN_TESTS_CHARMAP_MINIMAL_FONT_H_
