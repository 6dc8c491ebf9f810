// The fast path of the encodings that are read by table: identifies and converts in one pass. Internal to charmap.
//
// table_run() takes plain characters (plain_run.h) and the structure between them: delimiters, quotes, line ends, shift
// codes. It counts, keeps the place, and writes UTF-8 where it is given room. It stops before anything that needs a
// decision and before what the end of the bytes cuts off; the general path reads that, and knows nothing of what was
// read here but the state. So it may stop early, but must never take what the general path would make an event of.
#ifndef HYOJUN_CHARMAP_SRC_TABLE_RUN_H_
#define HYOJUN_CHARMAP_SRC_TABLE_RUN_H_

#include "hyojun/charmap/scanner.h"
#include "run_tables.h"
#include "tile_sink.h"

namespace hyojun::charmap {

struct TableRun {
  std::size_t read;     // bytes
  std::size_t written;  // bytes of UTF-8
};

// The room behind `out` that is needed: kRunGrowth times the bytes, and kRunOver that are overwritten behind the text.
inline constexpr std::size_t kRunGrowth = 3;
inline constexpr std::size_t kRunOver = 64;

// From `at` in the bytes of a call of scan() on; returns the bytes taken. A plan whose run_tables() are not null.
// `events`: those before; `sink`: null where nothing is to be written.
std::size_t table_run(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, std::size_t at,
                      ScanCounts& counts, std::span<const Event> events, TileSink* sink) noexcept;

// Writes what was scanned in a set, as far as the tables have UTF-8 of it: up to a shift code, a line end, or a
// character that is longer. Room as above.
TableRun table_carry(const Codes& codes, std::uint8_t set, std::span<const std::uint8_t> bytes,
                     std::uint8_t* out) noexcept;

// Of one kernel. `out`: null where nothing is to be written.
TableRun table_run_portable(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, ScanCounts& counts,
                            std::uint8_t* out) noexcept;
TableRun table_run_avx512(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, ScanCounts& counts,
                          std::uint8_t* out) noexcept;

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_TABLE_RUN_H_
