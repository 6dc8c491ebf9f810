// hyojun outlook: who will be in time, who is late and why.
#include <fmt/format.h>
#include <hyojun/core/outlook_report.h>

#include <algorithm>
#include <map>

#include "commands.h"
#include "exit_code.h"
#include "report.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using core::BodyOutlook;
using core::Outlook;
using core::OutlookReport;
using nlohmann::ordered_json;

std::string join(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& entry : list) text += (text.empty() ? "" : "、") + entry;
  return text;
}

// 14市町（11市3町：…）: what officers write; the kinds of bodies that occur, in the order 市 区 町 村.
std::string counted_names(const core::State& state, const std::vector<std::size_t>& bodies) {
  const std::vector<std::string> kinds = {"市", "区", "町", "村"};
  std::map<std::string, std::size_t> count;
  std::vector<std::string> names;
  for (const std::size_t body : bodies) {
    const std::string& name = state.catalog().bodies()[body].name;
    names.push_back(name);
    for (const std::string& kind : kinds) count[kind] += name.ends_with(kind);
  }
  std::string all;
  std::string parts;
  for (const std::string& kind : kinds) {
    if (count[kind] == 0) continue;
    all += kind;
    parts += std::to_string(count[kind]) + kind;
  }
  return fmt::format("{}{}（{}：{}）", bodies.size(), all, parts, join(names));
}

std::string minutes_of(const core::State& state, const OutlookReport& found) {
  const std::string basis =
      fmt::format("（{}時点、{}）", state.view().as_of.wareki(),
                  sources_text(state, {core::Indicator::steps, core::Indicator::finished, core::Indicator::late}));
  const std::vector<std::size_t> expected = found.expected();
  if (expected.empty()) return "移行完了見込みの市区町村はない" + basis + "。";
  return "移行完了見込みは" + counted_names(state, expected) + "である" + basis + "。";
}

ordered_json body_json(const core::State& state, const BodyOutlook& entry) {
  const core::Body& body = state.catalog().bodies()[entry.body];
  ordered_json out = {{"code", body.code},
                      {"name", body.name},
                      {"outlook", core::key_of(entry.outlook)},
                      {"late_systems", entry.late_systems},
                      {"reasons", entry.reasons},
                      {"basis", entry.basis.ja}};
  out["judgement"] = entry.judgement.ja.empty() ? ordered_json(nullptr) : ordered_json(entry.judgement.ja);
  out["outlook_by_rule"] = core::key_of(entry.by_rule);
  return out;
}

ordered_json itself_json(const core::State& state, const BodyOutlook& entry, bool with_name) {
  const core::Body& body = state.catalog().bodies()[entry.body];
  ordered_json out;
  if (with_name) out = {{"code", body.code}, {"name", body.name}};
  out["late_systems"] = entry.late_systems;
  out["reasons"] = entry.reasons;
  return out;
}

ordered_json json_of(const core::State& state, const OutlookReport& found) {
  ordered_json names = ordered_json::array();
  for (const std::size_t body : found.expected()) names.push_back(state.catalog().bodies()[body].name);
  ordered_json counts;
  for (std::size_t i = 0; i < core::kOutlooks; ++i)
    counts[std::string(core::key_of(static_cast<Outlook>(i)))] = found.counts[i];
  ordered_json municipalities = ordered_json::array();
  for (const BodyOutlook& entry : found.municipalities) municipalities.push_back(body_json(state, entry));
  ordered_json itself = nullptr;
  if (found.prefectures.size() == 1) itself = itself_json(state, found.prefectures.front(), false);
  if (found.prefectures.size() > 1) {
    itself = ordered_json::array();
    for (const BodyOutlook& entry : found.prefectures) itself.push_back(itself_json(state, entry, true));
  }
  return {{"schema", "hyojun.outlook/1"},
          {"as_of", state.view().as_of.iso()},
          {"known_at", known_at_json(state.view())},
          {"rule", core::key_of(found.options.rule)},
          {"expected", {{"count", found.expected().size()}, {"names", names}}},
          {"counts", counts},
          {"late_systems", found.late_systems},
          {"municipalities", municipalities},
          {"prefecture_itself", itself}};
}

std::vector<ReportText> basis_of(const core::State& state, const OutlookReport& found) {
  std::vector<ReportText> lines =
      survey_lines(state, {core::Indicator::steps, core::Indicator::finished, core::Indicator::late});
  const core::Deadline& deadline = core::Catalog::deadline_on(state.view().as_of.iso());
  lines.emplace_back(fmt::format("期限: {}（{}、{}）。個別の期限がある特定移行支援システムはその期限", deadline.name,
                                 deadline.date, deadline.source),
                     fmt::format("deadline: {} ({}, {}); a late system's own where it has one", deadline.name,
                                 deadline.date, deadline.source));
  lines.emplace_back(
      "区分は 移行完了・期限超過・特定移行支援システムあり・判断保留・期限内移行見込み・未報告 "
      "の順に、最初に当たるもの",
      "the first class that holds: completed, overdue, late systems, undecided, on time, unreported");
  lines.emplace_back("移行完了見込み = 移行完了 + 期限内移行見込み", "expected = completed + on time");
  lines.emplace_back("特定移行支援の一覧にないこと（該当なし）だけでは、期限内移行見込みとしない",
                     "absence from the list of late systems alone makes nobody on time");
  if (found.options.rule == core::OutlookRule::da)
    lines.emplace_back("--rule da: 一覧の対象で該当のない団体を期限内移行見込みと数えた",
                       "--rule da: who is covered by the list and absent from it was counted as on time");
  if (found.options.rule == core::OutlookRule::prefecture)
    lines.emplace_back("--rule prefecture: 県の見立てがある団体は、それで区分した",
                       "--rule prefecture: the prefecture's view decided where there is one");
  lines.emplace_back(found.options.with_kyotsu
                         ? ReportText{"共通機能を移行完了の条件に含む（--with-kyotsu）",
                                      "共通機能 is needed for completed, too (--with-kyotsu)"}
                         : ReportText{"共通機能は特定移行支援システムの数に含み、移行完了の条件に含まない",
                                      "共通機能 counts among the late systems, and is not needed for completed"});
  return lines;
}

ReportTable table_of(const core::State& state, const OutlookReport& found) {
  ReportTable table{.title = {"移行見込み", "outlook"},
                    .columns = {{{"コード", "code"}},
                                {{"団体", "name"}},
                                {{"区分", "class"}},
                                {{"該当システム", "late"}, Align::right},
                                {{"事由", "reasons"}, Align::left, Fit::wrap},
                                {{"判断の根拠", "basis"}, Align::left, Fit::wrap},
                                {{"県の見立て", "prefecture's view"}, Align::left, Fit::wrap},
                                {{"規則による区分", "class by rule"}, Align::left, Fit::wrap}}};
  for (const BodyOutlook& entry : found.municipalities) {
    const core::Body& body = state.catalog().bodies()[entry.body];
    table.rows.push_back({body.code, body.name, core::name_of(entry.outlook), std::to_string(entry.late_systems),
                          join(entry.reasons), entry.basis, entry.judgement,
                          entry.judgement.ja.empty() ? ReportText("") : ReportText(core::name_of(entry.by_rule))});
  }
  return table;
}

Report report_of(const core::State& state, const OutlookReport& found) {
  const base::Text day = day_line(state.view());
  Report report{.title = {"移行見込み " + day.ja, "Outlook " + day.en}, .tables = {table_of(state, found)}};
  report.summary.emplace_back(fmt::format("移行完了見込み {}、特定移行支援システム {}（{} 市区町村）",
                                          found.expected().size(), found.late_systems, found.municipalities.size()),
                              fmt::format("expected {}, late systems {} (of {} municipalities)",
                                          found.expected().size(), found.late_systems, found.municipalities.size()));
  ReportText counts("");
  for (std::size_t i = 0; i < core::kOutlooks; ++i) {
    const base::Text name = core::name_of(static_cast<Outlook>(i));
    counts.ja += fmt::format("{}{} {}", i == 0 ? "" : "、", name.ja, found.counts[i]);
    counts.en += fmt::format("{}{} {}", i == 0 ? "" : ", ", name.en, found.counts[i]);
  }
  report.summary.push_back(counts);
  for (const BodyOutlook& entry : found.prefectures) {
    if (entry.late_systems == 0) continue;
    const std::string& name = state.catalog().bodies()[entry.body].name;
    report.summary.emplace_back(fmt::format("{}自身の特定移行支援システム {}", name, entry.late_systems),
                                fmt::format("{} itself: {} late systems", name, entry.late_systems));
  }
  report.basis = basis_of(state, found);
  report.json = json_of(state, found);
  report.json["basis"] = basis_json(report);
  report.minutes = minutes_of(state, found);
  return report;
}

int run_outlook(const ParsedArguments& arguments, Context& context) {
  const auto opened = open_state(arguments, {.progress = true, .late = true, .facts = true}, context);
  if (!opened) return fail(context, opened.error());
  const std::string rule = arguments.value("rule").value_or("standard");
  const core::OutlookOptions options{.rule = rule == "da"           ? core::OutlookRule::da
                                             : rule == "prefecture" ? core::OutlookRule::prefecture
                                                                    : core::OutlookRule::standard,
                                     .with_kyotsu = arguments.has("with-kyotsu")};
  return write_report(report_of(opened->state, core::outlook_report(opened->state, options)), arguments, context,
                      kExitDone);
}

}  // namespace

const Command& outlook_command() {
  static const Command command{
      .path = "outlook",
      .summary = {"移行見込みを団体ごとに区分する", "Class each municipality by its outlook"},
      .description =
          {"各市区町村を、移行完了・期限超過・特定移行支援システムあり・判断保留・期限内移行見込み・未報告 "
           "のうち最初に当たる"
           "ものに区分します。一覧にないことだけでは期限内としません。--rule da はそう数え、数えたと示します。--rule "
           "prefecture は県の見立てを優先します。",
           "Puts each municipality into the first class that holds: completed, overdue, late, undecided, "
           "on_time, unreported. Absence from the list of late systems makes nobody on_time, except under "
           "--rule da, which says so. --rule prefecture lets the prefecture's own judgement decide."},
      .examples = {{{"hyojun outlook --format minutes", {"議事録に使える1文", "one sentence for the minutes"}},
                    {"hyojun outlook --rule da --as-of 2025-12-31 --json",
                     {"ある日の区分を JSON で", "the classes of a day as JSON"}}}},
      .options = tracker_report_options(
          {{.name = "rule",
            .choices = {"standard", "da", "prefecture"},
            .summary = {"区分の規則", "The rule"},
            .group = OptionGroup::result},
           {.name = "with-kyotsu", .summary = {"移行完了に共通機能も求める", "completed needs 共通機能, too"}}}),
      .run = run_outlook,
  };
  return command;
}

}  // namespace hyojun::cli
