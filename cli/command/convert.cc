// hyojun convert: resident files as UTF-8, in a chosen form, with an account of every replacement.
#include "convert.h"

#include <algorithm>
#include <memory>

#include "commands.h"
#include "context.h"
#include "convert_report.h"
#include "exit_code.h"
#include "kernel_option.h"
#include "output_path.h"
#include "parse.h"
#include "progress.h"
#include "source_options.h"
#include "table_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

template <typename Enum, typename Keys>
Enum choice(const Keys& keys, const std::string& value) {
  return static_cast<Enum>(std::ranges::find(keys, value) - keys.begin());  // the parser took only these
}

std::vector<std::string> choices(const auto& keys) { return {keys.begin(), keys.end()}; }

base::Result<app::ConvertOptions> options_of(const ParsedArguments& arguments) {
  auto source = read_source_options(arguments);
  if (!source) return tl::unexpected(source.error());
  const auto threads = threads_of(arguments);
  if (!threads) return tl::unexpected(threads.error());
  source->threads = *threads;
  app::ConvertOptions options{.source = std::move(*source),
                              .converter = {},
                              .output = arguments.value("output").value_or(""),
                              .overwrite = arguments.has("force") ? base::Overwrite::replace : base::Overwrite::refuse};
  if (options.output.empty()) {
    return base::fail(ErrorCode::usage, {"出力先がありません", "there is no output"}, {},
                      {"-o FILE、-o FOLDER、または標準出力へは -o - を付けてください",
                       "give -o FILE, -o FOLDER, or -o - for standard output"});
  }
  if (const auto form = arguments.value("form")) {
    options.converter.form = choice<charmap::Form>(charmap::kFormKeys, *form);
  }
  if (const auto rule = arguments.value("shrink")) {
    options.converter.shrink = choice<charmap::ShrinkRule>(charmap::kShrinkRuleKeys, *rule);
  }
  if (const auto policy = arguments.value("unidentified")) {
    options.converter.unidentified = choice<charmap::Unidentified>(charmap::kUnidentifiedKeys, *policy);
  }
  return options;
}

base::Result<void> check_targets(const ParsedArguments& arguments, const app::ConvertOptions& options) {
  const auto targets = app::convert_targets(options.source.files, options.output);
  if (!targets) return tl::unexpected(targets.error());
  if (options.output == "-") return {};
  for (const std::string& target : *targets) {
    if (auto ok = check_output(target, inputs_of(arguments, options.source)); !ok) return ok;
  }
  return {};
}

// Where the converted text is standard output, everything else goes to standard error, in one piece.
class ReportOutput {
 public:
  ReportOutput(Context& context, bool stream)
      : err_(
            [&context](std::string_view bytes) -> base::Result<void> {
              context.err.write(bytes);
              return {};
            },
            1U << 20U),
        out_(stream ? err_ : context.out) {}
  Output& out() { return out_; }
  void end() { err_.flush(); }

 private:
  Output err_;
  Output& out_;
};

void print_notes(const app::ConvertReport& report, Context& context) {
  report_leftovers(report.removed_leftovers, context);
  for (const base::Text& note : report.source.notes) print_message(context, note);
  for (const app::FileReport& file : report.source.files) {
    for (const base::Text& warning : file.warnings) {
      print_message(context, {file.name + ": " + warning.ja, file.name + ": " + warning.en});
    }
  }
}

int write_report(const ParsedArguments& arguments, const app::ConvertReport& report, Context& context) {
  print_notes(report, context);
  ReportOutput output(context, arguments.value("output") == "-");
  if (arguments.has("json")) {
    write_convert_json(report, output.out());
  } else {
    write_convert_text(report, context, output.out());
  }
  output.end();
  if (!report.written) return kExitInputRejected;
  return report.used_policy() ? kExitFound : kExitDone;
}

int run_convert(const ParsedArguments& arguments, Context& context) {
  const auto options = options_of(arguments);
  if (!options) return fail(context, options.error());
  if (auto ok = check_targets(arguments, *options); !ok) return fail(context, ok.error());
  auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  auto stream = base::OutputFile::standard_output();
  const app::OutputSink to_stream = [&](std::span<const std::uint8_t> bytes) {
    return stream.write({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  };
  Progress progress(context, options->source.files);
  auto report =
      app::convert(*options, std::move(*repertoire), to_stream, [&](std::uint64_t bytes) { progress.show(bytes); });
  progress.end();
  if (report && options->output == "-") {
    if (auto ok = stream.flush(); !ok) report = tl::unexpected(ok.error());
  }
  // The reader went away before the end (`| head`): nothing to say, but the conversion is not whole.
  if (!report && stream.reader_gone()) return kExitEnvironment;
  if (!report) return fail(context, report.error());
  return write_report(arguments, *report, context);
}

std::vector<Option> convert_options() {
  std::vector<Option> options = source_options();
  const std::vector<Option> own = {
      {.name = "output",
       .short_name = 'o',
       .value = "OUT",
       .summary = {"出力先: ファイル、フォルダー、または - (標準出力)", "Where to write: a file, a folder, or -"},
       .details = {"入力が2つ以上なら既にあるフォルダーで、入力と同じ名前になります。ファイルはすべて変換できたときだけ"
                   "、まとめ"
                   "て現れます。- のとき報告は標準エラーに出ます",
                   "Several inputs need an existing folder; the files get their names. Files appear together, and only "
                   "if everything was converted. With - the report goes to standard error"}},
      {.name = "form",
       .choices = choices(charmap::kFormKeys),
       .summary = {"文字の書き方 (省くと ivs)", "How characters are written (default: ivs)"},
       .details = {"ivs は異体字セレクタを保ちます。base は対応するUCSだけにします。既定字形の文字に IVS "
                   "を付けることはありません",
                   "ivs keeps variation sequences. base drops their selectors. No plain code point ever gets an IVS"}},
      {.name = "shrink",
       .choices = choices(charmap::kShrinkRuleKeys),
       .summary = {"JIS X 0213 に縮退する (規則を省くと strict)", "Shrink to JIS X 0213 (default rule: strict)"},
       .details = {"strict は JIS包摂規準・UCS統合規則だけ、ipa は IPA の参照実装の順、none "
                   "は何も選びません。選べない文字は "
                   "--unidentified に従います",
                   "strict: only the unification rules of JIS and UCS. ipa: the order of IPA's reference picker. "
                   "none: nothing is picked. What has no pick falls to --unidentified"},
       .implied = "strict"},
      {.name = "unidentified",
       .choices = choices(charmap::kUnidentifiedKeys),
       .summary = {"同定できない文字の扱い (省くと fail)", "What becomes of the unidentified (default: fail)"},
       .details = {"fail は1字でもあれば出力しません。keep は同じ符号位置のまま、geta は 〓、tag は "
                   "〔名前:符号位置:元のバイト〕 "
                   "と書きます。不正符号は keep できません",
                   "fail writes nothing if there is one; keep writes the same code point, geta 〓, tag "
                   "〔name:base:source〕. Malformed bytes cannot be kept"}},
      {.name = "json", .summary = {"結果を JSON で書く", "Write the result as JSON"}},
      {.name = "force", .summary = {"既存の出力ファイルを置き換える", "Replace existing output files"}},
      table_option(),
      kernel_option(),
      threads_option(),
  };
  options.insert(options.end(), own.begin(), own.end());
  return options;
}

}  // namespace

const Command& convert_command() {
  static const Command command{
      .path = "convert",
      .summary = {"変換: UTF-8 に、書き方を選んで書き出す", "Convert to UTF-8 in a chosen form, and lose nothing"},
      .description =
          {"入力を UTF-8 で書き出し、そのまま写さなかった文字をすべて数えて報告します。見出しと --columns "
           "にない列は文字をそのまま写します。入力は変更しません。\n\n"
           "終了コード: 0 すべて変換、1 keep・geta・tag などの扱いをした、3 変換できない文字があり出力していない",
           "Writes the input as UTF-8 and accounts for every character that was not simply carried over. The "
           "header and columns not in --columns keep their characters. The input is not changed.\n\n"
           "Exit codes: 0 all converted, 1 something was kept, replaced or tagged, 3 something cannot be "
           "converted and nothing was written"},
      .positionals = {.usage = "FILE...",
                      .min = 1,
                      .max = kUnbounded,
                      .summary = {"入力 (- は標準入力)", "input files (- is standard input)"}},
      .examples = {{{"hyojun convert juki.csv --encoding cp932 --gaiji gaiji.csv -o juki-utf8.csv",
                     {"CP932 の CSV を、外字対応表を使って UTF-8 にする", "a CP932 CSV to UTF-8, with a gaiji table"}},
                    {"hyojun convert residents.csv --shrink ipa --unidentified geta -o linked.csv",
                     {"JIS X 0213 に縮退し、できない文字は 〓 にする",
                      "shrink to JIS X 0213, 〓 where that cannot be"}}}},
      .options = convert_options(),
      .run = run_convert,
  };
  return command;
}

}  // namespace hyojun::cli
