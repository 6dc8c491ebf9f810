// GaijiTable (外字対応表): what persons have decided about the gaiji of one system in one encoding.
//
// File: UTF-8 CSV with the columns system, encoding, code, target, category, decision, substitute; `code` and `target`
// required.
//   code    the source bytes in hex with 0x (also read without; never with shift codes), or U+… for Unicode sources
//   target  a character name (MJ026190, GJ000139, U+3042), code points "U+9089 U+E010F", or empty: not decided yet
//   decision  free text; a row whose text holds 未確認 was decided by one person and checked by nobody
//   substitute  what is written where there is no target, or the target cannot be written: かな or a similar character,
//           as code points or as it is, at most eight
// One system and one encoding a file. Thread-safety: immutable after reading.
#ifndef HYOJUN_CHARMAP_GAIJI_TABLE_H_
#define HYOJUN_CHARMAP_GAIJI_TABLE_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/code_table.h"
#include "hyojun/charmap/encoding.h"
#include "hyojun/charmap/repertoire.h"

namespace hyojun::charmap {

inline constexpr std::string_view kUncheckedMark = "未確認";

struct GaijiRow {
  char32_t code_point;                // the gaiji as the encoding's decoder gives it: a private-use code point
  std::optional<CharacterId> target;  // absent: stays gaiji_unmapped
  std::u32string target_text;         // where the target was given as code points
  std::string category;
  std::string decision;
  std::u32string substitute{};  // empty: none
  static constexpr std::size_t kLongestSubstitute = 8;
};

class GaijiTable {
 public:
  // What the reader must agree with. Empty system: taken from the file.
  struct Expected {
    std::string system;
    Encoding encoding;
    std::shared_ptr<const CodeTable> codes{};  // where the encoding is read by table; absent: CodeTable::bundled()
  };

  // Reads and checks the whole file. Errors: environment; input_rejected with record and field for duplicate codes,
  // codes outside the gaiji area, unknown names, targets that are no standard character, another system or encoding.
  static base::Result<GaijiTable> open(const std::string& path, const Expected& expected, const Repertoire& repertoire);
  static base::Result<GaijiTable> from_bytes(std::string_view csv, const std::string& name, const Expected& expected,
                                             const Repertoire& repertoire);

  const std::vector<GaijiRow>& rows() const noexcept { return rows_; }  // sorted by code point
  const std::string& system() const noexcept { return system_; }
  bool states_system() const noexcept { return states_system_; }  // false: only the caller said it
  const std::string& digest() const noexcept { return digest_; }  // SHA-256 of the file, hex
  std::size_t mapped() const noexcept { return mapped_; }         // rows with a target
  std::size_t unchecked() const noexcept;                         // of these, the ones with kUncheckedMark

  const GaijiRow* find(char32_t code_point) const noexcept;

 private:
  GaijiTable() = default;
  std::vector<GaijiRow> rows_;
  std::string system_;
  bool states_system_ = false;
  std::string digest_;
  std::size_t mapped_ = 0;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_GAIJI_TABLE_H_
