// hyojun db backup: a copy of the database as it is now, while others work.
#include <fmt/format.h>

#include "commands.h"
#include "exit_code.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

int run_db_backup(const ParsedArguments& arguments, Context& context) {
  const auto store = open_store(arguments, core::Store::Access::read, context, Content::any);
  if (!store) return fail(context, store.error());
  const std::string& output = arguments.positionals().front();
  if (auto ok = store->backup(output); !ok) return fail(context, ok.error());
  print_message(context, {fmt::format("{}: 写しました", output), fmt::format("{}: copied", output)});
  return kExitDone;
}

}  // namespace

const Command& db_backup_command() {
  static const Command command{
      .path = "db backup",
      .summary = {"データベースの写しを作る", "Copy the database"},
      .positionals = {.usage = "FILE", .min = 1, .max = 1, .summary = {"写しのファイル", "the copy"}},
      .examples = {{{"hyojun db backup hyojun-20260131.db", {"写しを作る", "make a copy"}},
                    {"hyojun db backup copy.db --db japan.db", {"別のデータベースの写し", "of another database"}}}},
      .options = {db_option()},
      .run = run_db_backup,
  };
  return command;
}

}  // namespace hyojun::cli
