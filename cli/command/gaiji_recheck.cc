// hyojun gaiji recheck: which decisions are affected by a new table, layer or font?
#include "gaiji_recheck.h"

#include <fmt/format.h>

#include <map>
#include <set>

#include "commands.h"
#include "context.h"
#include "decision_book_option.h"
#include "decision_columns.h"
#include "exit_code.h"
#include "gaiji_font_option.h"
#include "gaiji_reference_option.h"
#include "json_text.h"
#include "report.h"
#include "table_option.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using app::RecheckRow;
using nlohmann::ordered_json;

Report report_of(const std::vector<RecheckRow>& rows, const charmap::Repertoire& repertoire) {
  Report report{.title = {"見直しが要る決定", "Decisions to look at again"}, .tables = {}};
  std::set<std::string> gaiji;
  std::map<app::RecheckReason, std::size_t> reasons;  // in the order of their weight
  ReportTable table{.title = {"決定", "decisions"},
                    .columns = {{{"システム", "system"}},
                                {{"文字コード", "encoding"}},
                                {{"外字コード", "code"}},
                                {{"文字図形名", "name"}},
                                {{"区分", "category"}},
                                {{"理由", "reason"}, Align::left, Fit::wrap},
                                {{"詳細", "detail"}, Align::left, Fit::wrap}}};
  ordered_json list = ordered_json::array();
  for (const RecheckRow& row : rows) {
    const core::Decision& d = row.decision->decision;
    ++reasons[row.reason];
    gaiji.insert(d.gaiji.system + "\t" + d.gaiji.encoding + "\t" + d.gaiji.code);
    table.rows.push_back({d.gaiji.system, d.gaiji.encoding, d.gaiji.code, d.target, std::string(name_of(*d.category)),
                          ReportText(app::text_of(row.reason)), row.detail});
    list.push_back({{"system", d.gaiji.system},
                    {"encoding", d.gaiji.encoding},
                    {"code", d.gaiji.code},
                    {"target", text_or_null(d.target)},
                    {"category", key_of(*d.category)},
                    {"decision", row.decision->id},
                    {"reason", key_of(row.reason)},
                    {"detail", text_or_null(row.detail)}});
  }
  report.summary.push_back(
      {fmt::format("見直しが要る外字 {} 字", gaiji.size()), fmt::format("gaiji to look at again: {}", gaiji.size())});
  ordered_json counts = ordered_json::object();
  for (const auto& [reason, count] : reasons) {
    const base::Text text = app::text_of(reason);
    report.summary.push_back({fmt::format("{}: {}", text.ja, count), fmt::format("{}: {}", text.en, count)});
    counts[std::string(key_of(reason))] = count;
  }
  report.tables.push_back(std::move(table));
  const std::string label = app::table_label(repertoire);
  report.basis.push_back({"文字表 " + label, "table " + label});
  report.json = {{"schema", "hyojun.gaiji_recheck/1"},
                 {"table", app::table_label(repertoire)},
                 {"gaiji", gaiji.size()},
                 {"reasons", counts},
                 {"rows", list}};
  return report;
}

int run_recheck(const ParsedArguments& arguments, Context& context) {
  const auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  const auto book = open_book(arguments, context);
  if (!book) return fail(context, book.error());
  const auto font = gaiji_font_of(arguments);
  if (!font) return fail(context, font.error());
  std::optional<ReferenceIndex> references;
  if (*font) {
    auto index = reference_index_of(arguments, context);
    if (!index) return fail(context, index.error());
    references = std::move(*index);
  }
  const app::RecheckGlyphs glyphs{*font ? &**font : nullptr, references ? &references->index : nullptr};
  const auto rows = app::recheck(*book, **repertoire, glyphs);
  return write_report(report_of(rows, **repertoire), arguments, context, rows.empty() ? kExitDone : kExitFound);
}

std::vector<Option> recheck_options() {
  std::vector<Option> options = {db_option(), font_option(), reference_option()};
  for (Option& option : report_options()) options.push_back(std::move(option));
  options.push_back(table_option());
  return options;
}

}  // namespace

const Command& gaiji_recheck_command() {
  static const Command command{
      .path = "gaiji recheck",
      .summary = {"文字表や層が新しくなったとき見直す決定を示す", "Decisions to review with a new table or layer"},
      .description =
          {"同定先がなくなった決定、別の版の文字表による決定、追加文字を探さずに該当なしとした決定を示します。外字"
           "フォントがあれば、字形の変わった外字と、いまは候補のある該当なしも示します。",
           "Shows decisions whose target is gone, made with another version of the table, or no match "
           "without a search of the added characters; with the font also changed glyphs, and no matches "
           "that have a candidate now."},
      .examples = {{{"hyojun gaiji recheck --db gaiji.db --table gj.hjl",
                     {"追加文字の層ができたあとに", "once there is a layer of added characters"}},
                    {"hyojun gaiji recheck --db gaiji.db --font EUDC.TTE -o recheck.xlsx",
                     {"フォントも照らして Excel に書く", "with the font, to Excel"}}}},
      .options = recheck_options(),
      .run = run_recheck,
  };
  return command;
}

}  // namespace hyojun::cli
