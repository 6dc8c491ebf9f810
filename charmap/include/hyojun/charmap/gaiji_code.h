// The code of a gaiji in the one spelling in which codes are compared and recorded.
//
// What is a gaiji code is said by the gaiji table's reader alone (gaiji_table.h); here it gets its spelling: the source
// bytes "0xF040" where the encoding has gaiji codes of its own, "U+E000" where they are Unicode's private-use code
// points. Pure functions.
#ifndef HYOJUN_CHARMAP_GAIJI_CODE_H_
#define HYOJUN_CHARMAP_GAIJI_CODE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "hyojun/base/error.h"
#include "hyojun/charmap/encoding.h"
#include "hyojun/charmap/repertoire.h"

namespace hyojun::charmap {

struct GaijiCode {
  std::string text;     // "0xF040" or "U+E000"
  char32_t code_point;  // as the encoding's decoder gives it
};

// Reads a code as people write it ("0xF040", "f040", "U+E000", "0xEE8080" in UTF-8). Fails with input_rejected if it
// is no gaiji code of the encoding; the error has no place.
base::Result<GaijiCode> parse_gaiji_code(Encoding encoding, const Repertoire& repertoire, std::string_view text);

// The spelling for bytes that were found in data and their code point.
std::string gaiji_code_text(Encoding encoding, std::span<const std::uint8_t> bytes, char32_t code_point);

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_GAIJI_CODE_H_
