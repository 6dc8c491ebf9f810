// Which decisions on gaiji stand, now or at the end of a past day.
//
// The rule, and its only reader: a decision is visible if its import was recorded until the end of `known_at` (Japan)
// and is not withdrawn by a visible import. Of one gaiji, by id:
//   last      the newest 決定 or 確認済; without one, the newest 案. A proposal never unseats a decision
//   proposed  the newest 案
//   in_force  the newest 確認済. A changed answer takes effect when it has been checked, not before
// Immutable once read; shared by threads.
#ifndef HYOJUN_CORE_DECISION_BOOK_H_
#define HYOJUN_CORE_DECISION_BOOK_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "hyojun/core/decision.h"
#include "hyojun/core/store.h"

namespace hyojun::core {

struct RecordedDecision {
  std::int64_t id;
  std::int64_t import;
  std::string recorded_at;  // base::timestamp_in_japan
  Decision decision;
};

// Whether `after`, recorded later of the same gaiji, takes the place of `before` as the last word.
bool is_last_word(const Decision& before, const Decision& after);

class DecisionBook {
 public:
  struct Standing {
    std::size_t last;  // indices into all()
    std::optional<std::size_t> in_force{};
    std::optional<std::size_t> proposed{};  // the newest 案
  };

  // Fails as Store::read() does.
  static base::Result<DecisionBook> read(const Store& store, const std::optional<base::Date>& known_at = std::nullopt);

  // Every visible decision, superseded ones too, by id.
  const std::vector<RecordedDecision>& all() const { return all_; }
  // By key; iterates in the order of system, encoding, code.
  const std::map<GaijiKey, Standing>& standings() const { return standings_; }

  // Null if there is none.
  const RecordedDecision* last(const GaijiKey& key) const;
  const RecordedDecision* in_force(const GaijiKey& key) const;
  const RecordedDecision* proposed(const GaijiKey& key) const;

 private:
  DecisionBook() = default;
  void add(RecordedDecision decision);

  std::vector<RecordedDecision> all_;
  std::map<GaijiKey, Standing> standings_;
};

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_DECISION_BOOK_H_
