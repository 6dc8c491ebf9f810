#include "hyojun/charmap/kernel.h"

#include <algorithm>

#include "sure_outcomes.h"
#include "tile.h"

namespace hyojun::charmap {

std::string_view kernel_name(Kernel kernel) noexcept {
  switch (kernel) {
    case Kernel::avx512:
      return "avx512";
    case Kernel::avx2:
      return "avx2";
    default:
      return "portable";
  }
}

std::vector<Kernel> available_kernels() {
  std::vector<Kernel> kernels;
#if defined(__x86_64__)
  const bool avx512 = __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
                      __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2") &&
                      __builtin_cpu_supports("avx512vpopcntdq") && __builtin_cpu_supports("avx512cd") &&
                      __builtin_cpu_supports("bmi2");
  if (avx512) kernels.push_back(Kernel::avx512);
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2")) kernels.push_back(Kernel::avx2);
#endif
  kernels.push_back(Kernel::portable);
  return kernels;
}

Kernel best_kernel() noexcept {
  static const Kernel best = available_kernels().front();
  return best;
}

namespace {

bool is_plain(const std::uint8_t* scan_bytes, CodeRange range) {
  return std::all_of(scan_bytes + range.first, scan_bytes + range.last + 1, [](auto c) { return c == kScanStandard; });
}

}  // namespace

TileInput tile_input(const Plan& plan) noexcept {
  const PlanOptions& options = plan.options();
  const bool two_byte = options.encoding == Encoding::cp932;
  TileInput input;
  input.scan_bytes = plan.kernel_scan();
  input.texts = nullptr;
  input.code_bits = plan.code_bits();
  input.plain_code = two_byte ? 0x8140 : 0x3000;  // the ideographic space
  input.plain_rows = !two_byte && is_plain(input.scan_bytes, kPlainKana) && is_plain(input.scan_bytes, kPlainWidth);
  input.delimited = options.structure.kind == Structure::Kind::delimited;
  input.delimiter = input.delimited ? static_cast<std::uint8_t>(options.structure.delimiter) : std::uint8_t{'\n'};
  for (unsigned b = 0; b < input.odd_ascii.size(); ++b) {
    input.odd_ascii[b] = b < 0x20 || b == 0x7F ? TileInput::kOdd : std::uint8_t{0};
  }
  input.odd_ascii['\n'] = TileInput::kStructure;
  input.odd_ascii['\r'] = TileInput::kOddBare;
  if (input.delimited) input.odd_ascii['"'] = TileInput::kOddBare;
  if (input.delimited) input.odd_ascii[input.delimiter] = TileInput::kStructure;
  return input;
}

TileFunctions tile_functions(const PlanOptions& options) noexcept {
  const bool counts_only = options.structure.kind != Structure::Kind::field && options.columns.empty() &&
                           !options.field_events && !options.default_glyph_events;
  return counts_only ? tile_functions(options.kernel, options.encoding) : TileFunctions{};
}

EmitFunction cp932_emit(Kernel kernel) noexcept { return kernel == Kernel::avx512 ? emit_cp932_avx512 : nullptr; }

SureFunction sure_outcomes(Kernel kernel) noexcept {
  return kernel == Kernel::avx512 ? sure_outcomes_avx512() : nullptr;
}

TileFunctions tile_functions(Kernel kernel, Encoding encoding) noexcept {
  switch (kernel) {
    case Kernel::avx512:
      return avx512_tiles(encoding);
    case Kernel::avx2:
      return avx2_tiles(encoding);
    default:
      return portable_tiles(encoding);
  }
}

}  // namespace hyojun::charmap
