// For packagers: the files that are made from the option table.
#include "commands.h"
#include "completion.h"
#include "context.h"
#include "exit_code.h"
#include "man_page.h"
#include "version.h"

namespace hyojun::cli {
namespace {

int run_generate_man(const ParsedArguments&, Context& context) {
  context.out.write(man_page(command_table(), context.language, program_version(), release_date()));
  return kExitDone;
}

int run_generate_completion(const ParsedArguments&, Context& context) {
  context.out.write(bash_completion(command_table()));
  return kExitDone;
}

}  // namespace

const Command& generate_man_command() {
  static const Command command{
      .path = "generate man",
      .summary = {"マニュアルページを作る (パッケージ作成者用)", "Make the manual page (for packagers)"},
      .examples = {{{"hyojun generate man --lang en > hyojun.1", {"英語のページを作る", "make the English page"}},
                    {"hyojun generate man --lang ja > ja/hyojun.1",
                     {"日本語のページを作る", "make the Japanese page"}}}},
      .hidden = true,
      .run = run_generate_man,
  };
  return command;
}

const Command& generate_completion_command() {
  static const Command command{
      .path = "generate completion",
      .summary = {"bash の補完を作る (パッケージ作成者用)", "Make the completion for bash (for packagers)"},
      .examples = {{{"hyojun generate completion > hyojun", {"補完ファイルを作る", "make the completion file"}},
                    {"source <(hyojun generate completion)", {"今のシェルで使う", "use it in this shell"}}}},
      .hidden = true,
      .run = run_generate_completion,
  };
  return command;
}

}  // namespace hyojun::cli
