// The baseline converts all of its input, in any encoding, over the borders of its blocks.
#include "hyojun/charmap/reference_converter.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace hyojun::charmap {
namespace {

std::uint64_t units(Encoding encoding, const std::string& bytes) {
  auto converter = ReferenceConverter::open(encoding);
  EXPECT_TRUE(converter.has_value());
  return converter->convert({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

std::string repeat(const std::string& text, std::size_t times) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += text;
  return out;
}

TEST(ReferenceConverter, CountsUnitsOfEveryEncoding) {
  constexpr std::size_t kTimes = 100'003;  // odd lengths: characters lie across the blocks of 64 KiB
  EXPECT_EQ(units(Encoding::utf8, ""), 0U);
  EXPECT_EQ(units(Encoding::utf8, repeat("a\xE8\xBE\xBB\xF0\xA0\xAE\xB7", kTimes)), 4 * kTimes);
  EXPECT_EQ(units(Encoding::cp932, repeat("a\x92\xD2\xF0\x40", kTimes)), 3 * kTimes);
  EXPECT_EQ(units(Encoding::utf16le, repeat(std::string("a\0\xBB\x8F", 4), kTimes)), 2 * kTimes);
  EXPECT_EQ(units(Encoding::utf16be, repeat(std::string("\0a\x8F\xBB", 4), kTimes)), 2 * kTimes);
}

TEST(ReferenceConverter, DoesNotStopAtMalformedBytes) {
  EXPECT_EQ(units(Encoding::utf8, repeat("\xFF", 200'000)), 200'000U);
  EXPECT_EQ(units(Encoding::utf8, "a\xE8\xBE"), 2U);
}

TEST(ReferenceConverter, StartsAnewEachTime) {
  auto converter = ReferenceConverter::open(Encoding::utf8);
  const std::vector<std::uint8_t> cut = {'a', 0xE8};
  const std::vector<std::uint8_t> whole = {'a'};
  converter->convert(cut);
  EXPECT_EQ(converter->convert(whole), 1U);
}

}  // namespace
}  // namespace hyojun::charmap
