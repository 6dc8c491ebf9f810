// KeyedTally: how often each key was counted, with its first positions. What Tally and ReplacementTally are made of.
//
// An open-addressing hash table: every event is looked up here, and a node for each key would cost two cache misses.
// Key: copyable, ordered, with `std::size_t hash() const noexcept` whose low bits are good. Not thread-safe, and no
// reader beside another: readers may move what waits.
#ifndef HYOJUN_CHARMAP_KEYED_TALLY_H_
#define HYOJUN_CHARMAP_KEYED_TALLY_H_

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace hyojun::charmap {

// A place: file by its number in the run, record and field from 1, byte from 0.
struct Position {
  std::uint32_t file;
  std::uint32_t field;
  std::uint64_t record;
  std::uint64_t byte;
  auto operator<=>(const Position& other) const noexcept {
    if (auto c = file <=> other.file; c != 0) return c;
    return byte <=> other.byte;
  }
  bool operator==(const Position&) const = default;
};

struct ExceptionTally {
  static constexpr std::size_t kFirst = 3;
  std::uint64_t count = 0;
  std::uint8_t positions = 0;  // used entries of `at`, at most three, in order
  std::array<Position, kFirst> at{};
  void add(const Position& position) noexcept;
};

// A finaliser of splitmix64, for hash().
constexpr std::size_t mixed(std::uint64_t x) noexcept {
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return static_cast<std::size_t>(x ^ (x >> 31));
}

template <typename Key>
class KeyedTally {
 public:
  // Counts one. It waits with others, see flush().
  void add(const Key& key, const Position& position) {
    waiting_[waiting_count_++] = {key, position};
    if (waiting_count_ == kBatch) flush();
  }

  // Adds what was counted of a part that begins behind `records` records and `bytes` bytes.
  void add(const Key& key, const ExceptionTally& counted, std::uint64_t records, std::uint64_t bytes) {
    ExceptionTally& tally = of(key, key.hash());
    tally.count += counted.count;
    for (std::size_t i = 0; i < counted.positions; ++i) {
      Position p = counted.at[i];
      p.record += records;
      p.byte += bytes;
      tally.add(p);
    }
  }

  void append(const KeyedTally& next, std::uint64_t records, std::uint64_t bytes) {
    next.flush();
    for (const auto& [key, counted] : next.entries_) add(key, counted, records, bytes);
  }

  // Distinct keys. What waits is not among them in distinct_at_least(), which costs nothing.
  std::size_t distinct() const {
    flush();
    return entries_.size();
  }
  std::size_t distinct_at_least() const noexcept { return entries_.size(); }

  // In the order of the keys. Valid until the tally changes.
  std::vector<std::pair<Key, const ExceptionTally*>> sorted() const {
    flush();
    std::vector<std::pair<Key, const ExceptionTally*>> result;
    result.reserve(entries_.size());
    for (const auto& [key, tally] : entries_) result.emplace_back(key, &tally);
    std::ranges::sort(result, {}, [](const auto& entry) { return entry.first; });
    return result;
  }

 private:
  static constexpr std::size_t kBatch = 32;
  static constexpr std::size_t kFirstSlots = 64;

  // Where many keys are distinct, each look-up misses the cache twice: the misses of a batch are waited for together.
  void flush() const {
    std::array<std::size_t, kBatch> hashes;
    for (std::size_t i = 0; i < waiting_count_; ++i) {
      hashes[i] = waiting_[i].first.hash();
      if (!slots_.empty()) __builtin_prefetch(&slots_[hashes[i] & (slots_.size() - 1)]);
    }
    for (std::size_t i = 0; i < waiting_count_ && !slots_.empty(); ++i) {
      const std::uint32_t slot = slots_[hashes[i] & (slots_.size() - 1)];
      if (slot == 0) continue;
      __builtin_prefetch(&entries_[slot - 1]);
      __builtin_prefetch(&entries_[slot - 1].second.at.back());
    }
    for (std::size_t i = 0; i < waiting_count_; ++i) {
      ExceptionTally& tally = of(waiting_[i].first, hashes[i]);
      ++tally.count;
      tally.add(waiting_[i].second);
    }
    waiting_count_ = 0;
  }

  // The tally of a key, made where it is not there yet.
  ExceptionTally& of(const Key& key, std::size_t hash) const {
    if (entries_.size() * 2 >= slots_.size()) grow();
    const std::size_t slot = slot_of(key, hash);
    if (slots_[slot] == 0) {
      entries_.emplace_back(key, ExceptionTally{});
      slots_[slot] = static_cast<std::uint32_t>(entries_.size());
    }
    return entries_[slots_[slot] - 1].second;
  }

  std::size_t slot_of(const Key& key, std::size_t hash) const noexcept {
    std::size_t slot = hash & (slots_.size() - 1);
    while (slots_[slot] != 0 && entries_[slots_[slot] - 1].first != key) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }

  void grow() const {
    slots_.assign(slots_.empty() ? kFirstSlots : slots_.size() * 2, 0);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      slots_[slot_of(entries_[i].first, entries_[i].first.hash())] = static_cast<std::uint32_t>(i + 1);
    }
  }

  // Mutable: what waits has been added as far as anybody outside can tell.
  mutable std::vector<std::pair<Key, ExceptionTally>> entries_;
  mutable std::vector<std::uint32_t> slots_;  // 1 + index of an entry, or 0; a power of two, at most half used
  mutable std::array<std::pair<Key, Position>, kBatch> waiting_;
  mutable std::size_t waiting_count_ = 0;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_KEYED_TALLY_H_
