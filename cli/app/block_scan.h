// Scans one block to its end and hands each event on. Used by the main thread and by workers alike.
#ifndef HYOJUN_CLI_APP_BLOCK_SCAN_H_
#define HYOJUN_CLI_APP_BLOCK_SCAN_H_

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>

#include "hyojun/charmap/scanner.h"
#include "hyojun/charmap/tally.h"

namespace hyojun::app {

// Calls sink(event, bytes from its first on) for each event, offsets counted from the block's first byte; it returns
// false to stop. Returns the bytes read: fewer than all only after a stop, or where `end` is open.
template <typename Sink>
std::size_t scan_block(const charmap::Plan& plan, charmap::ScanState& state, std::span<const std::uint8_t> bytes,
                       charmap::End end, charmap::ScanCounts& counts, Sink sink) {
  std::array<charmap::Event, 1024> events;
  for (std::size_t at = 0;;) {
    const auto result = scan(plan, state, bytes.subspan(at), end, counts, events);
    for (std::size_t i = 0; i < result.events; ++i) {
      charmap::Event event = events[i];
      event.offset += at;
      if (!sink(event, bytes.subspan(event.offset))) return event.offset;
    }
    at += result.read;
    if (result.reason != charmap::ScanResult::Reason::events_full) return at;
  }
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

// Takes a character event into a tally; `source` as of ExceptionKey::of(). False: a doubt was found and nothing after
// it matters.
inline bool take_character(const charmap::Plan& plan, const charmap::Event& event, std::span<const std::uint8_t> source,
                           const charmap::Position& position, PartTally& out) {
  using charmap::Outcome;
  if (is_doubt(plan, event)) [[unlikely]] {
    out.doubt = event;
    return false;
  }
  const bool counted =
      event.outcome == Outcome::default_glyph ? plan.options().default_glyph_events : is_exception(event.outcome);
  if (counted) out.tally.add(event, source, position);
  return true;
}

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_BLOCK_SCAN_H_
