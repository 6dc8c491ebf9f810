// One way for every report of the tracker to become text, CSV, JSON, Markdown, XLSX, or a sentence for the minutes.
#ifndef HYOJUN_CLI_COMMAND_REPORT_H_
#define HYOJUN_CLI_COMMAND_REPORT_H_

#include <hyojun/base/error.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "context.h"
#include "option_table.h"
#include "parse.h"

namespace hyojun::cli {

// A text of a report: a name, a number or an official term, the same in both languages, or one for each.
struct ReportText : base::Text {
  // Implicit, so that rows are written as lists of texts. The same in both: kept once, `en` is empty.
  ReportText(std::string both) : base::Text{std::move(both), ""} {}
  ReportText(const char* both) : ReportText(std::string(both)) {}
  ReportText(base::Text text) : base::Text(std::move(text)) {}
  ReportText(std::string japanese, std::string english) : base::Text{std::move(japanese), std::move(english)} {}
};

// The text in a language.
inline const std::string& in(Language language, const ReportText& text) {
  return language == Language::japanese || text.en.empty() ? text.ja : text.en;
}

struct ReportColumn {
  ReportText heading;
  Align align = Align::left;
  Fit fit = Fit::keep;
};

struct ReportTable {
  ReportText title;  // also the name of the sheet
  std::vector<ReportColumn> columns;
  std::vector<std::vector<ReportText>> rows{};
};

// Text and Markdown are in the language of the context. CSV, XLSX and JSON are files that others read: they are the
// same in every language, with Japanese headings.
struct Report {
  ReportText title;
  std::vector<ReportText> summary{};  // lines above the tables
  std::vector<ReportTable> tables;    // the first is the one that CSV holds
  std::vector<ReportText> basis{};    // 根拠: sources, days, formula, denominators
  nlohmann::ordered_json json{};
  bool json_lines = false;  // json is an array: one element a line
  std::string minutes{};    // empty: the report has no sentence
};

// The basis as JSON holds it.
nlohmann::ordered_json basis_json(const Report& report);

// --format, --json, --output, --force, --plain.
std::vector<Option> report_options();

// Writes the report as asked: text to the terminal by default; a file's suffix (.csv, .json, .md, .xlsx) decides where
// --format does not. CSV in a file is for Excel (BOM, CRLF, formulas guarded) unless --plain. The basis of a CSV goes
// to standard error, so that the file stays a table. Returns `code`, or the exit code of a failure.
int write_report(const Report& report, const ParsedArguments& arguments, Context& context, int code);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_REPORT_H_
