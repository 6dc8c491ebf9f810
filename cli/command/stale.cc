// hyojun stale: of whom nothing was heard for long.
#include <fmt/format.h>
#include <hyojun/core/history_report.h>

#include "commands.h"
#include "exit_code.h"
#include "report.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using nlohmann::ordered_json;

Report report_of(const core::Store& store, const core::View& view, const std::vector<core::StaleBody>& found,
                 std::uint64_t days) {
  const base::Text day = day_line(view);
  Report report{.title = {fmt::format("{} 日を超えて報告のない団体 {}", days, day.ja),
                          fmt::format("Nothing heard for more than {} days, {}", days, day.en)},
                .tables = {}};
  report.summary.emplace_back(fmt::format("{} 団体", found.size()), fmt::format("{} municipalities", found.size()));
  ReportTable table{.title = {"報告のない団体", "silent"},
                    .columns = {{{"コード", "code"}},
                                {{"団体", "name"}},
                                {{"最後の基準日", "last as of"}},
                                {{"日数", "days"}, Align::right},
                                {{"様式", "form"}}}};
  ordered_json rows = ordered_json::array();
  for (const core::StaleBody& entry : found) {
    const core::Body& body = store.catalog().bodies()[entry.body];
    table.rows.push_back({body.code, body.name, entry.last ? ReportText(*entry.last) : ReportText{"報告なし", "never"},
                          entry.days ? std::to_string(*entry.days) : "", entry.form});
    rows.push_back({{"code", body.code},
                    {"name", body.name},
                    {"last", entry.last ? ordered_json(*entry.last) : ordered_json(nullptr)},
                    {"days", entry.days ? ordered_json(*entry.days) : ordered_json(nullptr)},
                    {"form", entry.form}});
  }
  report.tables.push_back(std::move(table));
  report.basis.emplace_back("基準日が最も新しい事実（調査の行、報告、覚書）からの日数。取り消された取込は数えない",
                            "days since the latest as-of of a survey, a report or a note; withdrawn ones do not count");
  report.json = {{"schema", "hyojun.stale/1"},
                 {"as_of", view.as_of.iso()},
                 {"known_at", known_at_json(view)},
                 {"days", days},
                 {"rows", rows},
                 {"basis", basis_json(report)}};
  report.minutes =
      fmt::format("{}日を超えて報告のない団体は{}団体である（{}時点）。", days, found.size(), view.as_of.wareki());
  return report;
}

int run_stale(const ParsedArguments& arguments, Context& context) {
  constexpr std::uint64_t kDefaultDays = 90;
  constexpr std::uint64_t kMostDays = 100'000;
  const auto days = arguments.number("days", 0, kMostDays);
  if (!days) return fail(context, days.error());
  const auto view = view_of(arguments);
  if (!view) return fail(context, view.error());
  const auto store = open_store(arguments, core::Store::Access::read, context);
  if (!store) return fail(context, store.error());
  const std::uint64_t limit = days->value_or(kDefaultDays);
  const auto found = core::stale(*store, *view, static_cast<std::int32_t>(limit));
  if (!found) return fail(context, found.error());
  return write_report(report_of(*store, *view, *found, limit), arguments, context,
                      found->empty() ? kExitDone : kExitFound);
}

}  // namespace

const Command& stale_command() {
  static const Command command{
      .path = "stale",
      .summary = {"長く報告のない団体を示す", "Who has not reported for long"},
      .description = {"終了コード 1: そのような団体がありました", "Exit code 1: there are such bodies"},
      .examples = {{{"hyojun stale", {"90日を超えて報告のない団体", "nothing heard for more than 90 days"}},
                    {"hyojun stale --days 31 --format csv",
                     {"31日を超えるものを CSV で", "more than 31 days, as CSV"}}}},
      .options =
          tracker_report_options({{.name = "days",
                                   .value = "N",
                                   .summary = {"何日を超えたら (なければ 90)", "More than N days, default 90"}}}),
      .run = run_stale,
  };
  return command;
}

}  // namespace hyojun::cli
