// hyojun export: a slice for one municipality.
#include <fmt/format.h>

#include "commands.h"
#include "exchange.h"
#include "exit_code.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

base::Result<void> check_call(const ParsedArguments& arguments) {
  if (arguments.has("municipality") && arguments.has("output")) return {};
  return base::fail(ErrorCode::usage, {"--municipality と -o を指定してください", "give --municipality and -o"}, {},
                    {"例: hyojun export --municipality 282014 -o himeji.db",
                     "for example hyojun export --municipality 282014 -o himeji.db"});
}

int run_export(const ParsedArguments& arguments, Context& context) {
  if (auto ok = check_call(arguments); !ok) return fail(context, ok.error());
  const auto store = open_store(arguments, core::Store::Access::read, context);
  if (!store) return fail(context, store.error());
  const auto body = body_of(*store, *arguments.value("municipality"));
  if (!body) return fail(context, body.error());
  const bool with_notes = arguments.has("include");
  const auto content = app::slice_of(*store, *body, with_notes);
  if (!content) return fail(context, content.error());
  for (const core::ImportDraft& draft : content->drafts) {
    for (const core::Note& note : draft.notes) {
      print_message(context, {fmt::format("覚書を含めます: {} {}", note.key, note.theme),
                              fmt::format("includes the note {} {}", note.key, note.theme)});
    }
  }
  const std::string output = *arguments.value("output");
  if (!arguments.has("dry-run")) {
    if (auto ok = app::write_slice(*store, *body, *content, output); !ok) return fail(context, ok.error());
  }
  const std::string& name = store->catalog().bodies()[*body].name;
  context.out.line(context.say({fmt::format("{}: {}の取込 {} 件、覚書 {} 件{}", output, name, content->drafts.size(),
                                            content->notes, arguments.has("dry-run") ? "（まだ書いていません）" : ""),
                                fmt::format("{}: {}, {} imports, {} notes{}", output, name, content->drafts.size(),
                                            content->notes, arguments.has("dry-run") ? " (not written)" : "")}));
  return kExitDone;
}

}  // namespace

const Command& export_command() {
  static const Command command{
      .path = "export",
      .summary = {"1団体の分を切り出す", "Make a slice for one municipality"},
      .description = {"その団体だけのデータベースを作ります。団体はそれに続けて記録し、送り返せます (hyojun "
                      "merge)。ほかの団体と県の見立ては"
                      "含まず、覚書は --include notes のときだけ、含むものを示してから入れます。",
                      "Makes a database of that municipality alone, which can go on with it and send it back (hyojun "
                      "merge). No other body and no judgement of the prefecture is in it; notes only with --include "
                      "notes, which lists them first."},
      .examples = {{{"hyojun export --municipality 282014 -o himeji.db", {"姫路市の分", "the slice of 姫路市"}},
                    {"hyojun export --municipality 282014 -o himeji.db --include notes --dry-run",
                     {"何が入るかを見る", "see what would be in it"}}}},
      .options =
          {db_option(),
           {.name = "municipality",
            .value = "CODE",
            .summary = {"団体 (コードか名称)", "The municipality, by code or name"},
            .group = OptionGroup::source},
           {.name = "include", .choices = {"notes"}, .summary = {"覚書も含める", "Include the notes, too"}},
           {.name = "output", .short_name = 'o', .value = "FILE", .summary = {"書き込むファイル", "The file to write"}},
           {.name = "dry-run", .summary = {"書かず、入るものを示す", "Say what would be in it; write nothing"}}},
      .run = run_export,
  };
  return command;
}

}  // namespace hyojun::cli
