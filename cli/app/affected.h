// The list of affected records (影響を受ける住民の一覧): every field whose printed shape changes by a conversion, as
// the basis of a notice to the residents.
//
// A shape changes where a decision of the category デザイン差 or 類似 was used, where a substitute was written, where a
// character was shrunk, became ＿ or 〓, lost its variation selector, or was folded to another kanji.
#ifndef HYOJUN_CLI_APP_AFFECTED_H_
#define HYOJUN_CLI_APP_AFFECTED_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/atomic_file.h"
#include "hyojun/charmap/converter.h"
#include "source.h"

namespace hyojun::app {

// One field of one record.
struct AffectedRow {
  std::string key;  // value of the key column
  std::string file;
  std::uint64_t record;    // from 1
  std::string column;      // heading, or the number from 1
  std::string before;      // the field as it was; U+FFFD for malformed bytes
  std::string after;       // as it is written
  std::string characters;  // "U+9AD9 → U+9AD8", separated by ", "
  std::string category;    // why, separated by "、"
};

// An .xlsx with a first line that says that it holds personal data. Readable by its owner only; appears in close().
class AffectedFile {
 public:
  // Errors: usage (not .xlsx, exists without `overwrite`), environment.
  static base::Result<AffectedFile> open(const std::string& path, const std::string& key, base::Overwrite overwrite);
  ~AffectedFile();
  AffectedFile(AffectedFile&&) noexcept;
  AffectedFile& operator=(AffectedFile&&) noexcept;

  base::Result<void> write(const AffectedRow& row);
  base::Result<void> close();
  std::uint64_t rows() const noexcept;
  const std::vector<std::string>& removed_leftovers() const noexcept;

 private:
  struct State;
  explicit AffectedFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Reads `source`, newly opened with a key column, to its end and writes its affected fields, in their order. Errors: as
// reading; input_rejected (a field of over 1 MiB); as AffectedFile::write().
base::Result<void> list_affected(const charmap::Converter& converter, Source& source, const std::string& file,
                                 AffectedFile& out);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_AFFECTED_H_
