// Reading and writing files of decisions (decision_columns.h).
//
// Reading checks every row completely, and all problems of a file are listed with row and column. Refused are: no gaiji
// code of the encoding, unknown names, a name beside other characters or `?` in place of a character (what a Japanese
// Excel leaves of a CSV that it saved in Shift_JIS), a category and a target that do not fit, a check by the decider,
// another version of the table, one gaiji in two rows.
#ifndef HYOJUN_CLI_APP_DECISION_FILE_H_
#define HYOJUN_CLI_APP_DECISION_FILE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include "decision_columns.h"
#include "hyojun/base/atomic_file.h"
#include "hyojun/base/date.h"
#include "hyojun/base/table_reader.h"

namespace hyojun::app {

struct DecisionRequest {
  std::shared_ptr<const charmap::Repertoire> repertoire;
  base::Date today;
  std::string system{};      // where the file has no such column
  std::string encoding{};    // the same
  std::string decided_by{};  // signs every answer that has no decider and is not set aside as 案
  std::string checked_by{};  // signs every decision that has no checker
};

struct DecisionRow {
  core::Decision decision;
  std::uint32_t row;  // of the file, from 1
};

struct DecisionFile {
  std::string name;
  std::string digest;                   // SHA-256 of the file
  std::vector<DecisionRow> rows{};      // empty if there are problems
  std::size_t open = 0;                 // rows without an answer: nothing is recorded of them
  std::vector<base::Error> problems{};  // at most SheetProblems::kMost
  std::size_t problem_count = 0;
  std::vector<std::string> unread_headings{};
};

// Fails as TableReader does, and with input_rejected where no sheet has a column 外字コード.
base::Result<DecisionFile> read_decisions(base::TableReader& reader, const DecisionRequest& request);

// Writes XLSX (with drop-downs) or CSV (BOM and CRLF unless `plain`), by the suffix of the target. The caller commits.
base::Result<void> write_decisions(const std::vector<DecisionSheetRow>& rows, const charmap::Repertoire& repertoire,
                                   base::AtomicFile& out, bool plain);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_DECISION_FILE_H_
