// How far is everyone: finished steps, counted by any grouping. Indicator (a) of tracker.md §3 only.
//
// The official numerator is 完了済み + 対象外, the denominator all step cells of the group, unreported ones included.
// Pure functions of a State read with Needs::progress (and facts for regions).
#ifndef HYOJUN_CORE_STATUS_REPORT_H_
#define HYOJUN_CORE_STATUS_REPORT_H_

#include <optional>
#include <string>
#include <vector>

#include "hyojun/core/rate.h"
#include "hyojun/core/state.h"

namespace hyojun::core {

enum class GroupBy : std::uint8_t {
  municipality,
  business,
  step,
  item,
  phase,
  ministry,
  region,
  body_class,
  prefecture,
  prefecture_itself,
};

// "municipality", "business", …, "class", "prefecture-itself": option values and JSON.
std::string_view key_of(GroupBy by);
std::optional<GroupBy> find_group_by(std::string_view key);

struct StatusRow {
  std::string key;
  std::string name;
  std::int64_t of = 0;        // step cells
  std::int64_t finished = 0;  // 完了済み + 対象外
  std::int64_t not_applicable = 0;
  std::int64_t in_progress = 0;
  std::int64_t not_started = 0;
  std::int64_t unreported = 0;
  bool by_step = true;  // false: for some cells only a rate is known, so that the parts are not

  bool all_unreported() const { return unreported == of; }
  std::optional<Rate> rate() const { return all_unreported() ? std::nullopt : rate_of(finished, of); }
  // Without 対象外 in numerator and denominator; none where the parts are not known or nothing is left.
  std::optional<Rate> rate_without_not_applicable() const;
};

struct StatusReport {
  GroupBy by;
  std::vector<StatusRow> rows;  // codes, business numbers, steps in order; regions and classes as first met
  StatusRow overall;
  std::optional<Rate> mean;  // over the rows that are not all unreported
};

// Fails with usage if steps, items or phases are asked for and only rates are known.
base::Result<StatusReport> status_report(const State& state, GroupBy by);

// Who has not finished a step.
struct StepCell {
  std::size_t body;
  std::size_t business;  // from 0
  StepStatus status;
};
struct StepReport {
  std::size_t step;             // 1–40
  std::vector<StatusRow> rows;  // by municipality
  StatusRow overall;
  std::vector<StepCell> unfinished;  // by code, then business number
};
// Fails as status_report().
base::Result<StepReport> step_report(const State& state, std::size_t step);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_STATUS_REPORT_H_
