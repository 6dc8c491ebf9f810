// Converts a file's blocks on several threads and writes them in file order.
#ifndef HYOJUN_CLI_APP_PARALLEL_CONVERT_H_
#define HYOJUN_CLI_APP_PARALLEL_CONVERT_H_

#include <functional>

#include "block_convert.h"
#include "block_reader.h"

namespace hyojun::app {

// Takes the converted bytes of one block, in file order.
using OutputSink = std::function<base::Result<void>(std::span<const std::uint8_t>)>;
// Called after each written block, on the thread that wrote it, with its end in the file and the bytes that it was made
// of. An error stops the conversion.
using AfterConvertedBlock = std::function<base::Result<void>(std::uint64_t end, std::span<const std::uint8_t> source)>;

// Each block is converted as if a record began at its first byte. Where the block before ends inside quotes, that guess
// is wrong and the block is converted again with the true state, so the bytes are always those of one thread. A block
// without a line end to cut at is converted alone, after all before it. Nothing is written of a block that is refused
// or doubted, or after one. `sum` gets positions absolute in the file. At most threads + 4 blocks, and never more
// than 12, are in memory, each with its output and the tally of at most 4,096 distinct replacements. The output is in
// the converter's target encoding, with line ends as `newline` says. `sink_waits`: the sink may have to wait for a
// reader, so it is called on the calling thread, which a signal reaches; else on any, one at a time.
base::Result<charmap::ScanState> convert_parallel(const charmap::Converter& converter, charmap::Newline newline,
                                                  BlockReader& reader, std::uint32_t file, unsigned threads,
                                                  PartConversion& sum, const OutputSink& sink, bool sink_waits,
                                                  const AfterConvertedBlock& after);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_PARALLEL_CONVERT_H_
