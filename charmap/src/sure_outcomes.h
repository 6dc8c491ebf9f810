// The outcomes of special characters that a kernel read, eight at once. Internal to charmap.
//
// One by one each takes some forty cycles, most of which pass between the look-ups of what it is and the counter that
// the one before has just written. Eight at once are looked up by gathers, the outcomes counted in a vector, and the
// events written transposed. It gives what EventList::take_known() and uncount_plain() give of each, and stops before
// the eight of which that does not hold for all.
#ifndef HYOJUN_CHARMAP_SRC_SURE_OUTCOMES_H_
#define HYOJUN_CHARMAP_SRC_SURE_OUTCOMES_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>

#include "hyojun/charmap/scanner.h"
#include "image.h"
#include "tile.h"

namespace hyojun::charmap {

// What is asked of a plan, and where the characters stand.
struct SureInput {
  const image::Sections* sections;
  const std::uint8_t* bmp_scan;           // as of Plan
  std::uint8_t limit;                     // the flag of a class byte that makes an event
  bool asks_gaiji;                        // private use is decided by a gaiji table
  std::span<const Outcome, 32> outcomes;  // by class: alone; from 16 on, as the first of a sequence that is not listed
  std::uint64_t begin;                    // offset of the unit 0
  std::uint64_t record;                   // of it
  std::uint32_t field;
};

struct SureOutcomes {
  std::size_t taken = 0;   // of the characters
  std::size_t events = 0;  // written; eight may be overwritten from where the next will stand
  std::size_t end = 0;     // the unit behind the last of them
  std::array<std::uint64_t, kOutcomeCount> outcomes{};
  // Of bases that were counted as plain characters.
  std::uint64_t standard_bases = 0, default_bases = 0;
};

// `read` has eight readable entries from any on. `shapes`: ScanCounts::shapes, from which bases of a shape are taken.
using SureFunction = SureOutcomes (*)(const SureInput& input, std::span<const ReadCharacter> read,
                                      std::span<Event> events, std::uint64_t* shapes) noexcept;
// Of a kernel; null where it has none.
SureFunction sure_outcomes(Kernel kernel) noexcept;
SureFunction sure_outcomes_avx512() noexcept;

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_SURE_OUTCOMES_H_
