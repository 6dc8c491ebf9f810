// hyojun gaiji history: who decided what when, and what took its place.
#include "gaiji_history.h"

#include <fmt/format.h>

#include "commands.h"
#include "context.h"
#include "decision_columns.h"
#include "exit_code.h"
#include "json_text.h"
#include "report.h"
#include "table_option.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using core::DecisionEntry;
using nlohmann::ordered_json;

// "2026-01-31 12:34" of a timestamp.
std::string minute_of(const std::string& timestamp) { return timestamp.substr(0, 10) + " " + timestamp.substr(11, 5); }

ReportText standing_of(const DecisionEntry& entry) {
  if (entry.withdrawn_by != 0)
    return {fmt::format("取込 {} で取消し", entry.withdrawn_by),
            fmt::format("withdrawn by import {}", entry.withdrawn_by)};
  const bool is_proposed = entry.recorded.decision.state == core::DecisionState::proposed;
  ReportText text = entry.is_in_force ? ReportText{"有効", "in force"}
                    : is_proposed     ? ReportText{"案", "a proposal"}
                                      : ReportText{"未確認", "unchecked"};
  if (entry.superseded_by == 0) return text;
  const std::string by = fmt::format("#{}", entry.superseded_by);
  if (!entry.is_in_force) return {by + " に変更", "superseded by " + by};
  return {"有効（" + by + " の確認まで）", "in force until " + by + " is checked"};
}

std::string signature(const std::string& person, const std::string& day) {
  return person.empty() ? "" : person + " " + day;
}

std::vector<ReportText> row_of(const DecisionEntry& entry, const charmap::Repertoire& repertoire) {
  const core::Decision& d = entry.recorded.decision;
  const std::string substitute = d.substitute.empty() ? "" : fmt::format("{}（{}）", d.substitute, d.reason);
  return {fmt::format("#{}", entry.recorded.id),
          minute_of(entry.recorded.recorded_at),
          d.gaiji.code,
          std::string(core::name_of(d.state)),
          std::string(d.category ? core::name_of(*d.category) : ""),
          d.target,
          app::text_of_name(repertoire, d.target),
          standing_of(entry),
          signature(d.decided_by, d.decided_on),
          signature(d.checked_by, d.checked_on),
          substitute,
          d.criterion,
          d.comment,
          d.gaiji.system,
          d.gaiji.encoding,
          d.table_version,
          d.font,
          std::string(d.added_searched ? app::kAddedSearched : app::kAddedMissing),
          entry.import.file,
          entry.import.actor,
          std::to_string(entry.recorded.import)};
}

ordered_json entry_json(const DecisionEntry& entry) {
  const core::Decision& d = entry.recorded.decision;
  const auto id_or_null = [](std::int64_t id) { return id == 0 ? ordered_json(nullptr) : ordered_json(id); };
  return {{"decision", entry.recorded.id},
          {"recorded_at", entry.recorded.recorded_at},
          {"system", d.gaiji.system},
          {"encoding", d.gaiji.encoding},
          {"code", d.gaiji.code},
          {"state", key_of(d.state)},
          {"category", d.category ? ordered_json(key_of(*d.category)) : ordered_json(nullptr)},
          {"target", text_or_null(d.target)},
          {"substitute", text_or_null(d.substitute)},
          {"reason", text_or_null(d.reason)},
          {"criterion", text_or_null(d.criterion)},
          {"comment", text_or_null(d.comment)},
          {"decided_by", text_or_null(d.decided_by)},
          {"decided_on", text_or_null(d.decided_on)},
          {"checked_by", text_or_null(d.checked_by)},
          {"checked_on", text_or_null(d.checked_on)},
          {"glyph", text_or_null(d.glyph)},
          {"table", d.table_version},
          {"font", text_or_null(d.font)},
          {"added_characters_searched", d.added_searched},
          {"import", entry.recorded.import},
          {"file", entry.import.file},
          {"actor", entry.import.actor},
          {"in_force", entry.is_in_force},
          {"superseded_by", id_or_null(entry.superseded_by)},
          {"withdrawn_by", id_or_null(entry.withdrawn_by)}};
}

std::vector<ReportColumn> columns() {
  return {{{"番号", "no."}, Align::right},
          {{"記録日時", "recorded"}},
          {{"外字コード", "code"}},
          {{"状態", "state"}},
          {{"区分", "category"}},
          {{"文字図形名", "name"}},
          {{"文字", "text"}},
          {{"扱い", "standing"}, Align::left, Fit::wrap},
          {{"決定", "decided"}, Align::left, Fit::wrap},
          {{"確認", "checked"}, Align::left, Fit::wrap},
          {{"代替文字", "substitute"}, Align::left, Fit::wrap},
          {{"基準", "criterion"}, Align::left, Fit::wrap},
          {{"コメント", "comment"}, Align::left, Fit::wrap},
          {{"システム", "system"}, Align::left, Fit::wrap},
          {{"文字コード", "encoding"}, Align::left, Fit::wrap},
          {{"文字表", "table"}, Align::left, Fit::wrap},
          {{"字形検索のフォント", "font"}, Align::left, Fit::wrap},
          {{"追加文字", "added characters"}, Align::left, Fit::wrap},
          {{"ファイル", "file"}, Align::left, Fit::wrap},
          {{"担当", "by"}, Align::left, Fit::wrap},
          {{"取込", "import"}, Align::left, Fit::wrap}};
}

Report report_of(const std::vector<DecisionEntry>& entries, const charmap::Repertoire& repertoire,
                 const std::optional<base::Date>& known_at) {
  Report report{.title = {"外字の決定の履歴", "History of decisions on gaiji"}, .tables = {}};
  ReportTable table{.title = {"決定", "decisions"}, .columns = columns()};
  ordered_json list = ordered_json::array();
  for (const DecisionEntry& entry : entries) {
    table.rows.push_back(row_of(entry, repertoire));
    list.push_back(entry_json(entry));
  }
  report.tables.push_back(std::move(table));
  if (known_at) report.basis.push_back({known_at->wareki() + "までの記録", "as recorded until " + known_at->iso()});
  report.basis.push_back({"記録の順。代わった決定、取り消された決定も示す",
                          "in the order of recording, superseded and withdrawn ones among them"});
  report.json = {{"schema", "hyojun.gaiji_history/1"},
                 {"known_at", known_at ? ordered_json(known_at->iso()) : ordered_json(nullptr)},
                 {"decisions", list}};
  return report;
}

int run_history(const ParsedArguments& arguments, Context& context) {
  const auto known_at = date_option(arguments, "known-at");
  if (!known_at) return fail(context, known_at.error());
  const auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  const auto store = open_store(arguments, core::Store::Access::read, context, Content::decisions);
  if (!store) return fail(context, store.error());
  auto all = core::decision_history(*store, *known_at);
  if (!all) return fail(context, all.error());
  const auto entries = app::choose_decisions(std::move(*all),
                                             {.codes = arguments.positionals(),
                                              .system = arguments.value("system").value_or(""),
                                              .encoding = arguments.value("encoding").value_or("")},
                                             **repertoire);
  if (!entries) return fail(context, entries.error());
  return write_report(report_of(*entries, **repertoire, *known_at), arguments, context, kExitDone);
}

std::vector<Option> history_options() {
  using enum OptionGroup;
  std::vector<Option> options = {
      db_option(),
      {.name = "system", .value = "NAME", .summary = {"このシステムだけ", "This system only"}, .group = source},
      {.name = "encoding", .value = "NAME", .summary = {"この文字コードだけ", "This encoding only"}, .group = source},
      {.name = "known-at",
       .value = "DATE",
       .summary = {"その日の終わりまでの記録で見る", "As recorded until the end of that day"},
       .group = source}};
  for (Option& option : report_options()) options.push_back(std::move(option));
  options.push_back(table_option());
  return options;
}

}  // namespace

const Command& gaiji_history_command() {
  static const Command command{
      .path = "gaiji history",
      .summary = {"外字ごとに、誰がいつ何を決めたかを示す", "Who decided what when on a gaiji"},
      .description =
          {"1つの外字の決定を記録の順に示します。新しい決定に代わったもの、取り消したものも残っています。コードを"
           "指定しなければ、すべての外字の決定を示します。",
           "Shows the decisions on a gaiji in the order of recording; superseded and withdrawn ones are still "
           "there. Without a code: the decisions on every gaiji."},
      .positionals = {.usage = "[CODE...]",
                      .min = 0,
                      .max = kUnbounded,
                      .summary = {"外字コード (0xF040、U+E000)", "gaiji codes (0xF040, U+E000)"}},
      .examples = {{{"hyojun gaiji history 0xF040 --db gaiji.db", {"1つの外字の決定", "the decisions on one gaiji"}},
                    {"hyojun gaiji history --db gaiji.db --system juki -o history.xlsx",
                     {"1つのシステムの決定すべて", "all decisions of a system"}}}},
      .options = history_options(),
      .run = run_history,
  };
  return command;
}

}  // namespace hyojun::cli
