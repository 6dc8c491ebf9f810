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

struct ReportColumn {
  std::string heading;  // Japanese: the terms are official
  Align align = Align::left;
  Fit fit = Fit::keep;
};

struct ReportTable {
  std::string title;  // also the name of the sheet
  std::vector<ReportColumn> columns;
  std::vector<std::vector<std::string>> rows{};
};

struct Report {
  std::string title;
  std::vector<std::string> summary{};  // lines above the tables
  std::vector<ReportTable> tables;     // the first is the one that CSV holds
  std::vector<std::string> basis{};    // 根拠: sources, days, formula, denominators
  nlohmann::ordered_json json{};
  bool json_lines = false;  // json is an array: one element a line
  std::string minutes{};    // empty: the report has no sentence
};

// --format, --json, --output, --force, --plain.
std::vector<Option> report_options();

// Writes the report as asked: text to the terminal by default; a file's suffix (.csv, .json, .md, .xlsx) decides where
// --format does not. CSV in a file is for Excel (BOM, CRLF, formulas guarded) unless --plain. The basis of a CSV goes
// to standard error, so that the file stays a table. Returns `code`, or the exit code of a failure.
int write_report(const Report& report, const ParsedArguments& arguments, Context& context, int code);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_REPORT_H_
