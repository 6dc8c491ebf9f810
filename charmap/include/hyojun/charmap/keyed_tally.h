// KeyedTally: how often each key was counted, with its first positions. What Tally and ReplacementTally are made of.
//
// An open-addressing hash table: every event is looked up here. What changes with every event, the count, lies beside
// the key and apart from the positions, which change three times: an event touches a slot and a cache line. A key that
// was counted once, as most are where there are many, has its only position there, too.
// Key: copyable, comparable, with `std::uint32_t hash() const noexcept` whose low bits are good; small and made of
// words, since every event makes one. Not thread-safe, and no reader beside another: readers may move what waits.
#ifndef HYOJUN_CHARMAP_KEYED_TALLY_H_
#define HYOJUN_CHARMAP_KEYED_TALLY_H_

#include <algorithm>
#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
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
    // Word by word: a copy in pieces of 16 bytes waits for the smaller ones in which the caller has just written it.
    Waiting& waiting = waiting_.emplace_back();
    waiting.key = key;
    waiting.position.file = position.file;
    waiting.position.field = position.field;
    waiting.position.record = position.record;
    waiting.position.byte = position.byte;
    if (waiting_.size() >= (slots_.empty() ? kList : kBatch)) flush();
  }

  // Adds what was counted of a part that begins behind `records` records and `bytes` bytes.
  void add(const Key& key, const ExceptionTally& counted, std::uint64_t records, std::uint64_t bytes) {
    Entry& entry = of(key);
    entry.count = (entry.count + counted.count) & kMostCounted;
    for (std::size_t i = 0; i < counted.positions; ++i) {
      Position p = counted.at[i];
      p.record += records;
      p.byte += bytes;
      add_position(entry, p);
    }
  }

  // What waits there begins to wait here: the tally of a part is seldom more than a list.
  void append(const KeyedTally& next, std::uint64_t records, std::uint64_t bytes) {
    for (std::size_t i = 0; i < next.entries_.size(); ++i) {
      add(next.entries_[i].key, next.tally_of(next.entries_[i]), records, bytes);
    }
    for (const auto& [key, position] : next.waiting_) {
      add(key, {position.file, position.field, position.record + records, position.byte + bytes});
    }
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
    std::vector<std::pair<Key, const ExceptionTally*>> result;
    result.reserve(entries_.size());
    tallies_.reserve(entries_.size());
    for (Entry& entry : entries_) settle(entry);
    for (const Entry& entry : entries_) result.emplace_back(entry.key, &tallies_[entry.place.record]);
    return result;
  }

 private:
  static constexpr std::size_t kBatch = 64;   // waiting for a table
  static constexpr std::size_t kList = 4096;  // before there is one
  static constexpr std::size_t kFirstSlots = 64;

  struct Waiting {
    Key key;
    Position position;
  };
  enum Positions : std::uint8_t { none, one, some, all };                // all: as many as are kept
  static constexpr std::uint64_t kMostCounted = ~std::uint64_t{0} >> 2;  // more than there are bytes to count in
  struct alignas(64) Entry {
    Key key;
    std::uint64_t count : 62;
    std::uint64_t positions : 2;
    // The only position; of some or all, file and byte of the last, and `record` is the number of their tally.
    Position place;
  };

  // Where many keys are distinct, each look-up misses the cache twice: the misses of a batch are waited for together.
  void flush() const {
    for (std::size_t at = 0; at < waiting_.size(); at += kBatch) {
      take(std::span(waiting_).subspan(at, std::min(kBatch, waiting_.size() - at)));
    }
    waiting_.clear();
  }

  void take(std::span<const Waiting> batch) const {
    if (!slots_.empty()) {
      const std::size_t mask = slots_.size() - 1;
      for (const Waiting& w : batch) __builtin_prefetch(&slots_[w.key.hash() & mask]);
      for (const Waiting& w : batch) {
        const std::uint32_t slot = slots_[w.key.hash() & mask];
        __builtin_prefetch(&entries_[slot == 0 ? 0 : slot - 1]);
      }
    }
    for (const auto& [key, position] : batch) {
      Entry& entry = of(key);
      ++entry.count;
      // Nearly always: a file is read from its beginning.
      if (entry.positions == all && entry.place < position) continue;
      add_position(entry, position);
    }
  }

  void add_position(Entry& entry, const Position& position) const {
    if (entry.positions == none) {
      entry.place = position;
      entry.positions = one;
      return;
    }
    ExceptionTally& tally = settle(entry);
    tally.add(position);
    entry.positions = tally.positions == ExceptionTally::kFirst ? all : some;
    entry.place.file = tally.at[tally.positions - 1U].file;
    entry.place.byte = tally.at[tally.positions - 1U].byte;
  }

  // The tally of an entry, with its count, made where there is none yet.
  ExceptionTally& settle(Entry& entry) const {
    if (entry.positions < some) {
      tallies_.push_back(tally_of(entry));
      entry.place.record = tallies_.size() - 1;
      entry.positions = some;
    }
    ExceptionTally& tally = tallies_[entry.place.record];
    tally.count = entry.count;
    return tally;
  }

  ExceptionTally tally_of(const Entry& entry) const {
    ExceptionTally tally = entry.positions < some ? ExceptionTally{} : tallies_[entry.place.record];
    if (entry.positions == one) tally.add(entry.place);
    tally.count = entry.count;
    return tally;
  }

  // The entry of a key, made where it is not there yet.
  Entry& of(const Key& key) const {
    if (entries_.size() * 2 >= slots_.size()) grow();
    const std::size_t slot = slot_of(key);
    if (slots_[slot] == 0) {
      entries_.push_back({key, 0, none, {}});
      slots_[slot] = static_cast<std::uint32_t>(entries_.size());
    }
    return entries_[slots_[slot] - 1];
  }

  std::size_t slot_of(const Key& key) const noexcept {
    std::size_t slot = key.hash() & (slots_.size() - 1);
    while (slots_[slot] != 0 && !(entries_[slots_[slot] - 1].key == key)) slot = (slot + 1) & (slots_.size() - 1);
    return slot;
  }

  void grow() const {
    slots_.assign(slots_.empty() ? kFirstSlots : slots_.size() * 2, 0);
    for (std::size_t i = 0; i < entries_.size(); ++i) {
      slots_[slot_of(entries_[i].key)] = static_cast<std::uint32_t>(i + 1);
    }
  }

  // Mutable: what waits has been added as far as anybody outside can tell.
  mutable std::vector<Entry> entries_;
  mutable std::vector<ExceptionTally> tallies_;  // of entries with some positions or all; the counts stand there
  mutable std::vector<std::uint32_t> slots_;     // 1 + index of an entry, or 0; a power of two, at most half used
  mutable std::vector<Waiting> waiting_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_KEYED_TALLY_H_
