// 移行見込み: one class for each municipality at a date, the first that holds.
//
//   completed   移行完了                  every applicable business of the 20 live on a standard system, or 40/40 in
//   all 20 overdue     期限超過                  the deadline of an unfinished business has passed and it is not
//   recognised as late late        特定移行支援システムあり   a system is flagged, 共通機能 included undecided 判断保留
//   the decision whether a system is one is pending on_time     期限内移行見込み           by a forecast: the body's
//   own, or a forecast go-live by its deadline for every
//                                         business that is not live
//   unreported  未報告                    nothing of that is known
//
// Rule da also takes absence from a covered 結果一覧 for on_time, and the report says so. Rule prefecture lets the
// prefecture's own judgement (県の見立て) decide where there is one. Deadlines are per system: a late system's own,
// else the one in force (data/deadlines.tsv); a late system without one of its own is never overdue.
#ifndef HYOJUN_CORE_OUTLOOK_REPORT_H_
#define HYOJUN_CORE_OUTLOOK_REPORT_H_

#include <array>
#include <string>
#include <vector>

#include "hyojun/core/state.h"

namespace hyojun::core {

enum class Outlook : std::uint8_t { completed, overdue, late, undecided, on_time, unreported };
inline constexpr std::size_t kOutlooks = 6;
std::string_view key_of(Outlook outlook);  // "completed": JSON
base::Text name_of(Outlook outlook);       // 移行完了

enum class OutlookRule : std::uint8_t { standard, da, prefecture };
std::string_view key_of(OutlookRule rule);

struct OutlookOptions {
  OutlookRule rule = OutlookRule::standard;
  bool with_kyotsu = false;  // 共通機能 counts in completed, too
};

struct BodyOutlook {
  std::size_t body;
  Outlook outlook;
  std::size_t late_systems = 0;
  std::vector<std::string> reasons{};  // of the late systems: names of data/late_reasons.tsv, each once
  base::Text basis{"", ""};            // why this class
  base::Text judgement{"", ""};        // the prefecture's own, shown under every rule; empty: none
  // The class without the judgement; another one than `outlook` only under the rule prefecture.
  Outlook by_rule = Outlook::unreported;
};

struct OutlookReport {
  OutlookOptions options;
  std::vector<BodyOutlook> municipalities;  // in code order
  std::vector<BodyOutlook> prefectures;     // themselves; only late_systems and reasons count
  std::array<std::size_t, kOutlooks> counts{};
  std::size_t late_systems = 0;  // of municipalities

  // completed and on_time: 移行完了見込み.
  std::vector<std::size_t> expected() const;
};

// `state` needs progress, late and facts.
OutlookReport outlook_report(const State& state, const OutlookOptions& options);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_OUTLOOK_REPORT_H_
