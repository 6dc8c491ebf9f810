#include "hyojun/core/changes_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace hyojun::core {
namespace {

bool is_done(StepStatus status) { return status == StepStatus::finished || status == StepStatus::not_applicable; }

class Comparison {
 public:
  Comparison(const State& before, const State& after) : before_(before), after_(after) {}

  ChangesReport run() {
    for (const std::size_t body : after_.municipalities()) {
      for (std::size_t i = 0; i < kAllBusinesses; ++i) {
        if (i < kBusinesses) compare_progress(body, i);
        compare_late(body, i);
        for (const std::string_view kind : {"golive_planned", "golive_forecast"}) compare_golive(body, i, kind);
      }
    }
    std::ranges::stable_sort(report_.changes, {}, &Change::kind);
    for (const Change& change : report_.changes) ++report_.counts[static_cast<std::size_t>(change.kind)];
    return std::move(report_);
  }

 private:
  static std::string of_forty(const Progress& progress) { return fmt::format("{}/{}", progress.finished, kSteps); }

  void compare_progress(std::size_t body, std::size_t business) {
    const Progress before = before_.progress(body, business);
    const Progress after = after_.progress(body, business);
    if (before.import == nullptr || after.import == nullptr) return;
    constexpr int kAll = static_cast<int>(kSteps);
    if (before.finished < kAll && after.finished == kAll)
      report_.changes.push_back({ChangeKind::newly_finished, body, business, 0, of_forty(before), of_forty(after)});
    if (before.by_step && after.by_step) {
      compare_steps(body, business);
    } else if (after.finished < before.finished) {
      report_.changes.push_back({ChangeKind::regression, body, business, 0, of_forty(before), of_forty(after)});
    }
  }

  void compare_steps(std::size_t body, std::size_t business) {
    for (std::size_t i = 0; i < kSteps; ++i) {
      const StepStatus before = before_.step(body, business, i);
      const StepStatus after = after_.step(body, business, i);
      if (is_done(after) && !is_done(before)) ++report_.steps_finished;
      if (!is_done(before) || is_done(after)) continue;
      report_.changes.push_back(
          {ChangeKind::regression, body, business, i + 1, std::string(name_of(before)), std::string(name_of(after))});
    }
  }

  void compare_late(std::size_t body, std::size_t business) {
    const auto before = before_.late(body, business);
    const auto after = after_.late(body, business);
    if (!before || !after || *before == *after) return;
    report_.changes.push_back({*after ? ChangeKind::newly_late : ChangeKind::no_longer_late, body, business, 0,
                               *before ? "該当見込み" : "該当なし", *after ? "該当見込み" : "該当なし"});
  }

  std::string deadline(std::size_t body, std::size_t business) const {
    if (const FactValue* own = after_.fact(body, business + 1, "late_deadline")) return own->value;
    return Catalog::deadline_on(after_.view().as_of.iso()).date;
  }

  void compare_golive(std::size_t body, std::size_t business, std::string_view kind) {
    const FactValue* before = before_.fact(body, business + 1, kind);
    const FactValue* after = after_.fact(body, business + 1, kind);
    if (before == nullptr || after == nullptr || after->value <= before->value) return;
    const auto first = base::parse_iso_date(before->value);
    const auto second = base::parse_iso_date(after->value);
    if (!first || !second) return;
    const std::int32_t days = second->days() - first->days();
    report_.changes.push_back({ChangeKind::slipped, body, business, 0, before->value, after->value, days});
    const std::string limit = deadline(body, business);
    if (before->value <= limit && after->value > limit)
      report_.changes.push_back({ChangeKind::crossed_deadline, body, business, 0, before->value, after->value, days});
  }

  const State& before_;
  const State& after_;
  ChangesReport report_;
};

}  // namespace

std::string_view key_of(ChangeKind kind) {
  constexpr std::string_view kKeys[] = {"newly_finished", "regression", "newly_late",
                                        "no_longer_late", "slipped",    "crossed_deadline"};
  return kKeys[static_cast<std::size_t>(kind)];
}

std::string_view name_of(ChangeKind kind) {
  constexpr std::string_view kNames[] = {"新たに完了", "完了からの後退",       "新たに該当見込み",
                                         "該当なしへ", "運用開始日の後ろ倒し", "期限をまたぐ後ろ倒し"};
  return kNames[static_cast<std::size_t>(kind)];
}

ChangesReport changes_report(const State& before, const State& after) { return Comparison(before, after).run(); }

}  // namespace hyojun::core
