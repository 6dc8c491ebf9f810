// Reads reports of `hyojun identify --json` (hyojun.identify/1) back.
//
// A report comes from another machine and may have been edited or cut: every key, type, sum and order is checked, and
// what this version would not write is refused. Names, collections and references are not taken from the file: they
// follow from the table, which must be the one in use.
#ifndef HYOJUN_CLI_APP_REPORT_READER_H_
#define HYOJUN_CLI_APP_REPORT_READER_H_

#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "identify.h"

namespace hyojun::app {

// A larger number in a report, or in a sum of reports, is no count of anything: a petabyte. No sum of two overflows.
inline constexpr std::uint64_t kLargestCount = 1'000'000'000'000'000;

// Takes one report. `where` is its place: the file, and its number in the file, from 1.
using ReportSink = std::function<base::Result<void>(Report, const base::Where& where)>;

// Calls `sink` for each report of `path` ("-": standard input), which holds one or, one after the other, several (as a
// pipe of many runs gives them). Positions name files by their index in their own report. Warnings are in English in
// both languages, as the report has them. Errors: environment; input_rejected with the file, the report's number, and
// the byte where it is no JSON; whatever the sink fails with.
base::Result<void> read_reports(const std::string& path, const std::shared_ptr<const charmap::Repertoire>& repertoire,
                                const ReportSink& sink);
// The same of bytes in memory; `name` stands in errors.
base::Result<void> parse_reports(std::string_view bytes, const std::string& name,
                                 const std::shared_ptr<const charmap::Repertoire>& repertoire, const ReportSink& sink);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_REPORT_READER_H_
