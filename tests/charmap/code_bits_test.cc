// Two bits of a code say what its scan byte says, or nothing.
#include "code_bits.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "hyojun/charmap/table.h"

namespace hyojun::charmap {
namespace {

enum class Said { nothing, standard, default_glyph, shape };

Said said(const CodeBits& bits, unsigned code) {
  const unsigned hit = bits.entries[code % CodeBits::kEntries] & bits.bits_of_half[code >> CodeBits::kHalf];
  const bool known = (hit & CodeBits::kKnown) != 0;
  if ((hit & CodeBits::kDefaultGlyph) != 0) return known ? Said::default_glyph : Said::shape;
  return known ? Said::standard : Said::nothing;
}

Said expected(std::uint8_t scan) {
  if (scan >= kScanShape) return Said::shape;
  if (scan >= kScanEvent) return Said::nothing;
  return scan == kScanStandard ? Said::standard : Said::default_glyph;
}

bool has_bits(unsigned code, bool of_cp932) {
  if (of_cp932) return (code >= 0x8000 && code < 0xA000) || code >= 0xE000;
  return code < 0x800 || (code >= 0x2000 && code < 0x2800) || (code >= 0x3000 && code < 0x4000) ||
         (code >= 0x4800 && code < 0xA000) || code >= 0xF800;
}

// How many of all codes are said to be something else. Of those without bits nothing may be said.
int wrong(const std::uint8_t* scan_bytes, bool of_cp932 = false) {
  const auto bits = std::make_unique<const CodeBits>(scan_bytes, of_cp932);
  int count = 0;
  for (unsigned code = 0; code < 0x10000; ++code) {
    count += said(*bits, code) != (has_bits(code, of_cp932) ? expected(scan_bytes[code]) : Said::nothing) ? 1 : 0;
  }
  return count;
}

TEST(CodeBits, SayWhatTheTableSays) {
  const auto table = StandardTable::bundled();
  EXPECT_EQ(wrong(table->bmp_scan()), 0);
  EXPECT_EQ(wrong(table->bmp_scan_x0213()), 0);
  EXPECT_EQ(wrong(table->cp932_scan(), true), 0);
  EXPECT_EQ(wrong(table->cp932_scan_x0213(), true), 0);
}

TEST(CodeBits, SayWhatAnyTableSays) {
  constexpr std::uint8_t kScans[] = {kScanStandard, kScanDefaultGlyph, kScanEvent, kScanShape, 0xFF};
  std::mt19937 random(20261124);
  std::vector<std::uint8_t> scan_bytes(0x10000);
  for (auto& scan : scan_bytes) scan = kScans[random() % std::size(kScans)];
  EXPECT_EQ(wrong(scan_bytes.data()), 0);
  EXPECT_EQ(wrong(scan_bytes.data(), true), 0);
}

}  // namespace
}  // namespace hyojun::charmap
