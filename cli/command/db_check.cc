// hyojun db check: is the database sound?
#include <fmt/format.h>

#include "commands.h"
#include "exit_code.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

int run_db_check(const ParsedArguments& arguments, Context& context) {
  const auto store = open_store(arguments, core::Store::Access::read, context, Content::any);
  if (!store) return fail(context, store.error());
  const auto findings = store->check();
  if (!findings) return fail(context, findings.error());
  for (const core::Finding& finding : *findings) context.out.line(context.say(finding.what));
  if (!findings->empty()) {
    return fail(context, {base::ErrorCode::damaged,
                          {"データベースが壊れています", "the database is damaged"},
                          {.file = store->path()},
                          {"バックアップから戻してください", "go back to a backup"}});
  }
  context.out.line(context.say({fmt::format("{}: 異常なし", store->path()), fmt::format("{}: sound", store->path())}));
  return kExitDone;
}

}  // namespace

const Command& db_check_command() {
  static const Command command{
      .path = "db check",
      .summary = {"データベースを検査する", "Check the database"},
      .description = {"SQLite の検査と、記録日時の順序や対象範囲など hyojun の約束を調べます。",
                      "SQLite's own checks, and what hyojun promises: the order of recording, coverage and so on."},
      .examples = {{{"hyojun db check", {"検査する", "check it"}},
                    {"hyojun db check --db japan.db", {"別のデータベース", "another database"}}}},
      .options = {db_option()},
      .run = run_db_check,
  };
  return command;
}

}  // namespace hyojun::cli
