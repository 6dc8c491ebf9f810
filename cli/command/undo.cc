// hyojun undo: take an import back by a new fact.
#include <fmt/format.h>

#include <algorithm>

#include "commands.h"
#include "exit_code.h"
#include "hyojun/base/number.h"
#include "tracker_option.h"

namespace hyojun::cli {
namespace {

constexpr std::uint64_t kMostImports = 1'000'000'000;

// What would be withdrawn.
int preview(const core::Store& store, std::int64_t id, Context& context) {
  const auto reading = store.read();
  if (!reading) return fail(context, reading.error());
  const auto& imports = (*reading)->imports();
  const auto found = std::ranges::find(imports, id, &core::ImportInfo::id);
  const auto standing = core::standing_imports(imports, std::nullopt);
  if (found == imports.end() || std::ranges::find(standing, id, &core::ImportInfo::id) == standing.end()) {
    return fail(context, {base::ErrorCode::usage,
                          {fmt::format("取り消せる取込 {} はありません", id),
                           fmt::format("there is no import {} to be withdrawn", id)},
                          {},
                          {"hyojun history で番号を確かめてください", "see the numbers with hyojun history"}});
  }
  context.out.line(context.say({fmt::format("取込 {}（{}、{}、{}）を取り消します。まだ記録していません (--dry-run)", id,
                                            found->form, found->as_of, found->file),
                                fmt::format("import {} ({}, {}, {}) would be withdrawn; not recorded (--dry-run)", id,
                                            found->form, found->as_of, found->file)}));
  return kExitDone;
}

int run_undo(const ParsedArguments& arguments, Context& context) {
  const auto number = base::parse_unsigned(arguments.positionals().front(), 1, kMostImports);
  if (!number) return fail(context, number.error());
  auto store = open_store(arguments, core::Store::Access::write, context, Content::any);
  if (!store) return fail(context, store.error());
  const base::Date today = base::date_in_japan(std::chrono::system_clock::now());
  const core::ImportDraft how{.as_of = today,
                              .form = "undo",
                              .source = fmt::format("取込 {} の取消し", *number),
                              .actor = actor_of(arguments),
                              .tool = tool_name()};
  const auto id = static_cast<std::int64_t>(*number);
  if (arguments.has("dry-run")) return preview(*store, id, context);
  const auto done = store->withdraw(id, how, arguments.value("reason").value_or(""));
  if (!done) return fail(context, done.error());
  context.out.line(context.say(
      {fmt::format("取込 {} を取り消しました（取込 {}）。元に戻すには hyojun undo {}", id, done->id, done->id),
       fmt::format("import {} is withdrawn (import {}); to bring it back: hyojun undo {}", id, done->id, done->id)}));
  return kExitDone;
}

}  // namespace

const Command& undo_command() {
  static const Command command{
      .path = "undo",
      .summary = {"取込を取り消す", "Take an import back"},
      .description = {"取消しも新しい事実として記録します。それまでの集計は --known-at で再現できます。",
                      "The withdrawal is a new fact: reports of before can be made again with --known-at."},
      .positionals = {.usage = "IMPORT",
                      .min = 1,
                      .max = 1,
                      .summary = {"取込の番号 (hyojun history)", "its number (hyojun history)"}},
      .examples = {{{"hyojun undo 3", {"取込 3 を取り消す", "take import 3 back"}},
                    {"hyojun undo 3 --reason 誤った表", {"理由を残す", "with the reason"}}}},
      .options = {db_option(),
                  {.name = "dry-run", .summary = {"記録せず、取り消すものを示す", "Say what would be withdrawn"}},
                  {.name = "reason", .value = "TEXT", .summary = {"取り消す理由", "Why"}},
                  actor_option(),
                  wait_option()},
      .run = run_undo,
  };
  return command;
}

}  // namespace hyojun::cli
