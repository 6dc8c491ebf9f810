// hyojun identify: which standard character is every character of these files?
#include "commands.h"
#include "context.h"
#include "exceptions_file.h"
#include "exit_code.h"
#include "identify_record.h"
#include "identify_report.h"
#include "kernel_option.h"
#include "output_path.h"
#include "parse.h"
#include "progress.h"
#include "source_options.h"
#include "table_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

base::Result<void> apply_name_columns(const ParsedArguments& arguments, app::IdentifyOptions& options) {
  auto names = columns_of(arguments, "name-columns");
  if (!names) return tl::unexpected(names.error());
  auto kana = columns_of(arguments, "kana-columns");
  if (!kana) return tl::unexpected(kana.error());
  options.name_columns = std::move(*names);
  options.kana_columns = std::move(*kana);
  return {};
}

base::Result<void> apply_key(const ParsedArguments& arguments, app::IdentifyOptions& options) {
  options.key = arguments.value("key").value_or("");
  if (!options.key.empty() && !arguments.has("exceptions")) {
    return base::fail(
        ErrorCode::usage, {"--key は --exceptions とともに使います", "--key goes with --exceptions"}, {},
        {"例: --exceptions exceptions.csv --key 世帯番号", "for example --exceptions exceptions.csv --key 世帯番号"});
  }
  return {};
}

base::Result<app::IdentifyOptions> options_of(const ParsedArguments& arguments) {
  auto options = read_source_options(arguments);
  if (!options) return options;
  const auto threads = threads_of(arguments);
  if (!threads) return tl::unexpected(threads.error());
  options->threads = *threads;
  options->default_glyphs = arguments.has("default-glyphs");
  for (const auto& apply : {apply_name_columns, apply_number_columns, apply_key}) {
    if (auto ok = apply(arguments, *options); !ok) return tl::unexpected(ok.error());
  }
  return options;
}

base::Result<app::Report> run(const ParsedArguments& arguments, const app::IdentifyOptions& options, Context& context) {
  auto repertoire = repertoire_of(arguments);
  if (!repertoire) return tl::unexpected(repertoire.error());
  std::optional<app::ExceptionsFile> file;
  app::RowSink rows;
  if (const auto path = arguments.value("exceptions")) {
    if (auto ok = check_output(*path, inputs_of(arguments, options)); !ok) return tl::unexpected(ok.error());
    auto opened = app::ExceptionsFile::open(
        *path, options.key, arguments.has("force") ? base::Overwrite::replace : base::Overwrite::refuse);
    if (!opened) return tl::unexpected(opened.error());
    report_leftovers(opened->removed_leftovers(), context);
    file.emplace(std::move(*opened));
    rows = [&](const app::OccurrenceRow& row) { return file->write(row); };
  }
  Progress progress(context, options.files);
  auto report =
      app::identify(options, std::move(*repertoire), rows, [&](std::uint64_t bytes) { progress.show(bytes); });
  progress.end();
  if (report && file) {
    if (auto ok = file->close(); !ok) return tl::unexpected(ok.error());
  }
  return report;
}

int run_identify(const ParsedArguments& arguments, Context& context) {
  const auto options = options_of(arguments);
  if (!options) return fail(context, options.error());
  if (auto ok = check_record(arguments); !ok) return fail(context, ok.error());
  const auto report = run(arguments, *options, context);
  if (!report) return fail(context, report.error());
  for (const base::Text& note : report->notes) print_message(context, note);
  for (const app::FileReport& file : report->files) {
    for (const base::Text& warning : file.warnings) {
      print_message(context, {file.name + ": " + warning.ja, file.name + ": " + warning.en});
    }
  }
  if (arguments.has("json")) {
    write_identify_json(*report, context.out);
  } else {
    write_identify_text(*report, context);
  }
  if (auto ok = record_run(arguments, *report, context); !ok) return fail(context, ok.error());
  return report->found_something() ? kExitFound : kExitDone;
}

std::vector<Option> own_options() {
  using enum OptionGroup;
  std::vector<Option> options = source_options();
  const std::vector<Option> own = {
      {.name = "name-columns",
       .value = "A,B",
       .summary = {"損なわれた氏名を探す列", "Columns to look for damaged names in"},
       .repeatable = true,
       .group = source},
      {.name = "kana-columns",
       .value = "A,B",
       .summary = {"損なわれたカナ氏名を探す列", "Kana columns to look for damaged names in"},
       .repeatable = true,
       .group = source},
  };
  const std::vector<Option> results = {
      {.name = "exceptions",
       .value = "OUT",
       .summary = {"例外を1件1行で .csv か .xlsx に書く", "Write each exception as a row of a .csv or .xlsx"}},
      {.name = "key",
       .value = "COLUMN",
       .summary = {"例外の各行にこの列の値を添える (個人データ)",
                   "Add this column's value to each row (personal data)"}},
      {.name = "default-glyphs",
       .summary = {"既定字形の文字も例外と同じく一覧する", "List characters assumed to have the default glyph, too"}},
      {.name = "json", .summary = {"結果を JSON で書く", "Write the result as JSON"}},
      {.name = "force", .summary = {"既存の出力ファイルを置き換える", "Replace an existing output file"}},
      table_option(),
      kernel_option(),
      threads_option(),
  };
  const std::vector<Option> numbers = number_column_options();
  for (const auto* part : {&own, &numbers, &results}) options.insert(options.end(), part->begin(), part->end());
  return options;
}

std::vector<Option> identify_options() {
  std::vector<Option> all = own_options();
  for (Option& option : record_options()) all.push_back(std::move(option));
  return all;
}

}  // namespace

const Command& identify_command() {
  static const Command command{
      .path = "identify",
      .summary = {"文字同定: すべての文字がどの標準文字かを調べる", "Identify every character with the standard table"},
      .description = {"各文字に8つの結果のどれか1つを与え、例外を数え、位置を示します。入力は変更しません。\n\n"
                      "終了コード: 0 例外なし、1 例外か疑いあり、3 入力を受け付けない",
                      "Gives every character one of eight outcomes, counts the exceptions and says where they are. The "
                      "input is not changed.\n\n"
                      "Exit codes: 0 no exceptions, 1 exceptions or suspicions, 3 input rejected"},
      .positionals = {.usage = "FILE...",
                      .min = 1,
                      .max = kUnbounded,
                      .summary = {"入力 (- は標準入力)", "input files (- is standard input)"}},
      .examples = {{{"hyojun identify residents.csv --exceptions exceptions.xlsx",
                     {"UTF-8 の CSV を調べ、例外を Excel に出す",
                      "examine a UTF-8 CSV and write the exceptions to Excel"}},
                    {"hyojun identify juki.csv --encoding cp932 --gaiji gaiji.csv --columns 氏名漢字,住所 --json",
                     {"外字対応表を使い、2つの列だけを調べる", "use a gaiji table and examine two columns only"}}}},
      .options = identify_options(),
      .run = run_identify,
  };
  return command;
}

}  // namespace hyojun::cli
