#include "table_run.h"

#include <algorithm>
#include <cstring>

#define HYOJUN_TARGET

namespace hyojun::charmap {

namespace {

#include "table_run_loop.h"
#include "table_run_steps.h"

template <bool kWrite>
struct Portable : OneByOne<kWrite> {
  static constexpr bool kBlocks = false;
};

}  // namespace

TableRun table_run_portable(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, ScanCounts& counts,
                            std::uint8_t* out) noexcept {
  return out != nullptr ? run_with<Portable<true>>(plan, state, bytes, counts, out)
                        : run_with<Portable<false>>(plan, state, bytes, counts, out);
}

TableRun table_carry(const Codes& codes, std::uint8_t set, std::span<const std::uint8_t> bytes,
                     std::uint8_t* out) noexcept {
  const Codes::Set& in = codes.sets[set];
  const std::uint8_t* p = bytes.data();
  const std::uint8_t* const end = p + bytes.size();
  std::uint8_t* to = out;
  while (p != end) {
    const std::size_t lead = in.lead_length[*p];
    if (lead > static_cast<std::size_t>(end - p)) break;
    const Run run = lead == 0 ? in.runs[*p] : codes.planes[in.plane[*p]].runs[pair_at(p + lead - 2)];
    const Run utf8 = run & 0xFFFFFF;
    if (run_length(run) == 0 || utf8 == '\n' || utf8 == '\r') break;
    write_run<true>(run, to);
    p += std::max<std::size_t>(lead, 1);
  }
  return {static_cast<std::size_t>(p - bytes.data()), static_cast<std::size_t>(to - out)};
}

std::size_t table_run(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, std::size_t at,
                      ScanCounts& counts, std::span<const Event> events, TileSink* sink) noexcept {
  const auto kernel = plan.options().kernel == Kernel::avx512 ? table_run_avx512 : table_run_portable;
  std::uint8_t* const out = sink == nullptr ? nullptr : sink->begin_run(at, events);
  const TableRun run = kernel(plan, state, bytes.subspan(at), counts, out);
  if (run.read != 0 && out != nullptr) sink->end_run(at + run.read, run.written, state.shift);
  return run.read;
}

}  // namespace hyojun::charmap
