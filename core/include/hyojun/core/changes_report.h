// What changed between two days: newly finished, gone back, newly flagged, no longer flagged, slipped, past the
// deadline.
//
// Pure functions of two States of one store read with progress, late and facts.
#ifndef HYOJUN_CORE_CHANGES_REPORT_H_
#define HYOJUN_CORE_CHANGES_REPORT_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/core/state.h"

namespace hyojun::core {

enum class ChangeKind : std::uint8_t {
  newly_finished,  // a business reached 40/40
  regression,      // a step left 完了済み or 対象外; where only rates are known, fewer steps
  newly_late,      // now flagged 特定移行支援システム
  no_longer_late,
  slipped,           // a planned or forecast go-live moved to a later day
  crossed_deadline,  // … from before the deadline to after it
};
inline constexpr std::size_t kChangeKinds = 6;
std::string_view key_of(ChangeKind kind);
std::string_view name_of(ChangeKind kind);

struct Change {
  ChangeKind kind;
  std::size_t body;
  std::size_t business;  // from 0
  std::size_t step = 0;  // 1–40; 0: the whole business
  std::string before;    // 作業中, 31/40, 2026-03-01
  std::string after;
  std::int32_t days = 0;  // slipped, crossed: how far
};

struct ChangesReport {
  std::array<std::size_t, kChangeKinds> counts{};
  std::vector<Change> changes;     // by kind, then code, business, step
  std::size_t steps_finished = 0;  // step cells that became 完了済み or 対象外; only where both days know the steps
};

ChangesReport changes_report(const State& before, const State& after);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_CHANGES_REPORT_H_
