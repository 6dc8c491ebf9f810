// How often each replacement was made, with its first positions: the account of a conversion.
//
// As tally.h: parts of a file are relative and joined in file order with append(); files are absolute and merge() in
// any order to the same result. Not thread-safe: one a thread, joined afterwards.
#ifndef HYOJUN_CHARMAP_REPLACEMENT_TALLY_H_
#define HYOJUN_CHARMAP_REPLACEMENT_TALLY_H_

#include <map>
#include <utility>
#include <vector>

#include "hyojun/charmap/converter.h"
#include "hyojun/charmap/tally.h"

namespace hyojun::charmap {

// What was replaced, by what, and why. Ordered by action, then source, target, relation.
struct ReplacementKey {
  Action action;
  ExceptionKey source;  // with its outcome, bytes and code points
  ReplacementText target;
  std::optional<ShrinkRelation> relation;
  static ReplacementKey of(const Replacement& replacement, std::span<const std::uint8_t> source) noexcept;
  std::u32string target_text() const;  // empty for tags and refusals
  auto operator<=>(const ReplacementKey& other) const noexcept {
    if (auto c = action <=> other.action; c != 0) return c;
    if (auto c = source <=> other.source; c != 0) return c;
    if (auto c = target <=> other.target; c != 0) return c;
    return relation <=> other.relation;
  }
  bool operator==(const ReplacementKey&) const = default;
};

// The same as it is counted: three words where the target has at most two code points, as nearly all have.
class PackedReplacement {
 public:
  PackedReplacement() = default;
  // Out of what was replaced at once: a key made before would be copied, field by field, through memory.
  PackedReplacement(const Replacement& r, const ExceptionKey& source) noexcept
      : bytes_(source.bytes),
        text_(two(source.first, source.second) | std::uint64_t{source.length} << 42 |
              std::uint64_t{static_cast<unsigned>(source.outcome)} << 46),
        target_(two(r.target[0], r.target[1])) {
    const unsigned relation = r.relation ? 1U + static_cast<unsigned>(*r.relation) : 0U;
    text_ |= std::uint64_t{static_cast<unsigned>(r.action)} << 50 | std::uint64_t{relation} << 54;
    target_ |= mixed(bytes_ + text_ * kFactor + target_ * kOtherFactor) << 42;
  }
  static bool fits(const ReplacementText& target) noexcept { return target[2] == 0; }
  ReplacementKey key() const noexcept;
  std::uint32_t hash() const noexcept { return static_cast<std::uint32_t>(target_ >> 42); }
  // As that of PackedException.
  bool operator==(const PackedReplacement& other) const noexcept {
    return ((bytes_ ^ other.bytes_) | (text_ ^ other.text_) | (target_ ^ other.target_)) == 0;
  }

 private:
  static constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15, kOtherFactor = 0xC2B2AE3D27D4EB4F;
  static constexpr unsigned kCodePointBits = 21;
  static std::uint64_t two(char32_t first, char32_t second) noexcept {
    return first | std::uint64_t{second} << kCodePointBits;
  }
  std::uint64_t bytes_ = 0;
  std::uint64_t text_ = 0;    // two code points; from bit 42 on length, outcome, action, relation
  std::uint64_t target_ = 0;  // two code points, and a hash of 22 bits
};

class ReplacementTally {
 public:
  // Counts one. `source` as of ExceptionKey::of().
  void add(const Replacement& replacement, std::span<const std::uint8_t> source, const Position& position);

  // Counts replacements in the order of the file. `bytes` and `origin` as of Tally::add().
  void add(std::span<const Replacement> replacements, std::span<const std::uint8_t> bytes, const Position& origin) {
    const auto source_of = [&](const Event& event) { return bytes.subspan(event.offset); };
    std::array<std::uint32_t, kAtOnce> packed;
    for (std::size_t i = 0; i < replacements.size();) {
      std::size_t count = 0;
      for (; i < replacements.size() && count < packed.size(); ++i) {
        const Replacement& r = replacements[i];
        if (PackedReplacement::fits(r.target)) {
          ++counts_[static_cast<std::size_t>(r.action)];
          packed[count++] = static_cast<std::uint32_t>(i);
        } else {
          add(r, source_of(r.event), position_of(r.event, origin));
        }
      }
      const auto of = [&](std::size_t k) -> const Replacement& { return replacements[packed[k]]; };
      const auto key_of = [&](std::size_t k) {
        return PackedReplacement(of(k), ExceptionKey::of(of(k).event, source_of(of(k).event)));
      };
      replacements_.add(count, key_of, [&](std::size_t k) { return position_of(of(k).event, origin); });
    }
  }

  void add_brackets(std::uint64_t count) { brackets_ += count; }

  void append(const ReplacementTally& next, std::uint64_t records, std::uint64_t bytes);
  void merge(const ReplacementTally& other) { append(other, 0, 0); }
  // The same; the first file's is taken as it is.
  void merge(ReplacementTally&& other) {
    if (replacements_.empty() && long_.empty() && brackets_ == 0) {
      *this = std::move(other);
    } else {
      merge(std::as_const(other));
    }
  }

  std::size_t distinct() const { return replacements_.distinct() + long_.size(); }
  std::size_t distinct_at_least() const noexcept {  // the same, a few late
    return replacements_.distinct_at_least() + long_.size();
  }
  // How many characters the action was taken for.
  std::uint64_t count(Action action) const noexcept { return counts_[static_cast<std::size_t>(action)]; }
  // Literal 〔 written as tags (ConvertResult::tagged_brackets); not in count() and sorted().
  std::uint64_t brackets() const noexcept { return brackets_; }
  // In the order of the keys. Valid until the tally changes.
  std::vector<std::pair<ReplacementKey, const ExceptionTally*>> sorted() const;
  // The same in no order, without the time of sorting.
  std::vector<std::pair<ReplacementKey, const ExceptionTally*>> entries() const;

 private:
  static constexpr std::size_t kAtOnce = 64;

  KeyedTally<PackedReplacement> replacements_;
  std::map<ReplacementKey, ExceptionTally> long_;  // of longer targets
  std::array<std::uint64_t, kActions> counts_{};
  std::uint64_t brackets_ = 0;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_REPLACEMENT_TALLY_H_
