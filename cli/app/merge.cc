#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "exchange.h"

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
  const auto state = core::State::read(store, {draft.as_of}, {.progress = true, .late = true, .facts = true});
  if (!state) return tl::unexpected(state.error());
  ConflictFinder finder(*state, draft.as_of.iso(), plan.conflicts);
  for (core::SurveyLine& line : draft.lines) finder.clean(line);
  std::erase_if(draft.lines,
                [](const core::SurveyLine& line) { return line.cells.find_first_not_of('.') == std::string::npos; });
  std::erase_if(draft.facts, [&](const core::Fact& fact) { return !finder.is_clean(fact); });
  return {};
}

}  // namespace

base::Result<MergePlan> plan_merge(const core::Store& store, const core::Store& slice, const std::string& actor,
                                   const std::string& tool) {
  MergePlan plan;
  std::set<std::string> known;
  {
    const auto reading = store.read();
    if (!reading) return tl::unexpected(reading.error());
    for (const core::ImportInfo& import : (*reading)->imports()) known.insert(import.uid);
    const auto theirs = slice.read();
    if (!theirs) return tl::unexpected(theirs.error());
    for (const core::ImportInfo& import : (*theirs)->imports())
      plan.withdrawals += import.withdraws != 0 && !known.contains(import.uid);
  }
  std::vector<std::size_t> bodies;
  for (std::size_t i = 0; i < slice.catalog().bodies().size(); ++i) {
    if (slice.scope().contains(slice.catalog().bodies()[i])) bodies.push_back(i);
  }
  std::map<std::string, core::ImportDraft> drafts;
  std::vector<std::string> order;
  for (const std::size_t body : bodies) {
    auto content = slice_of(slice, body, true);
    if (!content) return tl::unexpected(content.error());
    for (core::ImportDraft& draft : content->drafts) {
      if (known.contains(draft.uid)) {
        ++plan.known;
        continue;
      }
      const auto [place, is_new] = drafts.try_emplace(draft.uid, draft);
      if (is_new) {
        order.push_back(draft.uid);
        continue;
      }
      core::ImportDraft& whole = place->second;
      whole.lines.insert(whole.lines.end(), draft.lines.begin(), draft.lines.end());
      whole.facts.insert(whole.facts.end(), draft.facts.begin(), draft.facts.end());
      whole.notes.insert(whole.notes.end(), draft.notes.begin(), draft.notes.end());
      whole.coverage.insert(whole.coverage.end(), draft.coverage.begin(), draft.coverage.end());
    }
  }
  for (const std::string& uid : order) {
    core::ImportDraft& draft = drafts.at(uid);
    if (auto ok = check_bodies(store, draft); !ok) return tl::unexpected(ok.error());
    if (auto ok = clean(store, draft, plan); !ok) return tl::unexpected(ok.error());
    draft.actor = actor;
    draft.tool = tool;
    plan.drafts.push_back(std::move(draft));
  }
  return plan;
}

}  // namespace hyojun::app
