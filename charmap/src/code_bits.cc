#include "code_bits.h"

#include "hyojun/charmap/table.h"

namespace hyojun::charmap {

namespace {

constexpr unsigned half_of(unsigned code) { return code >> CodeBits::kHalf; }

// What shares bits: one half of them in the lower, one in the upper half of the entries. Symbols and compatibility
// ideographs; then all from U+3000 to U+9FFF; but in the place of U+4000–47FF, which are rare, what is below U+0800.
constexpr unsigned kSymbols = half_of(0x2000), kCompatibility = half_of(0xF800);
constexpr unsigned kFirst = half_of(0x3000), kLast = half_of(0x9FFF), kRare = half_of(0x4000);
static_assert(kSymbols % 2 != kCompatibility % 2 && kFirst % 2 == 0 && (kLast - kFirst) / 2 + 1 < 8 && kRare % 2 == 0);

}  // namespace

CodeBits::CodeBits(const std::uint8_t* scan_bytes, bool of_cp932) noexcept : entries{}, bits_of_half{} {
  if (of_cp932) {
    for (unsigned i = 0; i < 4; ++i) add(scan_bytes, half_of(0x8000) + i, i / 2);
    for (unsigned i = 0; i < 4; ++i) add(scan_bytes, half_of(0xE000) + i, 2 + i / 2);
    return;
  }
  add(scan_bytes, kSymbols, 0);
  add(scan_bytes, kCompatibility, 0);
  for (unsigned half = kFirst; half <= kLast; ++half) {
    add(scan_bytes, half == kRare ? 0 : half, 1 + (half - kFirst) / 2);
  }
}

// Gives the codes of a half the bits of that number, from 0, which no other code of their entries has.
void CodeBits::add(const std::uint8_t* scan_bytes, unsigned half, unsigned number) noexcept {
  const auto both = static_cast<std::uint16_t>(0x0101U << number);
  for (std::size_t code = half << kHalf; code < (half + 1) << kHalf; ++code) {
    const unsigned scan = scan_bytes[code];
    const unsigned known = scan < kScanEvent ? kKnown : 0U;
    const unsigned default_glyph = scan == kScanDefaultGlyph || scan >= kScanShape ? kDefaultGlyph : 0U;
    std::uint16_t& entry = entries[code % kEntries];
    entry = static_cast<std::uint16_t>(entry | ((known | default_glyph) & both));
  }
  bits_of_half[half] = both;
}

}  // namespace hyojun::charmap
