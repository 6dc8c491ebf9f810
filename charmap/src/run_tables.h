// What table_run() needs of a plan, for the encodings that are read by table. Internal to charmap.
//
// The codes of a set of double bytes lie in one flat table of 256 KiB, of which a real file touches some 30; it is the
// CodeTable's own, unless the plan watches characters or structure stands among the double bytes.
#ifndef HYOJUN_CHARMAP_SRC_RUN_TABLES_H_
#define HYOJUN_CHARMAP_SRC_RUN_TABLES_H_

#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "codes.h"
#include "hyojun/charmap/plan.h"

namespace hyojun::charmap {

struct RunTables {
  using Run = Codes::Run;
  // What a byte begins.
  enum class Kind : std::uint8_t {
    plain,  // perhaps: its entry of `runs` says so
    stop,   // something for the general path
    lead2,
    lead3,
    shift,
    delimiter,
    line_feed,
    carriage_return,
    quote,
  };
  struct Set {
    std::array<Run, 256> runs;  // of single bytes; structure has kRunStop, too
    std::array<Kind, 256> kinds;
    std::array<const Run*, 256> planes;  // of leads, by the last two bytes of the code
    std::uint8_t after_line_end;
  };
  // The first four bytes of a text, little-endian, are those of the code where mask is set.
  struct Shift {
    std::uint32_t bytes, mask;
    std::uint8_t length;
    std::uint8_t to;
  };

  // For kernels that take a block of bytes at once: sets of single bytes and of codes of two bytes in one plane,
  // between which one shift code leads out and one back; others end a block. Not `possible` where the encoding is
  // otherwise.
  struct Blocks {
    static constexpr std::uint8_t kLead = 0x80;
    static constexpr std::size_t kLongestShift = 3;
    bool possible = false;
    const Run* plane = nullptr;
    std::uint8_t doubles = 0;       // the set; 0: single bytes and leads stand in set 0, without shift codes
    std::uint8_t shift_length = 0;  // bytes of each
    std::array<std::uint8_t, kLongestShift> out{}, in{};  // the shift codes, zeros behind them
    std::uint8_t delimiter = 0xFF, quote = 0xFF;          // ASCII, as in `text`; 0xFF: none
    // Of the bytes of set 0: plain ASCII and structure; kLead where it leads two bytes; 0 for all else.
    alignas(64) std::array<std::uint8_t, 256> text{};
  };

  // Null where the encoding is not read by table. `classes`: of the plan.
  static std::shared_ptr<const RunTables> make(const PlanOptions& options, const std::uint8_t* classes);

  std::size_t unit;        // 2: all codes are double bytes, structure as well
  Run stop;                // the bits that no plain character has
  bool may_join;           // a character may belong to the one before it
  bool delimiter_is_text;  // and no control, where it is content
  std::vector<Set> sets;
  std::vector<Shift> shifts;
  std::array<Kind, 128> ascii;        // of ASCII among the double bytes
  std::vector<std::vector<Run>> own;  // planes that are not the CodeTable's
  Blocks blocks;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_RUN_TABLES_H_
