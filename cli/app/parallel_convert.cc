#include "parallel_convert.h"

#include <algorithm>
#include <limits>

#include "ordered_parts.h"

namespace hyojun::app {

using charmap::ConvertState;
using charmap::End;

namespace {

// One block with what its conversion gave.
struct Part {
  Block block;
  ConvertState before;  // assumed
  ConvertState after;
  PartConversion made;
  OutputBuffer out;
  OutputBuffer utf8;  // what `out` was made of, where the target is not UTF-8
  std::size_t read = 0;
  bool crowded = false;  // given up by a thread: see kMostDistinct
  bool alone = false;    // not cut: see OrderedParts
};

// Parts that wait to be written must not hold many tallies of many distinct replacements: a thread gives a part up at
// this number, and it is converted again when its turn has come.
constexpr std::size_t kMostDistinct = 4096;
// A block of half-width kana grows to three times its size: more blocks than this would need over 100 MB.
constexpr std::size_t kMostParts = 12;
constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

// The state a part was converted with stands for the true one if they differ only in the records ended before.
bool same_place(ConvertState guess, const ConvertState& truth) {
  guess.scan.record = truth.scan.record;
  return guess == truth;
}

class ParallelConvert {
 public:
  ParallelConvert(const charmap::Converter& converter, charmap::Newline newline, BlockReader& reader,
                  std::uint32_t file, unsigned threads, PartConversion& sum, const OutputSink& sink, bool sink_waits,
                  const AfterConvertedBlock& after)
      : converter_(converter),
        newline_(newline),
        reader_(reader),
        file_(file),
        sum_(sum),
        sink_(sink),
        after_(after),
        parts_({[this](Part& part) { return read(part); },
                [this](Part& part) { convert_part(part.before, kMostDistinct, part); },
                [this](Part& part) { return join(part); }},
               threads, std::min(std::size_t{threads} + 4, kMostParts), what_threads_do(reader, sink_waits)) {}

  base::Result<charmap::ScanState> run() {
    if (auto ok = parts_.run(); !ok) return tl::unexpected(ok.error());
    return state_.scan;
  }

 private:
  static OrderedParts<Part>::Threads what_threads_do(const BlockReader& reader, bool sink_waits) {
    using Threads = OrderedParts<Part>::Threads;
    if (!reader.is_regular()) return Threads::work;
    return sink_waits ? Threads::read_and_work : Threads::read_work_and_join;
  }

  base::Result<bool> read(Part& part) {
    reader_.reuse(std::move(part.block));
    auto block = reader_.next();
    if (!block) return tl::unexpected(block.error());
    part.block = std::move(*block);
    part.before = part.block.offset == first_offset_ ? start_of_file(converter_) : ConvertState{};  // known: it begins
    part.alone = part.block.end == End::open;  // what is left unread belongs to the next block
    return part.block.end != End::file;
  }

  void convert_part(const ConvertState& before, std::size_t most_distinct, Part& part) const {
    part.before = before;
    part.after = before;
    part.made = {};
    part.out.clear();
    part.read = convert_block(converter_, part.after, part.block.bytes, part.block.end, file_, most_distinct, part.made,
                              part.out);
    part.crowded = part.made.tally.distinct_at_least() > most_distinct;
    if (part.crowded) part.made = {};
    if (!part.crowded) encode_block(converter_.encoder(), newline_, part.out, part.utf8);
  }

  base::Result<void> join(Part& part) {
    if (part.alone || part.crowded || !same_place(part.before, state_)) {
      ConvertState before = state_;
      before.scan.record = 0;
      convert_part(before, kUnlimited, part);
    }
    take(part);
    if (!sum_.doubt && sum_.tally.count(charmap::Action::refused) == 0) {
      if (auto ok = sink_(part.out.bytes()); !ok) return ok;
    }
    const std::uint64_t records = state_.scan.record;
    state_ = part.after;
    state_.scan.record += records;
    part.made = {};  // of a crowded part it is large, and the part is used again
    if (part.alone) reader_.give_back(part.block.bytes.subspan(part.read));
    auto ok = after_(part.block.offset + part.read, part.block.bytes.first(part.read));
    part.block.end_use();
    return ok;
  }

  void take(const Part& part) {
    const std::uint64_t records = state_.scan.record;
    for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) sum_.counts.outcomes[i] += part.made.counts.outcomes[i];
    sum_.counts.records += part.made.counts.records;
    sum_.tally.append(part.made.tally, records, part.block.offset);
    sum_.outside += part.made.outside;
    if (!part.made.doubt) return;
    sum_.doubt = part.made.doubt;
    sum_.doubt->offset += part.block.offset;
    sum_.doubt->record += records;
  }

  const charmap::Converter& converter_;
  const charmap::Newline newline_;
  BlockReader& reader_;
  const std::uint32_t file_;
  PartConversion& sum_;
  const OutputSink& sink_;
  const AfterConvertedBlock& after_;
  const std::uint64_t first_offset_ = reader_.offset();
  ConvertState state_ = start_of_file(converter_);
  OrderedParts<Part> parts_;  // last: its threads use the others
};

}  // namespace

base::Result<charmap::ScanState> convert_parallel(const charmap::Converter& converter, charmap::Newline newline,
                                                  BlockReader& reader, std::uint32_t file, unsigned threads,
                                                  PartConversion& sum, const OutputSink& sink, bool sink_waits,
                                                  const AfterConvertedBlock& after) {
  if (!sink_waits) reader.map_if_possible();
  return ParallelConvert(converter, newline, reader, file, threads, sum, sink, sink_waits, after).run();
}

}  // namespace hyojun::app
