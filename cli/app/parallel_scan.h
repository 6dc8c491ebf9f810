// Scans a file's blocks on several threads and joins the parts in file order.
#ifndef HYOJUN_CLI_APP_PARALLEL_SCAN_H_
#define HYOJUN_CLI_APP_PARALLEL_SCAN_H_

#include <functional>

#include "block_reader.h"
#include "block_scan.h"

namespace hyojun::app {

// Called after each joined block with its end in the file. An error stops the scan.
using AfterBlock = std::function<base::Result<void>(std::uint64_t end)>;

// Each block is scanned as if a record began at its first byte. Where the block before ends inside quotes, that guess
// is wrong and the block is scanned again with the true state, so the result is always that of one thread. A block
// without a line end to cut at is scanned alone, after all before it. `sum` gets positions absolute in the file. At
// most threads + 4 blocks are in memory, each with the tally of at most 4,096 distinct characters.
base::Result<charmap::ScanState> scan_parallel(const charmap::Plan& plan, BlockReader& reader, std::uint32_t file,
                                               unsigned threads, PartTally& sum, const AfterBlock& after);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_PARALLEL_SCAN_H_
