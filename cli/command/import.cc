// hyojun import: take in what was published or reported, all or nothing per file.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "commands.h"
#include "context.h"
#include "corrections.h"
#include "exit_code.h"
#include "hyojun/base/atomic_file.h"
#include "import_summary.h"
#include "output_path.h"
#include "problems.h"
#include "report.h"
#include "sheet_encoding.h"
#include "table_view.h"
#include "tracker_import.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using app::ImportedFile;
using app::ImportedSheet;
using app::ImportSummary;
using base::ErrorCode;
using nlohmann::ordered_json;

class Importer {
 public:
  Importer(const ParsedArguments& arguments, core::Store& store, app::ImportRequest request,
           std::optional<charmap::Encoding> encoding, Context& context)
      : arguments_(arguments),
        store_(store),
        request_(std::move(request)),
        encoding_(encoding),
        context_(context),
        dry_(arguments.has("dry-run")) {}

  // Returns the exit code of the file.
  int take(const std::string& path) {
    base::TableOptions options;
    options.decode = [&](std::string bytes) { return app::decode_sheet(std::move(bytes), encoding_, path); };
    auto reader = base::TableReader::open(path, options);
    if (!reader) return refuse(path, reader.error());
    const auto file = app::read_import(*reader, store_, request_);
    if (!file) return refuse(path, file.error());
    if (!file->problems.empty()) return refuse(*reader, *file);
    std::vector<core::ImportDraft> drafts;
    std::vector<ImportSummary> summaries;
    for (const ImportedSheet& sheet : file->sheets) {
      tell(path, sheet);
      const auto summary = app::summarize(store_, sheet.draft);
      if (!summary) return refuse(path, summary.error());
      summaries.push_back(*summary);
      drafts.push_back(sheet.draft);
    }
    for (const std::string& name : file->other_sheets) {
      if (!name.empty())
        print_message(context_, {fmt::format("{}: シート「{}」は取り込みません", path, name),
                                 fmt::format("{}: sheet \"{}\" is left out", path, name)});
    }
    if (dry_) return finish(path, *file, summaries, {});
    const auto recorded = store_.record_all(drafts);
    if (!recorded) return refuse(path, recorded.error());
    return finish(path, *file, summaries, *recorded);
  }

  ordered_json json() const { return {{"schema", "hyojun.import/1"}, {"dry_run", dry_}, {"files", files_}}; }

 private:
  int refuse(const std::string& path, const base::Error& error) {
    base::Error placed = error;
    if (placed.where.file.empty()) placed.where.file = path;
    print_error(context_, placed);
    line({fmt::format("{}: 取り込みませんでした", path), fmt::format("{}: not imported", path)});
    files_.push_back({{"name", path}, {"result", "refused"}, {"problems", 1}});
    return exit_code(error.code);
  }

  int refuse(base::TableReader& reader, const ImportedFile& file) {
    print_problems(context_, file.problems, file.problem_count);
    if (const auto output = correction_path(file.name)) {
      if (const auto ok = correct(reader, file, *output); !ok) print_error(context_, ok.error());
    } else {
      print_message(context_, {"--corrections 修正.xlsx で、誤りを書き込んだ修正用の表を作れます",
                               "--corrections FILE.xlsx writes the table with its errors, to be mended"});
    }
    line({fmt::format("{}: 誤り {} 件のため取り込みませんでした", file.name, grouped(file.problem_count)),
          fmt::format("{}: not imported, {} errors", file.name, grouped(file.problem_count))});
    files_.push_back({{"name", file.name}, {"result", "refused"}, {"problems", file.problem_count}});
    return kExitInputRejected;
  }

  // In a folder each refused file gets a sheet of its own.
  std::optional<std::string> correction_path(const std::string& path) const {
    const auto output = arguments_.value("corrections");
    if (!output) return std::nullopt;
    const auto kind = base::file_kind(*output);
    if (!kind || *kind != base::FileKind::directory) return output;
    const std::string name = path.substr(path.find_last_of('/') + 1);
    return *output + "/" + name.substr(0, name.find_last_of('.')) + "_修正.xlsx";
  }

  base::Result<void> correct(base::TableReader& reader, const ImportedFile& file, const std::string& output) {
    // --force replaces what was there before the run, never the sheet of another file of this run.
    const bool may_replace = arguments_.has("force") && corrected_.insert(output).second;
    auto out = base::AtomicFile::open(output, may_replace ? base::Overwrite::replace : base::Overwrite::refuse);
    if (!out) return tl::unexpected(out.error());
    report_leftovers(out->removed_leftovers(), context_);
    if (auto ok = app::write_corrections(reader, file, *out, output.ends_with(".xlsx")); !ok) return ok;
    if (auto ok = out->commit(); !ok) return ok;
    print_message(context_, {fmt::format("{}: 修正用の表を書きました。直して取り込み直してください", output),
                             fmt::format("{}: the table with its errors; mend it and import it", output)});
    return {};
  }

  // What was read out of the sheet, to be confirmed by whoever looks on.
  void tell(const std::string& path, const ImportedSheet& sheet) {
    const std::string day = sheet.draft.as_of.iso();
    const std::string era = sheet.draft.as_of.wareki();
    print_message(context_,
                  sheet.dated_by_sheet
                      ? base::Text{fmt::format("{}: {}、表の日付により {}（{}）時点", path, sheet.title, era, day),
                                   fmt::format("{}: {}, as of {} ({}), as the sheet says", path, sheet.title, day, era)}
                      : base::Text{fmt::format("{}: {}、指定により {}（{}）時点", path, sheet.title, era, day),
                                   fmt::format("{}: {}, as of {} ({}), as you say", path, sheet.title, day, era)});
    if (sheet.zeros_restored > 0)
      print_message(
          context_,
          {fmt::format("{}: 先頭の 0 が失われた団体コード {} 件を補いました", path, sheet.zeros_restored),
           fmt::format("{}: {} codes had lost their leading zero, which was restored", path, sheet.zeros_restored)});
    if (sheet.out_of_scope > 0)
      print_message(
          context_,
          {fmt::format("{}: このデータベースの対象でない団体の {} 行を除きました", path, sheet.out_of_scope),
           fmt::format("{}: {} rows of bodies outside this database are left out", path, sheet.out_of_scope)});
    for (const std::string& heading : sheet.unread_headings)
      print_message(context_, {fmt::format("{}: 列「{}」は読みません", path, heading),
                               fmt::format("{}: column \"{}\" is not read", path, heading)});
    for (const core::Coverage& coverage : sheet.draft.coverage) {
      if (!coverage.whole_prefecture) continue;
      const std::string name = store_.catalog().bodies()[*store_.catalog().find_code(coverage.body)].name;
      print_message(context_,
                    {fmt::format("{}: {}の全団体を対象とし、一覧にない団体は該当なしとします", path, name),
                     fmt::format("{}: speaks of all bodies of {}: who is missing is not flagged", path, name)});
    }
  }

  int finish(const std::string& path, const ImportedFile& file, const std::vector<ImportSummary>& summaries,
             const std::vector<core::Recorded>& recorded) {
    ordered_json imports = ordered_json::array();
    for (std::size_t i = 0; i < file.sheets.size(); ++i) {
      const ImportSummary& sum = summaries[i];
      const bool already = !dry_ && recorded[i].already;
      const std::string id = dry_ ? "" : std::to_string(recorded[i].import.id);
      line(already ? base::Text{fmt::format("{}: 取込 {} と同じファイルです。何も記録しませんでした", path, id),
                                fmt::format("{}: the same file as import {}; nothing was recorded", path, id)}
                   : summary_text(path, file.sheets[i].draft, sum, id));
      ordered_json entry = {{"id", dry_ ? ordered_json(nullptr) : ordered_json(recorded[i].import.id)},
                            {"form", file.sheets[i].draft.form},
                            {"as_of", file.sheets[i].draft.as_of.iso()},
                            {"already", already},
                            {"bodies", sum.bodies},
                            {"cells", sum.cells},
                            {"first", sum.first},
                            {"changed", sum.changed},
                            {"unchanged", sum.unchanged},
                            {"regressions", sum.regressions},
                            {"notes", sum.notes}};
      imports.push_back(std::move(entry));
    }
    files_.push_back({{"name", path}, {"result", dry_ ? "dry_run" : "imported"}, {"imports", imports}});
    return kExitDone;
  }

  base::Text summary_text(const std::string& path, const core::ImportDraft& draft, const ImportSummary& sum,
                          const std::string& id) const {
    const std::string notes_ja = sum.notes > 0 ? fmt::format("、覚書 {}", sum.notes) : "";
    const std::string notes_en = sum.notes > 0 ? fmt::format(", {} notes", sum.notes) : "";
    const std::string back_ja = sum.regressions > 0 ? fmt::format("（うち後退 {}）", grouped(sum.regressions)) : "";
    const std::string back_en = sum.regressions > 0 ? fmt::format(" ({} of them back)", grouped(sum.regressions)) : "";
    const std::string undo_ja =
        dry_ ? "。まだ記録していません (--dry-run)" : fmt::format("。取り消すには hyojun undo {}", id);
    const std::string undo_en =
        dry_ ? "; not recorded (--dry-run)" : fmt::format("; to take it back: hyojun undo {}", id);
    return {fmt::format("{}: {} {} 団体 {} 件、初めて {}、変更 {}{}、同じ {}{}{}", path, draft.as_of.iso(),
                        grouped(sum.bodies), grouped(sum.cells), grouped(sum.first), grouped(sum.changed), back_ja,
                        grouped(sum.unchanged), notes_ja, undo_ja),
            fmt::format("{}: {} {} bodies, {} values: {} first, {} changed{}, {} the same{}{}", path, draft.as_of.iso(),
                        grouped(sum.bodies), grouped(sum.cells), grouped(sum.first), grouped(sum.changed), back_en,
                        grouped(sum.unchanged), notes_en, undo_en)};
  }

  void line(const base::Text& text) {
    if (!arguments_.has("json")) context_.out.line(context_.say(text));
  }

  const ParsedArguments& arguments_;
  core::Store& store_;
  app::ImportRequest request_;
  std::optional<charmap::Encoding> encoding_;
  Context& context_;
  bool dry_;
  ordered_json files_ = ordered_json::array();
  std::set<std::string> corrected_;
};

base::Result<std::optional<charmap::Encoding>> encoding_of(const ParsedArguments& arguments) {
  const auto name = arguments.value("encoding");
  if (!name) return std::optional<charmap::Encoding>();
  const auto encoding = charmap::parse_encoding(*name);
  if (encoding) return encoding;
  return base::fail(ErrorCode::usage, {"扱えない文字コードです: " + *name, "unsupported encoding: " + *name}, {},
                    {fmt::format("{} のいずれかを指定してください", charmap::encoding_list()),
                     fmt::format("give one of {}", charmap::encoding_list())});
}

int run_import(const ParsedArguments& arguments, Context& context) {
  const auto as_of = date_option(arguments, "as-of");
  if (!as_of) return fail(context, as_of.error());
  const auto encoding = encoding_of(arguments);
  if (!encoding) return fail(context, encoding.error());
  auto store = open_store(arguments, core::Store::Access::write, context);
  if (!store) return fail(context, store.error());
  Importer importer(arguments, *store,
                    {.as_of = *as_of,
                     .source = arguments.value("source").value_or(""),
                     .actor = actor_of(arguments),
                     .tool = tool_name()},
                    *encoding, context);
  int code = kExitDone;
  for (const std::string& path : arguments.positionals()) {
    code = std::max(code, importer.take(path));
    if (code == kExitInterrupted) break;
  }
  if (arguments.has("json"))
    context.out.line(importer.json().dump(-1, ' ', false, ordered_json::error_handler_t::replace));
  return code;
}

}  // namespace

const Command& import_command() {
  static const Command command{
      .path = "import",
      .summary = {"公表資料や報告を取り込む", "Take in what was published or reported"},
      .description =
          {"総務省とデジタル庁の公表様式と hyojun template の様式を、内容で見分けて取り込みます (CSV、XLSX)。"
           "ファイルごとに全部か無しかで、誤りは一覧で示します。日付は表から読み、表にないときは --as-of "
           "が要ります。同じファイルは二度記録しません。\n\n取り消すには hyojun undo 番号",
           "Reads the sheets of MIC and Digital Agency and those of hyojun template, told by content (CSV, "
           "XLSX): a file whole or not at all, errors as a list. The date is read from the sheet; where it "
           "has none, --as-of is needed. The same file is not recorded twice.\n\nhyojun undo NUMBER takes it "
           "back."},
      .positionals = {.usage = "FILE...", .min = 1, .max = kUnbounded, .summary = {"取り込むファイル", "the files"}},
      .examples = {{{"hyojun import rates.xlsx late.xlsx",
                     {"日付のある公表資料を取り込む", "take in sheets that carry their date"}},
                    {"hyojun import steps.xlsx --as-of 2026-01-31 --dry-run",
                     {"日付のない表が何を変えるかを見る", "see what a sheet without date would change"}}}},
      .options =
          {db_option(),
           {.name = "as-of",
            .value = "DATE",
            .summary = {"表がいつの時点のものか", "The day the sheet speaks of"},
            .group = OptionGroup::source},
           {.name = "encoding",
            .value = "NAME",
            .summary = {"BOM のない CSV の文字コード (なければ utf-8)", "Encoding of CSV without BOM, default utf-8"},
            .details = {"日本語版 Excel の「CSV (コンマ区切り)」は cp932。", "Excel in Japan saves CSV as cp932."},
            .group = OptionGroup::source},
           {.name = "source",
            .value = "TEXT",
            .summary = {"出典", "Where the sheet comes from"},
            .group = OptionGroup::source},
           {.name = "dry-run", .summary = {"記録せず、変わることを示す", "Say what would change; record nothing"}},
           {.name = "corrections",
            .value = "OUT",
            .summary = {"誤りを書き込んだ修正用の表 (.xlsx、.csv)", "The refused table with its errors (.xlsx, .csv)"},
            .details = {"フォルダーを指定すると、ファイルごとに作る。", "In a folder: one for each refused file."}},
           {.name = "force", .summary = {"既存の修正用の表を置き換える", "Replace an existing correction sheet"}},
           {.name = "json", .summary = {"結果を JSON で書く", "Write the result as JSON"}},
           actor_option(),
           wait_option()},
      .run = run_import,
  };
  return command;
}

}  // namespace hyojun::cli
