#include "report.h"

#include <algorithm>

#include "exit_code.h"
#include "hyojun/base/atomic_file.h"
#include "hyojun/base/csv.h"
#include "hyojun/base/xlsx_writer.h"
#include "json_text.h"
#include "output_path.h"
#include "table_view.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

// A column in which nobody said anything only takes room from the others.
std::vector<std::size_t> filled_columns(const ReportTable& table) {
  std::vector<std::size_t> filled;
  for (std::size_t i = 0; i < table.columns.size(); ++i) {
    if (std::ranges::any_of(table.rows, [i](const auto& row) { return !row[i].ja.empty() && row[i].ja != "-"; }))
      filled.push_back(i);
  }
  return filled;
}

std::string table_text(const ReportTable& table, const TableStyle& style, Language language) {
  const std::vector<std::size_t> filled = filled_columns(table);
  std::vector<Column> columns;
  for (const std::size_t i : filled)
    columns.push_back({in(language, table.columns[i].heading), table.columns[i].align, table.columns[i].fit});
  TableView view(std::move(columns));
  for (const auto& row : table.rows) {
    std::vector<Cell> cells;
    for (const std::size_t i : filled) cells.emplace_back(in(language, row[i]));
    view.add_row(std::move(cells));
  }
  if (view.empty()) return in(language, base::Text{"  （なし）\n", "  (none)\n"});
  return view.render(style);
}

std::string text_of(const Report& report, const TableStyle& style, Language language) {
  TableStyle indented = style;
  indented.indent = 2;
  std::string text = in(language, report.title) + "\n";
  for (const ReportText& line : report.summary) text += in(language, line) + "\n";
  for (const ReportTable& table : report.tables) {
    if (report.tables.size() > 1) text += "\n" + in(language, table.title) + "\n";
    text += table_text(table, indented, language);
  }
  if (!report.basis.empty()) text += in(language, base::Text{"\n根拠\n", "\nBasis\n"});
  for (const ReportText& line : report.basis) text += "  " + in(language, line) + "\n";
  return text;
}

std::string markdown_cell(const std::string& text) {
  std::string cell;
  for (const char c : text) {
    if (c == '|' || c == '\\') cell += '\\';
    cell += c == '\n' || c == '\r' ? ' ' : c;
  }
  return cell;
}

std::string markdown_row(const std::vector<ReportText>& cells, Language language) {
  std::string row = "|";
  for (const ReportText& cell : cells) row += " " + markdown_cell(in(language, cell)) + " |";
  return row + "\n";
}

std::string markdown_of(const Report& report, Language language) {
  std::string text = "# " + in(language, report.title) + "\n\n";
  for (const ReportText& line : report.summary) text += in(language, line) + "  \n";
  for (const ReportTable& table : report.tables) {
    text += "\n## " + in(language, table.title) + "\n\n";
    std::vector<ReportText> headings;
    std::vector<ReportText> rules;
    for (const ReportColumn& column : table.columns) {
      headings.push_back(column.heading);
      rules.emplace_back(column.align == Align::right ? "---:" : "---");
    }
    text += markdown_row(headings, language) + markdown_row(rules, language);
    for (const auto& row : table.rows) text += markdown_row(row, language);
  }
  if (!report.basis.empty()) text += in(language, base::Text{"\n## 根拠\n\n", "\n## Basis\n\n"});
  for (const ReportText& line : report.basis) text += "- " + in(language, line) + "\n";
  return text;
}

// What nobody knows is "-" on the screen and an empty cell in a table to be computed with.
std::vector<std::string_view> values_of(const std::vector<ReportText>& row) {
  std::vector<std::string_view> cells;
  for (const ReportText& text : row) cells.push_back(text.ja);
  std::ranges::replace(cells, std::string_view("-"), std::string_view());
  return cells;
}

std::string csv_of(const ReportTable& table, bool for_excel) {
  std::string text;
  const auto sink = [&text](std::string_view bytes) -> base::Result<void> {
    text += bytes;
    return {};
  };
  base::CsvWriter writer(sink,
                         {.bom = for_excel, .crlf = for_excel, .guard_formulas = for_excel, .keep_zeros = for_excel});
  std::vector<std::string_view> cells;
  for (const ReportColumn& column : table.columns) cells.push_back(column.heading.ja);
  static_cast<void>(writer.write_row(cells));  // a string does not fail
  for (const auto& row : table.rows) static_cast<void>(writer.write_row(values_of(row)));
  return text;
}

std::string json_of(const Report& report) {
  if (!report.json_lines) return json_text(report.json) + "\n";
  std::string lines;
  for (const auto& element : report.json) lines += json_text(element) + "\n";
  return lines;
}

double width_of(const ReportTable& table, std::size_t column) {
  constexpr std::size_t kMost = 60;
  std::size_t width = base::display_width(table.columns[column].heading.ja);
  for (const auto& row : table.rows) width = std::max(width, base::display_width(row[column].ja));
  return static_cast<double>(std::min(width, kMost)) + 2;
}

base::Result<void> write_xlsx(const Report& report, const std::string& path) {
  auto writer = base::XlsxWriter::open(path);
  if (!writer) return tl::unexpected(writer.error());
  for (const ReportTable& table : report.tables) {
    base::XlsxSheet sheet{.name = table.title.ja, .columns = {}, .note = report.title.ja};
    for (std::size_t i = 0; i < table.columns.size(); ++i)
      sheet.columns.push_back({table.columns[i].heading.ja, width_of(table, i)});
    if (auto ok = writer->begin_sheet(sheet); !ok) return ok;
    for (const auto& row : table.rows) {
      if (auto ok = writer->write_row(values_of(row)); !ok) return ok;
    }
  }
  if (auto ok = writer->begin_sheet({.name = "根拠", .columns = {{report.title.ja, 100}}}); !ok) return ok;
  for (const auto* lines : {&report.summary, &report.basis}) {
    for (const ReportText& line : *lines) {
      if (auto ok = writer->write_row({line.ja}); !ok) return ok;
    }
  }
  return writer->close();
}

std::string format_of(const ParsedArguments& arguments) {
  if (arguments.has("json")) return "json";
  if (const auto format = arguments.value("format")) return *format;
  const std::string output = arguments.value("output").value_or("");
  for (const auto& [suffix, format] :
       {std::pair(".csv", "csv"), {".json", "json"}, {".md", "markdown"}, {".xlsx", "xlsx"}}) {
    if (output.ends_with(suffix)) return format;
  }
  return "table";
}

base::Result<std::string> render(const Report& report, const std::string& format, const TableStyle& style,
                                 Language language, bool for_excel) {
  if (format == "json") return json_of(report);
  if (format == "csv") return csv_of(report.tables.front(), for_excel);
  if (format == "markdown") return markdown_of(report, language);
  if (format != "minutes") return text_of(report, style, language);
  if (!report.minutes.empty()) return report.minutes + "\n";
  return base::fail(ErrorCode::usage, {"この集計に議事録の文はありません", "this report has no sentence for minutes"},
                    {}, {"--format table にしてください", "use --format table"});
}

base::Result<void> write_file(const Report& report, const std::string& format, const ParsedArguments& arguments,
                              Context& context) {
  const std::string output = *arguments.value("output");
  auto file =
      base::AtomicFile::open(output, arguments.has("force") ? base::Overwrite::replace : base::Overwrite::refuse);
  if (!file) return tl::unexpected(file.error());
  report_leftovers(file->removed_leftovers(), context);
  if (format == "xlsx") {
    if (auto ok = write_xlsx(report, file->temp_path()); !ok) return ok;
    return file->commit();
  }
  const auto text = render(report, format, {.width = context.width}, context.language, !arguments.has("plain"));
  if (!text) return tl::unexpected(text.error());
  if (auto ok = file->write(*text); !ok) return ok;
  return file->commit();
}

}  // namespace

nlohmann::ordered_json basis_json(const Report& report) {
  nlohmann::ordered_json lines = nlohmann::ordered_json::array();
  for (const ReportText& line : report.basis) lines.push_back(line.ja);
  return lines;
}

std::vector<Option> report_options() {
  return {
      {.name = "format",
       .value = "FORM",
       .choices = {"table", "csv", "json", "markdown", "xlsx", "minutes"},
       .summary = {"出力の形式", "Form of the output"},
       .details = {"table、csv、json、markdown、xlsx、minutes。minutes は議事録に使える1文。xlsx には -o が要る。-o "
                   "の拡張子でも決まる。",
                   "table, csv, json, markdown, xlsx or minutes (one Japanese sentence). xlsx needs -o, whose suffix "
                   "decides, too."}},
      {.name = "json", .summary = {"--format json と同じ", "The same as --format json"}},
      {.name = "output",
       .short_name = 'o',
       .value = "FILE",
       .summary = {"標準出力でなくファイルに書く", "Write to a file, not to standard output"}},
      {.name = "force", .summary = {"既存の出力ファイルを置き換える", "Replace an existing output file"}},
      {.name = "plain",
       .summary = {"CSV を Excel 用にしない (BOM なし、LF)", "CSV without BOM, CRLF and guards for Excel"}},
  };
}

int write_report(const Report& report, const ParsedArguments& arguments, Context& context, int code) {
  const std::string format = format_of(arguments);
  if (format == "csv") {
    for (const ReportText& line : report.basis) print_message(context, {line.ja, in(context.language, line)});
  }
  if (arguments.has("output") && arguments.value("output") != "-") {
    const auto written = write_file(report, format, arguments, context);
    return written ? code : fail(context, written.error());
  }
  if (format == "xlsx") {
    return fail(context, {ErrorCode::usage,
                          {"xlsx の出力先を -o で指定してください", "say with -o where to write the xlsx"},
                          {},
                          {"例: -o report.xlsx", "for example -o report.xlsx"}});
  }
  const auto text = render(report, format, table_style(context), context.language, false);
  if (!text) return fail(context, text.error());
  context.out.write(*text);
  return code;
}

}  // namespace hyojun::cli
