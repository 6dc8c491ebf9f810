// Rows for the user's own copy of simdutf (-DHYOJUN_BENCH_SIMDUTF=DIR); nothing of it is part of this project.
#include <simdutf.h>

#include <stdexcept>

#include "rows.h"

namespace hyojun::bench {

namespace {

constexpr std::size_t kOutput = 256U << 10U;  // bytes: stays in the L2 cache, as the other converters' does

// Calls `convert` with each block and the output buffer; it returns what it wrote, 0 for input that it refuses.
template <typename Unit, typename Convert>
Pass over_blocks(const TestData& data, Convert convert) {
  return [&data, convert, target = std::make_shared<std::vector<Unit>>(kOutput / sizeof(Unit))] {
    std::uint64_t written = 0;
    for (const std::string_view block : data.blocks) {
      const std::size_t units = convert(block, target->data());
      if (units == 0) throw std::runtime_error("simdutf: the corpus is no text for it");
      written += units;
    }
    return written;
  };
}

}  // namespace

void add_simdutf_rows(const TestData& data) {
  if (data.encoding == charmap::Encoding::utf8) {
    add_row("simdutf_validate", data,
            [&data] { return std::uint64_t{simdutf::validate_utf8(data.bytes.data(), data.bytes.size())}; });
    add_row("simdutf_to_utf16le", data, over_blocks<char16_t>(data, [](std::string_view block, char16_t* target) {
              return simdutf::convert_utf8_to_utf16le(block.data(), block.size(), target);
            }));
  } else if (data.encoding == charmap::Encoding::utf16le) {
    add_row("simdutf_to_utf8", data, over_blocks<char>(data, [](std::string_view block, char* target) {
              const auto* const units = reinterpret_cast<const char16_t*>(block.data());
              return simdutf::convert_utf16le_to_utf8(units, block.size() / 2, target);
            }));
  }
}

std::string simdutf_version() {
  return std::string(SIMDUTF_VERSION) + " (" + std::string(simdutf::get_active_implementation()->name()) + ")";
}

}  // namespace hyojun::bench
