// Scans one block to its end and hands each event on. Used by the main thread and by workers alike.
#ifndef HYOJUN_CLI_APP_BLOCK_SCAN_H_
#define HYOJUN_CLI_APP_BLOCK_SCAN_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "hyojun/charmap/scanner.h"
#include "hyojun/charmap/tally.h"

namespace hyojun::app {

// Calls sink(events, offset from which theirs are counted) for all events, some at a time; it returns how many it
// takes, fewer than all to stop. Returns the bytes read: fewer than all only after a stop, which leaves the event that
// was not taken and what follows, or where `end` is open.
template <typename Sink>
std::size_t scan_events(const charmap::Plan& plan, charmap::ScanState& state, std::span<const std::uint8_t> bytes,
                        charmap::End end, charmap::ScanCounts& counts, Sink sink) {
  std::array<charmap::Event, 1024> events;
  for (std::size_t at = 0;;) {
    const auto result = scan(plan, state, bytes.subspan(at), end, counts, events);
    const std::size_t taken = sink(std::span<const charmap::Event>(events).first(result.events), at);
    if (taken < result.events) return at + events[taken].offset;
    at += result.read;
    if (result.reason != charmap::ScanResult::Reason::events_full) return at;
  }
}

// The same one by one: sink(event, bytes from its first on), with offsets counted from the block's first byte, returns
// false to stop.
template <typename Sink>
std::size_t scan_block(const charmap::Plan& plan, charmap::ScanState& state, std::span<const std::uint8_t> bytes,
                       charmap::End end, charmap::ScanCounts& counts, Sink sink) {
  return scan_events(plan, state, bytes, end, counts, [&](std::span<const charmap::Event> events, std::size_t at) {
    for (std::size_t i = 0; i < events.size(); ++i) {
      charmap::Event event = events[i];
      event.offset += at;
      if (!sink(event, bytes.subspan(event.offset))) return i;
    }
    return events.size();
  });
}

// What one part of a file adds up to. Positions are relative to the part's first byte and record.
struct PartTally {
  charmap::ScanCounts counts;
  charmap::Tally tally;
  std::optional<charmap::Event> doubt;  // the first malformed byte or ESC, where the input must be UTF-8

  void append(const PartTally& next, std::uint64_t records, std::uint64_t bytes);
};

// Adds the default glyphs whose shape depends on the source's font, by code point.
void add_font_dependent(const charmap::StandardTable& table, const charmap::ScanCounts& counts,
                        std::map<char32_t, std::uint64_t>& sum);

// The outcomes that a tally has entries of, bit by number.
inline unsigned counted_outcomes(const charmap::Plan& plan) {
  unsigned outcomes =
      plan.options().default_glyph_events ? 1U << static_cast<unsigned>(charmap::Outcome::default_glyph) : 0U;
  for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
    if (is_exception(static_cast<charmap::Outcome>(i))) outcomes |= 1U << i;
  }
  return outcomes;
}

// Takes character events into a tally; `bytes` and `origin` as of Tally::add(). Returns how many: fewer than all if a
// doubt was found, its offset counted from `bytes`, and nothing after it matters.
inline std::size_t take_characters(const charmap::Plan& plan, std::span<const charmap::Event> events,
                                   std::span<const std::uint8_t> bytes, const charmap::Position& origin,
                                   PartTally& out) {
  std::size_t count = events.size();
  if (plan.options().check_whole_input) {
    const auto doubt = std::ranges::find_if(events, [&](const auto& event) { return is_doubt(plan, event); });
    count = static_cast<std::size_t>(doubt - events.begin());
    if (count < events.size()) out.doubt = *doubt;
  }
  out.tally.add(events.first(count), bytes, counted_outcomes(plan), origin);
  return count;
}

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_BLOCK_SCAN_H_
