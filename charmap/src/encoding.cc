#include "hyojun/charmap/encoding.h"

#include <algorithm>
#include <array>

#include "hyojun/base/text.h"
#include "hyojun/charmap/table.h"

namespace hyojun::charmap {

namespace {

struct Name {
  std::string_view name;
  Encoding encoding;
};

// The canonical name of each encoding stands first among its spellings.
constexpr std::array kNames = {
    Name{"utf-8", Encoding::utf8},
    Name{"utf8", Encoding::utf8},
    Name{"utf-16le", Encoding::utf16le},
    Name{"utf16le", Encoding::utf16le},
    Name{"utf-16be", Encoding::utf16be},
    Name{"utf16be", Encoding::utf16be},
    Name{"cp932", Encoding::cp932},
    Name{"windows-31j", Encoding::cp932},
    Name{"ms932", Encoding::cp932},
    Name{"windows-932", Encoding::cp932},
    Name{"euc-jp-ms", Encoding::euc_jp_ms},
    Name{"eucjp-ms", Encoding::euc_jp_ms},
    Name{"eucjpms", Encoding::euc_jp_ms},
    Name{"ibm-33722", Encoding::ibm33722},
    Name{"ibm33722", Encoding::ibm33722},
    Name{"ibm-954", Encoding::ibm954},
    Name{"ibm954", Encoding::ibm954},
    Name{"euc-jis-2004", Encoding::euc_jis_2004},
    Name{"euc-jisx0213", Encoding::euc_jis_2004},
    Name{"shift-jis-2004", Encoding::shift_jis_2004},
    Name{"shift_jis-2004", Encoding::shift_jis_2004},
    Name{"shift_jis_2004", Encoding::shift_jis_2004},
    Name{"shift_jisx0213", Encoding::shift_jis_2004},
    Name{"iso-2022-jp", Encoding::iso_2022_jp},
    Name{"ibm-930", Encoding::ibm930},
    Name{"ibm930", Encoding::ibm930},
    Name{"ibm-939", Encoding::ibm939},
    Name{"ibm939", Encoding::ibm939},
    Name{"ibm-1390", Encoding::ibm1390},
    Name{"ibm1390", Encoding::ibm1390},
    Name{"ibm-1399", Encoding::ibm1399},
    Name{"ibm1399", Encoding::ibm1399},
    Name{"jef", Encoding::jef},
    Name{"keis78", Encoding::keis78},
    Name{"keis83", Encoding::keis83},
    Name{"jips-j", Encoding::jips_j},
    Name{"jips-e", Encoding::jips_e},
    Name{"juki-net-be", Encoding::juki_net_be},
    Name{"juki-net", Encoding::juki_net_be},
    Name{"juki-net-le", Encoding::juki_net_le},
};

std::vector<std::uint8_t> utf16(char32_t cp, bool big) {
  std::vector<std::uint8_t> out;
  const auto unit = [&](char32_t u) {
    const auto high = static_cast<std::uint8_t>(u >> 8);
    const auto low = static_cast<std::uint8_t>(u & 0xFF);
    out.push_back(big ? high : low);
    out.push_back(big ? low : high);
  };
  if (cp < 0x10000) {
    unit(cp);
  } else {
    unit(0xD800 + ((cp - 0x10000) >> 10));
    unit(0xDC00 + ((cp - 0x10000) & 0x3FF));
  }
  return out;
}

// Of several codes Microsoft writes the one of JIS X 0208 where there is one (lead below ED, but NEC row 13 before
// the IBM extensions), then the IBM extension, never the NEC selection (ED, EE); ∪ ∩ ¬ ∠ ⊥ ≡ ∫ √ ∵ are in JIS X 0208.
int preference(unsigned code) {
  const unsigned lead = code >> 8;
  if (lead == 0x87) return 1;
  if (lead == 0xED || lead == 0xEE) return 3;
  return lead >= 0xFA ? 2 : 0;
}

std::optional<std::vector<std::uint8_t>> cp932(char32_t cp) {
  if (cp < 0x80) return std::vector{static_cast<std::uint8_t>(cp)};
  if (cp >= 0xFF61 && cp <= 0xFF9F) return std::vector{static_cast<std::uint8_t>(cp - 0xFF61 + 0xA1)};
  const char16_t* table = StandardTable::bundled()->cp932();
  std::optional<unsigned> best;
  for (unsigned code = 0x8140; code < 0x10000; ++code) {
    if (table[code] == cp && (!best || preference(code) < preference(*best))) best = code;
  }
  if (!best) return std::nullopt;
  return std::vector{static_cast<std::uint8_t>(*best >> 8), static_cast<std::uint8_t>(*best & 0xFF)};
}

}  // namespace

std::string_view encoding_name(Encoding encoding) noexcept {
  return std::ranges::find(kNames, encoding, &Name::encoding)->name;
}

std::optional<Encoding> parse_encoding(std::string_view name) {
  std::string lower(name);
  std::ranges::transform(lower, lower.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  const auto it = std::ranges::find(kNames, std::string_view(lower), &Name::name);
  if (it == kNames.end()) return std::nullopt;
  return it->encoding;
}

std::string_view encoding_list() noexcept {
  return "utf-8, utf-16le, utf-16be, cp932, euc-jp-ms, ibm-33722, ibm-954, euc-jis-2004, shift-jis-2004, iso-2022-jp, "
         "ibm-930, ibm-939, ibm-1390, ibm-1399, jef, keis78, keis83, jips-j, jips-e, juki-net-be, juki-net-le";
}

std::optional<Bom> find_bom(std::span<const std::uint8_t> b) noexcept {
  if (b.size() >= 3 && b[0] == 0xEF && b[1] == 0xBB && b[2] == 0xBF) return Bom{Encoding::utf8, 3};
  if (b.size() >= 2 && b[0] == 0xFF && b[1] == 0xFE) return Bom{Encoding::utf16le, 2};
  if (b.size() >= 2 && b[0] == 0xFE && b[1] == 0xFF) return Bom{Encoding::utf16be, 2};
  return std::nullopt;
}

std::optional<std::vector<std::uint8_t>> encode(Encoding encoding, char32_t cp) {
  if (cp > 0x10FFFF || (cp >= 0xD800 && cp <= 0xDFFF)) return std::nullopt;
  if (encoding == Encoding::cp932) return cp932(cp);
  if (has_code_table(encoding)) return std::nullopt;
  if (encoding != Encoding::utf8) return utf16(cp, encoding == Encoding::utf16be);
  std::string text;
  base::append_utf8(text, cp);
  return std::vector<std::uint8_t>(text.begin(), text.end());
}

}  // namespace hyojun::charmap
