#include "hyojun/core/outlook_report.h"

#include <fmt/format.h>

#include <algorithm>

namespace hyojun::core {
namespace {

constexpr std::array<std::string_view, kOutlooks> kKeys = {"completed", "overdue", "late",
                                                           "undecided", "on_time", "unreported"};
constexpr std::array<std::pair<std::string_view, std::string_view>, kOutlooks> kNames = {
    {{"移行完了", "completed"},
     {"期限超過", "overdue"},
     {"特定移行支援システムあり", "late systems"},
     {"判断保留", "undecided"},
     {"期限内移行見込み", "on time"},
     {"未報告", "unreported"}}};

class Judge {
 public:
  Judge(const State& state, const OutlookOptions& options)
      : state_(state), options_(options), today_(state.view().as_of.iso()) {}

  BodyOutlook judge(std::size_t body) const {
    BodyOutlook found{.body = body, .outlook = Outlook::unreported};
    count_late(found);
    const FactValue* judgement = state_.fact(body, 0, "judgement");
    if (judgement != nullptr) describe(*judgement, found);
    decide(found);
    found.by_rule = found.outlook;
    if (options_.rule == OutlookRule::prefecture && judgement != nullptr) {
      const auto key = std::ranges::find(kKeys, judgement->value);
      found.outlook = static_cast<Outlook>(key - kKeys.begin());
      found.basis = found.judgement;
    }
    return found;
  }

 private:
  bool is_live(std::size_t body, std::size_t business) const {
    if (state_.is_set(body, business + 1, "on_standard")) return true;
    const FactValue* actual = state_.fact(body, business + 1, "golive_actual");
    return actual != nullptr && actual->value <= today_;
  }

  // 対象外 in all 40 steps: the body does not carry the business.
  bool is_applicable(std::size_t body, std::size_t business) const {
    return business >= kBusinesses || state_.progress(body, business).not_applicable < static_cast<int>(kSteps);
  }

  bool is_finished(std::size_t body, std::size_t business) const {
    if (is_live(body, business)) return true;
    return business < kBusinesses && state_.progress(body, business).finished == static_cast<int>(kSteps);
  }

  bool is_completed(std::size_t body) const {
    if (options_.with_kyotsu && !is_live(body, kBusinesses)) return false;
    for (std::size_t i = 0; i < kBusinesses; ++i) {
      if (!is_finished(body, i) && is_applicable(body, i)) return false;
    }
    return true;
  }

  std::string deadline_of(std::size_t body, std::size_t business) const {
    if (const FactValue* own = state_.fact(body, business + 1, "late_deadline")) return own->value;
    if (state_.late(body, business).value_or(false)) return "9999-12-31";
    return Catalog::deadline_on(today_).date;
  }

  // Businesses whose deadline has passed; only of what is known to be unfinished.
  std::size_t overdue(std::size_t body) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < kBusinesses; ++i) {
      const bool is_known = state_.progress(body, i).import != nullptr;
      count += is_known && !is_finished(body, i) && is_applicable(body, i) && deadline_of(body, i) < today_;
    }
    return count;
  }

  std::size_t undecided(std::size_t body) const {
    std::size_t count = 0;
    for (std::size_t i = 1; i <= kAllBusinesses; ++i) count += state_.is_set(body, i, "undecided");
    return count;
  }

  bool all_forecast_in_time(std::size_t body) const {
    std::size_t forecasts = 0;
    for (std::size_t i = 0; i < kBusinesses; ++i) {
      if (is_finished(body, i) || !is_applicable(body, i)) continue;
      const FactValue* forecast = state_.fact(body, i + 1, "golive_forecast");
      if (forecast == nullptr || forecast->value > deadline_of(body, i)) return false;
      ++forecasts;
    }
    return forecasts > 0;
  }

  bool is_covered_and_absent(std::size_t body) const {
    for (std::size_t i = 0; i < kAllBusinesses; ++i) {
      if (state_.late(body, i).value_or(true)) return false;
    }
    return true;
  }

  void count_late(BodyOutlook& found) const {
    for (std::size_t i = 0; i < kAllBusinesses; ++i) {
      if (!state_.late(found.body, i).value_or(false)) continue;
      ++found.late_systems;
      const FactValue* reason = state_.fact(found.body, i + 1, "late_reason");
      if (reason == nullptr) continue;
      const std::string& name = Catalog::late_reasons()[static_cast<std::size_t>(reason->value.front() - '1')];
      if (std::ranges::find(found.reasons, name) == found.reasons.end()) found.reasons.push_back(name);
    }
  }

  static void describe(const FactValue& judgement, BodyOutlook& found) {
    const auto key = std::ranges::find(kKeys, judgement.value);
    const base::Text name = name_of(static_cast<Outlook>(key - kKeys.begin()));
    const std::string& person = judgement.person.empty() ? judgement.import->actor : judgement.person;
    const std::string why = judgement.reason.empty() ? "" : "、" + judgement.reason;
    found.judgement = {fmt::format("県の見立て: {}（{}、{}{}）", name.ja, judgement.import->as_of, person, why),
                       fmt::format("the prefecture's view: {} ({}, {}{})", name.en, judgement.import->as_of, person,
                                   judgement.reason.empty() ? "" : ", " + judgement.reason)};
  }

  void decide(BodyOutlook& found) const {
    classify(found);
    // Shown with every class, though it decides only under --rule da.
    if (found.late_systems > 0 || !is_covered_and_absent(found.body)) return;
    found.basis.ja = "特定移行支援の該当なし。" + found.basis.ja;
    found.basis.en = "no late system; " + found.basis.en;
  }

  void classify(BodyOutlook& found) const {
    const std::size_t body = found.body;
    const auto set = [&found](Outlook outlook, base::Text basis) {
      found.outlook = outlook;
      found.basis = std::move(basis);
    };
    if (is_completed(body))
      return set(Outlook::completed, {"対象の業務がすべて移行完了", "all applicable businesses are finished"});
    if (const std::size_t count = overdue(body); count > 0)
      return set(Outlook::overdue, {fmt::format("期限を過ぎて未完了の業務 {}（特定移行支援システムを除く）", count),
                                    fmt::format("{} unfinished after their deadline (late systems apart)", count)});
    if (found.late_systems > 0)
      return set(Outlook::late, {fmt::format("特定移行支援システム {}", found.late_systems),
                                 fmt::format("{} late systems", found.late_systems)});
    if (const std::size_t count = undecided(body); count > 0)
      return set(Outlook::undecided,
                 {fmt::format("判断保留のシステム {}", count), fmt::format("{} undecided systems", count)});
    if (state_.is_set(body, 0, "forecast_on_time"))
      return set(Outlook::on_time, {"団体の見込み: 期限内に移行", "its own forecast: in time"});
    if (all_forecast_in_time(body))
      return set(Outlook::on_time, {"未完了の業務すべてに期限内の運用開始見込日",
                                    "each unfinished business has a forecast go-live in time"});
    if (options_.rule == OutlookRule::da && is_covered_and_absent(body))
      return set(Outlook::on_time, {"--rule da により期限内と数えた", "counted as in time by --rule da"});
    set(Outlook::unreported, {"見込みの報告なし", "no forecast reported"});
  }

  const State& state_;
  OutlookOptions options_;
  std::string today_;
};

}  // namespace

std::string_view key_of(Outlook outlook) { return kKeys[static_cast<std::size_t>(outlook)]; }
base::Text name_of(Outlook outlook) {
  const auto& [ja, en] = kNames[static_cast<std::size_t>(outlook)];
  return {std::string(ja), std::string(en)};
}

std::string_view key_of(OutlookRule rule) {
  constexpr std::string_view kRules[] = {"standard", "da", "prefecture"};
  return kRules[static_cast<std::size_t>(rule)];
}

std::vector<std::size_t> OutlookReport::expected() const {
  std::vector<std::size_t> bodies;
  for (const BodyOutlook& entry : municipalities) {
    if (entry.outlook == Outlook::completed || entry.outlook == Outlook::on_time) bodies.push_back(entry.body);
  }
  return bodies;
}

OutlookReport outlook_report(const State& state, const OutlookOptions& options) {
  const Judge judge(state, options);
  OutlookReport report{.options = options, .municipalities = {}, .prefectures = {}};
  for (const std::size_t body : state.municipalities()) {
    const BodyOutlook& entry = report.municipalities.emplace_back(judge.judge(body));
    ++report.counts[static_cast<std::size_t>(entry.outlook)];
    report.late_systems += entry.late_systems;
  }
  for (const std::size_t body : state.prefectures()) report.prefectures.push_back(judge.judge(body));
  return report;
}

}  // namespace hyojun::core
