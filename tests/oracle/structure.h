// Cuts a whole file into records, fields and characters, by recursive descent over its decoded pieces.
#ifndef HYOJUN_TESTS_ORACLE_STRUCTURE_H_
#define HYOJUN_TESTS_ORACLE_STRUCTURE_H_

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "decoding.h"
#include "standard.h"

namespace hyojun::oracle {

struct Format {
  bool delimited = true;
  char32_t delimiter = U',';
  bool header = true;
  std::vector<unsigned> columns{};  // from 0; empty: all
};

struct Found {
  enum class Kind { character, field_end, record_end };
  Kind kind;
  std::size_t offset;
  std::size_t length;
  std::size_t record;  // from 0
  std::size_t field;   // from 0
  bool counted;        // not of the header, in a selected column
  Outcome outcome;     // of a character
  char32_t first;
  char32_t second;
};

struct Scanned {
  std::vector<Found> found;  // in file order
  std::size_t records = 0;
  bool unclosed_quote = false;
  std::array<std::size_t, 8> outcomes{};  // of counted characters
};

Scanned scan(Encoding encoding, const Format& format, const Bytes& bytes, const Above& above = {});

}  // namespace hyojun::oracle

#endif  // HYOJUN_TESTS_ORACLE_STRUCTURE_H_
