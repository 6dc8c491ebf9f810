// hyojun gaiji decide: record what persons have decided, all or nothing.
#include <fmt/format.h>

#include <algorithm>

#include "commands.h"
#include "context.h"
#include "decision_plan.h"
#include "exit_code.h"
#include "json_text.h"
#include "problems.h"
#include "table_option.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

using app::DecisionChange;
using app::DecisionFile;
using app::DecisionPlan;
using base::ErrorCode;
using nlohmann::ordered_json;

constexpr std::size_t kShownChanges = 50;

base::Result<std::vector<DecisionFile>> read_files(const ParsedArguments& arguments,
                                                   const app::DecisionRequest& request) {
  std::vector<DecisionFile> files;
  for (const std::string& path : arguments.positionals()) {
    auto reader = base::TableReader::open(path);
    if (!reader) return tl::unexpected(reader.error());
    auto file = app::read_decisions(*reader, request);
    if (!file) return tl::unexpected(file.error());
    files.push_back(std::move(*file));
  }
  return files;
}

// True if any file has problems, which are then printed.
bool tell_problems(const std::vector<DecisionFile>& files, Context& context) {
  std::size_t count = 0;
  for (const DecisionFile& file : files) {
    count += file.problem_count;
    print_problems(context, file.problems, file.problem_count);
    print_unread_headings(context, file.name, file.unread_headings);
  }
  if (count > 0) print_message(context, {"何も記録しませんでした", "nothing was recorded"});
  return count > 0;
}

void tell_changes(const std::vector<DecisionChange>& changes, const base::Text& heading, Context& context) {
  if (changes.empty()) return;
  print_message(context, heading);
  for (std::size_t i = 0; i < std::min(changes.size(), kShownChanges); ++i) {
    const auto& [before, after] = changes[i];
    const std::string line =
        fmt::format("  {} {}: {} ({}) → {} ({})", after.decision.gaiji.system, after.decision.gaiji.code,
                    app::answer_text(before.decision), before.place, app::answer_text(after.decision), after.place);
    print_message(context, {line, line});
  }
  if (changes.size() > kShownChanges) {
    const std::size_t more = changes.size() - kShownChanges;
    print_message(context, {fmt::format("  ほかに {} 件", more), fmt::format("  and {} more", more)});
  }
}

base::Error conflict_error(bool between_files) {
  return between_files ? base::Error{ErrorCode::input_rejected,
                                     {"ファイルどうしの答えが食い違うので、何も記録しませんでした",
                                      "the files contradict each other: nothing was recorded"},
                                     {},
                                     {"担当者どうしで決め、一方の行を直してください",
                                      "agree on an answer and mend one of the rows"}}
                       : base::Error{ErrorCode::input_rejected,
                                     {"記録済みの決定と答えが違うので、何も記録しませんでした",
                                      "recorded decisions would change: nothing was recorded"},
                                     {},
                                     {"変更するなら --supersede を付けてください。前の決定は履歴に残ります",
                                      "to change them give --supersede; the earlier decisions stay in the history"}};
}

core::ImportDraft draft_of(const ParsedArguments& arguments, const std::vector<DecisionFile>& files,
                           const DecisionPlan& plan, const base::Date& today) {
  std::string source = "外字の同定の決定";
  std::string names;
  for (const DecisionFile& file : files) {
    const std::string name = file.name.substr(file.name.find_last_of('/') + 1);
    names += (names.empty() ? "" : ", ") + name;
    source += fmt::format(" {} sha256:{}", name, file.digest);
  }
  // No sha256 of its own: the same file signed by a second person is another import.
  return {.as_of = today,
          .form = "decisions",
          .source = source,
          .file = names,
          .actor = actor_of(arguments),
          .tool = tool_name(),
          .decisions = plan.decisions};
}

ordered_json changes_json(const std::vector<DecisionChange>& changes) {
  ordered_json list = ordered_json::array();
  for (const auto& [before, after] : changes)
    list.push_back({{"system", after.decision.gaiji.system},
                    {"encoding", after.decision.gaiji.encoding},
                    {"code", after.decision.gaiji.code},
                    {"before", app::answer_text(before.decision)},
                    {"before_place", before.place},
                    {"after", app::answer_text(after.decision)},
                    {"after_place", after.place}});
  return list;
}

class Decider {
 public:
  Decider(const ParsedArguments& arguments, Context& context)
      : arguments_(arguments), context_(context), dry_(arguments.has("dry-run")) {}

  int run() {
    auto repertoire = repertoire_of(arguments_);
    if (!repertoire) return fail(context_, repertoire.error());
    const app::DecisionRequest request{.repertoire = *repertoire,
                                       .today = today_,
                                       .system = arguments_.value("system").value_or(""),
                                       .encoding = arguments_.value("encoding").value_or(""),
                                       .decided_by = arguments_.value("decided-by").value_or(""),
                                       .checked_by = arguments_.value("checked-by").value_or("")};
    const auto files = read_files(arguments_, request);
    if (!files) return fail(context_, files.error());
    if (tell_problems(*files, context_)) return kExitInputRejected;
    auto store = open_store(arguments_, core::Store::Access::write, context_, Content::decisions);
    if (!store) return fail(context_, store.error());
    const auto book = core::DecisionBook::read(*store);
    if (!book) return fail(context_, book.error());
    return record(*store, *files, app::plan_decisions(*files, *book));
  }

 private:
  int record(core::Store& store, const std::vector<DecisionFile>& files, const DecisionPlan& plan) {
    tell_changes(plan.conflicts, {"ファイルどうしの食い違い", "the files contradict each other"}, context_);
    tell_changes(plan.changes, {"記録済みの決定の変更", "changes of recorded decisions"}, context_);
    tell_changes(
        plan.new_glyphs,
        {"同じコードで字形が前と違います。確かめてください", "the glyph of the code is another than before: make sure"},
        context_);
    if (!plan.conflicts.empty()) return fail(context_, conflict_error(true));
    if (!dry_ && !plan.changes.empty() && !arguments_.has("supersede")) return fail(context_, conflict_error(false));
    std::int64_t import = 0;
    if (!dry_ && !plan.decisions.empty()) {
      const auto recorded = store.record(draft_of(arguments_, files, plan, today_));
      if (!recorded) return fail(context_, recorded.error());
      import = recorded->import.id;
    }
    tell(plan, import);
    return plan.changes.empty() ? kExitDone : kExitFound;
  }

  void tell(const DecisionPlan& plan, std::int64_t import) {
    if (arguments_.has("json")) {
      context_.out.line(json_text({{"schema", "hyojun.gaiji_decide/1"},
                                   {"dry_run", dry_},
                                   {"import", import == 0 ? ordered_json(nullptr) : ordered_json(import)},
                                   {"recorded", plan.decisions.size()},
                                   {"first", plan.first},
                                   {"confirmed", plan.confirmed},
                                   {"changed", plan.changes.size()},
                                   {"same", plan.same},
                                   {"open", plan.open},
                                   {"changes", changes_json(plan.changes)}}));
      return;
    }
    std::array<std::size_t, 4> states{};
    for (const core::Decision& d : plan.decisions) ++states[static_cast<std::size_t>(d.state)];
    const std::string end_ja = dry_          ? "。まだ記録していません (--dry-run)"
                               : import == 0 ? "。新しいことはありません"
                                             : fmt::format("。取り消すには hyojun undo {}", import);
    const std::string end_en = dry_          ? "; not recorded (--dry-run)"
                               : import == 0 ? "; nothing new"
                                             : fmt::format("; to take it back: hyojun undo {}", import);
    context_.out.line(context_.say(
        {fmt::format("案 {}、決定 {}、確認済 {} 件: 初めて {}、確認・追記 {}、変更 {}、記録済み {}、未決 {}{}",
                     states[1], states[2], states[3], plan.first, plan.confirmed, plan.changes.size(), plan.same,
                     plan.open, end_ja),
         fmt::format("案 {}, 決定 {}, 確認済 {}: {} first, {} confirmed, {} changed, {} the same, {} open{}", states[1],
                     states[2], states[3], plan.first, plan.confirmed, plan.changes.size(), plan.same, plan.open,
                     end_en)}));
  }

  const ParsedArguments& arguments_;
  Context& context_;
  bool dry_;
  base::Date today_ = base::date_in_japan(std::chrono::system_clock::now());
};

int run_decide(const ParsedArguments& arguments, Context& context) { return Decider(arguments, context).run(); }

std::vector<Option> decide_options() {
  return {db_option(),
          {.name = "system",
           .value = "NAME",
           .summary = {"システムの列がないときの名前", "The system, where the file has no such column"},
           .group = OptionGroup::source},
          {.name = "encoding",
           .value = "NAME",
           .summary = {"文字コードの列がないときの文字コード", "The encoding, where the file has no such column"},
           .group = OptionGroup::source},
          {.name = "decided-by",
           .value = "NAME",
           .summary = {"決定者のない答えすべてに決定者として署名する", "Sign every answer without a decider"},
           .details = {"状態を「案」とした行には署名しない。", "Rows whose state is 案 are not signed."}},
          {.name = "checked-by",
           .value = "NAME",
           .summary = {"確認者のない決定すべてに確認者として署名する", "Sign every decision as its checker"},
           .details = {"決定者と同じ人は確認できない。", "The decider cannot be the checker."}},
          {.name = "supersede",
           .summary = {"記録済みの決定と違う答えで置き換える", "Let other answers supersede recorded decisions"}},
          {.name = "dry-run", .summary = {"記録せず、変わることを示す", "Say what would change; record nothing"}},
          {.name = "json", .summary = {"結果を JSON で書く", "Write the result as JSON"}},
          table_option(),
          actor_option(),
          wait_option()};
}

}  // namespace

const Command& gaiji_decide_command() {
  static const Command command{
      .path = "gaiji decide",
      .summary = {"外字の同定の決定を記録する", "Record decisions on gaiji"},
      .description =
          {"決定のファイル (CSV、XLSX) "
           "をすべて調べ、全部か無しかで記録します。二人以上で分けたファイルは一度に渡します。"
           "記録は消えず、新しい決定が前の決定に代わります。\n\n終了コード: 0 記録した、1 前の決定を変えた、3 "
           "受け付けない",
           "Checks files of decisions (CSV, XLSX) completely and records them all or not at all. Files of several "
           "persons are given together. Nothing is erased: a new decision supersedes an earlier one.\n\n"
           "Exit codes: 0 recorded, 1 earlier decisions were changed, 3 refused"},
      .positionals = {.usage = "FILE...", .min = 1, .max = kUnbounded, .summary = {"決定のファイル", "the files"}},
      .examples = {{{"hyojun gaiji decide decisions.csv --decided-by 山田 --db gaiji.db",
                     {"まとめて決定者として署名する", "sign them all as the decider"}},
                    {"hyojun gaiji decide decided.xlsx --checked-by 佐藤 --db gaiji.db",
                     {"別の人が確認する", "another person checks them"}}}},
      .options = decide_options(),
      .run = run_decide,
  };
  return command;
}

}  // namespace hyojun::cli
