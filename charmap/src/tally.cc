#include "hyojun/charmap/tally.h"

#include <algorithm>

namespace hyojun::charmap {

ExceptionKey ExceptionKey::of(const Event& event, std::span<const std::uint8_t> source) noexcept {
  ExceptionKey key{event.outcome, static_cast<std::uint8_t>(source.size()), 0, event.first, event.second};
  for (std::size_t i = 0; i < source.size(); ++i) key.bytes |= std::uint64_t{source[i]} << (56 - 8 * i);
  return key;
}

std::vector<std::uint8_t> ExceptionKey::source() const {
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i < length; ++i) out.push_back(static_cast<std::uint8_t>(bytes >> (56 - 8 * i)));
  return out;
}

std::u32string ExceptionKey::text() const {
  if (outcome == Outcome::malformed) return {};
  return second == 0 ? std::u32string{first} : std::u32string{first, second};
}

void ExceptionTally::add(const Position& position) noexcept {
  if (positions == kFirst && at.back() < position) return;  // nearly always: a file is read from its beginning
  auto* const end = at.data() + positions;
  auto* const where = std::upper_bound(at.data(), end, position);
  if (where == at.data() + kFirst) return;
  auto* const last = positions < kFirst ? end : end - 1;
  std::move_backward(where, last, last + 1);
  *where = position;
  if (positions < kFirst) ++positions;
}

namespace {

constexpr std::size_t kFirstSlots = 64;

// A finaliser of splitmix64: the keys' entropy sits in the high bytes.
std::size_t hash_of(const ExceptionKey& key) noexcept {
  std::uint64_t x =
      key.bytes + key.first + static_cast<std::uint64_t>(key.outcome) + std::uint64_t{key.length} * 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return static_cast<std::size_t>(x ^ (x >> 31));
}

}  // namespace

std::size_t Tally::slot_of(const ExceptionKey& key) const noexcept {
  std::size_t slot = hash_of(key) & (slots_.size() - 1);
  while (slots_[slot] != 0 && entries_[slots_[slot] - 1].first != key) slot = (slot + 1) & (slots_.size() - 1);
  return slot;
}

void Tally::grow() {
  slots_.assign(slots_.empty() ? kFirstSlots : slots_.size() * 2, 0);
  for (std::size_t i = 0; i < entries_.size(); ++i) {
    slots_[slot_of(entries_[i].first)] = static_cast<std::uint32_t>(i + 1);
  }
}

ExceptionTally& Tally::tally_of(const ExceptionKey& key) {
  if (entries_.size() * 2 >= slots_.size()) grow();
  const std::size_t slot = slot_of(key);
  if (slots_[slot] == 0) {
    entries_.emplace_back(key, ExceptionTally{});
    slots_[slot] = static_cast<std::uint32_t>(entries_.size());
  }
  return entries_[slots_[slot] - 1].second;
}

void Tally::add(const Event& event, std::span<const std::uint8_t> source, const Position& position) {
  ExceptionTally& tally = tally_of(ExceptionKey::of(event, source));
  ++tally.count;
  tally.add(position);
}

void Tally::add(const ExceptionKey& key, const ExceptionTally& counted) {
  ExceptionTally& tally = tally_of(key);
  tally.count += counted.count;
  for (std::size_t i = 0; i < counted.positions; ++i) tally.add(counted.at[i]);
}

void Tally::append(const Tally& next, std::uint64_t records, std::uint64_t bytes) {
  for (const auto& [key, other] : next.entries_) {
    ExceptionTally& tally = tally_of(key);
    tally.count += other.count;
    for (std::size_t i = 0; i < other.positions; ++i) {
      Position p = other.at[i];
      p.record += records;
      p.byte += bytes;
      tally.add(p);
    }
  }
}

std::vector<std::pair<ExceptionKey, const ExceptionTally*>> Tally::sorted() const {
  std::vector<std::pair<ExceptionKey, const ExceptionTally*>> result;
  result.reserve(entries_.size());
  for (const auto& [key, tally] : entries_) result.emplace_back(key, &tally);
  std::ranges::sort(result, {}, [](const auto& entry) { return entry.first; });
  return result;
}

}  // namespace hyojun::charmap
