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
  auto* const end = at.data() + positions;
  auto* const where = std::upper_bound(at.data(), end, position);
  if (where == at.data() + kFirst) return;
  auto* const last = positions < kFirst ? end : end - 1;
  std::move_backward(where, last, last + 1);
  *where = position;
  if (positions < kFirst) ++positions;
}

// A finaliser of splitmix64: the keys' entropy sits in the high bytes.
std::size_t Tally::Hash::operator()(const ExceptionKey& key) const noexcept {
  std::uint64_t x =
      key.bytes + key.first + static_cast<std::uint64_t>(key.outcome) + std::uint64_t{key.length} * 0x9E3779B97F4A7C15U;
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return static_cast<std::size_t>(x ^ (x >> 31));
}

void Tally::add(const Event& event, std::span<const std::uint8_t> source, const Position& position) {
  ExceptionTally& tally = exceptions_[ExceptionKey::of(event, source)];
  ++tally.count;
  tally.add(position);
}

void Tally::add(const ExceptionKey& key, const ExceptionTally& counted) {
  ExceptionTally& tally = exceptions_[key];
  tally.count += counted.count;
  for (std::size_t i = 0; i < counted.positions; ++i) tally.add(counted.at[i]);
}

void Tally::append(const Tally& next, std::uint64_t records, std::uint64_t bytes) {
  for (const auto& [key, other] : next.exceptions_) {
    ExceptionTally& tally = exceptions_[key];
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
  result.reserve(exceptions_.size());
  for (const auto& [key, tally] : exceptions_) result.emplace_back(key, &tally);
  std::ranges::sort(result, {}, [](const auto& entry) { return entry.first; });
  return result;
}

}  // namespace hyojun::charmap
