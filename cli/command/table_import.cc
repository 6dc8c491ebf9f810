// hyojun table import: make a layer from a list or a font.
#include <fmt/format.h>

#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "hyojun/base/atomic_file.h"
#include "hyojun/charmap/layer.h"
#include "output_path.h"
#include "parse.h"
#include "table_view.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;
using charmap::Layer;

base::Result<Layer> read_layer(const ParsedArguments& arguments, const charmap::StandardTable& table) {
  const auto font = arguments.value("font");
  if (font.has_value() == !arguments.positionals().empty()) {
    return base::fail(ErrorCode::usage,
                      {"CSV か --font FILE のどちらか一方を指定します", "give either a CSV or --font FILE"}, {},
                      {"例: hyojun table import gj.csv -o gj.hjl", "for example hyojun table import gj.csv -o gj.hjl"});
  }
  const std::string version = arguments.value("layer-version").value_or("");
  return font ? Layer::from_font(*font, version, table)
              : Layer::from_csv(arguments.positionals().front(), version, table);
}

base::Result<void> write_layer(const Layer& layer, const std::string& path, base::Overwrite overwrite,
                               Context& context) {
  auto file = base::AtomicFile::open(path, overwrite);
  if (!file) return tl::unexpected(file.error());
  report_leftovers(file->removed_leftovers(), context);
  const auto bytes = layer.serialize();
  if (auto ok = file->write({reinterpret_cast<const char*>(bytes.data()), bytes.size()}); !ok) return ok;
  return file->commit();
}

int run_table_import(const ParsedArguments& arguments, Context& context) {
  const auto output = arguments.value("output");
  if (!output) {
    return fail(context,
                {ErrorCode::usage,
                 {"出力先を -o で指定してください", "say where to write with -o"},
                 {},
                 {"例: hyojun table import gj.csv -o gj.hjl", "for example hyojun table import gj.csv -o gj.hjl"}});
  }
  std::vector<std::string> inputs = arguments.positionals();
  inputs.push_back(arguments.value("font").value_or(""));
  if (auto ok = check_output(*output, inputs); !ok) return fail(context, ok.error());
  const auto layer = read_layer(arguments, *charmap::StandardTable::bundled());
  if (!layer) return fail(context, layer.error());
  const auto overwrite = arguments.has("force") ? base::Overwrite::replace : base::Overwrite::refuse;
  if (auto ok = write_layer(*layer, *output, overwrite, context); !ok) return fail(context, ok.error());
  print_message(context, {fmt::format("{}: {} 文字の層を作りました。--table {} で使います", *output,
                                      grouped(layer->characters().size()), *output),
                          fmt::format("{}: a layer of {} characters; use it with --table {}", *output,
                                      grouped(layer->characters().size()), *output)});
  return kExitDone;
}

}  // namespace

const Command& table_import_command() {
  static const Command command{
      .path = "table import",
      .summary = {"追加文字の一覧かフォントから層を作る", "Make a layer from a list or a font of added characters"},
      .description = {"CSV の列: name (文字図形名)、code (符号位置)、base (代替、省略可)。フォントからはグリフ名 "
                      "gjNNNNNN と符号位置だけを取り、字形は取りません。",
                      "Columns of the CSV: name, code, base (optional). From a font only the glyph names gjNNNNNN and "
                      "their code points are taken, no shapes."},
      .positionals = {.usage = "[FILE]", .min = 0, .max = 1, .summary = {"CSV の一覧", "the list, a CSV"}},
      .examples = {{{"hyojun table import gj.csv -o gj.hjl", {"一覧から層を作る", "make a layer from a list"}},
                    {"hyojun table import --font gj.ttf -o gj.hjl",
                     {"手元のフォントから層を作る", "make a layer from a font you have"}}}},
      .options = {{.name = "output",
                   .short_name = 'o',
                   .value = "LAYER",
                   .summary = {"書き込む層のファイル", "The layer file to write"}},
                  {.name = "font",
                   .value = "FILE",
                   .summary = {"グリフ名が gjNNNNNN のフォントから作る",
                               "Take the characters of a font whose glyph names are gjNNNNNN"},
                   .group = OptionGroup::source},
                  {.name = "layer-version",
                   .value = "TEXT",
                   .summary = {"層に記録する版", "The version recorded in the layer"}},
                  {.name = "force", .summary = {"既存の出力ファイルを置き換える", "Replace an existing output file"}}},
      .run = run_table_import,
  };
  return command;
}

}  // namespace hyojun::cli
