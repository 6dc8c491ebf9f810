#include "import_summary.h"

#include <set>

namespace hyojun::app {
namespace {

bool is_done(char sign) { return sign == '3' || sign == '9'; }

class Comparison {
 public:
  explicit Comparison(const core::State& state) : state_(state) {}

  void compare(const core::SurveyLine& line) {
    const auto body = state_.catalog().find_code(line.body);
    if (!body) return;
    bodies_.insert(line.body);
    for (std::size_t i = 0; i < line.cells.size(); i += line.indicator == core::Indicator::finished ? 2 : 1) {
      if (line.cells[i] == '.') continue;
      switch (line.indicator) {
        case core::Indicator::steps:
          compare_step(*body, i, line.cells[i]);
          break;
        case core::Indicator::finished:
          compare_finished(*body, i / 2, (line.cells[i] - '0') * 10 + (line.cells[i + 1] - '0'));
          break;
        case core::Indicator::late:
          compare_late(*body, i, line.cells[i] == '1');
          break;
      }
    }
  }

  void compare(const core::Fact& fact) {
    const auto body = state_.catalog().find_code(fact.body);
    if (!body) return;
    bodies_.insert(fact.body);
    const core::FactValue* before = state_.fact(*body, fact.business, fact.kind);
    const bool is_same = before != nullptr ? fact.value == before->value : !fact.value;
    count(before != nullptr || !fact.value, is_same);
  }

  void compare(const core::Note& note) {
    bodies_.insert(note.body);
    ++summary_.notes;
  }

  ImportSummary take() {
    summary_.bodies = bodies_.size();
    return summary_;
  }

 private:
  void count(bool was_known, bool is_same) {
    ++summary_.cells;
    summary_.first += !was_known;
    summary_.unchanged += was_known && is_same;
    summary_.changed += was_known && !is_same;
  }

  void compare_step(std::size_t body, std::size_t at, char sign) {
    const std::size_t business = at / core::kSteps;
    const bool was_known = state_.steps_import(body, business) != nullptr;
    const char before = static_cast<char>(state_.step(body, business, at % core::kSteps));
    count(was_known, before == sign);
    summary_.regressions += was_known && is_done(before) && !is_done(sign);
  }

  void compare_finished(std::size_t body, std::size_t business, int finished) {
    const core::Progress before = state_.progress(body, business);
    count(before.import != nullptr, before.finished == finished);
    summary_.regressions += before.import != nullptr && finished < before.finished;
  }

  void compare_late(std::size_t body, std::size_t business, bool late) {
    const auto before = state_.late(body, business);
    count(before.has_value(), before == late);
  }

  const core::State& state_;
  std::set<std::string, std::less<>> bodies_;
  ImportSummary summary_;
};

}  // namespace

base::Result<ImportSummary> summarize(const core::Store& store, const core::ImportDraft& draft) {
  const core::Needs needs{.progress = true, .late = true, .facts = !draft.facts.empty()};
  const auto state = core::State::read(store, {draft.as_of}, needs);
  if (!state) return tl::unexpected(state.error());
  Comparison comparison(*state);
  for (const core::SurveyLine& line : draft.lines) comparison.compare(line);
  for (const core::Fact& fact : draft.facts) comparison.compare(fact);
  for (const core::Note& note : draft.notes) comparison.compare(note);
  return comparison.take();
}

}  // namespace hyojun::app
