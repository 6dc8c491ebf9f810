#include "parallel_scan.h"

#include <deque>
#include <exception>
#include <limits>
#include <memory>
#include <utility>

#include "workers.h"

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
  bool crowded = false;  // given up by a worker: see kMostDistinct
  bool done = false;
  std::exception_ptr failure;  // out of memory in a worker: thrown again where the part is joined
};

// Parts that wait to be joined must not hold many tallies of many distinct characters: a worker gives a part up at this
// number, and it is scanned again when it is joined.
constexpr std::size_t kMostDistinct = 4096;
constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

void scan_part(const charmap::Plan& plan, std::uint32_t file, const ScanState& before, std::size_t most_distinct,
               Part& part) {
  part.before = before;
  part.after = before;
  part.tally = {};
  part.read = scan_block(plan, part.after, part.block.bytes, part.block.end, part.tally.counts,
                         [&](const charmap::Event& event, std::span<const std::uint8_t> source) {
                           const charmap::Position at{file, event.field + 1, event.record + 1, event.offset};
                           return take_character(plan, event, source, at, part.tally) &&
                                  part.tally.tally.distinct_at_least() <= most_distinct;
                         });
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
        limit_(threads + 2),
        sum_(sum),
        after_(after),
        workers_(threads, [this](Part& part) { scan_part(plan_, file_, part.before, kMostDistinct, part); }) {}

  base::Result<ScanState> run() {
    state_ = start_of_file(plan_);
    first_offset_ = reader_.offset();
    for (bool more = true; more;) {
      auto block = reader_.next();
      if (!block) return tl::unexpected(block.error());
      more = block->end != End::file;
      parts_.push_back(std::make_unique<Part>());
      parts_.back()->block = std::move(*block);
      if (parts_.back()->block.offset == first_offset_) parts_.back()->before = state_;  // known: the file begins here
      // Without a cut, what the scan leaves belongs to the next block: it cannot run ahead.
      const bool alone = parts_.back()->block.end == End::open;
      if (!alone) workers_.add(parts_.back().get());
      while (!parts_.empty() && (alone || !more || parts_.size() > limit_)) {
        if (auto ok = join_front(); !ok) return tl::unexpected(ok.error());
      }
    }
    return state_;
  }

 private:
  base::Result<void> join_front() {
    Part& part = *parts_.front();
    const bool alone = part.block.end == End::open;
    if (!alone) workers_.wait(part);
    if (alone || part.crowded || !same_place(part.before, state_)) {
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
    reader_.give_back(part.block.bytes.subspan(part.read));
    const auto ok = after_(part.block.offset + part.read);
    reader_.reuse(std::move(part.block));
    parts_.pop_front();
    return ok;
  }

  const charmap::Plan& plan_;
  BlockReader& reader_;
  const std::uint32_t file_;
  const std::size_t limit_;
  PartTally& sum_;
  const AfterBlock& after_;
  ScanState state_;
  std::uint64_t first_offset_ = 0;
  std::deque<std::unique_ptr<Part>> parts_;
  Workers<Part> workers_;  // last: stops before the parts go
};

}  // namespace

base::Result<ScanState> scan_parallel(const charmap::Plan& plan, BlockReader& reader, std::uint32_t file,
                                      unsigned threads, PartTally& sum, const AfterBlock& after) {
  return ParallelScan(plan, reader, file, threads, sum, after).run();
}

}  // namespace hyojun::app
