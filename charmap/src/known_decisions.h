// The decisions on the events of a piece that were made before. Internal to charmap.
//
// They are looked up for all events that are there, before any text is written: their cache misses are waited for
// together, and not behind the copying of the text between them, on which each would wait.
#ifndef HYOJUN_CHARMAP_SRC_KNOWN_DECISIONS_H_
#define HYOJUN_CHARMAP_SRC_KNOWN_DECISIONS_H_

#include <array>
#include <span>

#include "decision_memo.h"
#include "hyojun/charmap/converter.h"

namespace hyojun::charmap {

template <std::size_t kMost>
class KnownDecisions {
 public:
  // A converter that remembers nothing knows none.
  explicit KnownDecisions(const Converter& converter) noexcept : converter_(converter), memo_(converter.memo()) {}

  void begin_piece() noexcept { count_ = 0; }

  // `events`: all of the piece so far, kMost at most.
  void look_up(std::span<const Event> events) noexcept {
    if (memo_ == nullptr) return;
    for (const Event& event : events.subspan(count_)) memo_->prefetch(key(event, false));
    for (; count_ < events.size(); ++count_) known_[count_] = memo_->find(key(events[count_], false));
  }

  // Of an event that was looked up, as if it stood behind none that was rewritten. None where it is not remembered.
  Remembered of(std::size_t event) const noexcept { return memo_ == nullptr ? Remembered() : known_[event]; }

  std::uint64_t key(const Event& event, bool rewritten) const noexcept {
    return DecisionMemo::key(event, converter_.treatment_number(event.field), rewritten);
  }

 private:
  const Converter& converter_;
  const DecisionMemo* const memo_;
  std::array<Remembered, kMost> known_;
  std::size_t count_ = 0;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_KNOWN_DECISIONS_H_
