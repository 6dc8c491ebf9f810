// hyojun history: who said what when.
#include <fmt/format.h>
#include <hyojun/core/history_report.h>

#include <map>

#include "commands.h"
#include "exit_code.h"
#include "report.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using core::Saying;
using nlohmann::ordered_json;

// "2026-01-31 12:34" of a timestamp.
std::string minute_of(const std::string& timestamp) { return timestamp.substr(0, 10) + " " + timestamp.substr(11, 5); }

ReportText withdrawal_mark(const core::ImportInfo& import, std::int64_t withdrawn_by) {
  ReportText mark("");
  if (withdrawn_by != 0)
    mark = {fmt::format("取込 {} で取消し", withdrawn_by), fmt::format("by import {}", withdrawn_by)};
  if (import.withdraws == 0) return mark;
  const std::string comma = mark.ja.empty() ? "" : "、";
  const std::string why = import.reason.empty() ? "" : ": " + import.reason;
  mark.ja += fmt::format("{}取込 {} の取消し{}", comma, import.withdraws, why);
  mark.en += fmt::format("{}withdraws import {}{}", comma.empty() ? "" : ", ", import.withdraws, why);
  return mark;
}

// Without a municipality: all imports, the numbers that undo asks for.
base::Result<Report> imports_report(const core::Store& store, const core::View& view) {
  const auto reading = store.read();
  if (!reading) return tl::unexpected(reading.error());
  const std::string until = view.known_at ? base::last_timestamp_of(*view.known_at) : "9999";
  std::map<std::int64_t, std::int64_t> withdrawn_by;
  for (const core::ImportInfo& import : core::standing_imports((*reading)->imports(), view.known_at)) {
    if (import.withdraws != 0) withdrawn_by[import.withdraws] = import.id;
  }
  Report report{.title = {"取込の一覧", "Imports"}, .tables = {}};
  ReportTable table{.title = {"取込", "imports"},
                    .columns = {{{"番号", "no."}, Align::right},
                                {{"記録日時", "recorded"}, Align::left, Fit::wrap},
                                {{"基準日", "as of"}},
                                {{"様式", "form"}},
                                {{"出典", "source"}, Align::left, Fit::wrap},
                                {{"ファイル", "file"}, Align::left, Fit::wrap},
                                {{"シート", "sheet"}, Align::left, Fit::wrap},
                                {{"担当", "by"}},
                                {{"取消し", "withdrawn"}, Align::left, Fit::wrap}}};
  ordered_json imports = ordered_json::array();
  for (const core::ImportInfo& import : (*reading)->imports()) {
    if (import.recorded_at > until) continue;
    const auto by = withdrawn_by.find(import.id);
    const bool is_withdrawn = by != withdrawn_by.end();
    table.rows.push_back({std::to_string(import.id), minute_of(import.recorded_at), import.as_of, import.form,
                          import.source, import.file, import.sheet, import.actor,
                          withdrawal_mark(import, is_withdrawn ? by->second : 0)});
    imports.push_back({{"id", import.id},
                       {"uid", import.uid},
                       {"recorded_at", import.recorded_at},
                       {"as_of", import.as_of},
                       {"form", import.form},
                       {"source", import.source},
                       {"file", import.file},
                       {"sheet", import.sheet},
                       {"sha256", import.sha256},
                       {"actor", import.actor},
                       {"tool", import.tool},
                       {"origin", import.origin},
                       {"withdraws", import.withdraws == 0 ? ordered_json(nullptr) : ordered_json(import.withdraws)},
                       {"withdrawn_by", is_withdrawn ? ordered_json(by->second) : ordered_json(nullptr)},
                       {"reason", import.reason}});
  }
  report.tables.push_back(std::move(table));
  report.json = {{"schema", "hyojun.history/1"}, {"known_at", known_at_json(view)}, {"imports", imports}};
  return report;
}

Report history_report(const core::Store& store, const core::View& view, const core::HistoryQuery& query,
                      const std::vector<Saying>& sayings) {
  const core::Body& body = store.catalog().bodies()[query.body];
  std::string subject = body.name;
  if (query.business > 0) subject += " " + core::Catalog::businesses()[query.business - 1].name;
  if (query.step > 0) subject += fmt::format(" 手順 {}", query.step);
  const base::Text day = day_line(view);
  Report report{.title = {subject + " の記録 " + day.ja, "What was said of " + subject + ", " + day.en}, .tables = {}};
  ReportTable table{.title = {"記録", "records"},
                    .columns = {{{"記録日時", "recorded"}, Align::left, Fit::wrap},
                                {{"基準日", "as of"}},
                                {{"項目", "subject"}, Align::left, Fit::wrap},
                                {{"業務", "business"}, Align::left, Fit::wrap},
                                {{"値", "value"}, Align::left, Fit::wrap},
                                {{"出典", "source"}, Align::left, Fit::wrap},
                                {{"担当", "by"}},
                                {{"取込", "import"}, Align::right},
                                {{"取消し", "withdrawn"}}}};
  ordered_json rows = ordered_json::array();
  for (const Saying& saying : sayings) {
    const std::string business = saying.business == 0 ? "" : core::Catalog::businesses()[saying.business - 1].name;
    table.rows.push_back({minute_of(saying.import.recorded_at), saying.import.as_of, saying.subject, business,
                          saying.value, saying.import.source, saying.import.actor, std::to_string(saying.import.id),
                          saying.withdrawn_by == 0 ? ReportText("")
                                                   : ReportText{fmt::format("取込 {}", saying.withdrawn_by),
                                                                fmt::format("import {}", saying.withdrawn_by)}});
    rows.push_back(
        {{"recorded_at", saying.import.recorded_at},
         {"as_of", saying.import.as_of},
         {"subject", saying.subject},
         {"business", saying.business == 0 ? ordered_json(nullptr)
                                           : ordered_json(core::Catalog::businesses()[saying.business - 1].key)},
         {"value", saying.value},
         {"import", saying.import.id},
         {"source", saying.import.source},
         {"actor", saying.import.actor},
         {"file", saying.import.file},
         {"withdrawn_by", saying.withdrawn_by == 0 ? ordered_json(nullptr) : ordered_json(saying.withdrawn_by)}});
  }
  report.tables.push_back(std::move(table));
  report.basis.emplace_back("記録の順。取り消された記録も示す", "in the order of recording, withdrawn ones among them");
  report.json = {{"schema", "hyojun.history/1"},
                 {"as_of", view.as_of.iso()},
                 {"known_at", known_at_json(view)},
                 {"code", body.code},
                 {"name", body.name},
                 {"rows", rows}};
  return report;
}

base::Result<core::HistoryQuery> query_of(const core::Store& store, const ParsedArguments& arguments) {
  const auto body = body_of(store, arguments.positionals().front());
  if (!body) return tl::unexpected(body.error());
  core::HistoryQuery query{.body = *body};
  if (const auto text = arguments.value("business")) {
    const auto business = business_number(*text);
    if (!business) return tl::unexpected(business.error());
    query.business = *business;
  }
  const auto step = arguments.number("step", 1, core::kSteps);
  if (!step) return tl::unexpected(step.error());
  query.step = static_cast<std::size_t>(step->value_or(0));
  if (query.step > 0 && query.business == 0) {
    return base::fail(base::ErrorCode::usage, {"--step には --business も要ります", "--step needs --business, too"}, {},
                      {"例: --business 住民記録 --step 32", "for example --business 住民記録 --step 32"});
  }
  return query;
}

int run_history(const ParsedArguments& arguments, Context& context) {
  const auto view = view_of(arguments);
  if (!view) return fail(context, view.error());
  const auto store = open_store(arguments, core::Store::Access::read, context, Content::any);
  if (!store) return fail(context, store.error());
  if (arguments.positionals().empty()) {
    const auto report = imports_report(*store, *view);
    if (!report) return fail(context, report.error());
    return write_report(*report, arguments, context, kExitDone);
  }
  const auto query = query_of(*store, arguments);
  if (!query) return fail(context, query.error());
  const auto sayings = core::history(*store, *view, *query);
  if (!sayings) return fail(context, sayings.error());
  return write_report(history_report(*store, *view, *query, *sayings), arguments, context, kExitDone);
}

}  // namespace

const Command& history_command() {
  static const Command command{
      .path = "history",
      .summary = {"誰がいつ何を報告したかを示す", "Who said what when"},
      .description = {"団体を指定しなければ、取込の一覧と番号を示します (hyojun undo で使う)。",
                      "Without a municipality: the list of imports and their numbers, which hyojun undo asks for."},
      .positionals = {.usage = "[MUNICIPALITY]",
                      .min = 0,
                      .max = 1,
                      .summary = {"団体のコードか名称", "its code or name"}},
      .examples = {{{"hyojun history", {"取込の一覧", "the list of imports"}},
                    {"hyojun history 282014 --business 住民記録 --step 32",
                     {"1つの手順の記録", "the records of one step"}}}},
      .options =
          tracker_report_options({{.name = "business", .value = "NAME", .summary = {"業務", "A business"}},
                                  {.name = "step", .value = "N", .summary = {"手順 (1–40)", "A step, 1 to 40"}}}),
      .run = run_history,
  };
  return command;
}

}  // namespace hyojun::cli
