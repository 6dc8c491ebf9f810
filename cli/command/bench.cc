// hyojun bench: throughput on the user's own data.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "hyojun/base/platform.h"
#include "hyojun/base/text.h"
#include "json_text.h"
#include "kernel_option.h"
#include "parse.h"
#include "source_options.h"
#include "table_option.h"
#include "table_view.h"
#include "throughput.h"
#include "version.h"

namespace hyojun::cli {
namespace {

using app::Throughput;
using app::ThroughputRow;
using nlohmann::ordered_json;
using What = ThroughputRow::What;

constexpr std::uint64_t kMegabyte = 1'000'000;
constexpr std::uint64_t kMaxMegabytes = 4096;
constexpr std::uint64_t kMaxRepetitions = 1000;

base::Result<app::ThroughputOptions> options_of(const ParsedArguments& arguments) {
  app::ThroughputOptions options;
  auto source = read_source_options(arguments);
  if (!source) return tl::unexpected(source.error());
  options.source = std::move(*source);
  options.kernels = {options.source.kernel};
  if (arguments.has("all-kernels")) options.kernels = charmap::available_kernels();
  const auto megabytes = arguments.number("megabytes", 1, kMaxMegabytes);
  if (!megabytes) return tl::unexpected(megabytes.error());
  if (*megabytes) options.max_bytes = **megabytes * kMegabyte;
  const auto repetitions = arguments.number("repetitions", 1, kMaxRepetitions);
  if (!repetitions) return tl::unexpected(repetitions.error());
  options.repetitions = static_cast<unsigned>(repetitions->value_or(options.repetitions));
  return options;
}

std::string_view key_of(What what) {
  return what == What::identify ? "identify" : what == What::icu_to_utf16 ? "icu_to_utf16" : "memcpy";
}

std::string name_of(const ThroughputRow& row, const Context& context) {
  if (row.what == What::identify) return fmt::format("hyojun identify ({})", kernel_name(*row.kernel));
  if (row.what == What::memcpy) return "memcpy";
  return context.say({"ICU ucnv (UTF-16 への変換だけ)", "ICU ucnv (only converts to UTF-16)"});
}

double per_second(std::uint64_t amount, const ThroughputRow& row) { return static_cast<double>(amount) / row.median(); }

// How many times as fast as `other`, in characters of the same bytes.
double ratio(const ThroughputRow& row, const ThroughputRow& other) { return other.median() / row.median(); }

void write_json(const Throughput& measured, unsigned repetitions, Output& out) {
  ordered_json rows = ordered_json::array();
  for (const ThroughputRow& row : measured.rows) {
    rows.push_back({{"what", key_of(row.what)},
                    {"kernel", row.kernel ? ordered_json(kernel_name(*row.kernel)) : ordered_json(nullptr)},
                    {"seconds", row.seconds},
                    {"median", row.median()},
                    {"spread", row.spread()},
                    {"bytes_per_second", per_second(measured.bytes, row)},
                    {"characters_per_second", per_second(measured.characters, row)},
                    {"to_icu", ratio(row, measured.row(What::icu_to_utf16))},
                    {"to_memcpy", ratio(row, measured.row(What::memcpy))}});
  }
  out.line(json_text({{"schema", "hyojun.bench/1"},
                      {"hyojun", program_version()},
                      {"icu", base::icu_version()},
                      {"cpu", base::processor_name()},
                      {"encoding", encoding_name(measured.encoding)},
                      {"bytes", measured.bytes},
                      {"whole_file", measured.whole_file},
                      {"characters", measured.characters},
                      {"records", measured.records},
                      {"repetitions", repetitions},
                      {"passes", measured.passes},
                      {"noisy", measured.noisy()},
                      {"rows", rows}}));
}

void write_table(const Throughput& measured, Context& context) {
  TableView view({{context.say({"処理", "what"})},
                  {"GB/s", Align::right},
                  {context.say({"百万字/秒", "Mchar/s"}), Align::right},
                  {context.say({"ばらつき", "spread"}), Align::right},
                  {context.say({"対ICU", "x ICU"}), Align::right},
                  {context.say({"対memcpy", "x memcpy"}), Align::right}});
  for (const ThroughputRow& row : measured.rows) {
    view.add_row({name_of(row, context), fmt::format("{:.3f}", per_second(measured.bytes, row) / 1e9),
                  fmt::format("{:.0f}", per_second(measured.characters, row) / 1e6),
                  row.seconds.size() < 4 ? "-" : fmt::format("{:.1f} %", 100 * row.spread()),
                  fmt::format("{:.2f}", ratio(row, measured.row(What::icu_to_utf16))),
                  fmt::format("{:.3f}", ratio(row, measured.row(What::memcpy)))});
  }
  context.out.write(view.render(table_style(context)));
}

void write_text(const Throughput& measured, unsigned repetitions, Context& context) {
  const auto line = [&context](const base::Text& text) { context.out.line(context.say(text)); };
  const std::string size = fmt::format("{}, {} / {} / {}", encoding_name(measured.encoding), grouped(measured.bytes),
                                       grouped(measured.characters), grouped(measured.records));
  line({size + " (バイト / 文字 / レコード)", size + " (bytes / characters / records)"});
  line({fmt::format("メモリ上、1コア、{}回の中央値。ばらつきは四分位範囲", repetitions),
        fmt::format("in memory, one core, medians of {}; spread is the inter-quartile range", repetitions)});
  write_table(measured, context);
  const std::string made_of =
      fmt::format("hyojun {}, ICU {}, {}", program_version(), base::icu_version(), base::processor_name());
  line({made_of, made_of});
  if (!measured.whole_file) {
    line({"ファイルの初めの部分だけを読みました（--megabytes）",
          "only the beginning of the file was read (--megabytes)"});
  }
  if (measured.bytes < app::kSmallForThroughput) {
    line({"小さいファイルです。キャッシュに入るため、実際より速い値になります",
          "the file is small: it stays in the caches, and the figures flatter"});
  }
  if (measured.noisy()) {
    line(
        {"ばらつきが大きいか、回数が足りません。この値は主張の根拠になりません。空いているマシンでやりなおしてください",
         "too much spread, or too few repetitions, for a claim: repeat it on a quiet machine"});
  }
}

int run_bench(const ParsedArguments& arguments, Context& context) {
  const auto options = options_of(arguments);
  if (!options) return fail(context, options.error());
  auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  const auto measured = app::measure_throughput(*options, std::move(*repertoire));
  if (!measured) return fail(context, measured.error());
  if (arguments.has("json")) {
    write_json(*measured, options->repetitions, context.out);
  } else {
    write_text(*measured, options->repetitions, context);
  }
  return kExitDone;
}

std::vector<Option> bench_options() {
  using enum OptionGroup;
  std::vector<Option> options = source_options();
  const std::initializer_list<Option> more = {
      {.name = "json", .summary = {"結果を JSON で書く", "Write the result as JSON"}},
      table_option(),
      kernel_option(),
      {.name = "all-kernels",
       .summary = {"このマシンのすべてのカーネルを測る", "Measure every kernel of this machine"},
       .group = run},
      {.name = "repetitions", .value = "N", .summary = {"回数 (省くと9)", "Repetitions (default 9)"}, .group = run},
      {.name = "megabytes",
       .value = "N",
       .summary = {"読む量の上限 (省くと256 MB、4096まで)", "Read at most N MB (default 256, at most 4096)"},
       .details = {"memcpy のため、読む量の2倍のメモリを使います", "Twice as much memory is used, because of memcpy"},
       .group = run},
  };
  options.insert(options.end(), more);
  return options;
}

}  // namespace

const Command& bench_command() {
  static const Command command{
      .path = "bench",
      .summary = {"手元のファイルで速さを測る", "Measure the speed on a file of your own"},
      .description =
          {"ファイルをメモリに読み、文字同定と、ICU の変換器と、memcpy を交互に1コアで測ります。"
           "ファイルの内容や位置は、どこにも書きません。\n\n"
           "終了コード: 0 測った (ばらつきが大きければ言葉で示す)、3 入力を受け付けない",
           "Reads the file into memory and measures identification, ICU's converter of the same encoding and "
           "memcpy in turn, on one core. Nothing of the file's content or places is written.\n\n"
           "Exit codes: 0 measured (too much spread is said in words), 3 input rejected"},
      .positionals = {.usage = "FILE",
                      .min = 1,
                      .max = 1,
                      .summary = {"入力 (- は標準入力)", "input (- is standard input)"}},
      .examples = {{{"hyojun bench residents.csv", {"UTF-8 の CSV で測る", "measure on a UTF-8 CSV"}},
                    {"hyojun bench juki.csv --encoding cp932 --all-kernels --json > bench.json",
                     {"CP932 のファイルで、すべてのカーネルを測る", "measure every kernel on a CP932 file"}}}},
      .options = bench_options(),
      .run = run_bench,
  };
  return command;
}

}  // namespace hyojun::cli
