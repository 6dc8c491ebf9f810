#include "hyojun/core/decision_book.h"

#include "hyojun/core/state.h"

namespace hyojun::core {

bool is_last_word(const Decision& before, const Decision& after) {
  return after.state != DecisionState::proposed || before.state == DecisionState::proposed;
}

base::Result<DecisionBook> DecisionBook::read(const Store& store, const std::optional<base::Date>& known_at) {
  const auto reading = store.read();
  if (!reading) return tl::unexpected(reading.error());
  std::map<std::int64_t, std::string> visible;
  const View view{*base::Date::from_ymd(base::Date::kMaxYear, 12, 31), known_at};
  for (const ImportInfo& import : visible_imports((*reading)->imports(), view))
    visible.emplace(import.id, import.recorded_at);
  DecisionBook book;
  const auto read = (*reading)->decisions([&](std::int64_t id, std::int64_t import, const Decision& decision) {
    const auto found = visible.find(import);
    if (found != visible.end()) book.add({id, import, found->second, decision});
  });
  if (!read) return tl::unexpected(read.error());
  return book;
}

void DecisionBook::add(RecordedDecision decision) {
  const std::size_t index = all_.size();
  const DecisionState state = decision.decision.state;
  const auto [place, is_new] = standings_.try_emplace(decision.decision.gaiji, Standing{.last = index});
  Standing& standing = place->second;
  if (!is_new && is_last_word(all_[standing.last].decision, decision.decision)) standing.last = index;
  if (state == DecisionState::checked) standing.in_force = index;
  if (state == DecisionState::proposed) standing.proposed = index;
  all_.push_back(std::move(decision));
}

const RecordedDecision* DecisionBook::last(const GaijiKey& key) const {
  const auto found = standings_.find(key);
  return found == standings_.end() ? nullptr : &all_[found->second.last];
}

const RecordedDecision* DecisionBook::proposed(const GaijiKey& key) const {
  const auto found = standings_.find(key);
  return found == standings_.end() || !found->second.proposed ? nullptr : &all_[*found->second.proposed];
}

const RecordedDecision* DecisionBook::in_force(const GaijiKey& key) const {
  const auto found = standings_.find(key);
  return found == standings_.end() || !found->second.in_force ? nullptr : &all_[*found->second.in_force];
}

}  // namespace hyojun::core
