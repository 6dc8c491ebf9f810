// hyojun convert: resident files in a chosen encoding and form, with an account of every replacement.
#include "convert.h"

#include <algorithm>
#include <memory>

#include "commands.h"
#include "context.h"
#include "convert_manifest.h"
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

base::Result<void> read_target(const ParsedArguments& arguments, app::ConvertOptions& options) {
  charmap::ConverterOptions& c = options.converter;
  if (const auto to = arguments.value("to")) c.to = choice<charmap::TargetEncoding>(charmap::kTargetKeys, *to);
  if (const auto newline = arguments.value("newline")) {
    options.newline = choice<charmap::Newline>(charmap::kNewlineKeys, *newline);
  }
  if (const auto to = arguments.value("shrink-to"))
    c.shrink_to = choice<charmap::ShrinkTo>(charmap::kShrinkToKeys, *to);
  for (const auto& folds : {arguments.values("fold"), options.source.folds}) {
    for (const std::string& fold : folds) c.folds |= fold_bit(choice<charmap::Fold>(charmap::kFoldKeys, fold));
  }
  c.low_line = arguments.has("unfit");
  options.bom = arguments.has("bom");
  if (!options.bom || c.to < charmap::TargetEncoding::cp932) return {};
  return base::fail(ErrorCode::usage, {"cp932 と euc-jp-ms に BOM はありません", "cp932 and euc-jp-ms have no BOM"}, {},
                    {"--bom を外してください", "leave out --bom"});
}

base::Result<void> read_files(const ParsedArguments& arguments, app::ConvertOptions& options) {
  options.shrink_map = arguments.value("shrink-map").value_or("");
  options.rules = arguments.value("rules").value_or("");
  options.manifest = arguments.value("manifest").value_or("");
  options.affected = arguments.value("affected").value_or("");
  options.source.key = arguments.value("key").value_or("");
  if (options.affected.empty() == options.source.key.empty()) return {};
  return base::fail(
      ErrorCode::usage, {"--affected と --key は一緒に使います", "--affected and --key go together"}, {},
      {"例: --affected affected.xlsx --key 宛名番号", "for example --affected affected.xlsx --key 宛名番号"});
}

base::Result<app::ConvertOptions> options_of(const ParsedArguments& arguments) {
  auto source = read_source_options(arguments);
  if (!source) return tl::unexpected(source.error());
  if (auto ok = apply_number_columns(arguments, *source); !ok) return tl::unexpected(ok.error());
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
  if (auto ok = read_target(arguments, options); !ok) return tl::unexpected(ok.error());
  if (auto ok = read_files(arguments, options); !ok) return tl::unexpected(ok.error());
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
  std::vector<std::string> outputs = {options.manifest, options.affected};
  if (options.output != "-") outputs.insert(outputs.end(), targets->begin(), targets->end());
  std::vector<std::string> others = inputs_of(arguments, options.source);
  others.insert(others.end(), {options.shrink_map, options.rules});
  for (const std::string& output : outputs) {
    if (output.empty()) continue;
    if (auto ok = check_output(output, others); !ok) return ok;
    if (std::ranges::find(others, output) != others.end()) {
      return base::fail(ErrorCode::usage, {"同じファイルを2度指定しています", "one file is named twice"},
                        {.file = output}, {"出力ごとに別の名前にしてください", "give each output a name of its own"});
    }
    others.push_back(output);
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
  if (arguments.has("verify") || arguments.has("revert")) return run_manifest(arguments, context);
  if (arguments.positionals().empty()) {
    return fail(context, {ErrorCode::usage,
                          {"入力がありません", "there is no input"},
                          {},
                          {"ファイルの名前か - を指定してください", "name a file, or - for standard input"}});
  }
  auto options = options_of(arguments);
  if (!options) return fail(context, options.error());
  if (auto ok = check_targets(arguments, *options); !ok) return fail(context, ok.error());
  auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  auto stream = base::OutputFile::standard_output();
  options->stream_waits = stream.waits_for_reader();
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
       .details =
           {"ivs は異体字セレクタを保ちます。base は対応するUCSだけ、tag は 〔名前:符号位置:元のバイト〕、name "
            "は文字図形名にします。既定字形の文字が IVS・タグ・名前になるのは、プロファイルが字形を述べたときだけです",
            "ivs keeps sequences, base drops selectors, tag writes 〔name:base:source〕, name the character name. "
            "A default glyph gets an IVS, tag or name only if the profile states the shapes"}},
      {.name = "shrink",
       .choices = choices(charmap::kShrinkRuleKeys),
       .summary = {"小さな文字集合に縮退する (規則を省くと strict)", "Shrink to a smaller set (default rule: strict)"},
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
      {.name = "to",
       .value = "ENCODING",
       .choices = choices(charmap::kTargetKeys),
       .summary = {"書き出す文字コード (省くと utf-8)", "Encoding of the output (default: utf-8)"},
       .details =
           {"utf-8、utf-16le、utf-16be、cp932、euc-jp-ms "
            "のいずれか。その文字コードにない文字も --unidentified に従います。似た文字に置き換えることはありません",
            "utf-8, utf-16le, utf-16be, cp932 or euc-jp-ms. What it cannot hold comes under --unidentified, too. "
            "Nothing is replaced by something similar"}},
      {.name = "bom", .summary = {"先頭に BOM を書く (Unicode だけ)", "Begin with a BOM (Unicode only)"}},
      {.name = "newline",
       .choices = choices(charmap::kNewlineKeys),
       .summary = {"改行 (省くと keep: 元のまま)", "Line ends (default: keep)"}},
      {.name = "shrink-to",
       .choices = choices(charmap::kShrinkToKeys),
       .summary = {"縮退先の文字集合 (省くと jisx0213)", "The set to shrink to (default: jisx0213)"}},
      {.name = "shrink-map",
       .value = "FILE",
       .summary = {"自前の代替マップを先に使う (xlsx, csv)", "A map of your own, used first (xlsx, csv)"},
       .details = {"文字図形名（または変換元）と変換先の列をもつ表か、国税庁のJIS縮退マップ",
                   "A table of 文字図形名 (or 変換元) and 変換先, or 国税庁's JIS縮退マップ as published"}},
      {.name = "unfit",
       .choices = {"fullwidth-low-line"},
       .summary = {"縮退先のない文字を ＿ にする", "Write ＿ where shrinking finds nothing"}},
      {.name = "fold",
       .value = "KIND",
       .choices = choices(charmap::kFoldKeys),
       .summary = {"似た文字を正規化する (繰り返せる)", "Fold look-alikes of one kind"},
       .details =
           {"compatibility-ideographs 互換漢字、radicals 部首、halfwidth-kana 半角カナ、combining-kana 結合文字の濁点。"
            "プロファイルの fold にも書けます",
            "compatibility-ideographs, radicals, halfwidth-kana or combining-kana; a profile may name them, too "
            "(fold)"},
       .repeatable = true},
      {.name = "rules", .value = "FILE", .summary = {"列ごとの規則 (JSON) を使う", "Rules for single columns (JSON)"}},
      {.name = "manifest",
       .value = "FILE",
       .summary = {"変換の記録を書く (JSON)", "Write the manifest of the conversion (JSON)"}},
      {.name = "verify",
       .value = "MANIFEST",
       .summary = {"もう一度変換して記録と比べる", "Convert again and compare with a manifest"}},
      {.name = "revert",
       .value = "MANIFEST",
       .summary = {"記録から元のバイト列に戻す (-o に書く)", "Restore the original bytes, into -o"}},
      {.name = "affected",
       .value = "OUT.xlsx",
       .summary = {"字形が変わるレコードの一覧 (個人データ)", "List records whose shapes change (personal)"}},
      {.name = "key",
       .value = "COLUMN",
       .summary = {"--affected の一覧に書く列", "The column that --affected writes beside each"}},
      {.name = "json", .summary = {"結果を JSON で書く", "Write the result as JSON"}},
      {.name = "force", .summary = {"既存の出力ファイルを置き換える", "Replace existing output files"}},
      table_option(),
      kernel_option(),
      threads_option(),
  };
  const std::vector<Option> numbers = number_column_options();
  for (const auto* part : {&numbers, &own}) options.insert(options.end(), part->begin(), part->end());
  return options;
}

}  // namespace

const Command& convert_command() {
  static const Command command{
      .path = "convert",
      .summary = {"変換: 文字コードと書き方を選んで書き出す",
                  "Convert to a chosen encoding and form, and lose nothing"},
      .description =
          {"入力を UTF-8（または --to "
           "の文字コード）で書き出し、そのまま写さなかった文字をすべて数えて報告します。見出しと --columns "
           "にない列は文字をそのまま写します。入力は変更しません。\n\n"
           "--verify と --revert は記録から動き、入力を指定しません。\n\n"
           "終了コード: 0 すべて変換、1 keep・geta・tag などの扱いをした（--verify では違いがある）、3 "
           "変換できない（--revert "
           "では戻せない）文字があり出力していない",
           "Writes the input as UTF-8 (or as --to says) and accounts for every character that was not simply carried "
           "over. The "
           "header and columns not in --columns keep their characters. The input is not changed.\n\n"
           "--verify and --revert work from a manifest and take no input.\n\n"
           "Exit codes: 0 all converted, 1 something was kept, replaced or tagged (--verify: differs), 3 something "
           "cannot be converted (--revert: restored) and nothing was written"},
      .positionals = {.usage = "FILE...",
                      .min = 0,
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
