// The gaiji table (外字対応表) of one system, made from recorded decisions: what identify and convert load.
//
// Only answers that were checked (確認済) unless unchecked ones are asked for; then their rows say so (未確認), and
// identify and convert count them. Columns: system,encoding,code,target,category,decision,substitute,reason; `decision`
// names the state, the day and the number of the decision, no person.
#ifndef HYOJUN_CLI_APP_GAIJI_TABLE_FILE_H_
#define HYOJUN_CLI_APP_GAIJI_TABLE_FILE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "hyojun/base/csv.h"
#include "hyojun/core/decision_book.h"

namespace hyojun::app {

struct GaijiTableChoice {
  std::string system{};    // empty: the only one there is
  std::string encoding{};  // the same
  bool include_unchecked = false;
};

struct GaijiTableContent {
  std::string system;
  std::string encoding;
  std::vector<const core::RecordedDecision*> rows{};  // by code; of the book, which must outlive this
  std::size_t unchecked = 0;                          // of the rows
  std::size_t pending = 0;  // gaiji with a 案 or 決定 that is not in the table in that form
};

// Errors: usage (several systems or encodings and none chosen, or the chosen one has no decision).
base::Result<GaijiTableContent> gaiji_table_of(const core::DecisionBook& book, const GaijiTableChoice& choice);

base::Result<void> write_gaiji_table(const GaijiTableContent& content, const base::Sink& sink);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GAIJI_TABLE_FILE_H_
