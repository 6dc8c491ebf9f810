#include "decision_plan.h"

#include <fmt/format.h>

#include <map>

namespace hyojun::app {
namespace {

using core::Decision;
using core::DecisionState;

// The rows of all files by gaiji; who disagrees is a conflict and is left out.
std::map<core::GaijiKey, PlacedDecision> join(const std::vector<DecisionFile>& files, DecisionPlan& plan) {
  std::map<core::GaijiKey, PlacedDecision> joined;
  for (const DecisionFile& file : files) {
    plan.open += file.open;
    for (const DecisionRow& row : file.rows) {
      PlacedDecision placed{row.decision, fmt::format("{}:{}", file.name, row.row)};
      const auto [place, is_new] = joined.try_emplace(row.decision.gaiji, placed);
      if (is_new) continue;
      if (!core::is_same_answer(place->second.decision, row.decision)) {
        plan.conflicts.push_back({place->second, std::move(placed)});
      } else if (row.decision.state > place->second.decision.state) {
        place->second = std::move(placed);
      }
    }
  }
  return joined;
}

// The same answer with the same signatures, whatever versions the file was made with: nobody has looked at it again.
bool is_signed_before(const Decision& before, Decision after) {
  if (before.state == DecisionState::proposed) return false;
  after.table_version = before.table_version;
  after.font = before.font;
  after.added_searched = before.added_searched;
  if (!before.glyph.empty()) after.glyph = before.glyph;
  return core::is_same(before, after);
}

// Says less of the same answer: a proposal, or a decision that is checked already. A new signature under another table,
// or after a search of the added characters, says more.
bool says_less(const Decision& before, const Decision& after) {
  if (!core::is_same_answer(before, after) || after.state >= before.state) return false;
  const bool is_looked_at_anew =
      before.table_version != after.table_version || (after.added_searched && !before.added_searched);
  return after.state == DecisionState::proposed || !is_looked_at_anew;
}

void compare(const PlacedDecision& row, const core::RecordedDecision& recorded, DecisionPlan& plan) {
  const Decision& before = recorded.decision;
  const Decision& after = row.decision;
  const DecisionChange change{{before, fmt::format("取込 {}", recorded.import)}, row};
  if (!before.glyph.empty() && !after.glyph.empty() && before.glyph != after.glyph) plan.new_glyphs.push_back(change);
  const bool is_same_answer = core::is_same_answer(before, after);
  if (is_signed_before(before, after) || core::is_same(before, after) || says_less(before, after)) {
    ++plan.same;
    return;
  }
  const bool takes_away = before.state != DecisionState::proposed && after.state != DecisionState::proposed;
  if (takes_away && !is_same_answer) {
    plan.changes.push_back(change);
  } else {
    ++plan.confirmed;
  }
  plan.decisions.push_back(after);
}

}  // namespace

DecisionPlan plan_decisions(const std::vector<DecisionFile>& files, const core::DecisionBook& book) {
  DecisionPlan plan;
  for (const auto& [key, row] : join(files, plan)) {
    const core::RecordedDecision* recorded = book.last(key);
    const core::RecordedDecision* proposed = book.proposed(key);
    if (proposed != nullptr && core::is_same(proposed->decision, row.decision)) {
      ++plan.same;
      continue;
    }
    if (recorded != nullptr) {
      compare(row, *recorded, plan);
      continue;
    }
    ++plan.first;
    plan.decisions.push_back(row.decision);
  }
  return plan;
}

std::string answer_text(const Decision& decision) {
  std::string text = decision.target;
  if (decision.category) text += (text.empty() ? "" : " ") + std::string(core::name_of(*decision.category));
  if (!decision.substitute.empty()) text += "、代替 " + decision.substitute;
  return text.empty() ? "（答えなし）" : text;
}

}  // namespace hyojun::app
