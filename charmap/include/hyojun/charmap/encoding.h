// The encodings that source data may have. An encoding is stated or marked by a BOM, never guessed.
#ifndef HYOJUN_CHARMAP_ENCODING_H_
#define HYOJUN_CHARMAP_ENCODING_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace hyojun::charmap {

enum class Encoding : std::uint8_t {
  utf8,
  utf16le,
  utf16be,
  cp932,  // Windows-31J with all of Microsoft's mappings; gaiji F040–F9FC
  // Read by a CodeTable (code_table.h), which says what is in each.
  euc_jp_ms,
  ibm33722,
  ibm954,
  euc_jis_2004,
  shift_jis_2004,
  iso_2022_jp,
  ibm930,
  ibm939,
  ibm1390,
  ibm1399,
  jef,
  keis78,
  keis83,
  jips_j,
  jips_e,
  juki_net_be,
  juki_net_le,
};
inline constexpr std::size_t kEncodingCount = 21;

// Canonical spelling: "utf-8", "utf-16le", "cp932", "euc-jp-ms", "ibm-930", "jef", "juki-net-be", ….
std::string_view encoding_name(Encoding encoding) noexcept;

// Accepts the canonical spelling and the usual aliases (utf8, utf16le, windows-31j, ms932, …), case ignored.
// "shift_jis" is refused on purpose: it names several incompatible encodings.
std::optional<Encoding> parse_encoding(std::string_view name);

// The spellings to offer in an error message, separated by ", ".
std::string_view encoding_list() noexcept;

// True where gaiji are Unicode private-use code points rather than codes of a vendor.
constexpr bool is_unicode(Encoding encoding) noexcept { return encoding < Encoding::cp932; }

// True where a CodeTable decodes.
constexpr bool has_code_table(Encoding encoding) noexcept { return encoding > Encoding::cp932; }

// True where the character set depends on the shift codes read before.
constexpr bool has_shifts(Encoding encoding) noexcept {
  return encoding >= Encoding::iso_2022_jp && encoding <= Encoding::jips_e;
}

// True where single bytes are EBCDIC, in which a line ends with 15 (NL) or 25 (LF).
constexpr bool is_ebcdic(Encoding encoding) noexcept {
  return encoding >= Encoding::ibm930 && encoding <= Encoding::jips_e && encoding != Encoding::jips_j;
}

// Bytes of the smallest unit that text is cut into.
constexpr std::size_t unit_of(Encoding encoding) noexcept {
  const bool two = encoding == Encoding::utf16le || encoding == Encoding::utf16be ||
                   encoding == Encoding::juki_net_be || encoding == Encoding::juki_net_le;
  return two ? 2 : 1;
}

// True for the code points that gaiji may become: U+E000–F8FF and planes 15 and 16.
constexpr bool is_private_use(char32_t cp) noexcept {
  return (cp >= 0xE000 && cp <= 0xF8FF) || (cp >= 0xF0000 && cp <= 0x10FFFD && (cp & 0xFFFF) < 0xFFFE);
}

struct Bom {
  Encoding encoding;
  std::size_t length;  // bytes
};

// The BOM at the start of `bytes`, which holds at least the first three bytes of the file (or all of a shorter one).
std::optional<Bom> find_bom(std::span<const std::uint8_t> bytes) noexcept;

// The bytes of `code_point` in `encoding`; nullopt where the encoding cannot hold it. For CP932 the single preferred
// code of Microsoft is given for characters with several codes. Of the encodings that has_code_table() names none can
// be written.
std::optional<std::vector<std::uint8_t>> encode(Encoding encoding, char32_t code_point);

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_ENCODING_H_
