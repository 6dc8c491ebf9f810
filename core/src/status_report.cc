#include "hyojun/core/status_report.h"

#include <algorithm>
#include <array>
#include <map>

namespace hyojun::core {
namespace {

constexpr std::array<std::string_view, 10> kGroups = {"municipality", "business",         "step",   "item",
                                                      "phase",        "ministry",         "region", "class",
                                                      "prefecture",   "prefecture-itself"};

void add(StatusRow& row, const Progress& progress) {
  row.of += static_cast<std::int64_t>(kSteps);
  row.finished += progress.finished;
  row.not_applicable += progress.not_applicable;
  row.in_progress += progress.in_progress;
  row.not_started += progress.not_started;
  row.unreported += progress.import == nullptr ? static_cast<std::int64_t>(kSteps) : progress.unreported;
  if (progress.import != nullptr && !progress.by_step) row.by_step = false;
}

void add(StatusRow& row, StepStatus status) {
  ++row.of;
  row.finished += status == StepStatus::finished || status == StepStatus::not_applicable;
  row.not_applicable += status == StepStatus::not_applicable;
  row.in_progress += status == StepStatus::in_progress;
  row.not_started += status == StepStatus::not_started;
  row.unreported += status == StepStatus::unreported;
}

void add(StatusRow& sum, const StatusRow& row) {
  sum.of += row.of;
  sum.finished += row.finished;
  sum.not_applicable += row.not_applicable;
  sum.in_progress += row.in_progress;
  sum.not_started += row.not_started;
  sum.unreported += row.unreported;
  sum.by_step = sum.by_step && row.by_step;
}

// Rows by key, in the order in which the keys are first asked for.
class Rows {
 public:
  StatusRow& at(const std::string& key, const std::string& name) {
    const auto [place, is_new] = index_.try_emplace(key, rows_.size());
    if (is_new) rows_.push_back({.key = key, .name = name});
    return rows_[place->second];
  }
  std::vector<StatusRow> take() { return std::move(rows_); }

 private:
  std::map<std::string, std::size_t> index_;
  std::vector<StatusRow> rows_;
};

std::pair<std::string, std::string> key_of_body(const State& state, std::size_t body, GroupBy by) {
  const Body& entry = state.catalog().bodies()[body];
  switch (by) {
    case GroupBy::region: {
      const FactValue* region = state.fact(body, 0, "region");
      const std::string name = region ? region->value : "地域未設定";
      return {name, name};
    }
    case GroupBy::body_class:
      return {entry.class_name, entry.class_name};
    case GroupBy::prefecture:
      return {entry.prefecture, state.catalog().bodies()[state.catalog().prefecture_of(body)].name};
    default:
      return {entry.code, entry.name};
  }
}

StatusReport finish(GroupBy by, std::vector<StatusRow> rows) {
  StatusReport report{by, std::move(rows), {.key = "overall", .name = "全体"}, std::nullopt};
  std::vector<std::pair<std::int64_t, std::int64_t>> rates;
  for (const StatusRow& row : report.rows) {
    add(report.overall, row);
    if (!row.all_unreported()) rates.emplace_back(row.finished, row.of);
  }
  report.mean = mean_rate(rates);
  return report;
}

// A prefecture itself carries only 児童扶養手当 and 生活保護 (tracker.md §2).
bool carries(const State& state, std::size_t body, const Business& business) {
  return !state.catalog().bodies()[body].is_prefecture() || business.key == "jido_fuyo" || business.key == "seiho";
}

StatusReport by_body(const State& state, GroupBy by) {
  Rows rows;
  const auto& bodies = by == GroupBy::prefecture_itself ? state.prefectures() : state.municipalities();
  for (const std::size_t body : bodies) {
    const auto [key, name] = key_of_body(state, body, by);
    StatusRow& row = rows.at(key, name);
    for (std::size_t i = 0; i < kBusinesses; ++i) {
      if (carries(state, body, Catalog::businesses()[i])) add(row, state.progress(body, i));
    }
  }
  return finish(by, rows.take());
}

StatusReport by_business(const State& state, GroupBy by) {
  Rows rows;
  for (std::size_t i = 0; i < kBusinesses; ++i) {
    const Business& business = Catalog::businesses()[i];
    StatusRow& row =
        by == GroupBy::business ? rows.at(business.key, business.name) : rows.at(business.ministry, business.ministry);
    for (const std::size_t body : state.municipalities()) add(row, state.progress(body, i));
  }
  return finish(by, rows.take());
}

base::Result<void> check_steps_known(const State& state) {
  for (const std::size_t body : state.municipalities()) {
    for (std::size_t i = 0; i < kBusinesses; ++i) {
      if (state.steps_import(body, i) != nullptr) return {};
    }
  }
  return base::fail(
      base::ErrorCode::usage,
      {"この時点では完了率だけが分かり、手順ごとの状況がありません。手順・作業項目・段階では集計できません",
       "only rates are known here, not the status of each step: no report by step, item or phase"},
      {},
      {"総務省の業務別ステップ別進捗一覧を取り込むか、--by municipality にしてください",
       "import the sheet of steps (業務別ステップ別進捗一覧), or use --by municipality"});
}

StatusReport by_step(const State& state, GroupBy by) {
  Rows rows;
  for (const Step& step : Catalog::steps()) {
    const std::string key = by == GroupBy::step   ? std::to_string(step.no)
                            : by == GroupBy::item ? step.item
                                                  : step.phase;
    StatusRow& row = rows.at(key, by == GroupBy::step ? step.name : key);
    for (const std::size_t body : state.municipalities()) {
      for (std::size_t i = 0; i < kBusinesses; ++i) add(row, state.step(body, i, step.no - 1));
    }
  }
  return finish(by, rows.take());
}

}  // namespace

std::string_view key_of(GroupBy by) { return kGroups[static_cast<std::size_t>(by)]; }

std::optional<GroupBy> find_group_by(std::string_view key) {
  const auto found = std::ranges::find(kGroups, key);
  if (found == kGroups.end()) return std::nullopt;
  return static_cast<GroupBy>(found - kGroups.begin());
}

std::optional<Rate> StatusRow::rate_without_not_applicable() const {
  if (!by_step || all_unreported()) return std::nullopt;
  return rate_of(finished - not_applicable, of - not_applicable);
}

base::Result<StatusReport> status_report(const State& state, GroupBy by) {
  switch (by) {
    case GroupBy::business:
    case GroupBy::ministry:
      return by_business(state, by);
    case GroupBy::step:
    case GroupBy::item:
    case GroupBy::phase:
      if (auto ok = check_steps_known(state); !ok) return tl::unexpected(ok.error());
      return by_step(state, by);
    default:
      return by_body(state, by);
  }
}

base::Result<StepReport> step_report(const State& state, std::size_t step) {
  if (auto ok = check_steps_known(state); !ok) return tl::unexpected(ok.error());
  StepReport report{.step = step, .rows = {}, .overall = {.key = "overall", .name = "全体"}, .unfinished = {}};
  for (const std::size_t body : state.municipalities()) {
    const Body& entry = state.catalog().bodies()[body];
    StatusRow& row = report.rows.emplace_back(StatusRow{.key = entry.code, .name = entry.name});
    for (std::size_t i = 0; i < kBusinesses; ++i) {
      const StepStatus status = state.step(body, i, step - 1);
      add(row, status);
      if (status != StepStatus::finished && status != StepStatus::not_applicable)
        report.unfinished.push_back({body, i, status});
    }
    add(report.overall, row);
  }
  return report;
}

}  // namespace hyojun::core
