#include "hyojun/charmap/replacement_tally.h"

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

void ReplacementTally::add(const Replacement& r, std::span<const std::uint8_t> source, const Position& position) {
  replacements_.add(ReplacementKey::of(r, source), position);
  ++counts_[static_cast<std::size_t>(r.action)];
}

void ReplacementTally::append(const ReplacementTally& next, std::uint64_t records, std::uint64_t bytes) {
  replacements_.append(next.replacements_, records, bytes);
  for (std::size_t i = 0; i < kActions; ++i) counts_[i] += next.counts_[i];
  brackets_ += next.brackets_;
}

}  // namespace hyojun::charmap
