#include "sample_table.h"

#include <new>
#include <stdexcept>

#include "command_word.h"
#include "commands.h"
#include "dispatch.h"
#include "exit_code.h"
#include "parse.h"

namespace hyojun::cli {
namespace {

const std::array<Example, 2> kExamples = {{{"hyojun sample 住民記録の見本.csv --format csv --columns "
                                            "氏名,氏名カナ,住所 --exceptions 例外の一覧.xlsx --name 見本",
                                            {"長い例", "a long example"}},
                                           {"hyojun sample", {"短い例", "a short example"}}}};

// Prints what it was given, one part a line.
int echo(const ParsedArguments& arguments, Context& context) {
  for (const std::string& positional : arguments.positionals()) context.out.line("positional " + positional);
  return kExitFound;
}

int fail_as_named(const ParsedArguments& arguments, Context&) {
  const std::string& kind = arguments.positionals().front();
  if (kind == "memory") throw std::bad_alloc();
  if (kind == "throw") throw std::runtime_error("山田太郎");
  if (kind == "closed") throw OutputClosed{};
  throw 1;
}

Command identify() {
  return {
      .path = "identify",
      .summary = {"文字を同定する", "Identify every character"},
      .description = {"住民データのすべての文字について、どの標準文字であるかを調べ、例外の一覧を作る。"
                      "外字は外字対応表で同定する。\n\n二つめの段落。",
                      "Says, for every character of the residents' data, which standard character it is, and lists the "
                      "exceptions.\n\nA second paragraph."},
      .positionals = {.usage = "FILE...", .min = 1, .max = kUnbounded, .summary = {"調べるファイル", "files to read"}},
      .examples = kExamples,
      .options =
          {
              {.name = "format",
               .short_name = 'f',
               .choices = {"csv", "tsv", "text"},
               .summary = {"入力の形式", "Format of the input"},
               .group = OptionGroup::source},
              {.name = "shrink", .choices = {"strict", "none"}, .summary = {"縮退する", "Shrink"}, .implied = "strict"},
              {.name = "columns", .value = "A,B", .summary = {"対象の列", "Columns to look at"}},
              {.name = "name", .short_name = 'n', .value = "NAME", .summary = {"名前", "A name"}},
              {.name = "offset", .value = "N", .summary = {"ずれ", "An offset"}, .group = OptionGroup::run},
              {.name = "layer",
               .value = "LAYER",
               .summary = {"追加の文字表", "A layer of added characters"},
               .repeatable = true,
               .group = OptionGroup::table},
              {.name = "output", .short_name = 'o', .value = "OUT", .summary = {"出力先", "Where to write"}},
              {.name = "json",
               .short_name = 'j',
               .summary = {"JSON で出力する", "Write JSON"},
               .details = {"一つのオブジェクトを出力する。版は schema に書かれ、項目は増えることはあっても減らない。",
                           "Writes one object. Its schema names the version; keys are added and never removed."}},
          },
      .run = echo,
  };
}

Command table_info() {
  return {.path = "table info",
          .summary = {"文字表の版を表示する", "Show the versions of the table"},
          .examples = kExamples,
          .options = {{.name = "verify", .summary = {"検査もする", "Verify it, too"}}},
          .run = echo};
}

Command table_diff() {
  return {.path = "table diff",
          .summary = {"二つの文字表を比べる", "Compare two tables"},
          .positionals = {.usage = "A B", .min = 2, .max = 2, .summary = {"文字表", "the tables"}},
          .examples = kExamples,
          .run = echo};
}

Command crash() {
  return {.path = "crash",
          .summary = {"失敗する", "Fail"},
          .positionals = {.usage = "KIND", .min = 1, .max = 1, .summary = {"失敗の種類", "how"}},
          .examples = kExamples,
          .hidden = true,
          .run = fail_as_named};
}

}  // namespace

const CommandTable& sample_table() {
  static const Command commands[] = {identify(), table_info(), table_diff(), crash()};
  static const CommandTable table{
      .commands = {&commands[0], &commands[1], &commands[2], &commands[3]},
      .groups = {{.name = "table", .summary = {"文字表を扱う", "Work with tables"}}},
      .global_options = command_table().global_options,
      .environment = command_table().environment,
  };
  return table;
}

Output::Sink string_sink(std::string& text) {
  return [&text](std::string_view bytes) -> base::Result<void> {
    text += bytes;
    return {};
  };
}

Ran run_in_memory(const CommandTable& table, const std::vector<std::string>& words, std::size_t width) {
  Ran ran{};
  Context context{Output(string_sink(ran.out), 1000), Output(string_sink(ran.err), 0)};
  if (early_value(words, "lang") == "ja") context.language = Language::japanese;
  context.width = width;
  ran.code = dispatch(table, words, context);
  return ran;
}

}  // namespace hyojun::cli
