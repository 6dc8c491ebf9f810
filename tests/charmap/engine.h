// The engine under test, called as its users call it, and compared with the oracle.
#ifndef HYOJUN_TESTS_CHARMAP_ENGINE_H_
#define HYOJUN_TESTS_CHARMAP_ENGINE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "hyojun/charmap/scanner.h"
#include "oracle/structure.h"
#include "test_volume.h"

namespace hyojun::charmap {

using oracle::Bytes;

std::shared_ptr<const Repertoire> bundled_repertoire();

oracle::Encoding oracle_encoding(Encoding encoding);

// How a file is handed to scan().
struct Feed {
  std::vector<std::size_t> cuts{};            // ascending; each ends a call with End::open
  std::size_t event_room = kEventRoom + 300;  // kernels need room for a block of events
};

// What is compared of an event, of the engine's or the oracle's. Compared millions of times: it becomes text only where
// two differ, or where a test reads it.
struct EventSeen {
  std::uint64_t offset;  // in the file
  std::uint64_t record, field, length;
  Event::Kind kind;
  Outcome outcome;  // of a character; else Outcome::standard
  char32_t first, second;

  bool operator==(const EventSeen&) const = default;
  // "character at 3+1 record 0 field 0 control 1B 0"
  std::string text() const;
};
std::ostream& operator<<(std::ostream& out, const EventSeen& event);  // for messages of gtest

struct Scanned {
  std::vector<EventSeen> events;
  ScanCounts counts;
  bool unclosed_quote = false;
};

// One line for each.
std::vector<std::string> lines_of(const std::vector<EventSeen>& events);

// Scans the whole of `bytes`, checking the contract of each call.
Scanned scan_all(const Plan& plan, const Bytes& bytes, const Feed& feed = {});

// What the oracle says of the same, in the same form.
Scanned expected(const Plan& plan, const Bytes& bytes, const oracle::Above& above = {});

// Both agree on events, counts and the unclosed quote. `what` goes into the message.
void expect_as_oracle(const Plan& plan, const Bytes& bytes, const std::string& what, const oracle::Above& above = {},
                      const Feed& feed = {});

// The next of all code points: of what is above the kana every kNth. Seven is odd and in no table's block size.
constexpr unsigned kNth = HYOJUN_TEST_VOLUME(1, 7);
constexpr char32_t next_of_all(char32_t cp) { return cp + (cp < 0x3400 ? 1 : kNth); }

Plan make_plan(Encoding encoding, Structure structure = {.kind = Structure::Kind::text});

// Bytes in hex, for messages.
std::string hex(const Bytes& bytes);

}  // namespace hyojun::charmap

#endif  // HYOJUN_TESTS_CHARMAP_ENGINE_H_
