#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "exchange.h"
#include "slice.h"

namespace hyojun::app {
namespace {

using core::Indicator;

// Takes out of a draft what this store says otherwise for the same day.
class ConflictFinder {
 public:
  ConflictFinder(const core::State& state, const std::string& as_of, std::vector<MergeConflict>& conflicts)
      : state_(state), as_of_(as_of), conflicts_(conflicts) {}

  void clean(core::SurveyLine& line) {
    const auto body = state_.catalog().find_code(line.body);
    if (!body) return;
    const std::size_t width = line.indicator == Indicator::finished ? 2 : 1;
    for (std::size_t at = 0; at < line.cells.size(); at += width) {
      const std::string theirs = line.cells.substr(at, width);
      if (theirs.front() == '.') continue;
      const std::string ours = ours_of(line.indicator, *body, at / width);
      if (ours.empty() || ours == theirs) continue;
      report(line, at / width, ours, theirs);
      line.cells.replace(at, width, width, '.');
    }
  }

  // True if the fact may be taken in.
  bool is_clean(const core::Fact& fact) {
    const auto body = state_.catalog().find_code(fact.body);
    const core::FactValue* ours = body ? state_.fact(*body, fact.business, fact.kind) : nullptr;
    if (ours == nullptr || ours->import->as_of != as_of_ || fact.value == ours->value) return true;
    const core::Kind* kind = core::find_kind(fact.kind);
    conflicts_.push_back({fact.body, fact.business, kind ? std::string(kind->name) : fact.kind, as_of_, ours->value,
                          fact.value.value_or("取下げ")});
    return false;
  }

  bool is_clean(const core::Note& note) {
    const auto ours = std::ranges::find(
        state_.notes(), note.key, [](const core::NoteValue& value) -> const std::string& { return value.note.key; });
    if (ours == state_.notes().end() || ours->import->as_of != as_of_ || ours->note == note) return true;
    conflicts_.push_back({note.body, note.business, "覚書 " + note.key, as_of_, ours->note.text, note.text});
    return false;
  }

 private:
  // What this store says of the cell for the very day; empty: nothing.
  std::string ours_of(Indicator indicator, std::size_t body, std::size_t cell) const {
    if (indicator == Indicator::steps) {
      const core::ImportInfo* import = state_.steps_import(body, cell / core::kSteps);
      if (import == nullptr || import->as_of != as_of_) return "";
      return std::string(1, static_cast<char>(state_.step(body, cell / core::kSteps, cell % core::kSteps)));
    }
    if (indicator == Indicator::late) {
      const core::ImportInfo* import = state_.late_import(body, cell);
      if (import == nullptr || import->as_of != as_of_) return "";
      return state_.late(body, cell).value_or(false) ? "1" : "0";
    }
    const core::ImportInfo* import = state_.finished_import(body, cell);
    if (import == nullptr || import->as_of != as_of_) return "";
    return fmt::format("{:02}", state_.finished(body, cell));
  }

  void report(const core::SurveyLine& line, std::size_t cell, const std::string& ours, const std::string& theirs) {
    MergeConflict conflict{line.body, 0, std::string(core::name_of(line.indicator)), as_of_, ours, theirs};
    if (line.indicator == Indicator::steps) {
      conflict.business = cell / core::kSteps + 1;
      conflict.subject = fmt::format("手順 {}", cell % core::kSteps + 1);
      conflict.ours = core::name_of(static_cast<core::StepStatus>(ours.front()));
      conflict.theirs = core::name_of(static_cast<core::StepStatus>(theirs.front()));
    } else {
      conflict.business = cell + 1;
    }
    conflicts_.push_back(std::move(conflict));
  }

  const core::State& state_;
  std::string as_of_;
  std::vector<MergeConflict>& conflicts_;
};

base::Result<void> check_bodies(const core::Store& store, const core::ImportDraft& draft) {
  std::set<std::string> bodies;
  for (const core::SurveyLine& line : draft.lines) bodies.insert(line.body);
  for (const core::Fact& fact : draft.facts) bodies.insert(fact.body);
  for (const core::Note& note : draft.notes) bodies.insert(note.body);
  for (const std::string& code : bodies) {
    const auto body = store.catalog().find_code(code);
    if (body && store.scope().contains(store.catalog().bodies()[*body])) continue;
    return base::fail(base::ErrorCode::input_rejected,
                      {fmt::format("団体 {} はこのデータベースの対象ではありません", code),
                       fmt::format("body {} is outside this database", code)},
                      {}, {"正しいデータベースを --db で指定してください", "name the right database with --db"});
  }
  return {};
}

base::Result<void> clean(const core::Store& store, core::ImportDraft& draft, MergePlan& plan) {
  const auto state =
      core::State::read(store, {draft.as_of}, {.progress = true, .late = true, .facts = true, .notes = true});
  if (!state) return tl::unexpected(state.error());
  ConflictFinder finder(*state, draft.as_of.iso(), plan.conflicts);
  for (core::SurveyLine& line : draft.lines) finder.clean(line);
  std::erase_if(draft.lines,
                [](const core::SurveyLine& line) { return line.cells.find_first_not_of('.') == std::string::npos; });
  std::erase_if(draft.facts, [&](const core::Fact& fact) { return !finder.is_clean(fact); });
  std::erase_if(draft.notes, [&](const core::Note& note) { return !finder.is_clean(note); });
  return {};
}

// Which withdrawals of the slice may be taken over.
class Withdrawals {
 public:
  Withdrawals(const core::Reading& ours, const core::Reading& theirs, const core::Store& slice)
      : ours_(ours), theirs_(theirs), slice_(slice) {}

  base::Result<void> plan(const std::string& actor, const std::string& tool, MergePlan& plan) {
    for (const core::ImportInfo& import : theirs_.imports()) {
      if (import.withdraws == 0 || find(ours_, import.uid) != nullptr) continue;
      const core::ImportInfo& target = *std::ranges::find(theirs_.imports(), import.withdraws, &core::ImportInfo::id);
      const core::ImportInfo* here = find(ours_, target.uid);
      // What never came here needs no withdrawal; what was withdrawn here stays so.
      if (here == nullptr && !planned_.contains(target.uid)) continue;
      if (here != nullptr && is_withdrawn(*here)) continue;
      const auto allowed = here == nullptr ? base::Result<bool>(true) : speaks_of_slice_only(*here);
      if (!allowed) return tl::unexpected(allowed.error());
      const auto as_of = base::parse_iso_date(import.as_of);
      if (!*allowed || !as_of) {
        ++plan.withdrawals;
        continue;
      }
      planned_.insert(import.uid);
      ++plan.withdrawn;
      plan.drafts.push_back({.as_of = *as_of,
                             .form = import.form,
                             .source = import.source,
                             .actor = actor,
                             .tool = tool,
                             .uid = import.uid,
                             .origin = import.recorded_at + " " + import.actor,
                             .withdraws = target.uid,
                             .reason = import.reason});
    }
    return {};
  }

 private:
  static const core::ImportInfo* find(const core::Reading& reading, const std::string& uid) {
    const auto found = std::ranges::find(reading.imports(), uid, &core::ImportInfo::uid);
    return found == reading.imports().end() ? nullptr : &*found;
  }

  bool is_withdrawn(const core::ImportInfo& import) const {
    return std::ranges::any_of(ours_.imports(),
                               [&](const core::ImportInfo& other) { return other.withdraws == import.id; });
  }

  base::Result<bool> speaks_of_slice_only(const core::ImportInfo& import) const {
    // Whoever takes a withdrawal back speaks of what that withdrew.
    std::int64_t id = import.id;
    const auto& imports = ours_.imports();
    for (auto other = imports.rbegin(); other != imports.rend(); ++other) {
      if (other->id == id && other->withdraws != 0) id = other->withdraws;
    }
    bool only = true;
    const auto check = [&](std::string_view code) {
      const auto body = slice_.catalog().find_code(code);
      only = only && body && slice_.scope().contains(slice_.catalog().bodies()[*body]);
    };
    for (const Indicator indicator : {Indicator::steps, Indicator::finished, Indicator::late}) {
      const auto visit = [&](std::string_view body, std::string_view) { check(body); };
      if (auto ok = ours_.lines(id, indicator, visit); !ok) return tl::unexpected(ok.error());
    }
    const auto fact = [&](std::int64_t by, const core::Fact& said) {
      if (by == id) check(said.body);
    };
    if (auto ok = ours_.facts("", fact); !ok) return tl::unexpected(ok.error());
    const auto note = [&](std::int64_t by, const core::Note& said) {
      if (by == id) check(said.body);
    };
    if (auto ok = ours_.notes(note); !ok) return tl::unexpected(ok.error());
    return only;
  }

  const core::Reading& ours_;
  const core::Reading& theirs_;
  const core::Store& slice_;
  std::set<std::string> planned_;
};

base::Result<void> plan_imports(const core::Store& store, const core::Store& slice, const std::set<std::string>& known,
                                MergePlan& plan) {
  const core::Scope& scope = slice.scope();
  const auto wanted = [&](std::string_view code) {
    const auto body = slice.catalog().find_code(code);
    return body && scope.contains(slice.catalog().bodies()[*body]);
  };
  // A municipality has no say in the judgement of its prefecture.
  auto content = standing_content(slice, wanted, {.with_notes = true, .with_judgement = scope.body.empty()});
  if (!content) return tl::unexpected(content.error());
  for (core::ImportDraft& draft : *content) {
    if (known.contains(draft.uid)) {
      ++plan.known;
      continue;
    }
    if (auto ok = check_bodies(store, draft); !ok) return ok;
    if (auto ok = clean(store, draft, plan); !ok) return ok;
    // With nothing left, it stays unknown here: the next merge tells the conflicts again.
    if (!is_empty(draft)) plan.drafts.push_back(std::move(draft));
  }
  return {};
}

}  // namespace

base::Result<MergePlan> plan_merge(const core::Store& store, const core::Store& slice, const std::string& actor,
                                   const std::string& tool) {
  std::set<std::string> known;
  {  // a store is read once at a time
    const auto reading = store.read();
    if (!reading) return tl::unexpected(reading.error());
    for (const core::ImportInfo& import : (*reading)->imports()) known.insert(import.uid);
  }
  MergePlan plan;
  if (auto ok = plan_imports(store, slice, known, plan); !ok) return tl::unexpected(ok.error());
  for (core::ImportDraft& draft : plan.drafts) {
    draft.actor = actor;
    draft.tool = tool;
  }
  const auto ours = store.read();
  if (!ours) return tl::unexpected(ours.error());
  const auto theirs = slice.read();
  if (!theirs) return tl::unexpected(theirs.error());
  if (auto ok = Withdrawals(**ours, **theirs, slice).plan(actor, tool, plan); !ok) return tl::unexpected(ok.error());
  return plan;
}

}  // namespace hyojun::app
