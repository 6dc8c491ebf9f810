// hyojun identify: which standard character is every character of these files?
#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "commands.h"
#include "context.h"
#include "exceptions_file.h"
#include "exit_code.h"
#include "hyojun/base/platform.h"
#include "hyojun/base/text.h"
#include "identify_record.h"
#include "identify_report.h"
#include "output_path.h"
#include "parse.h"
#include "progress.h"
#include "table_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

constexpr std::uint64_t kMaxThreads = 1024;
constexpr unsigned kMostCores = 16;  // unless asked: each thread keeps some megabytes

base::Result<std::vector<std::string>> columns_of(const ParsedArguments& arguments, const std::string& option) {
  std::vector<std::string> columns;
  for (const std::string& value : arguments.values(option)) {
    for (std::size_t at = 0; at <= value.size();) {
      const std::size_t comma = std::min(value.find(',', at), value.size());
      columns.push_back(value.substr(at, comma - at));
      at = comma + 1;
    }
  }
  // No column at all would mean every column: an empty variable of a script must not widen the run in silence.
  if (std::ranges::find(columns, "") == columns.end()) return columns;
  return base::fail(
      ErrorCode::usage,
      {fmt::format("--{} に空の列名があります", option), fmt::format("--{} names an empty column", option)}, {},
      {fmt::format("例: --{} 氏名漢字,住所", option), fmt::format("for example --{} 氏名漢字,住所", option)});
}

base::Result<void> apply_columns(const ParsedArguments& arguments, app::IdentifyOptions& options) {
  auto columns = columns_of(arguments, "columns");
  auto names = columns_of(arguments, "name-columns");
  auto kana = columns_of(arguments, "kana-columns");
  for (const auto* found : {&columns, &names, &kana}) {
    if (!*found) return tl::unexpected(found->error());
  }
  options.columns = std::move(*columns);
  options.name_columns = std::move(*names);
  options.kana_columns = std::move(*kana);
  return {};
}

base::Result<char32_t> delimiter_of(const std::string& value) {
  if (value == "\\t" || value == "tab") return U'\t';
  if (value == "\t" || (value.size() == 1 && value[0] >= ' ' && value[0] < 0x7F && value != "\"")) {
    return static_cast<char32_t>(value[0]);
  }
  return base::fail(ErrorCode::usage, {"--delimiter は ASCII 1文字です", "--delimiter is one ASCII character"}, {},
                    {"例: --delimiter ';'、タブは --delimiter tab", "for example --delimiter ';', or tab for a TAB"});
}

base::Result<void> apply_profile(const ParsedArguments& arguments, app::IdentifyOptions& options) {
  if (!arguments.has("profile")) return {};
  for (const char* name : {"encoding", "gaiji", "system"}) {
    if (!arguments.has(name)) continue;
    return base::fail(ErrorCode::usage,
                      {fmt::format("--profile と --{} は同時に使えません", name),
                       fmt::format("--profile and --{} exclude each other", name)},
                      {},
                      {"プロファイルに書くか、プロファイルを使わずに指定してください",
                       "write it into the profile, or do without the profile"});
  }
  const auto profile = charmap::open_profile(*arguments.value("profile"));
  if (!profile) return tl::unexpected(profile.error());
  options.system = profile->system;
  options.encoding = profile->encoding;
  options.gaiji = profile->gaiji;
  options.shapes = profile->shapes;
  options.shape_exceptions = profile->shape_exceptions;
  return {};
}

base::Result<void> apply_encoding(const ParsedArguments& arguments, app::IdentifyOptions& options) {
  const auto name = arguments.value("encoding");
  if (!name) return {};
  options.encoding = charmap::parse_encoding(*name);
  if (options.encoding) return {};
  return base::fail(ErrorCode::usage, {"扱えない文字コードです: " + *name, "unsupported encoding: " + *name}, {},
                    {fmt::format("{} のいずれかを指定してください。shift_jis は種類があるので cp932 などと明示します",
                                 charmap::encoding_list()),
                     fmt::format("give one of {}; shift_jis means several, so say cp932 or another by name",
                                 charmap::encoding_list())});
}

base::Result<void> apply_format(const ParsedArguments& arguments, app::IdentifyOptions& options) {
  if (const auto format = arguments.value("format")) {
    options.format = *format == "text" ? app::Format::text : *format == "tsv" ? app::Format::tsv : app::Format::csv;
  }
  if (const auto value = arguments.value("delimiter")) {
    const auto delimiter = delimiter_of(*value);
    if (!delimiter) return tl::unexpected(delimiter.error());
    options.delimiter = *delimiter;
    if (options.format == app::Format::text) {
      return base::fail(
          ErrorCode::usage, {"--format text に区切り文字はありません", "--format text has no delimiter"}, {},
          {"--delimiter を外すか、--format csv にしてください", "leave out --delimiter, or use --format csv"});
    }
  }
  options.header = !arguments.has("no-header");
  options.key = arguments.value("key").value_or("");
  if (!options.key.empty() && !arguments.has("exceptions")) {
    return base::fail(
        ErrorCode::usage, {"--key は --exceptions とともに使います", "--key goes with --exceptions"}, {},
        {"例: --exceptions exceptions.csv --key 世帯番号", "for example --exceptions exceptions.csv --key 世帯番号"});
  }
  return {};
}

base::Result<app::IdentifyOptions> options_of(const ParsedArguments& arguments) {
  app::IdentifyOptions options;
  options.files = arguments.positionals();
  options.system = arguments.value("system").value_or("");
  options.gaiji = arguments.value("gaiji").value_or("");
  options.default_glyphs = arguments.has("default-glyphs");
  for (const auto& apply : {apply_profile, apply_encoding, apply_format, apply_columns}) {
    if (auto ok = apply(arguments, options); !ok) return tl::unexpected(ok.error());
  }
  const auto threads = arguments.number("threads", 1, kMaxThreads);
  if (!threads) return tl::unexpected(threads.error());
  const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1U, kMostCores);
  options.threads = static_cast<unsigned>(threads->value_or(cores));
  return options;
}

std::vector<std::string> inputs_of(const ParsedArguments& arguments, const app::IdentifyOptions& options) {
  std::vector<std::string> inputs = table_paths(arguments);
  inputs.insert(inputs.end(), options.files.begin(), options.files.end());
  inputs.push_back(options.gaiji);
  inputs.push_back(arguments.value("profile").value_or(""));
  return inputs;
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
  return {
      {.name = "profile",
       .value = "FILE",
       .summary = {"移行元システムのプロファイル (JSON) を読む", "Load the profile of the source system (JSON)"},
       .group = source},
      {.name = "encoding",
       .value = "NAME",
       .summary = {"文字コード (utf-8, utf-16le, utf-16be, cp932)",
                   "Encoding of the input (utf-8, utf-16le, utf-16be, cp932)"},
       .details = {"省くと BOM に従い、BOM がなければ UTF-8 でなければなりません。推測はしません",
                   "Without it a BOM decides; without a BOM the input must be UTF-8. Nothing is guessed"},
       .group = source},
      {.name = "system",
       .value = "NAME",
       .summary = {"移行元システムの名前 (外字対応表と照合する)",
                   "Name of the source system, compared with the gaiji table"},
       .group = source},
      {.name = "gaiji",
       .value = "FILE",
       .summary = {"外字対応表 (CSV) を使う", "Use a gaiji table (CSV)"},
       .group = source},
      {.name = "format",
       .choices = {"csv", "tsv", "text"},
       .summary = {"入力の形式", "Form of the input"},
       .details = {"省くと名前で決めます: *.tsv は tsv、*.txt は text、ほかは csv",
                   "Without it the name decides: *.tsv is tsv, *.txt is text, all else csv"},
       .group = source},
      {.name = "delimiter",
       .value = "C",
       .summary = {"区切り文字 (ASCII 1文字、または tab)", "Delimiter (one ASCII character, or tab)"},
       .group = source},
      {.name = "columns",
       .value = "A,B",
       .summary = {"同定する列 (列名か1からの番号)", "Columns to identify (headings, or numbers from 1)"},
       .repeatable = true,
       .group = source},
      {.name = "no-header", .summary = {"先頭行は見出しでない", "The first record is no header"}, .group = source},
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
      {.name = "threads",
       .value = "N",
       .summary = {"スレッドの数 (省くとコアの数、16まで)", "Threads (default: the cores, at most 16)"},
       .group = OptionGroup::run},
  };
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
