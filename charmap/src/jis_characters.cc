// The characters of the JIS sets, from the tables that are linked in (embedded_codes.S).
#include <algorithm>
#include <array>
#include <charconv>

#include "code_table_builder.h"

extern "C" const char hyojun_charmap_eucjpms[];
extern "C" const char hyojun_charmap_eucjpms_end[];
extern "C" const char hyojun_charmap_jisx0213[];
extern "C" const char hyojun_charmap_jisx0213_end[];

namespace hyojun::charmap {

namespace {

// The tables are the build's own, made and checked by data/scripts: no error can be met here.
std::string_view take(std::string_view& text, char end) {
  const std::size_t at = std::min(text.find(end), text.size());
  const std::string_view piece = text.substr(0, at);
  text.remove_prefix(std::min(at + 1, text.size()));
  return piece;
}

std::uint32_t number(std::string_view text, int base) {
  std::uint32_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value, base);
  return value;
}

char32_t code_point(std::string_view text) { return text.empty() ? 0 : number(text.substr(2), 16); }  // U+XXXX

// EUC-JP-MS has Microsoft's code points for these; JIS X 0208 its own.
constexpr std::array<std::pair<std::uint32_t, char32_t>, 6> kJisOwn = {
    {{0xA1C1, U'〜'}, {0xA1C2, U'‖'}, {0xA1DD, U'−'}, {0xA1F1, U'¢'}, {0xA1F2, U'£'}, {0xA2CC, U'¬'}}};

// JIS X 0208:1997 附属書: the 22 pairs of kanji that changed places in 1983, as places of C 6226-1978.
struct Swap {
  std::uint16_t a, b;
};
constexpr std::array<Swap, 22> kSwapped = {
    {{0x3033, 0x724D}, {0x3229, 0x7274}, {0x3342, 0x695A}, {0x3349, 0x5978}, {0x3376, 0x635E}, {0x3443, 0x5E75},
     {0x3452, 0x6B5D}, {0x375B, 0x7074}, {0x395C, 0x6268}, {0x3C49, 0x6922}, {0x3F59, 0x7057}, {0x4128, 0x6C4D},
     {0x445B, 0x5464}, {0x4557, 0x626A}, {0x456E, 0x5B6D}, {0x4573, 0x5E39}, {0x4676, 0x6D6E}, {0x4768, 0x6A24},
     {0x4930, 0x5B58}, {0x4B79, 0x5056}, {0x4C79, 0x692E}, {0x4F36, 0x6446}}};
// The four that got new shapes, whose old ones went to 84-01 to 84-04.
constexpr std::array<Swap, 4> kMoved = {{{0x3646, 0x7421}, {0x4B6A, 0x7422}, {0x4D5A, 0x7423}, {0x6076, 0x7424}}};

bool is_x0208(std::uint32_t euc) {
  const std::uint32_t row = (euc >> 8U) - 0xA0;
  return euc < 0x10000 && (row <= 8 || (row >= 16 && row <= 84));
}

void add(std::vector<JisCharacter>& out, std::uint32_t euc, char32_t first) {
  out.push_back(
      {static_cast<std::uint8_t>((euc >> 8U & 0xFF) - 0xA0), static_cast<std::uint8_t>((euc & 0xFF) - 0xA0), first, 0});
}

std::vector<JisCharacter> x0208() {
  std::vector<JisCharacter> out;
  for (auto [code, cp] : eucjpms_codes()) {
    if (!is_x0208(code)) continue;
    const auto own = std::ranges::find(kJisOwn, code, [](const auto& p) { return p.first; });
    add(out, code, own == kJisOwn.end() ? cp : own->second);
  }
  return out;
}

// C 6226-1978: the places of 1983 exchanged; no 84th row, and no additions of 1983 in rows 2 and 8.
std::vector<JisCharacter> c6226() {
  constexpr std::uint8_t kLast1978Cell = 14;  // of row 2
  std::vector<JisCharacter> old = x0208();
  const auto at = [&old](std::uint16_t jis) -> JisCharacter& {
    return *std::ranges::find_if(old,
                                 [jis](const JisCharacter& c) { return (c.row + 0x20) * 256 + c.cell + 0x20 == jis; });
  };
  for (const Swap& s : kSwapped) std::swap(at(s.a).first, at(s.b).first);
  for (const Swap& s : kMoved) std::swap(at(s.a).first, at(s.b).first);
  std::erase_if(
      old, [](const JisCharacter& c) { return (c.row == 2 && c.cell > kLast1978Cell) || c.row == 8 || c.row == 84; });
  return old;
}

std::vector<JisCharacter> x0212() {
  constexpr std::uint32_t kLastRow = 0x6D;
  std::vector<JisCharacter> out;
  for (auto [code, cp] : eucjpms_codes()) {
    if (code >= 0x8F0000 && (code >> 8U & 0x7F) <= kLastRow) add(out, code, cp == U'～' ? U'~' : cp);
  }
  return out;
}

std::vector<JisCharacter> x0213(char plane) {
  std::vector<JisCharacter> out;
  std::string_view text(hyojun_charmap_jisx0213, hyojun_charmap_jisx0213_end);
  take(text, '\n');
  while (!text.empty()) {
    std::string_view line = take(text, '\n');
    std::string_view place = take(line, '\t');
    if (take(place, '-')[0] != plane) continue;
    const auto row = static_cast<std::uint8_t>(number(take(place, '-'), 10));
    const auto cell = static_cast<std::uint8_t>(number(place, 10));
    const char32_t first = code_point(take(line, ' '));
    out.push_back({row, cell, first, code_point(line)});
  }
  return out;
}

}  // namespace

std::vector<std::pair<std::uint32_t, char32_t>> eucjpms_codes() {
  std::vector<std::pair<std::uint32_t, char32_t>> codes;
  std::string_view text(hyojun_charmap_eucjpms, hyojun_charmap_eucjpms_end);
  take(text, '\n');
  while (!text.empty()) {
    std::string_view line = take(text, '\n');
    const std::uint32_t code = number(take(line, '\t').substr(2), 16);
    codes.emplace_back(code, code_point(line));
  }
  return codes;
}

std::vector<JisCharacter> jis_characters(JisSet set) {
  switch (set) {
    case JisSet::x0208:
      return x0208();
    case JisSet::c6226:
      return c6226();
    case JisSet::x0212:
      return x0212();
    case JisSet::x0213_plane1:
      return x0213('1');
    default:
      return x0213('2');
  }
}

}  // namespace hyojun::charmap
