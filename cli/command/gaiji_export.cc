// hyojun gaiji export: recorded decisions as a gaiji table, as a file to be checked, as a sheet to be signed.
#include <fmt/format.h>

#include "commands.h"
#include "context.h"
#include "correspondence_sheet.h"
#include "decision_book_option.h"
#include "decision_file.h"
#include "exit_code.h"
#include "gaiji_font_option.h"
#include "gaiji_reference_option.h"
#include "gaiji_table_file.h"
#include "hyojun/base/atomic_file.h"
#include "output_path.h"
#include "table_option.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using app::GaijiTableContent;
using base::ErrorCode;

base::Result<void> check_call(const ParsedArguments& arguments) {
  if (arguments.has("output") || arguments.has("decisions") || arguments.has("sheet")) return {};
  return base::fail(ErrorCode::usage, {"何を書くかを指定してください", "say what to write"}, {},
                    {"外字対応表は -o 表.csv、印刷する対応表は --sheet "
                     "表.xlsx、確認用の決定は --decisions 決定.xlsx",
                     "-o TABLE.csv for the gaiji table, --sheet FILE.xlsx to "
                     "be printed, --decisions FILE.xlsx to be checked"});
}

base::Result<void> write_file(const ParsedArguments& arguments, const std::string& path, Context& context,
                              const std::function<base::Result<void>(base::AtomicFile&)>& write) {
  auto file = base::AtomicFile::open(path, arguments.has("force") ? base::Overwrite::replace : base::Overwrite::refuse);
  if (!file) return tl::unexpected(file.error());
  report_leftovers(file->removed_leftovers(), context);
  if (auto ok = write(*file); !ok) return ok;
  return file->commit();
}

base::Result<void> write_table(const ParsedArguments& arguments, const GaijiTableContent& content, Context& context) {
  const std::string path = arguments.value("output").value_or("");
  if (path.empty()) return {};
  if (path == "-") {
    return app::write_gaiji_table(content, [&](std::string_view bytes) -> base::Result<void> {
      context.out.write(bytes);
      return {};
    });
  }
  return write_file(arguments, path, context, [&](base::AtomicFile& file) {
    return app::write_gaiji_table(content, [&](std::string_view bytes) { return file.write(bytes); });
  });
}

// Every gaiji of the system with its last word, for a checker or for work that goes on elsewhere.
base::Result<void> write_decisions(const ParsedArguments& arguments, const core::DecisionBook& book,
                                   const GaijiTableContent& content, Context& context) {
  const auto path = arguments.value("decisions");
  if (!path) return {};
  const auto repertoire = repertoire_of(arguments);
  if (!repertoire) return tl::unexpected(repertoire.error());
  std::vector<app::DecisionSheetRow> rows;
  for (const auto& [key, standing] : book.standings()) {
    if (key.system == content.system && key.encoding == content.encoding)
      rows.push_back({.decision = book.last(key)->decision});
  }
  return write_file(arguments, *path, context, [&](base::AtomicFile& file) {
    return app::write_decisions(rows, **repertoire, file, arguments.has("plain"));
  });
}

// With pictures where the fonts are given or installed.
base::Result<void> write_sheet(const ParsedArguments& arguments, const GaijiTableContent& content,
                               const std::optional<base::Date>& as_of, Context& context) {
  const auto path = arguments.value("sheet");
  if (!path) return {};
  if (!path->ends_with(".xlsx"))
    return base::fail(ErrorCode::usage, {"--sheet は .xlsx です", "--sheet is an .xlsx"}, {},
                      {"例: --sheet 対応表.xlsx", "for example --sheet 対応表.xlsx"});
  const auto repertoire = repertoire_of(arguments);
  if (!repertoire) return tl::unexpected(repertoire.error());
  const auto references = reference_fonts_of(arguments);
  if (!references) return tl::unexpected(references.error());
  const app::CorrespondenceFonts fonts{arguments.value("font").value_or(""), *references};
  const base::Date day = as_of.value_or(base::date_in_japan(std::chrono::system_clock::now()));
  return write_file(arguments, *path, context, [&](base::AtomicFile& file) {
    return app::write_correspondence(content, **repertoire, fonts, day.wareki(), file.temp_path());
  });
}

void tell(const GaijiTableContent& content, Context& context) {
  print_message(
      context,
      {fmt::format("{} {}: {} 件（うち未確認 {}）。表に入らない案・未確認の変更 {} 件", content.system,
                   content.encoding, content.rows.size(), content.unchecked, content.pending),
       fmt::format("{} {}: {} rows ({} unchecked); {} proposals or unchecked "
                   "changes are not in it",
                   content.system, content.encoding, content.rows.size(), content.unchecked, content.pending)});
}

int run_export(const ParsedArguments& arguments, Context& context) {
  if (auto ok = check_call(arguments); !ok) return fail(context, ok.error());
  const auto as_of = date_option(arguments, "as-of");
  if (!as_of) return fail(context, as_of.error());
  const auto book = open_book(arguments, context, *as_of);
  if (!book) return fail(context, book.error());
  const auto content = app::gaiji_table_of(*book, {.system = arguments.value("system").value_or(""),
                                                   .encoding = arguments.value("encoding").value_or(""),
                                                   .include_unchecked = arguments.has("include-unchecked")});
  if (!content) return fail(context, content.error());
  if (auto ok = write_table(arguments, *content, context); !ok) return fail(context, ok.error());
  if (auto ok = write_decisions(arguments, *book, *content, context); !ok) return fail(context, ok.error());
  if (auto ok = write_sheet(arguments, *content, *as_of, context); !ok) return fail(context, ok.error());
  tell(*content, context);
  return content->unchecked > 0 ? kExitFound : kExitDone;
}

std::vector<Option> export_options() {
  using enum OptionGroup;
  return {db_option(),
          {.name = "system",
           .value = "NAME",
           .summary = {"システム (一つしかなければ要らない)", "The system, if there are several"},
           .group = source},
          {.name = "encoding",
           .value = "NAME",
           .summary = {"文字コード (一つしかなければ要らない)", "The encoding, if there are several"},
           .group = source},
          {.name = "as-of",
           .value = "DATE",
           .summary = {"その日の終わりまでに記録された決定による", "As recorded until the end of that day"},
           .group = source},
          {.name = "include-unchecked",
           .summary = {"確認されていない決定も入れ、表に未確認と書く", "Take in unchecked decisions, marked 未確認"}},
          {.name = "output",
           .short_name = 'o',
           .value = "FILE",
           .summary = {"外字対応表 (CSV)。- は標準出力", "The gaiji table (CSV); - is standard output"}},
          {.name = "sheet",
           .value = "OUT",
           .summary = {"字形の絵と決裁欄のある対応表 (.xlsx)", "A sheet with pictures, to be signed (.xlsx)"}},
          {.name = "decisions",
           .value = "OUT",
           .summary = {"決定を .csv か .xlsx に書く (確認や続きの作業用)",
                       "The decisions as .csv or .xlsx, to be checked"}},
          {.name = "plain", .summary = {"CSV を Excel 用にしない (BOM なし、LF)", "CSV without BOM and CRLF"}},
          {.name = "force", .summary = {"既存の出力ファイルを置き換える", "Replace an existing output file"}},
          font_option(),
          reference_option(),
          table_option()};
}

}  // namespace

const Command& gaiji_export_command() {
  static const Command command{
      .path = "gaiji export",
      .summary = {"決定から外字対応表を作る", "Make the gaiji table from the decisions"},
      .description = {"identify と convert の --gaiji "
                      "が読む外字対応表を、確認済の決定だけから作ります。確認前の変更は、"
                      "確認されるまで"
                      "前の確認済の決定が生きます。\n\n終了コード: 0 確認済だけ、1 "
                      "未確認の決定を含む",
                      "Makes the gaiji table that --gaiji of identify and convert reads, "
                      "from checked decisions alone. Until a "
                      "change is checked, the answer that was checked before stays in "
                      "force.\n\n"
                      "Exit codes: 0 checked decisions only, 1 unchecked ones are in it"},
      .examples = {{{"hyojun gaiji export --db gaiji.db -o gaiji.csv", {"外字対応表を作る", "make the gaiji table"}},
                    {"hyojun gaiji export --db gaiji.db --decisions decided.xlsx",
                     {"確認者に渡す決定の一覧", "the decisions for a checker"}}}},
      .options = export_options(),
      .run = run_export,
  };
  return command;
}

}  // namespace hyojun::cli
