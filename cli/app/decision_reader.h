// One sheet of decisions, row by row: the checks of decision_file.h.
#ifndef HYOJUN_CLI_APP_DECISION_READER_H_
#define HYOJUN_CLI_APP_DECISION_READER_H_

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "decision_file.h"
#include "hyojun/base/cell.h"
#include "sheet_problems.h"

namespace hyojun::app {

class DecisionReader {
 public:
  DecisionReader(const DecisionRequest& request, SheetProblems& problems)
      : request_(request), problems_(problems), table_label_(table_label(*request.repertoire)) {}

  // True if the row is the header: it has a column 外字コード.
  bool take_header(const base::Row& row);
  // One row below the header; blank rows say nothing.
  void take(const base::Row& row);

  std::vector<DecisionRow>& rows() { return rows_; }
  std::size_t open() const { return open_; }
  const std::vector<std::string>& unread_headings() const { return unread_; }

 private:
  std::uint32_t column_of(DecisionColumn column) const { return columns_[static_cast<std::size_t>(column)]; }
  std::string_view text(DecisionColumn column) const;
  void problem(DecisionColumn column, base::Text what, base::Text next = {"", ""});

  bool is_readable();
  bool read_key(core::Decision& decision);
  bool read_answer(core::Decision& decision);
  bool read_target(core::Decision& decision);
  bool check_text(const core::Decision& decision);
  bool read_substitute(core::Decision& decision);
  bool check_category(const core::Decision& decision);
  bool read_persons(core::Decision& decision);
  bool read_day(DecisionColumn column, std::string& day);
  bool sign(core::Decision& decision);
  bool check_signatures(const core::Decision& decision, std::optional<core::DecisionState> stated);
  bool read_versions(core::Decision& decision);
  bool is_damaged(DecisionColumn column);

  const DecisionRequest& request_;
  SheetProblems& problems_;
  std::string table_label_;
  std::uint32_t columns_[kDecisionColumns] = {};  // 0: not in the file
  std::vector<std::string> unread_;
  const base::Row* row_ = nullptr;
  std::vector<DecisionRow> rows_;
  std::map<core::GaijiKey, std::uint32_t> seen_;  // row
  std::set<std::string> refused_tables_;
  std::size_t open_ = 0;
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_DECISION_READER_H_
