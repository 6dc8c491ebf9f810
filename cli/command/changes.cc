// hyojun changes: what changed between two days.
#include <fmt/format.h>
#include <hyojun/core/changes_report.h>

#include <array>

#include "commands.h"
#include "exit_code.h"
#include "report.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using core::Change;
using core::ChangeKind;
using nlohmann::ordered_json;

base::Text text_of(ChangeKind kind) {
  constexpr std::array<std::string_view, core::kChangeKinds> kEnglish = {
      "newly finished",    "went back",       "newly flagged",
      "no longer flagged", "go-live slipped", "slipped past the deadline"};
  return {std::string(core::name_of(kind)), std::string(kEnglish[static_cast<std::size_t>(kind)])};
}

ReportTable empty_table() {
  return {.title = {"変化", "changes"},
          .columns = {{{"種類", "kind"}},
                      {{"コード", "code"}},
                      {{"団体", "name"}},
                      {{"業務", "business"}, Align::left, Fit::wrap},
                      {{"手順", "step"}, Align::right},
                      {{"前", "before"}},
                      {{"後", "after"}},
                      {{"日数", "days"}, Align::right}}};
}

Report report_of(const core::State& before, const core::State& after, const core::ChangesReport& found) {
  const std::string from = before.view().as_of.iso();
  const std::string to = after.view().as_of.iso();
  Report report{
      .title = {fmt::format("{} から {} までの変化", from, to), fmt::format("Changes from {} to {}", from, to)},
      .tables = {}};
  ordered_json counts;
  std::string sentence;
  for (std::size_t i = 0; i < core::kChangeKinds; ++i) {
    const auto kind = static_cast<ChangeKind>(i);
    const base::Text name = text_of(kind);
    report.summary.emplace_back(fmt::format("{}: {}", name.ja, found.counts[i]),
                                fmt::format("{}: {}", name.en, found.counts[i]));
    counts[std::string(core::key_of(kind))] = found.counts[i];
    sentence += fmt::format("{}{}{}件", i == 0 ? "" : "、", core::name_of(kind), found.counts[i]);
  }
  report.summary.emplace_back(fmt::format("完了した手順: {}", found.steps_finished),
                              fmt::format("steps finished: {}", found.steps_finished));
  ReportTable table = empty_table();
  ordered_json changes = ordered_json::array();
  for (const Change& change : found.changes) {
    const core::Body& body = after.catalog().bodies()[change.body];
    const core::Business& business = core::Catalog::businesses()[change.business];
    table.rows.push_back({text_of(change.kind), body.code, body.name, business.name,
                          change.step == 0 ? "" : std::to_string(change.step), change.before, change.after,
                          change.days == 0 ? "" : std::to_string(change.days)});
    changes.push_back({{"kind", core::key_of(change.kind)},
                       {"code", body.code},
                       {"name", body.name},
                       {"business", business.key},
                       {"step", change.step == 0 ? ordered_json(nullptr) : ordered_json(change.step)},
                       {"before", change.before},
                       {"after", change.after},
                       {"days", change.days == 0 ? ordered_json(nullptr) : ordered_json(change.days)}});
  }
  report.tables.push_back(std::move(table));
  for (const bool is_after : {false, true}) {
    for (const ReportText& line : survey_lines(
             is_after ? after : before, {core::Indicator::steps, core::Indicator::finished, core::Indicator::late}))
      report.basis.emplace_back((is_after ? "後: " : "前: ") + line.ja, (is_after ? "after: " : "before: ") + line.en);
  }
  report.basis.emplace_back("両方の日に分かるものだけを比べる。後退には理由の確認が要る",
                            "only what is known on both days is compared; ask why where something went back");
  report.json = {{"schema", "hyojun.changes/1"},
                 {"from", from},
                 {"to", to},
                 {"known_at", known_at_json(after.view())},
                 {"counts", counts},
                 {"steps_finished", found.steps_finished},
                 {"changes", changes},
                 {"basis", basis_json(report)}};
  report.minutes = fmt::format(
      "{}から{}までに、{}であった（{}）。", before.view().as_of.wareki(), after.view().as_of.wareki(), sentence,
      sources_text(after, {core::Indicator::steps, core::Indicator::finished, core::Indicator::late}));
  return report;
}

int run_changes(const ParsedArguments& arguments, Context& context) {
  const auto from = date_option(arguments, "from");
  if (!from) return fail(context, from.error());
  if (!*from) {
    return fail(context,
                {base::ErrorCode::usage,
                 {"いつからの変化かを --from で指定してください", "say from which day with --from"},
                 {},
                 {"例: --from 2025-12-31 --as-of 2026-01-31", "for example --from 2025-12-31 --as-of 2026-01-31"}});
  }
  constexpr core::Needs kNeeds{.progress = true, .late = true, .facts = true};
  const auto after = open_state(arguments, kNeeds, context);
  if (!after) return fail(context, after.error());
  const auto before = core::State::read(after->store, {**from, after->state.view().known_at}, kNeeds);
  if (!before) return fail(context, before.error());
  const auto found = core::changes_report(*before, after->state);
  return write_report(report_of(*before, after->state, found), arguments, context,
                      found.changes.empty() ? kExitDone : kExitFound);
}

}  // namespace

const Command& changes_command() {
  static const Command command{
      .path = "changes",
      .summary = {"二つの日の間に変わったことを示す", "What changed between two days"},
      .description =
          {"新たに完了した業務、後退した手順、特定移行支援の増減、運用開始日の後ろ倒し、期限をまたいだものを示します。"
           "\n\n"
           "終了コード 1: 変化がありました",
           "Newly finished businesses, steps that went back, flags that came and went, go-lives that slipped, "
           "and those that crossed the deadline.\n\nExit code 1: something changed"},
      .examples = {{{"hyojun changes --from 2025-12-31 --as-of 2026-01-31", {"1か月の変化", "the changes of a month"}},
                    {"hyojun changes --from 2025-12-31 -o changes.xlsx",
                     {"今日までの変化を Excel に", "until today, as a workbook"}}}},
      .options = tracker_report_options({{.name = "from",
                                          .value = "DATE",
                                          .summary = {"いつから (--as-of まで)", "From which day (until --as-of)"},
                                          .group = OptionGroup::source}}),
      .run = run_changes,
  };
  return command;
}

}  // namespace hyojun::cli
