#include "hyojun/core/decision_history.h"

#include <map>

#include "hyojun/core/state.h"

namespace hyojun::core {
namespace {

// Who follows whom, gaiji by gaiji.
class Entries {
 public:
  void add(DecisionEntry entry) {
    const std::size_t index = all_.size();
    const Decision& decision = entry.recorded.decision;
    if (entry.withdrawn_by == 0) {
      const auto [place, is_new] = standing_.try_emplace(decision.gaiji, Standing{.last = index});
      Standing& standing = place->second;
      if (!is_new && is_last_word(all_[standing.last].recorded.decision, decision)) {
        all_[standing.last].superseded_by = entry.recorded.id;
        standing.last = index;
      }
      if (decision.state == DecisionState::checked) {
        if (standing.in_force) all_[*standing.in_force].is_in_force = false;
        entry.is_in_force = true;
        standing.in_force = index;
      }
    }
    all_.push_back(std::move(entry));
  }

  std::vector<DecisionEntry> take() { return std::move(all_); }

 private:
  struct Standing {
    std::size_t last;
    std::optional<std::size_t> in_force{};
  };
  std::vector<DecisionEntry> all_;
  std::map<GaijiKey, Standing> standing_;
};

}  // namespace

base::Result<std::vector<DecisionEntry>> decision_history(const Store& store,
                                                          const std::optional<base::Date>& known_at) {
  const auto reading = store.read();
  if (!reading) return tl::unexpected(reading.error());
  std::map<std::int64_t, std::int64_t> withdrawn_by;
  for (const ImportInfo& import : standing_imports((*reading)->imports(), known_at)) {
    if (import.withdraws != 0) withdrawn_by[import.withdraws] = import.id;
  }
  const std::string until = known_at ? base::last_timestamp_of(*known_at) : "9999";
  std::map<std::int64_t, ImportInfo> imports;
  for (const ImportInfo& import : (*reading)->imports()) {
    if (import.recorded_at <= until) imports.emplace(import.id, import);
  }
  Entries entries;
  const auto read = (*reading)->decisions([&](std::int64_t id, std::int64_t import, const Decision& decision) {
    const auto known = imports.find(import);
    if (known == imports.end()) return;
    const auto by = withdrawn_by.find(import);
    entries.add({.recorded = {id, import, known->second.recorded_at, decision},
                 .import = known->second,
                 .withdrawn_by = by == withdrawn_by.end() ? 0 : by->second});
  });
  if (!read) return tl::unexpected(read.error());
  return entries.take();
}

}  // namespace hyojun::core
