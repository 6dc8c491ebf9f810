#include "convert_manifest.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "exit_code.h"
#include "hyojun/base/number.h"
#include "json_text.h"
#include "manifest_check.h"
#include "output_path.h"
#include "printable.h"
#include "progress.h"
#include "source_options.h"
#include "table_option.h"
#include "table_view.h"

namespace hyojun::cli {
namespace {

using app::Irreversible;
using base::ErrorCode;
using nlohmann::ordered_json;

constexpr std::size_t kShown = 20;

// Everything else is in the manifest and would contradict it.
base::Result<void> check_alone(const ParsedArguments& arguments) {
  const bool revert = arguments.has("revert");
  const bool both = revert && arguments.has("verify");
  if (!both && arguments.positionals().empty() && (!revert || arguments.has("output"))) return {};
  return base::fail(ErrorCode::usage,
                    {"--verify か --revert のどちらか1つを、入力なしで使います（--revert には -o が要ります）",
                     "one of --verify and --revert, without inputs (--revert needs -o)"},
                    {},
                    {"例: hyojun convert --revert manifest.json -o restored",
                     "for example hyojun convert --revert manifest.json -o restored"});
}

int write_verify(const app::VerifyReport& report, bool json, Context& context) {
  if (json) {
    context.out.line(json_text({{"schema", "hyojun.verify/1"},
                                {"same", report.same()},
                                {"files", report.files},
                                {"characters", report.characters},
                                {"differences", report.differences},
                                {"changed", report.changed}}));
    return report.same() ? kExitDone : kExitFound;
  }
  for (const std::string& place : report.differences) {
    context.out.line(context.say({"記録と違います: ", "differs from the manifest: "}) + printable(place));
  }
  for (const std::string& name : report.changed) {
    context.out.line(context.say({"書いたときのファイルではありません: ", "not the file that was written: "}) +
                     printable(name));
  }
  const std::string files = grouped(report.files);
  const std::string characters = grouped(report.characters);
  if (report.same()) {
    context.out.line(context.say({fmt::format("{} ファイル {} 文字、記録のとおりです。", files, characters),
                                  fmt::format("{} file(s), {} characters: as the manifest says.", files, characters)}));
  }
  return report.same() ? kExitDone : kExitFound;
}

base::Text reason_of(Irreversible reason) {
  switch (reason) {
    case Irreversible::several_sources:
      return {"複数の文字がこれになった", "several characters became this"};
    case Irreversible::also_text:
      return {"元からこの文字もある", "the same text was there already"};
    case Irreversible::dropped:
      return {"出力に残っていない", "nothing in the output tells of it"};
    case Irreversible::line_ends:
      return {"改行が混ざっていた", "the line ends were mixed"};
    case Irreversible::encoding:
      return {"元の文字コードに書けない文字がある", "the source's encoding has no code for some"};
    case Irreversible::digest:
      return {"元のバイト列と一致しない", "the bytes are not those of the input"};
    case Irreversible::several_codes:
      return {"元の文字コードに符号が2つ以上ある", "it may have had another of its codes"};
    case Irreversible::layout:
      return {"ダンプの詰めもの・シフト・数の形は CSV に残っていない",
              "the CSV has no fillers, padding, shift codes or forms of numbers of a dump"};
  }
  return {"", ""};
}

ordered_json loss_json(const app::RevertReport::Loss& loss) {
  return {{"reason", app::kIrreversibleKeys[static_cast<std::size_t>(loss.reason)]},
          {"action", text_or_null(loss.action)},
          {"source", text_or_null(loss.source)},
          {"target", text_or_null(base::format_code_points(loss.target))},
          {"file", text_or_null(loss.file)},
          {"count", loss.count}};
}

void print_losses(const app::RevertReport& report, Context& context) {
  TableView view({{context.say({"元のバイト", "source"})},
                  {context.say({"出力", "written"})},
                  {context.say({"扱い", "action"})},
                  {context.say({"理由", "why"}), Align::left, Fit::wrap},
                  {context.say({"件数", "count"}), Align::right}});
  for (std::size_t i = 0; i < std::min(report.losses.size(), kShown); ++i) {
    const auto& loss = report.losses[i];
    view.add_row({loss.source.empty() ? printable(loss.file) : loss.source, base::format_code_points(loss.target),
                  loss.action, context.say(reason_of(loss.reason)), grouped(loss.count)});
  }
  const std::string n = grouped(report.losses.size());
  context.out.line(context.say({fmt::format("元に戻せないものが {} 種あるので、何も書いていません。", n),
                                fmt::format("{} kinds cannot be restored: nothing was written.", n)}));
  context.out.write(view.render(table_style(context, 2)));
}

int write_revert(const app::RevertReport& report, bool json, Context& context) {
  if (json) {
    ordered_json files = ordered_json::array();
    for (const auto& file : report.files) files.push_back({{"name", file.name}, {"bytes", file.bytes}});
    ordered_json losses = ordered_json::array();
    for (const auto& loss : report.losses) losses.push_back(loss_json(loss));
    context.out.line(json_text(
        {{"schema", "hyojun.revert/1"}, {"restored", report.restored()}, {"files", files}, {"irreversible", losses}}));
  } else if (report.restored()) {
    for (const auto& file : report.files) {
      context.out.line(context.say(
          {fmt::format("{} に元のバイト列 {} バイトを書きました。", printable(file.name), grouped(file.bytes)),
           fmt::format("the original {} bytes written to {}.", grouped(file.bytes), printable(file.name))}));
    }
  } else {
    print_losses(report, context);
  }
  return report.restored() ? kExitDone : kExitInputRejected;
}

int run_verify(const ParsedArguments& arguments, const app::Manifest& manifest, Context& context) {
  const auto threads = threads_of(arguments);
  if (!threads) return fail(context, threads.error());
  auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  Progress progress(context, manifest.options.source.files);
  const auto report =
      app::verify_conversion(manifest, *threads, *repertoire, [&](std::uint64_t bytes) { progress.show(bytes); });
  progress.end();
  if (!report) return fail(context, report.error());
  return write_verify(*report, arguments.has("json"), context);
}

int run_revert(const ParsedArguments& arguments, const app::Manifest& manifest, Context& context) {
  const std::string output = *arguments.value("output");
  std::vector<std::string> inputs = {*arguments.value("revert")};
  for (const auto& file : manifest.files) inputs.push_back(file.output.name);
  if (auto ok = check_output(output, inputs); !ok) return fail(context, ok.error());
  const auto overwrite = arguments.has("force") ? base::Overwrite::replace : base::Overwrite::refuse;
  const auto report = app::revert_conversion(manifest, output, overwrite, *charmap::StandardTable::bundled());
  if (!report) return fail(context, report.error());
  return write_revert(*report, arguments.has("json"), context);
}

}  // namespace

int run_manifest(const ParsedArguments& arguments, Context& context) {
  if (auto ok = check_alone(arguments); !ok) return fail(context, ok.error());
  const bool verify = arguments.has("verify");
  const auto manifest = app::open_manifest(*arguments.value(verify ? "verify" : "revert"));
  if (!manifest) return fail(context, manifest.error());
  return verify ? run_verify(arguments, *manifest, context) : run_revert(arguments, *manifest, context);
}

}  // namespace hyojun::cli
