// hyojun init: make the database of a prefecture, or of all Japan.
#include <fmt/format.h>

#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

base::Result<core::Scope> scope_of(const ParsedArguments& arguments) {
  const std::vector<std::string> prefectures = arguments.values("prefecture");
  if (prefectures.empty() != arguments.has("all")) {
    return base::fail(ErrorCode::usage,
                      {"--prefecture か --all のどちらかを指定してください", "give either --prefecture or --all"}, {},
                      {"例: hyojun init --prefecture 28", "for example hyojun init --prefecture 28"});
  }
  core::Scope scope;
  for (const std::string& text : prefectures) {
    const auto found = core::Catalog::bundled().find_prefecture(text);
    if (!found) {
      return base::fail(ErrorCode::usage, {"その都道府県はありません: " + text, "there is no such prefecture: " + text},
                        {}, {"例: 28、280003、兵庫県", "for example 28, 280003 or 兵庫県"});
    }
    scope.prefectures.push_back(core::Catalog::bundled().bodies()[*found].code);
  }
  return scope;
}

int run_init(const ParsedArguments& arguments, Context& context) {
  const auto scope = scope_of(arguments);
  if (!scope) return fail(context, scope.error());
  const std::string path = db_path(arguments);
  const auto store = core::Store::create(path, *scope);
  if (!store) return fail(context, store.error());
  std::size_t municipalities = 0;
  for (const core::Body& body : store->catalog().bodies())
    municipalities += scope->contains(body) && !body.is_prefecture();
  print_message(context, {fmt::format("{}: {} 市区町村のデータベースを作りました", path, municipalities),
                          fmt::format("{}: made the database of {} municipalities", path, municipalities)});
  return kExitDone;
}

}  // namespace

const Command& init_command() {
  static const Command command{
      .path = "init",
      .summary = {"移行進捗のデータベースを作る", "Make the database of the tracker"},
      .description =
          {"全国の団体、20業務と共通機能、40手順を持つ1つのファイルを作ります。既にあるファイルには触れません。",
           "Makes one file with all bodies, the 20 businesses and 共通機能, and the 40 steps. A file that is "
           "there already is not touched."},
      .examples = {{{"hyojun init --prefecture 28", {"兵庫県のデータベースを作る", "make the database of 兵庫県"}},
                    {"hyojun init --all --db japan.db", {"全国のデータベースを作る", "make one for all of Japan"}}}},
      .options = {db_option(),
                  {.name = "prefecture",
                   .value = "CODE",
                   .summary = {"都道府県 (コードか名称)", "A prefecture, by code or name"},
                   .repeatable = true,
                   .group = OptionGroup::source},
                  {.name = "all", .summary = {"全国", "All of Japan"}, .group = OptionGroup::source}},
      .run = run_init,
  };
  return command;
}

}  // namespace hyojun::cli
