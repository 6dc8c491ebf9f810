// hyojun gaiji scan: which gaiji are in the data, in the office's list, in its font?
#include "gaiji_scan.h"

#include <fmt/format.h>

#include "commands.h"
#include "context.h"
#include "decision_file.h"
#include "exit_code.h"
#include "gaiji_font_option.h"
#include "gaiji_list_option.h"
#include "gaiji_number_check.h"
#include "gaiji_reference_option.h"
#include "hyojun/base/number.h"
#include "json_text.h"
#include "kernel_option.h"
#include "output_path.h"
#include "progress.h"
#include "report.h"
#include "source_options.h"
#include "table_option.h"

namespace hyojun::cli {
namespace {

using app::FoundGaiji;
using app::GaijiScan;
using base::ErrorCode;
using nlohmann::ordered_json;

std::string place_text(const GaijiScan& scan, const charmap::Position& at) {
  return fmt::format("{}:{}:{}", scan.data.files[at.file].name, at.record, at.field);
}

std::string candidate_text(const charmap::Repertoire& repertoire, const app::NumberCandidate& candidate) {
  const std::string text = app::text_of_name(repertoire, candidate.name);
  const auto points = base::decode_utf8(text);
  return fmt::format("{} {} {}", text, points ? base::format_code_points(*points) : "", candidate.name);
}

std::string joined(const std::vector<std::string>& parts, std::string_view separator) {
  std::string text;
  for (const std::string& part : parts) text += (text.empty() ? "" : std::string(separator)) + part;
  return text;
}

std::vector<ReportText> row_of(const GaijiScan& scan, const FoundGaiji& gaiji, const Context& context) {
  const charmap::Repertoire& repertoire = *scan.data.repertoire;
  std::vector<std::string> candidates, bases, places, remarks;
  for (const app::NumberCandidate& candidate : gaiji.numbers.candidates) {
    candidates.push_back(candidate_text(repertoire, candidate));
    bases.push_back(candidate.basis);
    for (const base::Text& warning : candidate.warnings) remarks.push_back(context.say(warning));
  }
  for (const base::Text& problem : gaiji.numbers.problems) remarks.push_back(context.say(problem));
  for (const charmap::Position& at : gaiji.first) places.push_back(place_text(scan, at));
  const auto mark = [](bool asked, bool is_there) { return std::string(!asked ? "-" : is_there ? "○" : "×"); };
  return {gaiji.code,
          std::to_string(gaiji.count),
          mark(scan.has_list, gaiji.listed.has_value()),
          mark(scan.has_font, gaiji.glyph.has_value()),
          gaiji.listed ? gaiji.listed->reading : "",
          joined(candidates, " / "),
          joined(bases, " / "),
          joined(places, " "),
          joined(remarks, "。"),
          gaiji.listed ? gaiji.listed->note : ""};
}

ordered_json texts_json(const std::vector<base::Text>& texts) {
  ordered_json list = ordered_json::array();
  for (const base::Text& text : texts) list.push_back(text.ja);
  return list;
}

ordered_json gaiji_json(const GaijiScan& scan, const FoundGaiji& gaiji) {
  const charmap::Repertoire& repertoire = *scan.data.repertoire;
  ordered_json first = ordered_json::array();
  for (const charmap::Position& p : gaiji.first)
    first.push_back(
        {{"file", scan.data.files[p.file].name}, {"record", p.record}, {"field", p.field}, {"byte", p.byte}});
  ordered_json candidates = ordered_json::array();
  for (const app::NumberCandidate& c : gaiji.numbers.candidates) {
    const auto points = base::decode_utf8(app::text_of_name(repertoire, c.name));
    candidates.push_back({{"name", c.name},
                          {"text", text_or_null(points ? base::format_code_points(*points) : "")},
                          {"basis", c.basis},
                          {"warnings", texts_json(c.warnings)},
                          {"agrees_with_glyph", c.agrees ? ordered_json(*c.agrees) : ordered_json(nullptr)}});
  }
  ordered_json listed = nullptr;
  if (gaiji.listed) {
    const app::GaijiListRow& row = *gaiji.listed;
    listed = {{"row", row.row},
              {"reading", text_or_null(row.reading)},
              {"juki", text_or_null(row.numbers.juki)},
              {"koseki", text_or_null(row.numbers.koseki)},
              {"toki", text_or_null(row.numbers.toki)},
              {"note", text_or_null(row.note)}};
  }
  return {{"code", gaiji.code},
          {"text", base::format_code_points({&gaiji.code_point, 1})},
          {"count", gaiji.count},
          {"first", first},
          {"list", listed},
          {"in_font", scan.has_font ? ordered_json(gaiji.glyph.has_value()) : ordered_json(nullptr)},
          {"glyph", gaiji.glyph ? text_or_null(*gaiji.glyph) : ordered_json(nullptr)},
          {"candidates", candidates},
          {"problems", texts_json(gaiji.numbers.problems)}};
}

ordered_json scan_json(const GaijiScan& scan) {
  ordered_json files = ordered_json::array();
  for (const app::FileReport& file : scan.data.files)
    files.push_back({{"name", file.name}, {"bytes", file.bytes}, {"records", file.records}});
  ordered_json gaiji = ordered_json::array();
  for (const FoundGaiji& found : scan.gaiji) gaiji.push_back(gaiji_json(scan, found));
  const charmap::Repertoire& repertoire = *scan.data.repertoire;
  return {{"schema", "hyojun.gaiji_scan/1"},
          {"table", {{"version", repertoire.table().version()}, {"digest", repertoire.table().digest()}}},
          {"source", {{"system", text_or_null(scan.system)}, {"encoding", encoding_name(scan.encoding)}}},
          {"files", files},
          {"used", scan.used()},
          {"unused", scan.unused()},
          {"not_listed", scan.not_listed()},
          {"not_drawn", scan.not_drawn()},
          {"drawn_unused", scan.drawn_unused()},
          {"with_candidate", scan.with_candidate()},
          {"gaiji", gaiji}};
}

Report report_of(const GaijiScan& scan, const std::string& font, const Context& context) {
  const std::string source =
      fmt::format("{}{}{}", scan.system, scan.system.empty() ? "" : " ", encoding_name(scan.encoding));
  Report report{.title = {"外字の一覧 " + source, "Gaiji of " + source}, .tables = {}};
  report.summary.push_back(
      {fmt::format("データで使われている外字 {} 種、使われていない外字 {} 種", scan.used(), scan.unused()),
       fmt::format("gaiji used in the data: {}, not used: {}", scan.used(), scan.unused())});
  if (scan.has_list) {
    report.summary.push_back({fmt::format("使われていて一覧にない外字 {} 種", scan.not_listed()),
                              fmt::format("used, but not on the list: {}", scan.not_listed())});
  }
  if (scan.has_font) {
    report.summary.push_back({fmt::format("使われていてフォントにない外字 {} 種", scan.not_drawn()),
                              fmt::format("used, but not in the font: {}", scan.not_drawn())});
    report.summary.push_back({fmt::format("フォントにあって使われていない外字 {} 種", scan.drawn_unused()),
                              fmt::format("in the font, but not used: {}", scan.drawn_unused())});
  }
  report.summary.push_back(
      {fmt::format("番号による候補がある外字 {} 種（候補は決定ではありません）", scan.with_candidate()),
       fmt::format("with a candidate by number (which is no decision): {}", scan.with_candidate())});
  ReportTable table{.title = {"外字", "gaiji"},
                    .columns = {{{"外字コード", "gaiji"}},
                                {{"件数", "count"}, Align::right},
                                {{"一覧", "list"}},
                                {{"フォント", "font"}},
                                {{"読み", "reading"}},
                                {{"番号による候補", "by number"}},
                                {{"根拠", "basis"}, Align::left, Fit::wrap},
                                {{"初出", "first at"}, Align::left, Fit::wrap},
                                {{"注意", "remarks"}, Align::left, Fit::wrap},
                                {{"備考", "note"}, Align::left, Fit::wrap}}};
  for (const FoundGaiji& gaiji : scan.gaiji) table.rows.push_back(row_of(scan, gaiji, context));
  report.tables.push_back(std::move(table));
  const std::string label = app::table_label(*scan.data.repertoire);
  report.basis.push_back({"文字表 " + label, "table " + label});
  if (!font.empty()) report.basis.push_back({"外字フォント " + font, "gaiji font " + font});
  report.basis.push_back({"初出は ファイル:レコード:項目", "first at is file:record:field"});
  report.json = scan_json(scan);
  return report;
}

base::Result<void> write_draft(const ParsedArguments& arguments, const GaijiScan& scan, Context& context) {
  const auto path = arguments.value("draft");
  if (!path) return {};
  if (scan.system.empty()) {
    return base::fail(ErrorCode::usage, {"--draft には --system も要ります", "--draft needs --system, too"}, {},
                      {"例: --system juki", "for example --system juki"});
  }
  auto file =
      base::AtomicFile::open(*path, arguments.has("force") ? base::Overwrite::replace : base::Overwrite::refuse);
  if (!file) return tl::unexpected(file.error());
  report_leftovers(file->removed_leftovers(), context);
  const auto rows = app::draft_of(scan, true);
  if (auto ok = app::write_decisions(rows, *scan.data.repertoire, *file, arguments.has("plain")); !ok) return ok;
  return file->commit();
}

// What write_report() may see: here --format says what the input is.
ParsedArguments report_arguments(const ParsedArguments& arguments) {
  std::vector<ParsedArguments::Occurrence> given;
  for (const char* name : {"json", "output", "force", "plain"}) {
    if (arguments.has(name)) given.push_back({name, arguments.value(name).value_or(""), false});
  }
  return {report_options(), std::move(given), {}};
}

// Candidates by number against the glyphs of the font, where there are both and a reference font.
base::Result<void> compare_shapes(const ParsedArguments& arguments, GaijiScan& scan, unsigned threads,
                                  Context& context) {
  if (scan.with_candidate() == 0) return {};
  const auto font = gaiji_font_of(arguments);
  if (!font) return tl::unexpected(font.error());
  if (!*font) return {};
  const auto references = reference_index_of(arguments, context);
  if (!references) return tl::unexpected(references.error());
  if (*references) app::check_numbers(scan, **font, (*references)->index, threads);
  return {};
}

int run_scan(const ParsedArguments& arguments, Context& context) {
  auto options = read_source_options(arguments);
  if (!options) return fail(context, options.error());
  const auto threads = threads_of(arguments);
  if (!threads) return fail(context, threads.error());
  options->threads = *threads;
  auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  const auto font = font_glyphs_of(arguments);
  if (!font) return fail(context, font.error());
  for (const char* name : {"output", "draft"}) {
    std::vector<std::string> inputs = inputs_of(arguments, *options);
    inputs.push_back(arguments.value("list").value_or(""));
    if (auto ok = check_output(arguments.value(name).value_or("-"), inputs); !ok) return fail(context, ok.error());
  }
  app::GaijiScanRequest request{.data = *options, .font = *font ? &**font : nullptr};
  if (auto ok = read_list_options(arguments, request); !ok) return fail(context, ok.error());
  Progress progress(context, options->files);
  auto scan = app::scan_gaiji(request, *repertoire, [&](std::uint64_t bytes) { progress.show(bytes); });
  progress.end();
  if (!scan) return fail(context, scan.error());
  if (tell_list_problems(scan->list, context)) return kExitInputRejected;
  if (auto ok = compare_shapes(arguments, *scan, *threads, context); !ok) return fail(context, ok.error());
  if (auto ok = write_draft(arguments, *scan, context); !ok) return fail(context, ok.error());
  return write_report(report_of(*scan, *font ? (*font)->label : "", context), report_arguments(arguments), context,
                      scan->found_something() ? kExitFound : kExitDone);
}

std::vector<Option> scan_options() {
  std::vector<Option> options = source_options();
  for (Option& option : gaiji_list_options()) options.push_back(std::move(option));
  const std::vector<Option> own = {font_option(),
                                   reference_option(),
                                   {.name = "draft",
                                    .value = "OUT",
                                    .summary = {"番号による候補を決定の案として .csv か .xlsx に書く",
                                                "Write the candidates as a draft of decisions, .csv or .xlsx"}}};
  options.insert(options.end(), own.begin(), own.end());
  for (Option& option : report_options()) {
    if (option.name != "format") options.push_back(std::move(option));  // --format is the input's
  }
  for (const Option& option : {table_option(), kernel_option(), threads_option()}) options.push_back(option);
  return options;
}

}  // namespace

const Command& gaiji_scan_command() {
  static const Command command{
      .path = "gaiji scan",
      .summary = {"使われている外字を集め、一覧とフォントに照らす", "Collect the gaiji in use, with list and font"},
      .description = {"データの外字を、コード、件数、初出とともに集め、団体の外"
                      "字一覧と外字フォントに照らします。一覧の "
                      "J+、戸籍、登記の"
                      "番号からは候補を出し、フォントの字形と照らします。候補は決定ではありません。\n\n"
                      "終了コード: 0 食い違いなし、1 "
                      "一覧かフォントにない外字、または番号の誤りか字形との食い違いがある",
                      "Collects the gaiji of the data with code, count and "
                      "first places and joins the office's own list and "
                      "font. J+, 戸籍 and 登記 numbers of the list give "
                      "candidates, compared with the glyphs of the font, "
                      "never decisions.\n\n"
                      "Exit codes: 0 all agree, 1 gaiji missing in list or "
                      "font, or wrong numbers"},
      .positionals = {.usage = "[FILE...]",
                      .min = 0,
                      .max = kUnbounded,
                      .summary = {"データ (なければ一覧とフォントだけを見る)", "data (without: list and font only)"}},
      .examples = {{{"hyojun gaiji scan juki.csv --encoding cp932 --list "
                     "gaiji.xlsx -o scan.xlsx",
                     {"データの外字を一覧と照らす", "join the gaiji of the data with the list"}},
                    {"hyojun gaiji scan juki.csv --encoding cp932 --system "
                     "juki --list gaiji.xlsx --draft draft.xlsx",
                     {"番号による候補を決定の案にする", "make a draft of decisions from the numbers"}}}},
      .options = scan_options(),
      .run = run_scan,
  };
  return command;
}

}  // namespace hyojun::cli
