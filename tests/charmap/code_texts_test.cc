// What stands for the UTF-8 of a code of CP932 in 16 bits says the same, or nothing.
#include "code_texts.h"

#include <gtest/gtest.h>

#include <memory>

#include "conversion.h"
#include "hyojun/charmap/table.h"

namespace hyojun::charmap {
namespace {

// Of an entry that says something, as in CodeTexts::utf8.
std::uint32_t said(const CodeTexts& texts, std::uint16_t entry) {
  const unsigned bits = entry & 0x7FFFU;
  const unsigned last = 0x80 | (bits & 0x3F), middle = 0x80 | (bits >> 6 & 0x3F);
  const unsigned scan = (entry & CodeTexts::kDefaultGlyph) != 0 ? kScanDefaultGlyph : kScanStandard;
  return texts.first_byte[bits >> 8] | middle << 8 | last << 16 | scan << 24;
}

struct Count {
  int wrong = 0;
  int plain = 0;   // standard and default glyphs
  int silent = 0;  // of these: nothing is said
};

Count count(const CodeTexts& texts) {
  Count count;
  for (std::size_t code = 0; code < CodeTexts::kCodes; ++code) {
    const std::uint16_t entry = texts.entries[code];
    const bool plain = texts.utf8[code] >> 24 < kScanEvent;
    count.plain += plain ? 1 : 0;
    if ((entry & 0x7FFF) == 0) {
      count.silent += plain ? 1 : 0;
      count.wrong += entry != 0 ? 1 : 0;
    } else {
      count.wrong += !plain || said(texts, entry) != texts.utf8[code] ? 1 : 0;
    }
  }
  return count;
}

std::unique_ptr<const CodeTexts> of(const Converter& converter) {
  return std::make_unique<const CodeTexts>(converter.utf8_of_codes());
}

TEST(CodeTexts, SayWhatTheTableSays) {
  for (const auto& shrink : {std::optional<ShrinkRule>(), std::optional(ShrinkRule::strict)}) {
    ConverterOptions options;
    options.shrink = shrink;
    const auto converter =
        Converter::make(options, {.encoding = Encoding::cp932, .structure = {}}, bundled_repertoire()).value();
    const Count counted = count(*of(converter));
    EXPECT_EQ(counted.wrong, 0);
    EXPECT_GT(counted.plain, 6'000);
    // Greek, Cyrillic, the symbols of Latin-1, compatibility ideographs.
    EXPECT_LT(counted.silent, 220);
  }
}

// Even of code points that CP932 has none of: what stands in the place of others says nothing.
TEST(CodeTexts, SayWhatAnyTableSays) {
  std::vector<std::uint32_t> utf8(CodeTexts::kCodes);
  int expected_silent = 0;
  for (std::size_t code = 0; code < utf8.size(); ++code) {
    const auto cp = static_cast<char32_t>(code);
    const Bytes bytes = code < 0xD800 || code > 0xDFFF ? oracle::encode(oracle::Encoding::utf8, {cp}) : Bytes{};
    for (std::size_t i = 0; i < bytes.size(); ++i) utf8[code] |= std::uint32_t{bytes[i]} << 8 * i;
    utf8[code] |= code % 2 == 0 ? std::uint32_t{kScanDefaultGlyph} << 24 : 0;
    const bool has_place = (cp > 0x2000 && cp < 0x2F00) || (cp >= 0x3000 && cp < 0xA000) || cp >= 0xFF00;
    expected_silent += has_place ? 0 : 1;
  }
  const auto texts = std::make_unique<CodeTexts>(utf8.data());
  const Count counted = count(*texts);
  EXPECT_EQ(counted.wrong, 0);
  EXPECT_EQ(counted.silent, expected_silent);
}

}  // namespace
}  // namespace hyojun::charmap
