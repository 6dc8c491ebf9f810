// Decoders written from the definitions: Unicode's table of well-formed UTF-8, UTF-16 units, data/cp932.tsv.
#ifndef HYOJUN_TESTS_ORACLE_DECODING_H_
#define HYOJUN_TESTS_ORACLE_DECODING_H_

#include <cstdint>
#include <string>
#include <vector>

namespace hyojun::oracle {

enum class Encoding { utf8, utf16le, utf16be, cp932 };

using Bytes = std::vector<std::uint8_t>;

// A code point with its place, or bytes that are none.
struct Piece {
  std::size_t offset;
  std::size_t length;
  bool malformed;
  char32_t code_point;  // 0 where malformed
  bool operator==(const Piece&) const = default;
};

std::vector<Piece> decode(Encoding encoding, const Bytes& bytes);

// The bytes of a text; what the encoding cannot hold becomes "?". CP932: the smallest code of several.
Bytes encode(Encoding encoding, const std::u32string& text);

}  // namespace hyojun::oracle

#endif  // HYOJUN_TESTS_ORACLE_DECODING_H_
