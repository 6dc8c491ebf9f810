#include "code_bits.h"

#include "hyojun/charmap/table.h"

namespace hyojun::charmap {

namespace {

// Symbols and compatibility ideographs, one in the lower, one in the upper half of the entries, share a bit.
constexpr unsigned kSymbols = 0x2000 >> CodeBits::kHalf, kCompatibility = 0xF800 >> CodeBits::kHalf;
constexpr unsigned kFirst = 0x3000 >> CodeBits::kHalf, kLast = 0x9FFF >> CodeBits::kHalf;
static_assert(kSymbols % 2 != kCompatibility % 2 && kFirst % 2 == 0 && (kLast - kFirst) / 2 + 1 < 8);

}  // namespace

CodeBits::CodeBits(const std::uint8_t* scan_bytes) noexcept : entries{}, bits_of_half{} {
  const auto add = [&](unsigned half, unsigned number) {
    const auto both = static_cast<std::uint16_t>(0x0101U << number);
    for (std::size_t code = half << kHalf; code < (half + 1) << kHalf; ++code) {
      const unsigned scan = scan_bytes[code];
      const unsigned known = scan < kScanEvent ? kKnown : 0U;
      const unsigned default_glyph = scan == kScanDefaultGlyph || scan >= kScanShape ? kDefaultGlyph : 0U;
      std::uint16_t& entry = entries[code % kEntries];
      entry = static_cast<std::uint16_t>(entry | ((known | default_glyph) & both));
    }
    bits_of_half[half] = both;
  };
  add(kSymbols, 0);
  add(kCompatibility, 0);
  for (unsigned half = kFirst; half <= kLast; ++half) add(half, 1 + (half - kFirst) / 2);
}

}  // namespace hyojun::charmap
