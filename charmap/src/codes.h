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
  static constexpr Entry kPair = 0x01000000;   // + index into `pairs`
  static constexpr Entry kLead = 0x02000000;   // of two or three bytes: lead_length
  static constexpr Entry kShift = 0x03000000;  // may begin a shift code
  static constexpr Entry kNone = 0xFF000000;   // malformed

  // A character as table_run() takes it. The low three bytes are its UTF-8, first byte lowest, zeros behind it; the
  // highest byte holds their number (0: longer, or no character) and flags.
  using Run = std::uint32_t;
  static constexpr unsigned kRunLength = 24;           // shift; two bits
  static constexpr unsigned kRunDefaultGlyph = 26;     // shift: a default glyph, else standard
  static constexpr Run kRunOutsideX0213 = 0x08000000;  // as kOutsideX0213
  static constexpr Run kRunDoubleAscii = 0x40000000;   // ASCII among the double bytes: perhaps structure
  static constexpr Run kRunStop = 0x80000000;          // not plain, whatever the plan

  struct Set {
    std::array<Entry, 256> first;
    std::array<Entry, 256> otherwise;           // of a kShift that begins no shift code
    std::array<std::uint8_t, 256> lead_length;  // 2, 3, or 0 where it leads nothing
    std::array<std::uint8_t, 256> plane;
    std::array<Run, 256> runs;    // of single-byte characters
    std::uint8_t after_line_end;  // the set that the next line begins in
  };
  struct Plane {
    std::vector<Entry> entries;  // 65,536, by the last two bytes of the code
    // The same. kRunStop alone wherever decode() would give no character, above all at bytes that lead nothing: so a
    // run of codes ends where its leads end.
    std::vector<Run> runs;
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
