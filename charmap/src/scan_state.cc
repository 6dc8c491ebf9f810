#include "tile_sink.h"

namespace hyojun::charmap {

ScanState start_of_file(const Plan& plan) noexcept {
  ScanState state;
  state.in_header = plan.options().structure.kind == Structure::Kind::delimited && plan.options().structure.header;
  return state;
}

ScanResult scan(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, End end, ScanCounts& counts,
                std::span<Event> events) noexcept {
  return scan(plan, state, bytes, end, counts, events, nullptr);
}

}  // namespace hyojun::charmap
