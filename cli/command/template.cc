// hyojun template: sheets to be filled in.
#include <fmt/format.h>

#include "commands.h"
#include "exit_code.h"
#include "output_path.h"
#include "template_sheet.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

base::Result<const app::TemplateKind*> kind_of(const std::string& key) {
  if (const app::TemplateKind* kind = app::find_template_kind(key)) return kind;
  std::string all;
  for (const app::TemplateKind& kind : app::template_kinds()) all += (all.empty() ? "" : ", ") + std::string(kind.key);
  return base::fail(ErrorCode::usage, {"その様式はありません: " + key, "there is no such template: " + key}, {},
                    {all + " のいずれかを指定してください", "give one of " + all});
}

base::Result<void> write(const app::TemplateContent& content, const app::TemplateKind& kind, const std::string& path,
                         bool force, Context& context) {
  auto file = base::AtomicFile::open(path, force ? base::Overwrite::replace : base::Overwrite::refuse);
  if (!file) return tl::unexpected(file.error());
  report_leftovers(file->removed_leftovers(), context);
  if (auto ok = app::write_template(content, kind, *file, !path.ends_with(".csv")); !ok) return ok;
  if (auto ok = file->commit(); !ok) return ok;
  context.out.line(context.say({fmt::format("{}: {} {} 行", path, kind.title, content.rows.size()),
                                fmt::format("{}: {}, {} rows", path, kind.key, content.rows.size())}));
  return {};
}

// Filled in, for one municipality or a file for each.
base::Result<void> write_filled(const ParsedArguments& arguments, const app::TemplateKind& kind,
                                const std::optional<base::Date>& as_of, Context& context) {
  const auto opened = open_state(arguments, {.progress = true, .late = true, .facts = true, .notes = true}, context);
  if (!opened) return tl::unexpected(opened.error());
  const bool force = arguments.has("force");
  if (const auto folder = arguments.value("each")) {
    for (const std::size_t body : opened->state.municipalities()) {
      const core::Body& entry = opened->state.catalog().bodies()[body];
      const std::string path = fmt::format("{}/{}_{}_{}.xlsx", *folder, kind.key, entry.code, entry.name);
      const auto content = app::filled_template(kind, as_of, opened->state, {body});
      if (auto ok = write(content, kind, path, force, context); !ok) return ok;
    }
    return {};
  }
  const auto body = body_of(opened->store, *arguments.value("municipality"));
  if (!body) return tl::unexpected(body.error());
  return write(app::filled_template(kind, as_of, opened->state, {*body}), kind, *arguments.value("output"), force,
               context);
}

int run_template(const ParsedArguments& arguments, Context& context) {
  const auto kind = kind_of(arguments.positionals().front());
  if (!kind) return fail(context, kind.error());
  const auto as_of = date_option(arguments, "as-of");
  if (!as_of) return fail(context, as_of.error());
  if (arguments.has("each") == arguments.has("output")) {
    return fail(context,
                {ErrorCode::usage,
                 {"-o か --each のどちらかを指定してください", "give either -o or --each"},
                 {},
                 {"例: hyojun template golive -o golive.xlsx", "for example hyojun template golive -o golive.xlsx"}});
  }
  const auto done = arguments.has("each") || arguments.has("municipality")
                        ? write_filled(arguments, **kind, *as_of, context)
                        : write(app::empty_template(**kind, *as_of), **kind, *arguments.value("output"),
                                arguments.has("force"), context);
  return done ? kExitDone : fail(context, done.error());
}

}  // namespace

const Command& template_command() {
  static const Command command{
      .path = "template",
      .summary = {"記入用の様式を作る", "Write a sheet to be filled in"},
      .description =
          {"KIND は steps (手順)、rates (完了手順数)、late (特定移行支援)、golive (運用開始)、attributes (属性)、gaiji "
           "(文字同定)、forecast (見込み)、judgement (県の見立て)、bodies (地域・人口)、notes (覚書)。--municipality "
           "と --each は"
           "最後の値を書き込みます。空欄は「述べない」、取消 は前の値の取下げです。",
           "KIND is steps, rates, late, golive, attributes, gaiji, forecast, judgement, bodies or notes. "
           "--municipality and --each fill in the last values. An empty cell says nothing; 取消 takes back "
           "what was said."},
      .positionals = {.usage = "KIND", .min = 1, .max = 1, .summary = {"様式の種類", "the kind of sheet"}},
      .examples = {{{"hyojun template golive -o golive.xlsx", {"運用開始日の様式", "for go-live dates"}},
                    {"hyojun template steps --each . --as-of 2026-02-28",
                     {"団体ごとに、前の値を書き込んで", "one for each, filled in"}}}},
      .options = {db_option(),
                  {.name = "as-of",
                   .value = "DATE",
                   .summary = {"様式に書く基準日", "The day the sheet will speak of"},
                   .group = OptionGroup::source},
                  {.name = "known-at",
                   .value = "DATE",
                   .summary = {"その日までに記録された値を書き込む", "Fill in what was recorded until that day"},
                   .group = OptionGroup::source},
                  {.name = "municipality",
                   .value = "CODE",
                   .summary = {"団体の最後の値を書き込む", "Fill in the last values of one municipality"},
                   .group = OptionGroup::source},
                  {.name = "each",
                   .value = "DIR",
                   .summary = {"全団体の様式をフォルダーに作る", "One workbook for each, into a folder"}},
                  {.name = "output",
                   .short_name = 'o',
                   .value = "FILE",
                   .summary = {"書き込むファイル (.xlsx、.csv)", "The file to write (.xlsx or .csv)"}},
                  {.name = "force", .summary = {"既存のファイルを置き換える", "Replace existing files"}}},
      .run = run_template,
  };
  return command;
}

}  // namespace hyojun::cli
