// hyojun table info: what the standard table and the layers hold.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "json_text.h"
#include "parse.h"
#include "printable.h"
#include "table_option.h"
#include "table_view.h"
#include "tables.h"

namespace hyojun::cli {
namespace {

using charmap::TableInfo;
using nlohmann::ordered_json;

ordered_json to_json(const TableInfo& info, const charmap::Repertoire& repertoire, bool verified) {
  ordered_json out = {{"schema", "hyojun.table/1"},
                      {"version", info.version},
                      {"digest", info.digest},
                      {"format_version", info.format_version},
                      {"schema_version", info.schema_version},
                      {"unicode_version", info.unicode_version},
                      {"bytes", info.bytes},
                      {"verified", verified}};
  out["counts"] = {{"mj", info.mj},
                   {"plain", info.plain},
                   {"ivs", info.ivs},
                   {"ivs_only", info.ivs_only},
                   {"svs", info.svs},
                   {"shared", info.shared},
                   {"hentaigana", info.hentaigana},
                   {"nonkanji", info.nonkanji},
                   {"sequences", info.sequences},
                   {"other_sequences", info.other_sequences}};
  out["layers"] = ordered_json::array();
  for (const charmap::Layer& layer : repertoire.layers()) {
    out["layers"].push_back({{"title", layer.title()},
                             {"version", layer.version()},
                             {"digest", layer.digest()},
                             {"characters", layer.characters().size()}});
  }
  out["sources"] = ordered_json::array();
  for (const auto& [source, licence] : info.sources)
    out["sources"].push_back({{"source", source}, {"licence", licence}});
  return out;
}

void print(const TableInfo& info, const charmap::Repertoire& repertoire, bool verified, Context& context) {
  const auto say = [&](const base::Text& text) { return context.say(text); };
  context.out.line(info.version);
  TableView view({{""}, {"", Align::right}});
  view.add_row({say({"MJ 文字", "MJ characters"}), grouped(info.mj)});
  view.add_row({say({"単独の符号位置で表せるもの", "plain code points"}), grouped(info.plain)});
  view.add_row({say({"Moji_Joho IVS", "Moji_Joho IVS"}), grouped(info.ivs)});
  view.add_row({say({"  IVS でしか表せないもの", "  reachable only so"}), grouped(info.ivs_only)});
  view.add_row({say({"SVS", "SVS"}), grouped(info.svs)});
  view.add_row(
      {say({"複数の MJ 文字が共有する符号位置", "code points shared by several MJ characters"}), grouped(info.shared)});
  view.add_row({say({"変体仮名", "hentaigana"}), grouped(info.hentaigana)});
  view.add_row({say({"非漢字", "non-kanji"}), grouped(info.nonkanji)});
  view.add_row({say({"ほかの登録の異体字列", "sequences of other registrations"}), grouped(info.other_sequences)});
  context.out.write(view.render(table_style(context, 2)));
  for (const charmap::Layer& layer : repertoire.layers()) {
    const std::string title =
        printable(layer.version().empty() ? layer.title() : layer.title() + " " + layer.version());
    context.out.line(say({fmt::format("層 {}: {} 文字", title, grouped(layer.characters().size())),
                          fmt::format("layer {}: {} characters", title, grouped(layer.characters().size()))}));
  }
  if (repertoire.layers().empty()) {
    context.out.line(say({"追加文字（GJ）は読み込まれていません", "no added characters (GJ) loaded"}));
  }
  context.out.line(fmt::format("SHA-256 {}", info.digest));
  context.out.line(
      say({fmt::format("形式 {}、構成 {}、Unicode {}", info.format_version, info.schema_version, info.unicode_version),
           fmt::format("format {}, schema {}, Unicode {}", info.format_version, info.schema_version,
                       info.unicode_version)}));
  if (verified) context.out.line(say({"検証しました: 壊れていません", "verified: intact"}));
}

int run_table_info(const ParsedArguments& arguments, Context& context) {
  auto paths = arguments.positionals();
  for (const std::string& path : table_paths(arguments)) paths.push_back(path);
  const auto repertoire = app::open_tables(paths);
  if (!repertoire) return fail(context, repertoire.error());
  const bool verify = arguments.has("verify");
  if (verify) {
    if (auto ok = (*repertoire)->table().verify(); !ok) return fail(context, ok.error());
  }
  const TableInfo info = (*repertoire)->table().info();
  if (arguments.has("json")) {
    context.out.line(json_text(to_json(info, **repertoire, verify)));
  } else {
    print(info, **repertoire, verify, context);
  }
  return kExitDone;
}

}  // namespace

const Command& table_info_command() {
  static const Command command{
      .path = "table info",
      .summary = {"標準文字表と層の内容を示す", "Show what the standard table and the layers hold"},
      .positionals = {.usage = "[FILE...]",
                      .min = 0,
                      .max = kUnbounded,
                      .summary = {"表か層のファイル (--table と同じ)", "files of a table or of layers (as --table)"}},
      .examples = {{{"hyojun table info --verify", {"内蔵の表を検証する", "check the bundled table"}},
                    {"hyojun table info --table gj.hjl --json",
                     {"追加文字の層を含めて JSON で示す", "include a layer, as JSON"}}}},
      .options = {{.name = "verify",
                   .summary = {"内蔵の表も隅々まで検証する", "Check the bundled table completely, too"}},
                  {.name = "json", .summary = {"結果を JSON で書く", "Write the result as JSON"}},
                  table_option()},
      .run = run_table_info,
  };
  return command;
}

}  // namespace hyojun::cli
