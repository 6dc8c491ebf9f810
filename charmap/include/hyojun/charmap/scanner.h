// The scanner: plain data in, counts and sparse events out.
//
//   scan(plan, state, bytes, end, counts, events) → {read, events, reason}
//
// It proves character after character that it is plain, counts it, and emits an Event for each that is not: every
// exception, every gaiji_mapped, every sequence of two code points, and, where the plan asks, all default glyphs and
// the ends of fields and records. Default glyphs whose shape depends on the font are counted each for itself. No
// allocation, no exception, no lock; a plan may be shared by threads, a state may not.
//
// Splits. The input may be cut anywhere: a character is read only when it is known to be complete (the longest, base
// and selector, has 8 bytes; a CR waits for an LF, a quote for a second quote). What was not read stands at the end of
// `bytes` and is given again, first, in the next call. Any way of cutting gives the same counts and events.
//
// Shift codes are no characters and give no events; they belong to no field. Where an encoding has them, the state
// carries the set that they chose, and a line end chooses the one that the encoding begins lines with.
//
// Structure is recognised as characters in the encoding's own state, never as bytes that may be trail bytes. Outside
// the stated grammar nothing is refused: a quote inside an unquoted field, or text after a closing quote, is content.
#ifndef HYOJUN_CHARMAP_SCANNER_H_
#define HYOJUN_CHARMAP_SCANNER_H_

#include <array>
#include <cstdint>
#include <numeric>
#include <span>

#include "hyojun/charmap/outcome.h"
#include "hyojun/charmap/plan.h"

namespace hyojun::charmap {

struct Event {
  enum class Kind : std::uint8_t {
    character,
    field_end,   // at the delimiter; length = bytes of the delimiter
    record_end,  // at the line end (length = its bytes) or at the end of the file (length 0)
  };
  std::uint64_t offset;  // of the first byte, from the first byte of this call's `bytes`
  std::uint64_t record;  // from 0, counted from where the state was new
  std::uint32_t field;   // from 0
  std::uint8_t length;   // bytes, at most 8
  Kind kind;
  Outcome outcome;  // of a character
  char32_t first;   // code points; 0 and 0 where malformed
  char32_t second;  // 0 unless a sequence
};

// Where in the structure the scan stands between two calls. Compare to see whether a guessed start was right.
struct ScanState {
  enum class Phase : std::uint8_t { record_start, field_start, unquoted, quoted };
  Phase phase = Phase::record_start;
  bool in_header = false;       // inside the header record
  bool unclosed_quote = false;  // the file ended inside quotes
  std::uint8_t shift = 0;       // which set of characters the shift codes chose; 0 is the initial one
  std::uint32_t field = 0;      // from 0
  std::uint64_t record = 0;     // records ended so far
  bool operator==(const ScanState&) const = default;
};

// Where nothing stated the encoding (PlanOptions::check_whole_input): does this event show that it is not what the plan
// says? Malformed bytes, or ESC, which begins the shift codes of ISO-2022.
inline bool is_doubt(const Plan& plan, const Event& event) noexcept {
  constexpr char32_t kEscape = 0x1B;
  return plan.options().check_whole_input && event.kind == Event::Kind::character &&
         (event.outcome == Outcome::malformed || event.first == kEscape);
}

// A new state for the start of a file.
ScanState start_of_file(const Plan& plan) noexcept;

struct ScanCounts {
  std::array<std::uint64_t, kOutcomeCount> outcomes{};
  std::uint64_t records = 0;
  // Default glyphs whose shape depends on the font, by their number in StandardTable::shapes(). Part of `outcomes`.
  std::array<std::uint64_t, kMostShapes> shapes{};
  std::uint64_t characters() const noexcept {
    return std::accumulate(outcomes.begin(), outcomes.end(), std::uint64_t{0});
  }
};

// What follows the last byte of `bytes`.
enum class End : std::uint8_t {
  open,  // anything: leave what may go on
  cut,   // more of the file, but a character surely ends here and no CR or quote stands last
  file,  // nothing: what is incomplete is malformed, an unended record ends
};

struct ScanResult {
  enum class Reason : std::uint8_t { done, need_more, events_full };
  std::size_t read;    // bytes
  std::size_t events;  // written to the front of `events`
  Reason reason;
};

// `events` needs room for at least kEventRoom. done: all was read. need_more (only with End::open): the unread rest, at
// most kMaxUnread bytes, is the beginning of something. events_full: take the events and call again with the rest.
inline constexpr std::size_t kEventRoom = 4;
inline constexpr std::size_t kMaxUnread = 8;

ScanResult scan(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, End end, ScanCounts& counts,
                std::span<Event> events) noexcept;

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SCANNER_H_
