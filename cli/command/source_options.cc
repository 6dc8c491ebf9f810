#include "source_options.h"

#include <fmt/format.h>

#include <algorithm>
#include <thread>

#include "hyojun/base/number.h"
#include "hyojun/charmap/profile.h"
#include "kernel_option.h"
#include "table_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

constexpr std::uint64_t kMaxThreads = 1024;
constexpr unsigned kMostCores = 16;  // unless asked: each thread keeps some megabytes

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
  for (const char* name : {"encoding", "gaiji", "system", "code-map", "gaiji-first", "layout"}) {
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
  options.layout = profile->layout;
  options.code_maps = profile->code_maps;
  options.gaiji_first = profile->gaiji_first;
  options.folds = profile->folds;
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

base::Result<void> apply_codes(const ParsedArguments& arguments, app::IdentifyOptions& options) {
  if (const auto layout = arguments.value("layout")) options.layout = *layout;
  for (const std::string& path : arguments.values("code-map")) options.code_maps.push_back(path);
  const auto first = arguments.value("gaiji-first");
  if (!first) return {};
  const auto code_points = base::parse_code_points(*first);
  if (code_points && code_points->size() == 1 && charmap::is_private_use((*code_points)[0])) {
    options.gaiji_first = (*code_points)[0];
    return {};
  }
  return base::fail(ErrorCode::usage,
                    {"--gaiji-first は私用領域の符号位置です", "--gaiji-first is a private-use code point"}, {},
                    {"例: --gaiji-first U+E92E", "for example --gaiji-first U+E92E"});
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
  return {};
}

}  // namespace

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

base::Result<app::IdentifyOptions> read_source_options(const ParsedArguments& arguments) {
  app::IdentifyOptions options;
  options.files = arguments.positionals();
  options.system = arguments.value("system").value_or("");
  options.gaiji = arguments.value("gaiji").value_or("");
  for (const auto& apply : {apply_profile, apply_encoding, apply_codes, apply_format}) {
    if (auto ok = apply(arguments, options); !ok) return tl::unexpected(ok.error());
  }
  auto columns = columns_of(arguments, "columns");
  if (!columns) return tl::unexpected(columns.error());
  options.columns = std::move(*columns);
  const auto kernel = kernel_of(arguments);
  if (!kernel) return tl::unexpected(kernel.error());
  options.kernel = *kernel;
  return options;
}

base::Result<void> apply_number_columns(const ParsedArguments& arguments, app::IdentifyOptions& options) {
  auto juki = columns_of(arguments, "juki-columns");
  if (!juki) return tl::unexpected(juki.error());
  auto koseki = columns_of(arguments, "koseki-columns");
  if (!koseki) return tl::unexpected(koseki.error());
  options.juki_columns = std::move(*juki);
  options.koseki_columns = std::move(*koseki);
  return {};
}

std::vector<Option> number_column_options() {
  using enum OptionGroup;
  return {{.name = "juki-columns",
           .value = "A,B",
           .summary = {"住基ネット統一文字コード (J+9089) の列", "Columns of J+ numbers (J+9089, 9089)"},
           .details = {"番号のままの列を、文字情報一覧表で文字として同定します。convert は文字にして書きます",
                       "Numbers are identified as the characters that the list gives them; convert writes these"},
           .repeatable = true,
           .group = source},
          {.name = "koseki-columns",
           .value = "A,B",
           .summary = {"戸籍統一文字番号 (445000) の列", "Columns of koseki numbers (445000)"},
           .repeatable = true,
           .group = source}};
}

base::Result<unsigned> threads_of(const ParsedArguments& arguments) {
  const auto threads = arguments.number("threads", 1, kMaxThreads);
  if (!threads) return tl::unexpected(threads.error());
  const unsigned cores = std::clamp(std::thread::hardware_concurrency(), 1U, kMostCores);
  return static_cast<unsigned>(threads->value_or(cores));
}

std::vector<std::string> inputs_of(const ParsedArguments& arguments, const app::IdentifyOptions& options) {
  std::vector<std::string> inputs = table_paths(arguments);
  inputs.insert(inputs.end(), options.files.begin(), options.files.end());
  inputs.push_back(options.gaiji);
  inputs.push_back(options.layout);
  inputs.insert(inputs.end(), options.code_maps.begin(), options.code_maps.end());
  inputs.push_back(arguments.value("profile").value_or(""));
  return inputs;
}

std::vector<Option> source_options() {
  using enum OptionGroup;
  return {
      {.name = "profile",
       .value = "FILE",
       .summary = {"移行元システムのプロファイル (JSON) を読む", "Load the profile of the source system (JSON)"},
       .group = source},
      {.name = "encoding",
       .value = "NAME",
       .summary = {"文字コード (utf-8, cp932, euc-jp-ms, ibm-930, jef など)",
                   "Encoding of the input (utf-8, cp932, euc-jp-ms, ibm-930, jef, ...)"},
       .details = {"省くと BOM に従い、BOM がなければ UTF-8 でなければなりません。推測はしません。扱うもの: utf-8, "
                   "utf-16le, utf-16be, cp932, euc-jp-ms, ibm-33722, ibm-954, euc-jis-2004, shift-jis-2004, "
                   "iso-2022-jp, ibm-930, ibm-939, ibm-1390, ibm-1399, jef, keis78, keis83, jips-j, jips-e, "
                   "juki-net-be, juki-net-le",
                   "Without it a BOM decides; without a BOM the input must be UTF-8. Nothing is guessed. There are "
                   "utf-8, utf-16le, utf-16be, cp932, euc-jp-ms, ibm-33722, ibm-954, euc-jis-2004, shift-jis-2004, "
                   "iso-2022-jp, ibm-930, ibm-939, ibm-1390, ibm-1399, jef, keis78, keis83, jips-j, jips-e, "
                   "juki-net-be, juki-net-le"},
       .group = source},
      {.name = "code-map",
       .value = "FILE",
       .summary = {"ホストの符号表 (TSV: code, unicode, hd, flags) を重ねる",
                   "Lay a code map (TSV: code, unicode, hd, flags) over it"},
       .details = {"code が2桁の行は1バイト文字、4桁の行は2バイト文字です。jef, keis78, keis83, jips-e には1バイト文字 "
                   "(EBCDIC か EBCDIK) の表が必要です",
                   "Rows of 2 digits are single bytes, of 4 digits double bytes. jef, keis78, keis83 and jips-e need a "
                   "map of their single bytes (EBCDIC or EBCDIK)"},
       .repeatable = true,
       .group = source},
      {.name = "layout",
       .value = "FILE",
       .summary = {"ホストのレコードのレイアウト (JSON)", "Layout of a host's records (JSON)"},
       .details =
           {"固定長・可変長のダンプを項目ごとに読みます。convert は CSV にします。hyojun layout で COBOL の COPY "
            "句から作れます",
            "Reads a dump of fixed or variable records field by field; convert makes CSV of it. hyojun layout "
            "makes one from a COBOL copybook"},
       .group = source},
      {.name = "gaiji-first",
       .value = "U+XXXX",
       .summary = {"最初の外字の私用領域の符号位置 (省くと U+E000)",
                   "Private-use code point of the first gaiji (U+E000)"},
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
  };
}

Option threads_option() {
  return {.name = "threads",
          .value = "N",
          .summary = {"スレッドの数 (省くとコアの数、16まで)", "Threads (default: the cores, at most 16)"},
          .group = OptionGroup::run};
}

}  // namespace hyojun::cli
