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
  const auto bits = [](std::uint64_t word, unsigned first, unsigned count) {
    return static_cast<std::uint32_t>(word >> first & ((std::uint64_t{1} << count) - 1));
  };
  const auto relation = bits(text_, 54, 10);
  ReplacementKey key{static_cast<Action>(bits(text_, 50, 4)),
                     {static_cast<Outcome>(bits(text_, 46, 4)), static_cast<std::uint8_t>(bits(text_, 42, 4)), bytes_,
                      static_cast<char32_t>(bits(text_, 0, kCodePointBits)),
                      static_cast<char32_t>(bits(text_, kCodePointBits, kCodePointBits))},
                     {static_cast<char32_t>(bits(target_, 0, kCodePointBits)),
                      static_cast<char32_t>(bits(target_, kCodePointBits, kCodePointBits))},
                     {}};
  if (relation != 0) key.relation = static_cast<ShrinkRelation>(relation - 1);
  return key;
}

void ReplacementTally::add(const Replacement& r, std::span<const std::uint8_t> source, const Position& position) {
  ++counts_[static_cast<std::size_t>(r.action)];
  if (PackedReplacement::fits(r.target)) {
    replacements_.add(PackedReplacement(r, ExceptionKey::of(r.event, source)), position);
    return;
  }
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
