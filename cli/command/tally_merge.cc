// hyojun tally merge: reports of parts become the report of the whole.
#include "tally_merge.h"

#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "identify_report.h"
#include "parse.h"
#include "table_option.h"

namespace hyojun::cli {
namespace {

int run_tally_merge(const ParsedArguments& arguments, Context& context) {
  const auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  const auto report = app::merge_reports(arguments.positionals(), *repertoire);
  if (!report) return fail(context, report.error());
  if (arguments.has("text")) {
    write_identify_text(*report, context);
  } else {
    write_identify_json(*report, context.out);
  }
  return report->found_something() ? kExitFound : kExitDone;
}

}  // namespace

const Command& tally_merge_command() {
  static const Command command{
      .path = "tally merge",
      .summary = {"identify --json の報告を1つにまとめる", "Join reports of identify --json into one"},
      .description =
          {"部分ごとに (別々のマシンででも) 調べた報告を、すべてのファイルをこの順に1回で調べた報告と同じ JSON に"
           "します。標準文字表、外字対応表、列などが違う報告や、同じ名前のファイルは受け付けません。\n\n"
           "終了コード: 0 例外なし、1 例外か疑いあり、3 まとめられない",
           "Parts, identified apart (on several machines, too), become the JSON that one run over all their "
           "files in this order writes. Reports that have no common sum are refused: another table, gaiji "
           "table or columns, or a file name that comes twice.\n\n"
           "Exit codes: 0 no exceptions, 1 exceptions or suspicions, 3 cannot be joined"},
      .positionals = {.usage = "REPORT...",
                      .min = 1,
                      .max = kUnbounded,
                      .summary = {"報告のファイル (- は標準入力。いくつ続いていてもよい)",
                                  "reports (- is standard input); a file may hold several, one after the other"}},
      .examples = {{{"hyojun tally merge part-1.json part-2.json > all.json",
                     {"2つの部分の報告をまとめる", "join the reports of two parts"}},
                    {"parallel -k hyojun identify --json ::: parts/* | hyojun tally merge - --text",
                     {"GNU parallel で調べ、まとめて画面に出す", "identify with GNU parallel and show the whole"}}}},
      .options = {{.name = "text",
                   .summary = {"JSON の代わりに identify の画面の形で書く", "Write identify's text report, not JSON"}},
                  table_option()},
      .run = run_tally_merge,
  };
  return command;
}

}  // namespace hyojun::cli
