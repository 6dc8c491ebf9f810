#include "hyojun/core/reconcile_report.h"

#include <optional>

namespace hyojun::core {
namespace {

std::optional<Discrepancy> finding_of(int finished, bool late, int threshold) {
  const int steps = static_cast<int>(kSteps);
  const bool is_near = finished * 100 >= threshold * steps;
  if (late && finished == steps) return Discrepancy::complete_and_late;
  if (late) return is_near ? Discrepancy::near_and_late : Discrepancy::behind_and_late;
  if (!is_near) return Discrepancy::behind_and_not_late;
  return std::nullopt;
}

}  // namespace

std::string_view key_of(Discrepancy finding) {
  constexpr std::string_view kKeys[] = {"complete_and_late", "near_and_late", "behind_and_late", "behind_and_not_late"};
  return kKeys[static_cast<std::size_t>(finding)];
}

std::string_view name_of(Discrepancy finding) {
  constexpr std::string_view kNames[] = {"完了率100%で特定移行支援に該当", "目安以上で特定移行支援に該当",
                                         "目安未満で特定移行支援に該当", "目安未満で特定移行支援に該当なし"};
  return kNames[static_cast<std::size_t>(finding)];
}

ReconcileReport reconcile_report(const State& state, int threshold) {
  ReconcileReport report{.threshold = threshold, .cells = {}};
  for (const std::size_t body : state.municipalities()) {
    for (std::size_t i = 0; i < kBusinesses; ++i) {
      const Progress progress = state.progress(body, i);
      const std::optional<bool> late = state.late(body, i);
      if (progress.import == nullptr || !late) {
        ++report.not_compared;
        continue;
      }
      ++report.compared;
      const auto finding = finding_of(progress.finished, *late, threshold);
      if (!finding) continue;
      ++report.counts[static_cast<std::size_t>(*finding)];
      report.cells.push_back({body, i, progress.finished, *late, *finding});
    }
  }
  return report;
}

}  // namespace hyojun::core
