// KeyedTally: how often each key was counted, with its first positions. What Tally and ReplacementTally are made of.
//
// An open-addressing hash table: every event is looked up here, and touches a slot and its entry. These are kept small,
// so that those of tens of thousands of keys stay in the L2 cache (1 MB, half of which the scan needs): key and count,
// and nothing that the fourth event of a key does not change. The positions of the first three are written one behind
// the other, whosever they are, and sorted out when somebody asks.
// Key: copyable, comparable, with `std::uint32_t hash() const noexcept` whose low bits are good; three words, since
// every event makes one. Not thread-safe, and no reader beside another: readers may move what waits.
#ifndef HYOJUN_CHARMAP_KEYED_TALLY_H_
#define HYOJUN_CHARMAP_KEYED_TALLY_H_

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <span>
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
  void add(const Position& position) noexcept {
    const bool is_last = positions == 0 || at[positions - 1U] < position;
    if (!is_last) return insert(position);
    if (positions < kFirst) at[positions++] = position;
  }

 private:
  void insert(const Position& position) noexcept;
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
    waiting_.push_back({key, position});
    if (waiting_.size() >= (slots_.empty() ? kList : kBatch)) flush();
  }

  // Counts `count`, in the order of the file: position_at(i) is asked for only where it is kept.
  template <typename KeyAt, typename PositionAt>
  void add(std::size_t count, KeyAt key_at, PositionAt position_at) {
    if (slots_.empty() && waiting_.size() + count <= kList) {
      for (std::size_t i = 0; i < count; ++i) waiting_.push_back({key_at(i), position_at(i)});
      return;
    }
    flush();
    take_all(count, key_at, position_at);
  }

  // Adds what was counted of a part that begins behind `records` records and `bytes` bytes.
  void add(const Key& key, const ExceptionTally& counted, std::uint64_t records, std::uint64_t bytes) {
    shown_.clear();
    make_room(1);
    const std::uint32_t number = number_of(key);
    entries_[number].count += counted.count;
    for (std::size_t i = 0; i < counted.positions; ++i) {
      const Position& p = counted.at[i];
      places_.push_back({{p.file, p.field, p.record + records, p.byte + bytes}, number});
      last_ = std::max(last_, places_.back().position);
    }
  }

  // What waits there begins to wait here: the tally of a part is seldom more than a list.
  void append(const KeyedTally& next, std::uint64_t records, std::uint64_t bytes) {
    const std::vector<ExceptionTally> counted = next.tallies();
    for (std::size_t i = 0; i < counted.size(); ++i) add(next.entries_[i].key, counted[i], records, bytes);
    const auto position_at = [&](std::size_t i) -> Position {
      const Position& p = next.waiting_[i].position;
      return {p.file, p.field, p.record + records, p.byte + bytes};
    };
    add(
        next.waiting_.size(), [&](std::size_t i) -> const Key& { return next.waiting_[i].key; }, position_at);
  }

  bool empty() const noexcept { return entries_.empty() && waiting_.empty(); }
  // Distinct keys. What waits is not among them in distinct_at_least(), which costs nothing.
  std::size_t distinct() const {
    flush();
    return entries_.size();
  }
  std::size_t distinct_at_least() const noexcept { return entries_.size(); }

  // In no order. Valid until the tally changes.
  std::vector<std::pair<Key, const ExceptionTally*>> entries() const {
    flush();
    if (shown_.empty()) shown_ = tallies();
    std::vector<std::pair<Key, const ExceptionTally*>> result;
    result.reserve(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) result.emplace_back(entries_[i].key, &shown_[i]);
    return result;
  }

 private:
  static constexpr std::size_t kBatch = 64;   // looked up together
  static constexpr std::size_t kList = 4096;  // before there is one
  static constexpr std::size_t kFirstSlots = 256;

  struct Waiting {
    Key key;
    Position position;
  };
  struct alignas(32) Entry {
    Key key;
    std::uint64_t count;
  };
  static_assert(sizeof(Entry) == 32);
  // Where a key was counted: one of its first places, or one that came out of order.
  struct Place {
    Position position;
    std::uint32_t number;  // of the entry
  };

  void flush() const {
    take_all(
        waiting_.size(), [&](std::size_t i) -> const Key& { return waiting_[i].key; },
        [&](std::size_t i) -> const Position& { return waiting_[i].position; });
    waiting_.clear();
  }

  template <typename KeyAt, typename PositionAt>
  void take_all(std::size_t count, KeyAt key_at, PositionAt position_at) const {
    for (std::size_t at = 0; at < count; at += kBatch) {
      take(
          std::min(kBatch, count - at), [&](std::size_t i) -> decltype(auto) { return key_at(at + i); },
          [&](std::size_t i) -> decltype(auto) { return position_at(at + i); });
    }
  }

  // Where many keys are distinct, each look-up misses the cache twice: the misses of a batch are waited for together.
  template <typename KeyAt, typename PositionAt>
  void take(std::size_t count, KeyAt key_at, PositionAt position_at) const {
    shown_.clear();
    make_room(count);
    const std::size_t mask = slots_.size() - 1;
    std::array<Key, kBatch> keys;
    for (std::size_t i = 0; i < count; ++i) {
      keys[i] = key_at(i);
      __builtin_prefetch(&slots_[keys[i].hash() & mask]);
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t slot = slots_[keys[i].hash() & mask];
      __builtin_prefetch(entries_.data() + (slot == 0 ? 0 : slot - 1));
    }
    for (std::size_t i = 0; i < count; ++i) {
      const std::uint32_t number = number_of(keys[i]);
      const bool is_first = entries_[number].count++ < ExceptionTally::kFirst;
      const Position& position = position_at(i);
      // Hardly ever: a file is read from its beginning.
      const bool out_of_order = position < last_;
      if (is_first || out_of_order) places_.push_back({position, number});
      if (!out_of_order) last_ = position;
    }
  }

  // Of each entry.
  std::vector<ExceptionTally> tallies() const {
    std::vector<ExceptionTally> result(entries_.size());
    for (std::size_t i = 0; i < entries_.size(); ++i) result[i].count = entries_[i].count;
    for (const auto& [position, number] : places_) result[number].add(position);
    return result;
  }

  // Number of the entry of a key, made where it is not there yet. There is room.
  std::uint32_t number_of(const Key& key) const {
    const std::size_t mask = slots_.size() - 1;
    std::size_t slot = key.hash() & mask;
    while (slots_[slot] != 0 && !(entries_[slots_[slot] - 1].key == key)) slot = (slot + 1) & mask;
    if (slots_[slot] == 0) {
      entries_.push_back({key, 0});
      slots_[slot] = static_cast<std::uint32_t>(entries_.size());
    }
    return slots_[slot] - 1;
  }

  // For as many more.
  void make_room(std::size_t more) const {
    while ((entries_.size() + more) * 2 > slots_.size()) grow();
    if (places_.size() > 2 * ExceptionTally::kFirst * entries_.size() + kList) drop_places();
  }

  void grow() const {
    slots_.assign(slots_.empty() ? kFirstSlots : slots_.size() * 2, 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      std::size_t slot = entries_[i].key.hash() & mask;
      while (slots_[slot] != 0) slot = (slot + 1) & mask;
      slots_[slot] = static_cast<std::uint32_t>(i + 1);
    }
  }

  // Those that came out of order and are none of the first.
  void drop_places() const {
    const std::vector<ExceptionTally> kept = tallies();
    places_.clear();
    for (std::size_t i = 0; i < kept.size(); ++i) {
      for (std::size_t k = 0; k < kept[i].positions; ++k) {
        places_.push_back({kept[i].at[k], static_cast<std::uint32_t>(i)});
      }
    }
  }

  // Mutable: what waits has been added as far as anybody outside can tell.
  mutable std::vector<Entry> entries_;
  mutable std::deque<Place> places_;          // nothing is copied when it grows
  mutable Position last_{};                   // of all that were counted
  mutable std::vector<std::uint32_t> slots_;  // 1 + number of an entry, or 0; a power of two, at most half used
  mutable std::vector<Waiting> waiting_;
  mutable std::vector<ExceptionTally> shown_;  // by entries()
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_KEYED_TALLY_H_
