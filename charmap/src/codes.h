// The tables that TableDecoder reads. Internal to charmap.
//
// A set is what bytes mean in one shift state; a plane is a table of all two-byte codes. A file touches a few tens of
// KiB of them, so they live in the L2 cache; look-ups by flat table for the reason given in plan.h.
#ifndef HYOJUN_CHARMAP_SRC_CODES_H_
#define HYOJUN_CHARMAP_SRC_CODES_H_

#include <array>
#include <cstdint>
#include <vector>

#include "hyojun/charmap/code_table.h"

namespace hyojun::charmap {

struct Codes {
  // What a byte or a code is: a code point, or one of these with a number in the low 24 bits.
  using Entry = std::uint32_t;
  static constexpr Entry kKind = 0xFF000000;
  static constexpr Entry kPair = 0x01000000;    // + index into `pairs`
  static constexpr Entry kLead = 0x02000000;    // of two or three bytes: lead_length
  static constexpr Entry kShift = 0x03000000;   // may begin a shift code
  static constexpr Entry kNone = 0xFF000000;    // malformed
  static constexpr std::uint8_t kNotPlain = 6;  // class byte of what plain_run() leaves alone (CodeClass::selector)

  // UTF-8 of what has one to three bytes: the bytes from the lowest, their number in the highest. 0: anything else.
  using Utf8 = std::uint32_t;

  struct Set {
    std::array<Entry, 256> first;
    std::array<Entry, 256> otherwise;           // of a kShift that begins no shift code
    std::array<std::uint8_t, 256> classes;      // of single-byte characters
    std::array<std::uint8_t, 256> lead_length;  // 2, 3, or 0 where it leads nothing
    std::array<std::uint8_t, 256> plane;
    std::array<Utf8, 256> utf8;
    std::uint8_t after_line_end;  // the set that the next line begins in
  };
  struct Plane {
    std::vector<Entry> entries;         // 65,536, by the last two bytes of the code
    std::vector<std::uint8_t> classes;  // the same
    std::vector<Utf8> utf8;             // the same
  };
  struct Shift {
    std::array<std::uint8_t, 4> bytes;
    std::uint8_t length;
    std::uint8_t to;
  };

  std::vector<Set> sets;     // the first is the initial one
  std::uint8_t doubles = 0;  // the set of double-byte codes; 0: the initial set holds all
  std::vector<Plane> planes;
  std::vector<Shift> shifts;
  std::vector<std::array<char32_t, 2>> pairs;
  std::array<std::uint8_t, 256> trail{};  // 1: may be the second or third byte
  bool has_marks = false;  // a code alone is a selector or a voiced mark: it may belong to the code before
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_CODES_H_
