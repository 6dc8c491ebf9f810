#include "identify_record.h"

#include <fmt/format.h>

#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

std::string summary_of(const app::Report& report) {
  std::string text = fmt::format("文字 {}", report.counts.characters());
  for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
    const auto outcome = static_cast<charmap::Outcome>(i);
    const std::uint64_t count = report.counts.outcomes[i];
    if (count > 0) text += fmt::format("、{} {}", charmap::outcome_name_ja(outcome), count);
  }
  constexpr std::size_t kShownDigest = 12;
  const auto& table = report.repertoire->table();
  text += fmt::format("、文字表 {} {}", table.version(), table.digest().substr(0, kShownDigest));
  if (report.gaiji) text += fmt::format("、外字対応表 {}", report.gaiji->digest.substr(0, kShownDigest));
  return text;
}

}  // namespace

std::vector<Option> record_options() {
  return {{.name = "record",
           .value = "MUNICIPALITY",
           .summary = {"件数を移行進捗のデータベースに記録する", "Record the counts in the tracker's database"},
           .details = {"件数と要約値だけを記録し、ファイル名・位置・文字は記録しない。手順の状況は変えない。",
                       "Counts and digests only, no file name, position or text; it changes no status."}},
          {.name = "business", .value = "NAME", .summary = {"--record の業務", "The business of --record"}},
          db_option(),
          actor_option(),
          wait_option()};
}

base::Result<void> check_record(const ParsedArguments& arguments) {
  if (!arguments.has("record") || arguments.has("business")) return {};
  return base::fail(ErrorCode::usage, {"--record には --business も要ります", "--record needs --business, too"}, {},
                    {"例: --record 282014 --business 住民記録", "for example --record 282014 --business 住民記録"});
}

base::Result<void> record_run(const ParsedArguments& arguments, const app::Report& report, Context& context) {
  if (!arguments.has("record")) return {};
  auto store = open_store(arguments, core::Store::Access::write, context);
  if (!store) return tl::unexpected(store.error());
  const auto body = body_of(*store, *arguments.value("record"));
  if (!body) return tl::unexpected(body.error());
  const auto business = business_number(*arguments.value("business"));
  if (!business) return tl::unexpected(business.error());
  const std::string code = store->catalog().bodies()[*body].code;
  core::ImportDraft draft{.as_of = base::date_in_japan(std::chrono::system_clock::now()),
                          .form = "identify",
                          .source = "hyojun identify",
                          .actor = actor_of(arguments),
                          .tool = tool_name()};
  draft.facts.push_back({code, *business, "identify_digest", summary_of(report)});
  std::string businesses(core::kAllBusinesses, '0');
  businesses[*business - 1] = '1';
  draft.coverage.push_back({"identify_digest", code, false, businesses});
  const auto recorded = store->record(draft);
  if (!recorded) return tl::unexpected(recorded.error());
  print_message(context, {fmt::format("件数を記録しました（取込 {}）。手順の状況は変わりません", recorded->import.id),
                          fmt::format("recorded the counts as import {}; no status is changed", recorded->import.id)});
  return {};
}

}  // namespace hyojun::cli
