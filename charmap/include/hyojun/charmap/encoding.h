// The encodings that source data may have. An encoding is stated or marked by a BOM, never guessed.
#ifndef HYOJUN_CHARMAP_ENCODING_H_
#define HYOJUN_CHARMAP_ENCODING_H_

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
};

// Canonical spelling: "utf-8", "utf-16le", "utf-16be", "cp932".
std::string_view encoding_name(Encoding encoding) noexcept;

// Accepts the canonical spelling and the usual aliases (utf8, utf16le, windows-31j, ms932, …), case ignored.
// "shift_jis" is refused on purpose: it names several incompatible encodings.
std::optional<Encoding> parse_encoding(std::string_view name);

// The spellings to offer in an error message, separated by ", ".
std::string_view encoding_list() noexcept;

// True where gaiji are Unicode private-use code points rather than codes of a vendor.
constexpr bool is_unicode(Encoding encoding) noexcept { return encoding != Encoding::cp932; }

struct Bom {
  Encoding encoding;
  std::size_t length;  // bytes
};

// The BOM at the start of `bytes`, which holds at least the first three bytes of the file (or all of a shorter one).
std::optional<Bom> find_bom(std::span<const std::uint8_t> bytes) noexcept;

// The bytes of `code_point` in `encoding`; nullopt where the encoding cannot hold it. For CP932 the single preferred
// code of Microsoft is given for characters with several codes.
std::optional<std::vector<std::uint8_t>> encode(Encoding encoding, char32_t code_point);

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_ENCODING_H_
