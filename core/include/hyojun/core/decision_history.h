// Everything that was ever recorded of gaiji: who decided what when, what took its place, what was taken back.
#ifndef HYOJUN_CORE_DECISION_HISTORY_H_
#define HYOJUN_CORE_DECISION_HISTORY_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "hyojun/core/decision_book.h"
#include "hyojun/core/facts.h"

namespace hyojun::core {

struct DecisionEntry {
  RecordedDecision recorded;
  ImportInfo import;               // what recorded it: file, day and hour, who ran the program
  std::int64_t superseded_by = 0;  // the decision that is the last word in its place; 0: none
  std::int64_t withdrawn_by = 0;   // the import that took its import back; 0: none
  bool is_in_force = false;        // the newest 確認済 of its gaiji: what a gaiji table holds
};

// In the order of recording, withdrawn ones among them, as known at the end of a day (none: now), by the rule of
// DecisionBook. Fails as Store::read() does.
base::Result<std::vector<DecisionEntry>> decision_history(const Store& store,
                                                          const std::optional<base::Date>& known_at = std::nullopt);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_DECISION_HISTORY_H_
