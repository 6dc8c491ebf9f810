// CodeMap: what a vendor, or the owner of a host, says its codes mean. Loaded with --code-map on top of what an
// encoding has of its own (code_table.h).
//
// File: UTF-8 TSV with the columns code, unicode, hd, aj1, flags; `code` and `unicode` required, others ignored.
//   code     the bytes in hex, without shift codes: 2 digits for the single-byte half, 4 for the double-byte one, 6 for
//            three bytes of EUC; with or without 0x
//   unicode  code points in hex, with or without U+, a space between: one, or a sequence of two that scanner.h joins
//   hd       variation selector of the character's shape (E0103); with it the code is that sequence
//   aj1      the same of Adobe-Japan1; not read
//   flags    separated by commas: encode_only (the row says nothing about reading), unmappable (a code without a
//            character in Unicode: it is U+FFFD); oneway, decode_only and unknown flags change nothing here
//
// Published tables have codes in several rows. The first that is read decides; a later one with another character is
// counted as a contradiction unless its flags call it another form (cjk_ci). Thread-safety: immutable.
#ifndef HYOJUN_CHARMAP_CODE_MAP_H_
#define HYOJUN_CHARMAP_CODE_MAP_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::charmap {

struct CodeMapRow {
  std::uint32_t code;  // big-endian
  std::uint8_t bytes;  // 1 to 3
  char32_t first;
  char32_t second;       // 0 unless a sequence
  std::uint32_t record;  // in the file, header = 1
};

class CodeMap {
 public:
  // Errors: environment; input_rejected with record and field: no code, no code point, no UTF-8.
  static base::Result<CodeMap> open(const std::string& path);
  static base::Result<CodeMap> from_bytes(std::string_view tsv, const std::string& name);

  const std::string& name() const noexcept { return name_; }               // as given
  const std::string& digest() const noexcept { return digest_; }           // SHA-256 of the file, hex
  const std::vector<CodeMapRow>& rows() const noexcept { return rows_; }   // each code once, sorted by length and code
  std::size_t contradictions() const noexcept { return contradictions_; }  // codes that stand twice, differently

 private:
  CodeMap() = default;
  std::string name_;
  std::string digest_;
  std::vector<CodeMapRow> rows_;
  std::size_t contradictions_ = 0;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_CODE_MAP_H_
