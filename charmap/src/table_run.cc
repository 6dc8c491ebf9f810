#include "table_run.h"

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

TableRunFunction table_run(Kernel kernel) noexcept {
  return kernel == Kernel::avx512 ? table_run_avx512 : table_run_portable;
}

}  // namespace hyojun::charmap
