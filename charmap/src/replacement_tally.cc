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

ReplacementKey PackedReplacement::key() const noexcept {
  const auto relation = static_cast<unsigned>(rest_ >> 24 & 0xFF);
  ReplacementKey key{static_cast<Action>(rest_ >> 16 & 0xFF),
                     {static_cast<Outcome>(rest_ & 0xFF), static_cast<std::uint8_t>(rest_ >> 8 & 0xFF), bytes_,
                      static_cast<char32_t>(text_ & 0xFFFFFFFF), static_cast<char32_t>(text_ >> 32)},
                     {static_cast<char32_t>(target_ & 0xFFFFFFFF), static_cast<char32_t>(target_ >> 32)},
                     {}};
  if (relation != 0) key.relation = static_cast<ShrinkRelation>(relation - 1);
  return key;
}

void ReplacementTally::add_long(const Replacement& r, std::span<const std::uint8_t> source, const Position& position) {
  ExceptionTally& tally = long_[ReplacementKey::of(r, source)];
  ++tally.count;
  tally.add(position);
}

void ReplacementTally::append(const ReplacementTally& next, std::uint64_t records, std::uint64_t bytes) {
  replacements_.append(next.replacements_, records, bytes);
  for (const auto& [key, counted] : next.long_) {
    ExceptionTally& tally = long_[key];
    tally.count += counted.count;
    for (std::size_t i = 0; i < counted.positions; ++i) {
      const Position& p = counted.at[i];
      tally.add({p.file, p.field, p.record + records, p.byte + bytes});
    }
  }
  for (std::size_t i = 0; i < kActions; ++i) counts_[i] += next.counts_[i];
  brackets_ += next.brackets_;
}

std::vector<std::pair<ReplacementKey, const ExceptionTally*>> ReplacementTally::sorted() const {
  auto result = entries();
  std::ranges::sort(result, {}, &decltype(result)::value_type::first);
  return result;
}

std::vector<std::pair<ReplacementKey, const ExceptionTally*>> ReplacementTally::entries() const {
  std::vector<std::pair<ReplacementKey, const ExceptionTally*>> result;
  result.reserve(distinct());
  for (const auto& [packed, tally] : replacements_.entries()) result.emplace_back(packed.key(), tally);
  for (const auto& [key, tally] : long_) result.emplace_back(key, &tally);
  return result;
}

}  // namespace hyojun::charmap
