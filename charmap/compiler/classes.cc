#include <algorithm>
#include <map>
#include <set>

#include "tables.h"
#include "tsv.h"

namespace hyojun::charmap::compiler {

namespace {

constexpr std::uint8_t byte(CodeClass c) { return static_cast<std::uint8_t>(c); }

void fill(std::vector<std::uint8_t>& classes, std::uint32_t first, std::uint32_t last, CodeClass c) {
  std::fill(classes.begin() + first, classes.begin() + last + 1, byte(c));
}

CodeClass of_category(const std::string& category) {
  if (category == "Cc") return CodeClass::control;
  if (category == "Co") return CodeClass::gaiji;
  return CodeClass::not_in_standard;
}

// Several MJ glyphs share a code point when it is the 対応するUCS or the 対応する互換漢字 of more than one.
std::map<std::uint32_t, int> glyphs_per_code_point(const Tables& tables) {
  std::map<std::uint32_t, int> glyphs;
  for (const auto& r : tables.characters) {
    if (r.ucs != 0) ++glyphs[r.ucs];
    if (r.compat != 0 && r.compat != r.ucs) ++glyphs[r.compat];
  }
  return glyphs;
}

void mark_special(std::vector<std::uint8_t>& classes) {
  fill(classes, 0xFE00, 0xFE0F, CodeClass::selector);
  fill(classes, 0xE0100, 0xE01EF, CodeClass::selector);
  fill(classes, 0x3099, 0x309A, CodeClass::voiced_mark);
  fill(classes, 0xFEFF, 0xFEFF, CodeClass::control);
  fill(classes, 0xFDD0, 0xFDEF, CodeClass::control);
  for (std::uint32_t plane = 0; plane <= 0x10; ++plane) {
    fill(classes, plane << 16 | 0xFFFE, plane << 16 | 0xFFFF, CodeClass::control);
  }
}

// Kana: the letters and iteration marks of Script=Hiragana and Script=Katakana, half-width ones included. The
// prolonged sound mark and the voiced marks themselves are no kana.
void mark_kana(std::vector<std::uint8_t>& classes) {
  constexpr std::pair<std::uint32_t, std::uint32_t> kKana[] = {
      {0x3041, 0x3096},   {0x309D, 0x309E},   {0x30A1, 0x30FA},   {0x30FD, 0x30FE},
      {0x31F0, 0x31FF},   {0xFF66, 0xFF6F},   {0xFF71, 0xFF9D},   {0x1B000, 0x1B122},
      {0x1B132, 0x1B132}, {0x1B150, 0x1B152}, {0x1B155, 0x1B155}, {0x1B164, 0x1B167}};
  for (const auto& [first, last] : kKana) {
    for (std::uint32_t cp = first; cp <= last; ++cp) {
      if (classes[cp] == byte(CodeClass::unassigned)) throw TableError("a kana is unassigned");
      classes[cp] |= kTakesVoicedMark;
    }
  }
}

void mark_x0213_sequences(std::vector<std::uint8_t>& classes, const Tables& tables) {
  for (const auto& [first, second] : tables.x0213_sequences) {
    if (second == 0x309A) continue;
    classes[first] |= kFirstOfX0213;
    std::uint8_t& c = classes[second];
    if ((c & kClassMask) != byte(CodeClass::standard) && (c & kClassMask) != byte(CodeClass::second_of_x0213)) {
      throw TableError("the second of a JIS X 0213 sequence is no plain character");
    }
    c = static_cast<std::uint8_t>((c & ~kClassMask) | byte(CodeClass::second_of_x0213));
  }
}

// Inside are the targets of the MJ縮退マップ, which are all kanji of JIS X 0213, and the non-kanji that have a code in
// Shift_JIS-2004. What is no standard character needs no mark: it is never plain.
void mark_outside_x0213(std::vector<std::uint8_t>& classes, const Tables& tables, const LookUps& look_ups) {
  std::set<std::uint32_t> inside;
  for (const auto& r : tables.shrink) inside.insert(r.target);
  for (const auto& r : tables.nonkanji) {
    const std::string_view origins(tables.pool.bytes().data() + r.origins);
    if (r.second == 0 && origins != "cp932") inside.insert(r.first);
  }
  for (const auto& row : look_ups.plain) {
    if (!inside.contains(row.code_point)) classes[row.code_point] |= kOutsideX0213;
  }
}

}  // namespace

std::vector<std::uint8_t> make_classes(const Tables& tables, const LookUps& look_ups) {
  std::vector<std::uint8_t> classes(0x110000, byte(CodeClass::unassigned));
  for (const auto& range : tables.categories) fill(classes, range.first, range.last, of_category(range.category));
  mark_special(classes);
  const auto glyphs = glyphs_per_code_point(tables);
  for (const auto& row : look_ups.plain) {
    if (classes.at(row.code_point) != byte(CodeClass::not_in_standard)) {
      throw TableError("a plain code point is no ordinary character");
    }
    const auto it = glyphs.find(row.code_point);
    const bool shared = it != glyphs.end() && it->second > 1;
    classes[row.code_point] = byte(shared ? CodeClass::default_glyph : CodeClass::standard);
  }
  for (const std::uint32_t cp : look_ups.shapes) classes.at(cp) |= kShapeDependsOnFont;
  mark_kana(classes);
  mark_x0213_sequences(classes, tables);
  mark_outside_x0213(classes, tables, look_ups);
  return classes;
}

std::vector<std::uint8_t> make_scan_bytes(const std::vector<std::uint8_t>& classes,
                                          const std::vector<std::uint32_t>& shapes) {
  std::vector<std::uint8_t> result(0x10000, kScanEvent);
  for (std::size_t cp = 0; cp < result.size(); ++cp) {
    const auto kind = static_cast<CodeClass>(classes[cp] & kClassMask);
    if (kind == CodeClass::standard) result[cp] = kScanStandard;
    if (kind == CodeClass::default_glyph) result[cp] = kScanDefaultGlyph;
  }
  if (shapes.size() > kMostShapes)
    throw TableError("more characters whose shape depends on the font than there is room for");
  for (std::size_t i = 0; i < shapes.size(); ++i) {
    if (shapes[i] >= result.size()) throw TableError("a shape that depends on the font outside the BMP");
    result[shapes[i]] = static_cast<std::uint8_t>(kScanShape + i);
  }
  return result;
}

std::vector<std::uint8_t> limit_to_x0213(std::vector<std::uint8_t> scan_bytes,
                                         const std::vector<std::uint8_t>& classes) {
  for (std::size_t cp = 0; cp < scan_bytes.size(); ++cp) {
    if ((classes[cp] & kOutsideX0213) != 0) scan_bytes[cp] = kScanEvent;
  }
  return scan_bytes;
}

std::vector<std::uint8_t> make_cp932_scan_bytes(const std::vector<std::uint8_t>& scan_bytes,
                                                const std::vector<std::uint16_t>& cp932) {
  std::vector<std::uint8_t> result(cp932.size(), kScanEvent);
  for (std::size_t code = 0; code < cp932.size(); ++code) {
    if (cp932[code] != 0) result[code] = scan_bytes[cp932[code]];
  }
  return result;
}

}  // namespace hyojun::charmap::compiler
