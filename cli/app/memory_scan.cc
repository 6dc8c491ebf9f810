#include "memory_scan.h"

#include "block_reader.h"

namespace hyojun::app {

PartTally identify_in_memory(const charmap::Plan& plan, std::span<const std::uint8_t> bytes) {
  PartTally out;
  charmap::ScanState state = start_of_file(plan);
  for (std::size_t at = 0; at < bytes.size() && !out.doubt;) {
    const bool last = bytes.size() - at <= BlockReader::kBlockSize;
    const auto block = bytes.subspan(at, last ? bytes.size() - at : BlockReader::kBlockSize);
    const auto take = [&](std::span<const charmap::Event> events, std::size_t from) {
      const std::size_t taken = take_characters(plan, events, block.subspan(from), {0, 1, 1, at + from}, out);
      if (out.doubt) out.doubt->offset += from;
      return taken;
    };
    const std::size_t read =
        scan_events(plan, state, block, last ? charmap::End::file : charmap::End::open, out.counts, take);
    if (out.doubt) out.doubt->offset += at;
    at += read;
  }
  return out;
}

}  // namespace hyojun::app
