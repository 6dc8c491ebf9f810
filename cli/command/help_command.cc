#include "command_word.h"
#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "help.h"
#include "parse.h"

namespace hyojun::cli {
namespace {

int run_help(const ParsedArguments& arguments, Context& context) {
  const CommandTable& table = command_table();
  const HelpStyle style{.language = context.language, .length = HelpLength::full, .width = context.width};
  const auto found = find_command_word(table, arguments.positionals());
  if (!found) return fail(context, found.error());
  if (!found->rest.empty()) {
    return fail(context, {base::ErrorCode::usage,
                          {"help はコマンドの名前だけをとります", "help takes the name of a command only"},
                          {},
                          {"`hyojun help help` を見る", "see `hyojun help help`"}});
  }
  if (found->command != nullptr) {
    context.out.write(command_help(table, *found->command, style));
  } else if (found->group != nullptr) {
    context.out.write(group_help(table, *found->group, style));
  } else {
    context.out.write(program_help(table, style));
  }
  return kExitDone;
}

}  // namespace

const Command& help_command() {
  static const Command command{
      .path = "help",
      .summary = {"コマンドの説明と例を表示する", "Explain a command, with examples"},
      .positionals = {.usage = "[COMMAND]",
                      .min = 0,
                      .max = 2,
                      .summary = {"説明を見るコマンド (二語のものもある)", "the command, of one word or two"}},
      .examples = {{{"hyojun help help", {"このコマンドの説明を見る", "explain this command"}},
                    {"hyojun help --lang ja", {"日本語で全体の説明を見る", "explain the program in Japanese"}}}},
      .run = run_help,
  };
  return command;
}

}  // namespace hyojun::cli
