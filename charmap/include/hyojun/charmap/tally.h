// Tally: how often each outcome and each exceptional character was found, with its first positions.
//
// A tally of a part of a file is relative to the part's first byte and record; parts are joined in file order with
// append(). Tallies of whole files are absolute and merge() in any order to the same result. Not thread-safe: one
// tally a thread, joined afterwards.
#ifndef HYOJUN_CHARMAP_TALLY_H_
#define HYOJUN_CHARMAP_TALLY_H_

#include <bit>
#include <compare>
#include <cstdint>
#include <cstring>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "hyojun/charmap/keyed_tally.h"
#include "hyojun/charmap/outcome.h"
#include "hyojun/charmap/scanner.h"

namespace hyojun::charmap {

// The identity of an exception: outcome and source bytes, and what they mean, because the files of one run may have
// different encodings. Ordered by outcome, then bytes, then code points.
struct ExceptionKey {
  Outcome outcome;
  std::uint8_t length;  // 1–8
  std::uint64_t bytes;  // left-aligned, first byte in the top: comparing numbers compares bytes
  char32_t first = 0;   // code points; 0 where malformed
  char32_t second = 0;  // 0 unless a sequence
  // `source` begins with the event's bytes; where others stand behind them in memory, it is faster with these.
  static ExceptionKey of(const Event& event, std::span<const std::uint8_t> source) noexcept {
    return {event.outcome, event.length, left_aligned(source, event.length), event.first, event.second};
  }
  std::vector<std::uint8_t> source() const;
  std::u32string text() const;  // code points; empty where malformed
  auto operator<=>(const ExceptionKey& other) const noexcept {
    if (auto c = outcome <=> other.outcome; c != 0) return c;
    if (auto c = bytes <=> other.bytes; c != 0) return c;
    if (auto c = length <=> other.length; c != 0) return c;
    if (auto c = first <=> other.first; c != 0) return c;
    return second <=> other.second;
  }
  bool operator==(const ExceptionKey&) const = default;

 private:
  static std::uint64_t left_aligned(std::span<const std::uint8_t> source, std::size_t length) noexcept {
    std::uint64_t bytes = 0;
    if (source.size() >= sizeof bytes) [[likely]] {  // how many are the event's cannot be guessed
      std::memcpy(&bytes, source.data(), sizeof bytes);
    } else {
      std::memcpy(&bytes, source.data(), length);
    }
    if constexpr (std::endian::native == std::endian::little) bytes = __builtin_bswap64(bytes);
    const unsigned behind = 64 - 8 * static_cast<unsigned>(length);
    return bytes >> behind << behind;
  }
};

// The same in three words, as it is counted.
class PackedException {
 public:
  PackedException() = default;
  explicit PackedException(const ExceptionKey& key) noexcept
      : bytes_(key.bytes), text_(key.first | std::uint64_t{key.second} << 32) {
    const std::uint64_t rest = static_cast<unsigned>(key.outcome) | unsigned{key.length} << 8;
    rest_ = rest | mixed(bytes_ + text_ * kFactor + rest) << 32;
  }
  ExceptionKey key() const noexcept {
    return {static_cast<Outcome>(rest_ & 0xFF), static_cast<std::uint8_t>(rest_ >> 8 & 0xFF), bytes_,
            static_cast<char32_t>(text_ & 0xFFFFFFFF), static_cast<char32_t>(text_ >> 32)};
  }
  std::uint32_t hash() const noexcept { return static_cast<std::uint32_t>(rest_ >> 32); }
  // Without a branch, which would be guessed wrong.
  bool operator==(const PackedException& other) const noexcept {
    return ((bytes_ ^ other.bytes_) | (text_ ^ other.text_) | (rest_ ^ other.rest_)) == 0;
  }

 private:
  static constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15;
  std::uint64_t bytes_ = 0, text_ = 0;
  std::uint64_t rest_ = 0;  // outcome, length; the hash in the upper half
};

// Of an event whose offset, record and field count from `origin`, of which the first field and record are 1.
inline Position position_of(const Event& event, const Position& origin) noexcept {
  return {origin.file, origin.field + event.field, origin.record + event.record, origin.byte + event.offset};
}

class Tally {
 public:
  // Counts one character event at `position`. `source` as of ExceptionKey::of().
  void add(const Event& event, std::span<const std::uint8_t> source, const Position& position) {
    exceptions_.add(PackedException(ExceptionKey::of(event, source)), position);
  }

  // Counts those of the events, in the order of the file, whose outcome is one of `outcomes` (bit by number). Their
  // offsets count from the first of `bytes`, which stands at `origin`; see position_of().
  void add(std::span<const Event> events, std::span<const std::uint8_t> bytes, unsigned outcomes,
           const Position& origin) {
    std::array<std::uint32_t, 64> counted;
    for (std::size_t i = 0; i < events.size();) {
      std::size_t count = 0;
      for (; i < events.size() && count < counted.size(); ++i) {  // without a branch: it could not be guessed
        counted[count] = static_cast<std::uint32_t>(i);
        count += outcomes >> static_cast<unsigned>(events[i].outcome) & 1;
      }
      const auto of = [&](std::size_t k) -> const Event& { return events[counted[k]]; };
      exceptions_.add(
          count, [&](std::size_t k) { return PackedException(ExceptionKey::of(of(k), bytes.subspan(of(k).offset))); },
          [&](std::size_t k) { return position_of(of(k), origin); });
    }
  }

  // Adds what was counted elsewhere, positions included.
  void add(const ExceptionKey& key, const ExceptionTally& counted) {
    exceptions_.add(PackedException(key), counted, 0, 0);
  }

  // Joins the part that follows this one in the same file; `records` and `bytes` are what stands before that part.
  void append(const Tally& next, std::uint64_t records, std::uint64_t bytes) {
    exceptions_.append(next.exceptions_, records, bytes);
  }
  // Joins another file's tally. Positions order by file, so any order of merging gives the same result.
  void merge(const Tally& other) { append(other, 0, 0); }
  // The same; the first file's is taken as it is.
  void merge(Tally&& other) {
    if (exceptions_.empty()) {
      *this = std::move(other);
    } else {
      merge(std::as_const(other));
    }
  }

  std::size_t distinct() const { return exceptions_.distinct(); }
  std::size_t distinct_at_least() const noexcept { return exceptions_.distinct_at_least(); }  // the same, a few late
  // In the order of the contract: outcome, then source bytes (then code points). Valid until the tally changes.
  std::vector<std::pair<ExceptionKey, const ExceptionTally*>> sorted() const;
  // The same in no order, without the time of sorting.
  std::vector<std::pair<ExceptionKey, const ExceptionTally*>> entries() const;

  // Past this many distinct exceptional characters a file is not text in the stated encoding.
  static constexpr std::size_t kTooMany = 2'000'000;

 private:
  KeyedTally<PackedException> exceptions_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_TALLY_H_
