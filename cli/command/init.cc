// hyojun init: make the database of a prefecture, of all Japan, or of decisions on gaiji.
#include <fmt/format.h>

#include <algorithm>

#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "hyojun/base/atomic_file.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

base::Result<core::Scope> scope_of(const ParsedArguments& arguments) {
  const std::vector<std::string> prefectures = arguments.values("prefecture");
  if (!prefectures.empty() && arguments.has("all")) {
    return base::fail(ErrorCode::usage,
                      {"--prefecture と --all は同時に使えません", "--prefecture and --all exclude each other"}, {},
                      {"例: hyojun init --prefecture 28", "for example hyojun init --prefecture 28"});
  }
  core::Scope scope;
  scope.tracker = !prefectures.empty() || arguments.has("all");
  scope.decisions = !scope.tracker || arguments.has("decisions");
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

std::size_t municipalities_of(const core::Catalog& catalog, const core::Scope& scope) {
  return static_cast<std::size_t>(std::ranges::count_if(
      catalog.bodies(), [&](const core::Body& body) { return scope.contains(body) && !body.is_prefecture(); }));
}

int preview(const std::string& path, const core::Scope& scope, Context& context) {
  // Opened and given up: a place where nothing can be made is told as by the real run.
  if (const auto file = base::AtomicFile::open(path, base::Overwrite::refuse); !file)
    return fail(context, file.error());
  if (!scope.tracker) {
    print_message(context, {path + ": 外字の決定のデータベースを作ります。まだ作っていません (--dry-run)",
                            path + ": would be the database of decisions on gaiji; not made (--dry-run)"});
    return kExitDone;
  }
  const std::size_t municipalities = municipalities_of(core::Catalog::bundled(), scope);
  print_message(
      context,
      {fmt::format("{}: {} 市区町村のデータベースを作ります。まだ作っていません (--dry-run)", path, municipalities),
       fmt::format("{}: would be the database of {} municipalities; not made (--dry-run)", path, municipalities)});
  return kExitDone;
}

int run_init(const ParsedArguments& arguments, Context& context) {
  const auto scope = scope_of(arguments);
  if (!scope) return fail(context, scope.error());
  const std::string path = db_path(arguments);
  if (arguments.has("dry-run")) return preview(path, *scope, context);
  const auto store = core::Store::create(path, *scope);
  if (!store) return fail(context, store.error());
  if (!scope->tracker) {
    print_message(
        context, {path + ": 外字の決定のデータベースを作りました", path + ": made the database of decisions on gaiji"});
    return kExitDone;
  }
  const std::size_t municipalities = municipalities_of(store->catalog(), *scope);
  print_message(context, {fmt::format("{}: {} 市区町村のデータベースを作りました", path, municipalities),
                          fmt::format("{}: made the database of {} municipalities", path, municipalities)});
  return kExitDone;
}

}  // namespace

const Command& init_command() {
  static const Command command{
      .path = "init",
      .summary = {"移行進捗か外字の決定のデータベースを作る", "Make the database of the tracker or of decisions"},
      .description =
          {"全国の団体、20業務と共通機能、40手順を持つ1つのファイルを作ります。都道府県も --all "
           "も指定しなければ、外字の"
           "決定のデータベースを作ります。移行進捗と決定を1つのファイルに入れるのは --decisions "
           "のときだけです。既にある"
           "ファイルには触れません。",
           "Makes one file with all bodies, the 20 businesses and 共通機能, and the 40 steps. Without a prefecture "
           "and --all it is for decisions on gaiji; both are kept in one file only with --decisions. A file that is "
           "there already is not touched."},
      .examples = {{{"hyojun init --prefecture 28", {"兵庫県のデータベースを作る", "make the database of 兵庫県"}},
                    {"hyojun init --db gaiji.db",
                     {"外字の決定のデータベースを作る", "make one for decisions on gaiji"}}}},
      .options = {db_option(),
                  {.name = "prefecture",
                   .value = "CODE",
                   .summary = {"都道府県 (コードか名称)", "A prefecture, by code or name"},
                   .repeatable = true,
                   .group = OptionGroup::source},
                  {.name = "all", .summary = {"全国", "All of Japan"}, .group = OptionGroup::source},
                  {.name = "decisions",
                   .summary = {"外字の決定も同じファイルに入れる", "Keep decisions on gaiji in the same file, too"},
                   .group = OptionGroup::source},
                  {.name = "dry-run", .summary = {"作らず、できるものを示す", "Say what would be made; make nothing"}}},
      .run = run_init,
  };
  return command;
}

}  // namespace hyojun::cli
