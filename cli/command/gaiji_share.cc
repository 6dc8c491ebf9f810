// hyojun gaiji share: checked matches of glyphs, for another office or the next system.
#include "gaiji_share.h"

#include <fmt/format.h>

#include "commands.h"
#include "context.h"
#include "decision_book_option.h"
#include "decision_columns.h"
#include "exit_code.h"
#include "gaiji_font_option.h"
#include "hyojun/base/atomic_file.h"
#include "output_path.h"
#include "table_option.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

std::map<std::string, std::string> outlines_of(const charmap::GlyphSource& font) {
  std::map<std::string, std::string> outlines;
  for (const char32_t code_point : font.code_points()) {
    const auto glyph = font.find(code_point);
    const auto outline = glyph ? font.outline(*glyph) : base::Result<std::string>(std::string());
    const auto digest = glyph ? font.glyph_digest(*glyph) : base::Result<std::string>(std::string());
    if (outline && digest && !outline->empty()) outlines.emplace(*digest, *outline);
  }
  return outlines;
}

int run_share(const ParsedArguments& arguments, Context& context) {
  const auto output = arguments.value("output");
  if (!output || !arguments.has("font")) {
    return fail(context, {ErrorCode::usage,
                          {"--font と -o を指定してください", "give --font and -o"},
                          {},
                          {"例: hyojun gaiji share --font EUDC.TTE -o share.json",
                           "for example hyojun gaiji share --font EUDC.TTE -o share.json"}});
  }
  const auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  const auto book = open_book(arguments, context);
  if (!book) return fail(context, book.error());
  const auto font = gaiji_font_of(arguments);
  if (!font) return fail(context, font.error());
  const app::SharedContent content = app::shared_of(*book, outlines_of(**font));
  auto file =
      base::AtomicFile::open(*output, arguments.has("force") ? base::Overwrite::replace : base::Overwrite::refuse);
  if (!file) return fail(context, file.error());
  report_leftovers(file->removed_leftovers(), context);
  if (auto ok = file->write(app::share_text(content, app::table_label(**repertoire))); !ok)
    return fail(context, ok.error());
  if (auto ok = file->commit(); !ok) return fail(context, ok.error());
  context.out.line(
      context.say({fmt::format("{}: 字形 {}。字形の分からない決定 {}、答えが分かれる字形 {} は入れていません", *output,
                               content.glyphs.size(), content.without_glyph, content.contradictions),
                   fmt::format("{}: {} glyphs; left out: {} decisions without a glyph, {} glyphs with several answers",
                               *output, content.glyphs.size(), content.without_glyph, content.contradictions)}));
  return kExitDone;
}

}  // namespace

const Command& gaiji_share_command() {
  static const Command command{
      .path = "gaiji share",
      .summary = {"確認済の同定を字形とともに書き出す", "Write checked matches with their glyphs"},
      .description =
          {"字形、同定先、区分、基準、文字表の版だけを書きます。外字コード、件数、位置、氏名は入りません。ほかで "
           "hyojun gaiji review --shared で読むと、同じ字形の候補になります（決定にはなりません）。",
           "Writes glyphs, targets, categories, criteria and the version of the table: no codes, counts, places or "
           "names. Read elsewhere with hyojun gaiji review --shared it gives candidates, never decisions."},
      .examples = {{{"hyojun gaiji share --db gaiji.db --font EUDC.TTE -o share.json",
                     {"共有するファイルを作る", "make the file"}},
                    {"hyojun gaiji review --font OTHER.TTE --encoding cp932 --shared share.json -o review.html",
                     {"ほかのシステムで候補に使う", "use it as candidates in another system"}}}},
      .options =
          {db_option(),
           font_option(),
           {.name = "output", .short_name = 'o', .value = "FILE", .summary = {"書き込むファイル", "The file to write"}},
           {.name = "force", .summary = {"既存の出力ファイルを置き換える", "Replace an existing output file"}},
           table_option()},
      .run = run_share,
  };
  return command;
}

}  // namespace hyojun::cli
