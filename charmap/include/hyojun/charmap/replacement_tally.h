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

// The same as it is counted: four words where the target has at most two code points, as nearly all have.
class PackedReplacement {
 public:
  PackedReplacement() = default;
  // Out of what was replaced at once: a key made before would be copied, field by field, through memory.
  PackedReplacement(const Replacement& r, const ExceptionKey& source) noexcept
      : bytes_(source.bytes),
        text_(source.first | std::uint64_t{source.second} << 32),
        target_(r.target[0] | std::uint64_t{r.target[1]} << 32) {
    const unsigned relation = r.relation ? 1U + static_cast<unsigned>(*r.relation) : 0U;
    const std::uint64_t rest = static_cast<unsigned>(source.outcome) | unsigned{source.length} << 8 |
                               static_cast<unsigned>(r.action) << 16 | relation << 24;
    rest_ = rest | mixed(bytes_ + text_ * kFactor + target_ * kOtherFactor + rest) << 32;
  }
  static bool fits(const ReplacementText& target) noexcept { return target[2] == 0; }
  ReplacementKey key() const noexcept;
  std::uint32_t hash() const noexcept { return static_cast<std::uint32_t>(rest_ >> 32); }
  bool operator==(const PackedReplacement&) const = default;

 private:
  static constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15, kOtherFactor = 0xC2B2AE3D27D4EB4F;
  std::uint64_t bytes_ = 0, text_ = 0, target_ = 0;
  std::uint64_t rest_ = 0;  // outcome, length, action, relation; the hash in the upper half
};

class ReplacementTally {
 public:
  // `source` as of ExceptionKey::of().
  void add(const Replacement& replacement, std::span<const std::uint8_t> source, const Position& position) {
    ++counts_[static_cast<std::size_t>(replacement.action)];
    if (!PackedReplacement::fits(replacement.target)) return add_long(replacement, source, position);
    replacements_.add(PackedReplacement(replacement, ExceptionKey::of(replacement.event, source)), position);
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
  void add_long(const Replacement& replacement, std::span<const std::uint8_t> source, const Position& position);

  KeyedTally<PackedReplacement> replacements_;
  std::map<ReplacementKey, ExceptionTally> long_;  // of longer targets
  std::array<std::uint64_t, kActions> counts_{};
  std::uint64_t brackets_ = 0;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_REPLACEMENT_TALLY_H_
