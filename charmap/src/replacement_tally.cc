#include "hyojun/charmap/replacement_tally.h"

#include <algorithm>

namespace hyojun::charmap {

ReplacementKey ReplacementKey::of(const Replacement& r, std::span<const std::uint8_t> source) noexcept {
  return {r.action, ExceptionKey::of(r.event, source), r.target, r.relation};
}

std::u32string ReplacementKey::target_text() const {
  std::u32string text;
  for (const char32_t cp : target) {
    if (cp != 0) text += cp;
  }
  return text;
}

// A finaliser of splitmix64, as in tally.cc.
std::size_t ReplacementTally::Hash::operator()(const ReplacementKey& key) const noexcept {
  std::uint64_t x = key.source.bytes + key.source.first + key.source.second + static_cast<std::uint64_t>(key.action) +
                    std::uint64_t{key.source.length} * 0x9E3779B97F4A7C15U + (std::uint64_t{key.target[0]} << 21);
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9U;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBU;
  return static_cast<std::size_t>(x ^ (x >> 31));
}

void ReplacementTally::add(const Replacement& r, std::span<const std::uint8_t> source, const Position& position) {
  ExceptionTally& tally = replacements_[ReplacementKey::of(r, source)];
  ++tally.count;
  tally.add(position);
  ++counts_[static_cast<std::size_t>(r.action)];
}

void ReplacementTally::append(const ReplacementTally& next, std::uint64_t records, std::uint64_t bytes) {
  for (const auto& [key, other] : next.replacements_) {
    ExceptionTally& tally = replacements_[key];
    tally.count += other.count;
    for (std::size_t i = 0; i < other.positions; ++i) {
      Position p = other.at[i];
      p.record += records;
      p.byte += bytes;
      tally.add(p);
    }
  }
  for (std::size_t i = 0; i < kActions; ++i) counts_[i] += next.counts_[i];
  brackets_ += next.brackets_;
}

std::vector<std::pair<ReplacementKey, const ExceptionTally*>> ReplacementTally::sorted() const {
  std::vector<std::pair<ReplacementKey, const ExceptionTally*>> result;
  result.reserve(replacements_.size());
  for (const auto& [key, tally] : replacements_) result.emplace_back(key, &tally);
  std::ranges::sort(result, {}, [](const auto& entry) { return entry.first; });
  return result;
}

}  // namespace hyojun::charmap
