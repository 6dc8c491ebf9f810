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

// A decision that is remembered: one without a tag, of two code points at most, in one word.
class Remembered {
 public:
  static constexpr unsigned kCodePoint = 21;  // bits

  Remembered() noexcept = default;  // none
  explicit Remembered(std::uint64_t packed) noexcept : packed_(packed) {}
  explicit Remembered(const Splice& s) noexcept
      : packed_(kUsed | s.text[0] | std::uint64_t{s.text[1]} << kCodePoint |
                std::uint64_t{s.action ? static_cast<unsigned>(*s.action) : kNone} << kActionAt |
                std::uint64_t{s.relation ? static_cast<unsigned>(*s.relation) : kNone} << kRelationAt) {}

  explicit operator bool() const noexcept { return packed_ != 0; }
  std::uint64_t packed() const noexcept { return packed_; }
  char32_t first() const noexcept { return static_cast<char32_t>(packed_ & kMask); }
  char32_t second() const noexcept { return static_cast<char32_t>(packed_ >> kCodePoint & kMask); }
  std::optional<Action> action() const noexcept { return part<Action>(kActionAt); }
  std::optional<ShrinkRelation> relation() const noexcept { return part<ShrinkRelation>(kRelationAt); }

 private:
  static constexpr std::uint64_t kMask = (std::uint64_t{1} << kCodePoint) - 1;
  static constexpr std::uint64_t kUsed = std::uint64_t{1} << 63U;
  static constexpr unsigned kActionAt = 2 * kCodePoint, kRelationAt = kActionAt + 4;
  static constexpr unsigned kNone = 15;

  template <typename Enum>
  std::optional<Enum> part(unsigned at) const noexcept {
    const auto value = static_cast<unsigned>(packed_ >> at & 15);
    return value == kNone ? std::nullopt : std::optional(static_cast<Enum>(value));
  }
  std::uint64_t packed_ = 0;
};

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

  Remembered find(std::uint64_t key) const noexcept {
    for (const Slot& slot : line(key)) {
      if (slot.key.load(std::memory_order_acquire) == key && key != 0) {
        return Remembered(slot.value.load(std::memory_order_relaxed));
      }
    }
    return Remembered();
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
      slot.value.store(Remembered(splice).packed(), std::memory_order_relaxed);
      slot.key.store(key, std::memory_order_release);
      return;
    }
  }

 private:
  static constexpr unsigned kCodePoint = Remembered::kCodePoint;
  static constexpr std::size_t kTreatments = 16;
  static constexpr std::uint64_t kUsed = std::uint64_t{1} << 63U;
  static constexpr std::uint64_t kFilling = 1;  // no key: not kUsed
  static constexpr std::size_t kLines = std::size_t{1} << 13U;

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

  std::unique_ptr<Line[]> lines_ = std::make_unique<Line[]>(kLines);
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_DECISION_MEMO_H_
