// hyojun status: how far is everyone.
#include <fmt/format.h>
#include <hyojun/core/status_report.h>

#include "commands.h"
#include "exit_code.h"
#include "report.h"
#include "status_theme.h"
#include "table_view.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using core::StatusReport;
using core::StatusRow;
using nlohmann::ordered_json;

ReportText formula() {
  return {"完了率 =（完了済み + 対象外）÷ 手順の数（1業務 40）。四捨五入して小数第2位まで",
          "rate = (完了済み + 対象外) / steps, 40 a business; rounded half up to two decimals"};
}

ordered_json rate_json(const std::optional<core::Rate>& rate) {
  return rate ? ordered_json(static_cast<double>(*rate) / 100) : ordered_json(nullptr);
}

ordered_json row_json(const StatusRow& row) {
  const bool known = row.by_step && !row.all_unreported();
  const auto part = [known](std::int64_t count) { return known ? ordered_json(count) : ordered_json(nullptr); };
  return {{"key", row.key},
          {"name", row.name},
          {"finished", row.all_unreported() ? ordered_json(nullptr) : ordered_json(row.finished)},
          {"not_applicable", part(row.not_applicable)},
          {"in_progress", part(row.in_progress)},
          {"not_started", part(row.not_started)},
          {"unreported", row.unreported},
          {"of", row.of},
          {"rate", rate_json(row.rate())},
          {"rate_without_not_applicable", rate_json(row.rate_without_not_applicable())}};
}

std::string percent(const std::optional<core::Rate>& rate) { return rate ? core::show_rate(*rate) : "-"; }

std::vector<ReportText> cells_of(const StatusRow& row, bool with_key) {
  const bool known = row.by_step && !row.all_unreported();
  const auto part = [known](std::int64_t count) { return known ? std::to_string(count) : std::string("-"); };
  std::vector<ReportText> cells;
  if (with_key) cells.push_back(row.key);
  cells.insert(cells.end(),
               {row.name, percent(row.rate()), row.all_unreported() ? "-" : std::to_string(row.finished),
                std::to_string(row.of), part(row.not_applicable), part(row.in_progress), part(row.not_started),
                std::to_string(row.unreported), percent(row.rate_without_not_applicable())});
  return cells;
}

ReportTable table_of(const std::vector<StatusRow>& rows, const StatusRow& overall, bool with_key, Fit names) {
  ReportTable table{.title = {"完了率", "rates"}, .columns = {}};
  if (with_key) table.columns.push_back({{"コード", "code"}});
  table.columns.insert(table.columns.end(), {{{"名称", "name"}, Align::left, names},
                                             {{"完了率%", "rate%"}, Align::right},
                                             {{"完了", "done"}, Align::right},
                                             {{"手順数", "steps"}, Align::right},
                                             {"対象外", Align::right},
                                             {"作業中", Align::right},
                                             {"未着手", Align::right},
                                             {"未報告", Align::right},
                                             {{"対象外を除く%", "without%"}, Align::right}});
  for (const StatusRow& row : rows) table.rows.push_back(cells_of(row, with_key));
  std::vector<ReportText> sum = cells_of(overall, with_key);
  if (with_key) sum.front() = "";
  sum[with_key ? 1 : 0] = {"全体", "all"};
  table.rows.push_back(std::move(sum));
  return table;
}

// What is no name already: codes, keys and numbers.
bool has_key(core::GroupBy by) {
  using core::GroupBy;
  return by == GroupBy::municipality || by == GroupBy::business || by == GroupBy::step || by == GroupBy::prefecture ||
         by == GroupBy::prefecture_itself;
}

std::vector<ReportText> basis_of(const core::State& state, bool steps_only) {
  std::vector<ReportText> lines = steps_only ? survey_lines(state, {core::Indicator::steps})
                                             : survey_lines(state, {core::Indicator::steps, core::Indicator::finished});
  lines.push_back(formula());
  lines.emplace_back("対象外は完了に含まれる。対象外を除く% は、対象外を分子と分母の両方から除いた率",
                     "対象外 is part of done; without% leaves it out of both numbers");
  if (!steps_only)
    lines.emplace_back(
        "業務ごとに、基準日の新しい調査を使う（同じ日なら手順ごとの状況）。完了率だけの業務は内訳を - とする",
        "each business by its latest survey, by step where both are of one day; - where only a rate is known");
  return lines;
}

bool is_by_step(core::GroupBy by) {
  return by == core::GroupBy::step || by == core::GroupBy::item || by == core::GroupBy::phase;
}

Report status_of(const core::State& state, const StatusReport& found) {
  const base::Text day = day_line(state.view());
  const Fit names = found.by == core::GroupBy::step ? Fit::wrap : Fit::keep;
  Report report{.title = {"移行の進捗 " + day.ja, "Progress of the migration " + day.en},
                .tables = {table_of(found.rows, found.overall, has_key(found.by), names)}};
  std::size_t counted = 0;
  for (const StatusRow& row : found.rows) counted += !row.all_unreported();
  report.summary.emplace_back(fmt::format("平均 {} %（{} 行の平均、未報告 {} 行を除く）", percent(found.mean), counted,
                                          found.rows.size() - counted),
                              fmt::format("mean {} % (of {} rows, {} unreported ones left out)", percent(found.mean),
                                          counted, found.rows.size() - counted));
  report.basis = basis_of(state, is_by_step(found.by));
  ordered_json rows = ordered_json::array();
  for (const StatusRow& row : found.rows) rows.push_back(row_json(row));
  report.json = {{"schema", "hyojun.status/1"},
                 {"as_of", state.view().as_of.iso()},
                 {"known_at", known_at_json(state.view())},
                 {"by", core::key_of(found.by)},
                 {"rows", rows},
                 {"overall", row_json(found.overall)},
                 {"mean_rate", rate_json(found.mean)},
                 {"basis", basis_json(report)}};
  if (found.by == core::GroupBy::municipality && found.mean) {
    report.minutes =
        fmt::format("標準準拠システムへの移行の手順の完了率は、{}市区町村の平均で{}％である（{}時点、{}）。", counted,
                    core::show_rate(*found.mean), state.view().as_of.wareki(),
                    sources_text(state, {core::Indicator::steps, core::Indicator::finished}));
  }
  return report;
}

std::optional<core::Rate> mean_of(const std::vector<StatusRow>& rows) {
  std::vector<std::pair<std::int64_t, std::int64_t>> rates;
  for (const StatusRow& row : rows) {
    if (!row.all_unreported()) rates.emplace_back(row.finished, row.of);
  }
  return core::mean_rate(rates);
}

Report step_of(const core::State& state, const core::StepReport& found) {
  const core::Step& step = core::Catalog::steps()[found.step - 1];
  const base::Text day = day_line(state.view());
  Report report{.title = {fmt::format("手順 {}（{}）が完了していない業務 {}", step.no, step.name, day.ja),
                          fmt::format("Step {} ({}): who has not finished it, {}", step.no, step.name, day.en)},
                .tables = {}};
  ReportTable open{.title = {"未完了", "unfinished"},
                   .columns = {{{"コード", "code"}},
                               {{"団体", "name"}},
                               {{"業務", "business"}, Align::left, Fit::wrap},
                               {{"状況", "status"}}}};
  ordered_json cells = ordered_json::array();
  std::vector<std::string> names;
  for (const core::StepCell& cell : found.unfinished) {
    const core::Body& body = state.catalog().bodies()[cell.body];
    const core::Business& business = core::Catalog::businesses()[cell.business];
    open.rows.push_back({body.code, body.name, business.name, std::string(core::name_of(cell.status))});
    cells.push_back(
        {{"code", body.code}, {"name", body.name}, {"business", business.key}, {"status", core::name_of(cell.status)}});
    if (names.empty() || names.back() != body.name) names.push_back(body.name);
  }
  report.tables.push_back(std::move(open));
  report.tables.push_back(table_of(found.rows, found.overall, true, Fit::keep));
  report.summary.emplace_back(
      fmt::format("未完了 {} 業務（{} 団体）、全体 {} 業務", found.unfinished.size(), names.size(), found.overall.of),
      fmt::format("{} businesses of {} bodies, of {} in all", found.unfinished.size(), names.size(), found.overall.of));
  report.basis = basis_of(state, true);
  ordered_json rows = ordered_json::array();
  for (const StatusRow& row : found.rows) rows.push_back(row_json(row));
  report.json = {{"schema", "hyojun.status/1"},
                 {"as_of", state.view().as_of.iso()},
                 {"known_at", known_at_json(state.view())},
                 {"by", "municipality"},
                 {"step", step.no},
                 {"rows", rows},
                 {"overall", row_json(found.overall)},
                 {"mean_rate", rate_json(mean_of(found.rows))},
                 {"unfinished", cells},
                 {"basis", basis_json(report)}};
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : "、") + name;
  report.minutes =
      fmt::format("手順{}「{}」が完了していない業務があるのは{}団体（{}）である（{}時点、{}）。", step.no, step.name,
                  names.size(), list, state.view().as_of.wareki(), sources_text(state, {core::Indicator::steps}));
  return report;
}

int run_status(const ParsedArguments& arguments, Context& context) {
  const auto opened =
      open_state(arguments, {.progress = true, .facts = true, .notes = arguments.has("theme")}, context);
  if (!opened) return fail(context, opened.error());
  if (const auto theme = arguments.value("theme")) {
    return write_report(theme_report(opened->state, *theme), arguments, context, kExitDone);
  }
  const auto step = arguments.number("step", 1, core::kSteps);
  if (!step) return fail(context, step.error());
  if (*step) {
    const auto found = core::step_report(opened->state, static_cast<std::size_t>(**step));
    if (!found) return fail(context, found.error());
    return write_report(step_of(opened->state, *found), arguments, context, kExitDone);
  }
  const auto by = core::find_group_by(arguments.value("by").value_or("municipality"));
  const auto found = core::status_report(opened->state, *by);
  if (!found) return fail(context, found.error());
  return write_report(status_of(opened->state, *found), arguments, context, kExitDone);
}

}  // namespace

const Command& status_command() {
  static const Command command{
      .path = "status",
      .summary = {"どこまで進んだかを集計する", "How far everyone has come"},
      .description =
          {"総務省の手順の完了率を、団体、業務、手順などで集計します。完了率だけが分かる時点では、手順・作業項目・段階"
           "での集計はできません。",
           "The completion of MIC's 40 steps by body, business, step and so on. Where only rates are known, "
           "there is no report by step, item or phase."},
      .examples = {{{"hyojun status --as-of 2026-01-31", {"市区町村ごとの完了率", "the rate of each municipality"}},
                    {"hyojun status --step 32 --format minutes",
                     {"手順 32 が終わっていない団体", "who has not finished step 32"}}}},
      .options = tracker_report_options(
          {{.name = "by",
            .value = "UNIT",
            .choices = {"municipality", "business", "step", "item", "phase", "ministry", "region", "class",
                        "prefecture", "prefecture-itself"},
            .summary = {"集計の単位 (なければ municipality)", "What the rows are, default municipality"},
            .details =
                {"municipality、business、step、item、phase、ministry、region、class、prefecture、prefecture-itself。",
                 "municipality, business, step, item, phase, ministry, region, class, prefecture or "
                 "prefecture-itself."},
            .group = OptionGroup::result},
           {.name = "theme",
            .value = "NAME",
            .summary = {"主題 (文字同定など) の件数・手順・覚書を1ページに",
                        "Figures, steps and notes of a theme such as 文字同定"}},
           {.name = "step",
            .value = "N",
            .summary = {"手順 N (1–40) が完了していない業務の一覧", "Who has not finished step N (1 to 40)"}}}),
      .run = run_status,
  };
  return command;
}

}  // namespace hyojun::cli
