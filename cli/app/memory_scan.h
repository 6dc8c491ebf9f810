// The work of identify on bytes that lie in memory: what throughput is measured of.
#ifndef HYOJUN_CLI_APP_MEMORY_SCAN_H_
#define HYOJUN_CLI_APP_MEMORY_SCAN_H_

#include <cstdint>
#include <span>

#include "block_scan.h"

namespace hyojun::app {

// Identifies a whole file in blocks of 1 MiB, on the calling thread, as identify() does in file order: structure,
// outcomes, records, the tally of the exceptions with their first positions, font-dependent characters. Stops at the
// first doubt (PartTally::doubt, with its offset in `bytes`) where the plan asks for that.
PartTally identify_in_memory(const charmap::Plan& plan, std::span<const std::uint8_t> bytes);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_MEMORY_SCAN_H_
