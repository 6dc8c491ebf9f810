// The engine under test, called as its users call it, and compared with the oracle.
#ifndef HYOJUN_TESTS_CHARMAP_ENGINE_H_
#define HYOJUN_TESTS_CHARMAP_ENGINE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "hyojun/charmap/scanner.h"
#include "oracle/structure.h"

// Volumes of random tests: smaller where every step costs ten times as much.
#if defined(__SANITIZE_ADDRESS__)
#define HYOJUN_TEST_VOLUME(normal, sanitized) (sanitized)
#else
#define HYOJUN_TEST_VOLUME(normal, sanitized) (normal)
#endif

namespace hyojun::charmap {

using oracle::Bytes;

std::shared_ptr<const Repertoire> bundled_repertoire();

oracle::Encoding oracle_encoding(Encoding encoding);

// How a file is handed to scan().
struct Feed {
  std::vector<std::size_t> cuts{};            // ascending; each ends a call with End::open
  std::size_t event_room = kEventRoom + 300;  // kernels need room for a block of events
};

struct Scanned {
  std::vector<std::string> events;  // one line each
  ScanCounts counts;
  bool unclosed_quote = false;
};

// Scans the whole of `bytes`, checking the contract of each call.
Scanned scan_all(const Plan& plan, const Bytes& bytes, const Feed& feed = {});

// What the oracle says of the same, in the same form.
Scanned expected(const Plan& plan, const Bytes& bytes, const oracle::Above& above = {});

// Both agree on events, counts and the unclosed quote. `what` goes into the message.
void expect_as_oracle(const Plan& plan, const Bytes& bytes, const std::string& what, const oracle::Above& above = {},
                      const Feed& feed = {});

Plan make_plan(Encoding encoding, Structure structure = {.kind = Structure::Kind::text});

// Bytes in hex, for messages.
std::string hex(const Bytes& bytes);

}  // namespace hyojun::charmap

#endif  // HYOJUN_TESTS_CHARMAP_ENGINE_H_
