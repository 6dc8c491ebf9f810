// What MIC's steps and Digital Agency's flags say of the same system, where both speak of it: four findings.
//
// Two indicators are laid side by side, never added up. The threshold (80 %) is 本ツールの目安, no official one.
// Pure functions of a State read with progress and late.
#ifndef HYOJUN_CORE_RECONCILE_REPORT_H_
#define HYOJUN_CORE_RECONCILE_REPORT_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "hyojun/core/state.h"

namespace hyojun::core {

enum class Discrepancy : std::uint8_t { complete_and_late, near_and_late, behind_and_late, behind_and_not_late };
inline constexpr std::size_t kDiscrepancies = 4;
std::string_view key_of(Discrepancy finding);
// Japanese, with the threshold's meaning: 完了率100%で該当, …
std::string_view name_of(Discrepancy finding);

struct ReconciledCell {
  std::size_t body;
  std::size_t business;  // from 0
  int finished;          // of 40
  bool late;
  Discrepancy finding;
};

struct ReconcileReport {
  int threshold = 80;  // percent; finished / 40 at or above it is near
  std::array<std::size_t, kDiscrepancies> counts{};
  std::vector<ReconciledCell> cells;  // by code, then business number
  std::size_t compared = 0;           // cells of which both speak
  std::size_t not_compared = 0;
};

// `threshold` is 0…100.
ReconcileReport reconcile_report(const State& state, int threshold);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_RECONCILE_REPORT_H_
