// The exceptions file: one row per occurrence, CSV for programs, XLSX for people.
#ifndef HYOJUN_CLI_APP_EXCEPTIONS_FILE_H_
#define HYOJUN_CLI_APP_EXCEPTIONS_FILE_H_

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hyojun/base/atomic_file.h"
#include "hyojun/base/csv.h"
#include "hyojun/base/xlsx_writer.h"
#include "identify.h"

namespace hyojun::app {

// Written as rows come, under a temporary name; close() makes it appear. Columns:
//   file,record,field,column,byte,source,text,outcome,collection[,key]
// With `key` (a column's heading) the first line says that the file holds personal data. CSV: UTF-8, LF, no BOM.
// XLSX: the same columns with Japanese headings, all cells text, a further sheet after each 1,048,576 rows. Readable by
// its owner only.
class ExceptionsFile {
 public:
  // Errors: usage (neither .csv nor .xlsx, exists without `overwrite`), environment.
  static base::Result<ExceptionsFile> open(const std::string& path, const std::string& key, base::Overwrite overwrite);
  ~ExceptionsFile();
  ExceptionsFile(ExceptionsFile&&) noexcept;
  ExceptionsFile& operator=(ExceptionsFile&&) noexcept;

  base::Result<void> write(const OccurrenceRow& row);
  base::Result<void> close();

  // Temporary files of killed runs that were removed.
  const std::vector<std::string>& removed_leftovers() const noexcept;

 private:
  struct State;
  explicit ExceptionsFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_EXCEPTIONS_FILE_H_
