// Who said what when: of one body, one business, or one cell; and of whom nothing was heard for long.
#ifndef HYOJUN_CORE_HISTORY_REPORT_H_
#define HYOJUN_CORE_HISTORY_REPORT_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "hyojun/core/state.h"

namespace hyojun::core {

// One thing that was said.
struct Saying {
  ImportInfo import;
  std::int64_t withdrawn_by = 0;  // 0: it still stands
  std::string subject;  // 完了手順数, 特定移行支援システムの該当見込み, the kind's name, 覚書
  std::size_t business = 0;  // 0: the body itself, or all businesses
  std::string value;
};

struct HistoryQuery {
  std::size_t body;
  std::size_t business = 0;  // 1–21; 0: the body as a whole
  std::size_t step = 0;      // 1–40, with a business
};

// In the order of recording; what is withdrawn is there, and says so. Everything recorded until view.known_at, about
// days until view.as_of.
base::Result<std::vector<Saying>> history(const Store& store, const View& view, const HistoryQuery& query);

struct StaleBody {
  std::size_t body;
  std::optional<std::string> last;     // as_of of the newest fact; none: nothing was ever said
  std::optional<std::int32_t> days{};  // from then to view.as_of
  std::string form{};                  // of that import
};

// Municipalities without any fact in the last `days` days before view.as_of, the longest silent first.
base::Result<std::vector<StaleBody>> stale(const Store& store, const View& view, std::int32_t days);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_HISTORY_REPORT_H_
