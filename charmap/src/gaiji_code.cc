#include "hyojun/charmap/gaiji_code.h"

#include <algorithm>

#include "hyojun/base/number.h"
#include "hyojun/charmap/gaiji_table.h"

namespace hyojun::charmap {
namespace {

// Nothing else may go into the one-row table below.
bool is_code_letter(char c) {
  return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '+';
}

}  // namespace

std::string gaiji_code_text(Encoding encoding, std::span<const std::uint8_t> bytes, char32_t code_point) {
  if (is_unicode(encoding)) return base::format_code_points({&code_point, 1});
  return "0x" + base::format_hex(bytes);
}

base::Result<GaijiCode> parse_gaiji_code(Encoding encoding, const Repertoire& repertoire, std::string_view text) {
  const std::string row(std::ranges::all_of(text, is_code_letter) ? text : "");
  const auto table = GaijiTable::from_bytes("code,target\n" + row + ",\n", "", {"", encoding}, repertoire);
  if (!table) {
    base::Error error = table.error();
    error.where = {};
    return tl::unexpected(std::move(error));
  }
  const char32_t code_point = table->rows().front().code_point;
  const auto bytes = base::parse_hex_bytes(text);
  return GaijiCode{gaiji_code_text(encoding, bytes ? *bytes : std::vector<std::uint8_t>(), code_point), code_point};
}

}  // namespace hyojun::charmap
