#include "parallel_scan.h"

#include <limits>
#include <utility>

#include "ordered_parts.h"

namespace hyojun::app {

using charmap::End;
using charmap::ScanState;

namespace {

// One block with what a scan of it gave.
struct Part {
  Block block;
  ScanState before;  // assumed
  ScanState after;
  PartTally tally;
  std::size_t read = 0;
  bool crowded = false;  // given up by a thread: see kMostDistinct
  bool alone = false;    // not cut: see OrderedParts
};

// Parts that wait to be joined must not hold many tallies of many distinct characters: a thread gives a part up at this
// number, and it is scanned again when it is joined.
constexpr std::size_t kMostDistinct = 4096;
constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

void scan_part(const charmap::Plan& plan, std::uint32_t file, const ScanState& before, std::size_t most_distinct,
               Part& part) {
  part.before = before;
  part.after = before;
  part.tally = {};
  const auto bytes = part.block.bytes;
  const auto take = [&](std::span<const charmap::Event> events, std::size_t from) {
    const std::size_t taken = take_characters(plan, events, bytes.subspan(from), {file, 1, 1, from}, part.tally);
    if (part.tally.doubt) part.tally.doubt->offset += from;
    return part.tally.tally.distinct_at_least() <= most_distinct ? taken : 0;
  };
  part.read = scan_events(plan, part.after, bytes, part.block.end, part.tally.counts, take);
  part.crowded = part.tally.tally.distinct_at_least() > most_distinct;
  if (part.crowded) part.tally = {};
}

// The state a part was scanned with stands for the true one if they differ only in the records ended before.
bool same_place(ScanState guess, const ScanState& truth) {
  guess.record = truth.record;
  return guess == truth;
}

class ParallelScan {
 public:
  ParallelScan(const charmap::Plan& plan, BlockReader& reader, std::uint32_t file, unsigned threads, PartTally& sum,
               const AfterBlock& after)
      : plan_(plan),
        reader_(reader),
        file_(file),
        sum_(sum),
        after_(after),
        parts_({[this](Part& part) { return read(part); },
                [this](Part& part) { scan_part(plan_, file_, part.before, kMostDistinct, part); },
                [this](Part& part) { return join(part); }},
               threads, std::size_t{threads} + 4,
               reader.is_regular() ? OrderedParts<Part>::Threads::read_work_and_join
                                   : OrderedParts<Part>::Threads::work) {}

  base::Result<ScanState> run() {
    if (auto ok = parts_.run(); !ok) return tl::unexpected(ok.error());
    return state_;
  }

 private:
  base::Result<bool> read(Part& part) {
    reader_.reuse(std::move(part.block));
    auto block = reader_.next();
    if (!block) return tl::unexpected(block.error());
    part.block = std::move(*block);
    part.before = part.block.offset == first_offset_ ? start_of_file(plan_) : ScanState{};  // known: the file begins
    part.alone = part.block.end == End::open;  // what the scan leaves belongs to the next block
    return part.block.end != End::file;
  }

  base::Result<void> join(Part& part) {
    if (part.alone || part.crowded || !same_place(part.before, state_)) {
      ScanState before = state_;
      before.record = 0;
      scan_part(plan_, file_, before, kUnlimited, part);
    }
    sum_.append(part.tally, state_.record, part.block.offset);
    if (part.tally.doubt) {
      sum_.doubt = part.tally.doubt;
      sum_.doubt->offset += part.block.offset;
      sum_.doubt->record += state_.record;
    }
    const std::uint64_t records = state_.record;
    state_ = part.after;
    state_.record += records;
    part.tally = {};  // of a crowded part it is large, and the part is used again
    if (part.alone) reader_.give_back(part.block.bytes.subspan(part.read));
    auto ok = after_(part.block.offset + part.read);
    part.block.end_use();
    return ok;
  }

  const charmap::Plan& plan_;
  BlockReader& reader_;
  const std::uint32_t file_;
  PartTally& sum_;
  const AfterBlock& after_;
  const std::uint64_t first_offset_ = reader_.offset();
  ScanState state_ = start_of_file(plan_);
  OrderedParts<Part> parts_;  // last: its threads use the others
};

}  // namespace

base::Result<ScanState> scan_parallel(const charmap::Plan& plan, BlockReader& reader, std::uint32_t file,
                                      unsigned threads, PartTally& sum, const AfterBlock& after) {
  reader.map_if_possible();
  return ParallelScan(plan, reader, file, threads, sum, after).run();
}

}  // namespace hyojun::app
