// hyojun reconcile: what MIC's steps and Digital Agency's flags say of the same systems.
#include <fmt/format.h>
#include <hyojun/core/reconcile_report.h>

#include <array>

#include "commands.h"
#include "exit_code.h"
#include "report.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using core::Discrepancy;
using core::ReconcileReport;
using nlohmann::ordered_json;

base::Text text_of(Discrepancy finding) {
  constexpr std::array<std::string_view, core::kDiscrepancies> kEnglish = {
      "all 40 finished, and flagged", "at the threshold or above, and flagged", "below it, and flagged",
      "below it, and not flagged"};
  return {std::string(core::name_of(finding)), std::string(kEnglish[static_cast<std::size_t>(finding)])};
}

Report report_of(const core::State& state, const ReconcileReport& found) {
  const base::Text day = day_line(state.view());
  Report report{
      .title = {"突合（手順の完了率と特定移行支援の該当）" + day.ja, "Finished steps beside late systems, " + day.en},
      .tables = {}};
  ordered_json counts;
  for (std::size_t i = 0; i < core::kDiscrepancies; ++i) {
    const auto finding = static_cast<Discrepancy>(i);
    const base::Text name = text_of(finding);
    report.summary.emplace_back(fmt::format("{}: {}", name.ja, found.counts[i]),
                                fmt::format("{}: {}", name.en, found.counts[i]));
    counts[std::string(core::key_of(finding))] = found.counts[i];
  }
  report.summary.emplace_back(
      fmt::format("突き合わせた {} 業務、どちらかが分からない {} 業務", found.compared, found.not_compared),
      fmt::format("{} businesses compared, {} of which one is unknown", found.compared, found.not_compared));
  ReportTable table{.title = {"突合", "cells"},
                    .columns = {{{"コード", "code"}},
                                {{"団体", "name"}},
                                {{"業務", "business"}, Align::left, Fit::wrap},
                                {{"完了手順", "done"}, Align::right},
                                {{"特定移行支援", "late system"}},
                                {{"所見", "finding"}, Align::left, Fit::wrap}}};
  ordered_json cells = ordered_json::array();
  for (const core::ReconciledCell& cell : found.cells) {
    const core::Body& body = state.catalog().bodies()[cell.body];
    const core::Business& business = core::Catalog::businesses()[cell.business];
    table.rows.push_back({body.code, body.name, business.name, fmt::format("{}/40", cell.finished),
                          cell.late ? ReportText{"該当見込み", "flagged"} : ReportText{"該当なし", "not flagged"},
                          text_of(cell.finding)});
    cells.push_back({{"code", body.code},
                     {"business", business.key},
                     {"finished", cell.finished},
                     {"late", cell.late},
                     {"finding", core::key_of(cell.finding)}});
  }
  report.tables.push_back(std::move(table));
  report.basis = survey_lines(state, {core::Indicator::steps, core::Indicator::finished, core::Indicator::late});
  report.basis.emplace_back(
      fmt::format("目安は完了率 {} %（本ツールの目安。公式の基準ではない）、20業務", found.threshold),
      fmt::format("threshold {} % of the steps: this tool's own, not official; the 20 businesses", found.threshold));
  report.basis.emplace_back("二つの指標は並べて比べるだけで、合算しない",
                            "the two indicators are laid side by side, never added up");
  report.json = {{"schema", "hyojun.reconcile/1"},
                 {"as_of", state.view().as_of.iso()},
                 {"known_at", known_at_json(state.view())},
                 {"threshold", found.threshold},
                 {"counts", counts},
                 {"compared", found.compared},
                 {"not_compared", found.not_compared},
                 {"cells", cells},
                 {"basis", basis_json(report)}};
  report.minutes = fmt::format(
      "手順の完了率が{}％（本ツールの目安）未満で特定移行支援システムに該当しない業務は{}件、{}％以上で該当する業務は{}"
      "件である（{}時点、{}）。",
      found.threshold, found.counts[3], found.threshold, found.counts[0] + found.counts[1], state.view().as_of.wareki(),
      sources_text(state, {core::Indicator::steps, core::Indicator::finished, core::Indicator::late}));
  return report;
}

int run_reconcile(const ParsedArguments& arguments, Context& context) {
  constexpr std::uint64_t kDefaultThreshold = 80;
  const auto threshold = arguments.number("threshold", 0, 100);
  if (!threshold) return fail(context, threshold.error());
  const auto opened = open_state(arguments, {.progress = true, .late = true}, context);
  if (!opened) return fail(context, opened.error());
  const ReconcileReport found =
      core::reconcile_report(opened->state, static_cast<int>(threshold->value_or(kDefaultThreshold)));
  return write_report(report_of(opened->state, found), arguments, context,
                      found.cells.empty() ? kExitDone : kExitFound);
}

}  // namespace

const Command& reconcile_command() {
  static const Command command{
      .path = "reconcile",
      .summary = {"総務省とデジタル庁の資料を突き合わせる", "Lay MIC's figures beside Digital Agency's"},
      .description = {"同じ業務について、手順の完了率と特定移行支援の該当が合わないものを示します。\n\n終了コード 1: "
                      "所見がありました",
                      "Shows where the rate of finished steps and the flag of a late system do not fit "
                      "together.\n\nExit code 1: something was found"},
      .examples = {{{"hyojun reconcile --as-of 2026-01-31",
                     {"80 % を目安に突き合わせる", "with the threshold of 80 %"}},
                    {"hyojun reconcile --threshold 90 -o reconcile.xlsx",
                     {"目安を 90 % にして Excel に書く", "90 %, as a workbook"}}}},
      .options = tracker_report_options(
          {{.name = "threshold",
            .value = "PERCENT",
            .summary = {"目安の完了率 (0–100、なければ 80)", "The threshold, 0 to 100, default 80"},
            .group = OptionGroup::result}}),
      .run = run_reconcile,
  };
  return command;
}

}  // namespace hyojun::cli
