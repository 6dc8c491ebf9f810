// hyojun layout from-copybook: make a layout from a COBOL copybook.
#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "hyojun/base/read_file.h"
#include "hyojun/charmap/copybook.h"
#include "parse.h"

namespace hyojun::cli {
namespace {

constexpr std::size_t kMaxBytes = 4U << 20U;

int run_layout_from_copybook(const ParsedArguments& arguments, Context& context) {
  const std::string& path = arguments.positionals().front();
  const auto text = base::read_file(path, kMaxBytes);
  if (!text) return fail(context, text.error());
  charmap::CopybookOptions options;
  options.redefines = arguments.values("redefines");
  options.record = arguments.value("record").value_or("");
  options.records = arguments.value("records").value_or("fixed");
  options.mixed = arguments.has("mixed");
  const auto layout = charmap::layout_from_copybook(*text, path, options);
  if (!layout) return fail(context, layout.error());
  context.out.write(*layout);
  return kExitDone;
}

}  // namespace

const Command& layout_from_copybook_command() {
  static const Command command{
      .path = "layout from-copybook",
      .summary = {"COBOL の COPY 句からレイアウトを作る", "Make a layout from a COBOL copybook"},
      .description = {"PIC X、N、9、COMP、COMP-3、OCCURS、REDEFINES を読み、identify と convert の --layout に渡す "
                      "JSON を書きます。",
                      "Reads PIC X, N, 9, COMP, COMP-3, OCCURS and REDEFINES and writes the JSON that --layout of "
                      "identify and convert takes."},
      .positionals = {.usage = "FILE", .min = 1, .max = 1, .summary = {"COPY 句 (UTF-8)", "the copybook, in UTF-8"}},
      .examples = {{{"hyojun layout from-copybook juki.cpy > juki.json",
                     {"COPY 句からレイアウトを作る", "make a layout of a copybook"}},
                    {"hyojun layout from-copybook zei.cpy --redefines HOJIN --records rdw > zei.json",
                     {"HOJIN の再定義を選び、可変長とする", "take the redefinition HOJIN; variable records"}}}},
      .options = {{.name = "redefines",
                   .value = "NAME",
                   .summary = {"再定義する側の項目を選ぶ", "Take this REDEFINES item, not what it redefines"},
                   .repeatable = true},
                  {.name = "record",
                   .value = "NAME",
                   .summary = {"01 レベルの項目を選ぶ", "Which 01 item, where there are several"}},
                  {.name = "records",
                   .choices = {"fixed", "rdw", "bdw"},
                   .summary = {"レコードの形式", "How records are told apart"}},
                  {.name = "mixed",
                   .summary = {"PIC X にシフト符号つきの2バイト文字がある",
                               "PIC X holds double bytes with shift codes"}}},
      .run = run_layout_from_copybook,
  };
  return command;
}

}  // namespace hyojun::cli
