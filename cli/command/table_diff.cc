// hyojun table diff: what changed between two tables or layers.
#include "table_diff.h"

#include <nlohmann/json.hpp>

#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "json_text.h"
#include "parse.h"
#include "table_view.h"
#include "tables.h"

namespace hyojun::cli {
namespace {

using app::TableChange;
using nlohmann::ordered_json;

std::string_view key_of(TableChange::Kind kind) {
  return kind == TableChange::Kind::added ? "added" : kind == TableChange::Kind::removed ? "removed" : "changed";
}

base::Text name_of(TableChange::Kind kind) {
  return kind == TableChange::Kind::added     ? base::Text{"追加", "added"}
         : kind == TableChange::Kind::removed ? base::Text{"削除", "removed"}
                                              : base::Text{"変更", "changed"};
}

// "bundled" names the table inside the program.
base::Result<std::shared_ptr<const charmap::Repertoire>> open_side(const std::string& path) {
  return app::open_tables(path == "bundled" ? std::vector<std::string>{} : std::vector<std::string>{path});
}

void print(const std::vector<TableChange>& changes, Context& context) {
  if (changes.empty()) {
    context.out.line(context.say({"違いはありません", "no differences"}));
    return;
  }
  TableView view({{""},
                  {context.say({"文字図形名", "name"})},
                  {context.say({"項目", "field"})},
                  {context.say({"前", "before"}), Align::left, Fit::truncate},
                  {context.say({"後", "after"}), Align::left, Fit::truncate}});
  for (const TableChange& c : changes) view.add_row({context.say(name_of(c.kind)), c.name, c.field, c.before, c.after});
  context.out.write(view.render(table_style(context)));
}

int run_table_diff(const ParsedArguments& arguments, Context& context) {
  const auto before = open_side(arguments.positionals()[0]);
  if (!before) return fail(context, before.error());
  const auto after = open_side(arguments.positionals()[1]);
  if (!after) return fail(context, after.error());
  const auto changes = app::compare(**before, **after);
  if (arguments.has("json")) {
    ordered_json out = {{"schema", "hyojun.table-diff/1"}, {"changes", ordered_json::array()}};
    for (const TableChange& c : changes) {
      out["changes"].push_back(
          {{"kind", key_of(c.kind)}, {"name", c.name}, {"field", c.field}, {"before", c.before}, {"after", c.after}});
    }
    context.out.line(json_text(out));
  } else {
    print(changes, context);
  }
  return changes.empty() ? kExitDone : kExitFound;
}

}  // namespace

const Command& table_diff_command() {
  static const Command command{
      .path = "table diff",
      .summary = {"2つの表か層の違いを示す", "Show what changed between two tables or layers"},
      .positionals = {.usage = "A B",
                      .min = 2,
                      .max = 2,
                      .summary = {"表か層のファイル。bundled は内蔵の表",
                                  "files of tables or layers; bundled is the table in the program"}},
      .examples = {{{"hyojun table diff gj-2024.hjl gj-2026.hjl",
                     {"追加文字の2つの版を比べる", "compare two versions of a layer"}},
                    {"hyojun table diff bundled standard.hjt --json",
                     {"内蔵の表とファイルを比べる", "compare the bundled table with a file"}}}},
      .options = {{.name = "json", .summary = {"結果を JSON で書く", "Write the result as JSON"}}},
      .run = run_table_diff,
  };
  return command;
}

}  // namespace hyojun::cli
