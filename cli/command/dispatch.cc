#include "dispatch.h"

#include <exception>
#include <new>
#include <typeinfo>

#include "command_word.h"
#include "exit_code.h"
#include "help.h"
#include "parse.h"
#include "version.h"

namespace hyojun::cli {
namespace {

std::string help_for(const CommandTable& table, const CommandWord& word, const HelpStyle& style) {
  if (word.command != nullptr) return command_help(table, *word.command, style);
  if (word.group != nullptr) return group_help(table, *word.group, style);
  return program_help(table, style);
}

int answer(const CommandTable& table, const std::vector<std::string>& words, Context& context) {
  const base::Result<CommandWord> word = find_command_word(table, words);
  if (!word) return fail(context, word.error());
  const base::Result<ParsedArguments> arguments = parse(table, word->command, word->rest);
  if (!arguments) return fail(context, arguments.error());
  HelpStyle style{.language = context.language, .length = HelpLength::full, .width = context.width};
  if (arguments->has("help")) {
    if (arguments->given_short("help")) style.length = HelpLength::brief;
    context.out.write(help_for(table, *word, style));
    return kExitDone;
  }
  if (arguments->has("version")) return print_version(context);
  if (word->command == nullptr) {
    // Nobody asked for this help, so it is a message, not the result.
    style.length = HelpLength::brief;
    context.err.write(help_for(table, *word, style));
    return kExitUsage;
  }
  const base::Result<void> checked = check_positionals(*word->command, *arguments);
  if (!checked) return fail(context, checked.error());
  return word->command->run(*arguments, context);
}

int report_bug(Context& context, const std::string& type) {
  // Only the type: what() of a library may quote the input, and the input is residents' data.
  return fail(context, {base::ErrorCode::bug,
                        {"プログラムの不具合です (" + type + ")", "this is a bug in hyojun (" + type + ")"},
                        {},
                        {"`hyojun --version` の出力と、住民の情報を除いた手順を添えて報告してください",
                         "report it with the output of `hyojun --version` and the steps, without residents' data"}});
}

int report_no_memory(Context& context) {
  return fail(context, {base::ErrorCode::environment,
                        {"メモリが足りません", "out of memory"},
                        {},
                        {"他のプログラムを終了して再実行する", "close other programs and run it again"}});
}

}  // namespace

int dispatch(const CommandTable& table, const std::vector<std::string>& words, Context& context) {
  int code = kExitDone;  // stays so if the reader goes away before the command has ended
  try {
    code = answer(table, words, context);
    context.out.flush();
    return code;
  } catch (const OutputClosed&) {
    return code;
  } catch (const OutputFailed& failed) {
    return fail(context, failed.error);
  } catch (const std::bad_alloc&) {
    return report_no_memory(context);
  } catch (const std::exception& escaped) {
    return report_bug(context, typeid(escaped).name());
  } catch (...) {
    return report_bug(context, "?");
  }
}

}  // namespace hyojun::cli
