// From a file to what it says: recognised by content, dated, checked completely. Nothing is written here.
//
// The date comes from the sheet (a title above the header, or the name of the sheet; 末時点 is the last day of the
// month) or from the caller; where both speak, they must agree. A sheet without a date needs one from the caller.
#ifndef HYOJUN_CLI_APP_TRACKER_IMPORT_H_
#define HYOJUN_CLI_APP_TRACKER_IMPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "hyojun/base/table_reader.h"
#include "hyojun/core/store.h"
#include "sheet_problems.h"

namespace hyojun::app {

struct ImportRequest {
  std::optional<base::Date> as_of{};
  std::string source{};  // 出典; empty: the form's
  std::string actor;
  std::string tool;
};

// A recognised sheet.
struct ImportedSheet {
  std::size_t sheet;       // index
  std::string sheet_name;  // empty for CSV
  std::string title;       // of the form, for messages
  core::ImportDraft draft;
  bool dated_by_sheet = false;
  std::size_t zeros_restored = 0;
  std::size_t out_of_scope = 0;
  std::vector<std::string> unread_headings{};
  std::uint32_t header_row = 0;
};

// What is wrong with a file, or what it says. Exactly one of the lists is empty.
struct ImportedFile {
  std::string name;
  std::vector<ImportedSheet> sheets{};
  std::vector<base::Error> problems{};      // each with its place: the file is refused
  std::size_t problem_count = 0;            // also those that are not listed
  std::vector<std::string> other_sheets{};  // not recognised, and left out
};

// Fails as TableReader does, with usage if a date must be given, and with input_rejected if no sheet is recognised or
// a date contradicts `request.as_of`. Problems of rows are no failure: they are listed.
base::Result<ImportedFile> read_import(base::TableReader& reader, const core::Store& store,
                                       const ImportRequest& request);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_TRACKER_IMPORT_H_
