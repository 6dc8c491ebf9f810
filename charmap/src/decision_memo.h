// What decide() said before. Internal to charmap.
//
// A decision depends on the character, its outcome, the treatment of its column, and on whether the character before it
// was rewritten; it reads up to ten tables for it. Names repeat, so most decisions have been made before: this
// remembers them in one place that costs one cache miss.
//
// An open-addressing table of 16-byte slots, half a MiB, of which a file touches what it holds. A slot is written once
// and never changes: readers need no lock, a full line of slots remembers nothing new, and what is not remembered is
// decided again. Any number of threads may use it at once.
#ifndef HYOJUN_CHARMAP_SRC_DECISION_MEMO_H_
#define HYOJUN_CHARMAP_SRC_DECISION_MEMO_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>

#include "hyojun/charmap/keyed_tally.h"
#include "splice.h"

namespace hyojun::charmap {

class DecisionMemo {
 public:
  // The key of an event; 0, which find() and put() leave alone, where there is none: malformed bytes have no character,
  // and few files treat more columns than have a number here.
  static std::uint64_t key(const Event& event, std::size_t treatment, bool rewritten) noexcept {
    if (event.outcome == Outcome::malformed || treatment >= kTreatments) return 0;
    return kUsed | std::uint64_t{event.first} | std::uint64_t{event.second} << kCodePoint |
           static_cast<std::uint64_t>(event.outcome) << 2 * kCodePoint |
           static_cast<std::uint64_t>(treatment) << (2 * kCodePoint + 4) | std::uint64_t{rewritten} << 62;
  }

  // Asks for what find() will read.
  void prefetch(std::uint64_t key) const noexcept { __builtin_prefetch(&line(key)); }

  std::optional<Splice> find(std::uint64_t key) const noexcept {
    for (const Slot& slot : line(key)) {
      if (slot.key.load(std::memory_order_acquire) == key && key != 0) {
        return unpack(slot.value.load(std::memory_order_relaxed));
      }
    }
    return std::nullopt;
  }

  // Nothing where the decision is too long to be packed, or where there is no room.
  void put(std::uint64_t key, const Splice& splice) noexcept {
    if (key == 0 || splice.tagged || splice.text[2] != 0) return;
    for (Slot& slot : line(key)) {
      std::uint64_t expected = 0;
      if (!slot.key.compare_exchange_strong(expected, kFilling, std::memory_order_relaxed)) {
        if (expected == key) return;
        continue;
      }
      slot.value.store(pack(splice), std::memory_order_relaxed);
      slot.key.store(key, std::memory_order_release);
      return;
    }
  }

 private:
  static constexpr unsigned kCodePoint = 21;  // bits
  static constexpr std::size_t kTreatments = 16;
  static constexpr std::uint64_t kUsed = std::uint64_t{1} << 63U;
  static constexpr std::uint64_t kFilling = 1;  // no key: not kUsed
  static constexpr std::size_t kLines = std::size_t{1} << 13U;
  static constexpr unsigned kNone = 15;

  struct Slot {
    std::atomic<std::uint64_t> key{0};
    std::atomic<std::uint64_t> value{0};
  };
  struct alignas(64) Line : std::array<Slot, 4> {};

  // Whatever the treatment, so that it is known before.
  Line& line(std::uint64_t key) const noexcept {
    constexpr std::uint64_t kText = (std::uint64_t{1} << 2 * kCodePoint) - 1;
    return lines_[mixed(key & kText) % kLines];
  }

  static std::uint64_t pack(const Splice& s) noexcept {
    const auto action = s.action ? static_cast<unsigned>(*s.action) : kNone;
    const auto relation = s.relation ? static_cast<unsigned>(*s.relation) : kNone;
    return std::uint64_t{s.text[0]} | std::uint64_t{s.text[1]} << kCodePoint | std::uint64_t{action} << 2 * kCodePoint |
           std::uint64_t{relation} << (2 * kCodePoint + 4);
  }
  static Splice unpack(std::uint64_t value) noexcept {
    constexpr std::uint64_t kMask = (std::uint64_t{1} << kCodePoint) - 1;
    Splice s;
    s.text[0] = static_cast<char32_t>(value & kMask);
    s.text[1] = static_cast<char32_t>(value >> kCodePoint & kMask);
    const auto action = static_cast<unsigned>(value >> 2 * kCodePoint & 15);
    const auto relation = static_cast<unsigned>(value >> (2 * kCodePoint + 4) & 15);
    if (action != kNone) s.action = static_cast<Action>(action);
    if (relation != kNone) s.relation = static_cast<ShrinkRelation>(relation);
    return s;
  }

  std::unique_ptr<Line[]> lines_ = std::make_unique<Line[]>(kLines);
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_DECISION_MEMO_H_
