// How often each replacement was made, with its first positions: the account of a conversion.
//
// As tally.h: parts of a file are relative and joined in file order with append(); files are absolute and merge() in
// any order to the same result. Not thread-safe: one a thread, joined afterwards.
#ifndef HYOJUN_CHARMAP_REPLACEMENT_TALLY_H_
#define HYOJUN_CHARMAP_REPLACEMENT_TALLY_H_

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
  std::size_t hash() const noexcept {
    return source.hash() + target[0] * std::size_t{0x9E3779B1} + static_cast<std::size_t>(action);
  }
  auto operator<=>(const ReplacementKey& other) const noexcept {
    if (auto c = action <=> other.action; c != 0) return c;
    if (auto c = source <=> other.source; c != 0) return c;
    if (auto c = target <=> other.target; c != 0) return c;
    return relation <=> other.relation;
  }
  bool operator==(const ReplacementKey&) const = default;
};

class ReplacementTally {
 public:
  // `source` are the event's bytes.
  void add(const Replacement& replacement, std::span<const std::uint8_t> source, const Position& position);
  void add_brackets(std::uint64_t count) { brackets_ += count; }

  void append(const ReplacementTally& next, std::uint64_t records, std::uint64_t bytes);
  void merge(const ReplacementTally& other) { append(other, 0, 0); }

  std::size_t distinct() const { return replacements_.distinct(); }
  std::size_t distinct_at_least() const noexcept { return replacements_.distinct_at_least(); }  // the same, a few late
  // How many characters the action was taken for.
  std::uint64_t count(Action action) const noexcept { return counts_[static_cast<std::size_t>(action)]; }
  // Literal 〔 written as tags (ConvertResult::tagged_brackets); not in count() and sorted().
  std::uint64_t brackets() const noexcept { return brackets_; }
  std::vector<std::pair<ReplacementKey, const ExceptionTally*>> sorted() const { return replacements_.sorted(); }

 private:
  KeyedTally<ReplacementKey> replacements_;
  std::array<std::uint64_t, kActions> counts_{};
  std::uint64_t brackets_ = 0;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_REPLACEMENT_TALLY_H_
