// hyojun merge: take a slice back in.
#include <fmt/format.h>

#include "commands.h"
#include "exchange.h"
#include "exit_code.h"
#include "report.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using nlohmann::ordered_json;

Report report_of(const app::MergePlan& plan, bool dry, const std::string& slice) {
  Report report{.title = {slice + (dry ? " の併合（まだ記録していません）" : " の併合"),
                          "Merge of " + slice + (dry ? " (not recorded)" : "")},
                .tables = {}};
  const std::size_t fresh = plan.drafts.size() - plan.withdrawn;
  report.summary.emplace_back(
      fmt::format("新しい取込 {}、既にある取込 {}、食い違い {}", fresh, plan.known, plan.conflicts.size()),
      fmt::format("{} new imports, {} known, {} conflicts", fresh, plan.known, plan.conflicts.size()));
  if (plan.withdrawn > 0)
    report.summary.emplace_back(fmt::format("相手が取り消した取込 {} 件の取消し", plan.withdrawn),
                                fmt::format("{} imports withdrawn, as they are there", plan.withdrawn));
  if (plan.withdrawals > 0)
    report.summary.emplace_back(
        fmt::format("ほかの団体にも及ぶ取込の取消し {} 件は併合しません。必要なら hyojun undo で取り消してください",
                    plan.withdrawals),
        fmt::format("{} withdrawals are left out, for they would touch other bodies; hyojun undo, if need be",
                    plan.withdrawals));
  ReportTable table{.title = {"食い違い", "conflicts"},
                    .columns = {{{"コード", "code"}},
                                {{"業務", "business"}, Align::left, Fit::wrap},
                                {{"項目", "subject"}, Align::left, Fit::wrap},
                                {{"基準日", "as of"}},
                                {{"こちら", "ours"}, Align::left, Fit::wrap},
                                {{"相手", "theirs"}, Align::left, Fit::wrap}}};
  ordered_json conflicts = ordered_json::array();
  for (const app::MergeConflict& conflict : plan.conflicts) {
    const bool has_business = conflict.business > 0;
    const core::Business& business = core::Catalog::businesses()[has_business ? conflict.business - 1 : 0];
    table.rows.push_back({conflict.body, has_business ? business.name : "", conflict.subject, conflict.as_of,
                          conflict.ours, conflict.theirs});
    conflicts.push_back({{"code", conflict.body},
                         {"business", has_business ? ordered_json(business.key) : ordered_json(nullptr)},
                         {"subject", conflict.subject},
                         {"as_of", conflict.as_of},
                         {"ours", conflict.ours},
                         {"theirs", conflict.theirs}});
  }
  report.tables.push_back(std::move(table));
  report.basis.emplace_back("同じ日について双方が違うことを述べたものが食い違い。こちらを残し、相手の値は記録しない",
                            "a conflict: both said differently of the same day; ours stays, theirs is not recorded");
  report.json = {{"schema", "hyojun.merge/1"},
                 {"dry_run", dry},
                 {"merged", fresh},
                 {"known", plan.known},
                 {"withdrawn", plan.withdrawn},
                 {"withdrawals", plan.withdrawals},
                 {"conflicts", conflicts}};
  return report;
}

int run_merge(const ParsedArguments& arguments, Context& context) {
  const std::string path = arguments.positionals().front();
  auto store = open_store(arguments, core::Store::Access::write, context);
  if (!store) return fail(context, store.error());
  const auto slice = core::Store::open(path, core::Store::Access::read);
  if (!slice) return fail(context, slice.error());
  const auto plan = app::plan_merge(*store, *slice, actor_of(arguments), tool_name());
  if (!plan) return fail(context, plan.error());
  const bool dry = arguments.has("dry-run");
  if (!dry) {
    const auto recorded = store->record_all(plan->drafts);
    if (!recorded) return fail(context, recorded.error());
    for (const core::Recorded& entry : *recorded) {
      print_message(context, {fmt::format("取込 {}（{}、{}）を記録しました。取り消すには hyojun undo {}",
                                          entry.import.id, entry.import.form, entry.import.as_of, entry.import.id),
                              fmt::format("recorded import {} ({}, {}); to take it back: hyojun undo {}",
                                          entry.import.id, entry.import.form, entry.import.as_of, entry.import.id)});
    }
  }
  return write_report(report_of(*plan, dry, path), arguments, context,
                      plan->conflicts.empty() ? kExitDone : kExitFound);
}

}  // namespace

const Command& merge_command() {
  static std::vector<Option> options = [] {
    std::vector<Option> all = {
        db_option(),
        {.name = "dry-run", .summary = {"記録せず、変わることを示す", "Say what would change; record nothing"}},
        actor_option(),
        wait_option()};
    for (Option& option : report_options()) all.push_back(std::move(option));
    return all;
  }();
  static const Command command{
      .path = "merge",
      .summary = {"切り出した分を併合する", "Take a slice back in"},
      .description = {"新しい取込を加えます。何も上書きせず、同じ日についての食い違いは示して残します。\n\n終了コード "
                      "1: 食い違いがありました",
                      "Adds the imports that are new. Nothing is overwritten: what both said differently of the same "
                      "day is reported and left out.\n\nExit code 1: there are conflicts"},
      .positionals = {.usage = "SLICE",
                      .min = 1,
                      .max = 1,
                      .summary = {"hyojun export の作ったファイル", "a file of hyojun export"}},
      .examples = {{{"hyojun merge himeji.db --dry-run", {"何が変わるかを見る", "see what would change"}},
                    {"hyojun merge himeji.db", {"併合する", "take it in"}}}},
      .options = options,
      .run = run_merge,
  };
  return command;
}

}  // namespace hyojun::cli
