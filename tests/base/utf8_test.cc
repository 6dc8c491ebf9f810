#include <gtest/gtest.h>

#include <array>

#include "hyojun/base/text.h"

namespace hyojun::base {
namespace {

bool is_surrogate(char32_t c) { return c >= 0xD800 && c <= 0xDFFF; }

TEST(Utf8, EncodesAndDecodesEveryCodePoint) {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (is_surrogate(c)) continue;
    std::string bytes;
    append_utf8(bytes, c);
    ASSERT_EQ(bytes.size(), c < 0x80 ? 1U : c < 0x800 ? 2U : c < 0x10000 ? 3U : 4U);
    const auto decoded = decode_utf8(bytes);
    ASSERT_TRUE(decoded.has_value()) << std::hex << static_cast<std::uint32_t>(c);
    ASSERT_EQ(*decoded, std::u32string(1, c));
  }
}

TEST(Utf8, WhatIsNoScalarValueBecomesTheReplacementCharacter) {
  for (const char32_t c : {0xD800U, 0xDFFFU, 0x110000U, 0xFFFFFFFFU}) {
    EXPECT_EQ(to_utf8(std::u32string(1, c)), "\xEF\xBF\xBD");
  }
}

// The slow obvious oracle: a sequence is well-formed if and only if it is the encoding of some scalar value.
bool is_one_character(const std::string& bytes) {
  static const std::array<std::uint8_t, 5> kMarks = {0, 0, 0xC0, 0xE0, 0xF0};
  const auto lead = static_cast<std::uint8_t>(bytes[0]);
  if (bytes.size() == 1) return lead < 0x80;
  char32_t value = static_cast<char32_t>(lead - kMarks[bytes.size()]) & 0xFFU;
  for (std::size_t i = 1; i < bytes.size(); ++i) value = value * 64 + (static_cast<std::uint8_t>(bytes[i]) & 0x3FU);
  return value <= 0x10FFFF && !is_surrogate(value) && to_utf8(std::u32string(1, value)) == bytes;
}

TEST(Utf8, JudgesEverySequenceOfUpToThreeBytesLikeTheOracle) {
  for (unsigned a = 0; a < 256; ++a) {
    const std::string one(1, static_cast<char>(a));
    ASSERT_EQ(is_utf8(one), is_one_character(one)) << a;
    for (unsigned b = 0x70; b < 256; ++b) {
      const std::string two = one + static_cast<char>(b);
      const bool pair_of_ascii = a < 0x80 && b < 0x80;
      ASSERT_EQ(is_utf8(two), pair_of_ascii || is_one_character(two)) << a << ' ' << b;
      if (a < 0xE0 || b < 0x80) continue;
      for (unsigned c = 0x70; c < 256; ++c) {
        const std::string three = two + static_cast<char>(c);
        ASSERT_EQ(is_utf8(three), is_one_character(three)) << a << ' ' << b << ' ' << c;
      }
    }
  }
}

TEST(Utf8, JudgesFourByteSequencesLikeTheOracle) {
  for (unsigned a = 0xEF; a < 256; ++a) {
    for (unsigned b = 0x7F; b < 0xC1; ++b) {
      for (const unsigned c : {0x7FU, 0x80U, 0xBFU, 0xC0U}) {
        for (const unsigned d : {0x7FU, 0x80U, 0xBFU, 0xC0U}) {
          const std::string four = {static_cast<char>(a), static_cast<char>(b), static_cast<char>(c),
                                    static_cast<char>(d)};
          const bool three_and_ascii = d < 0x80 && is_utf8(four.substr(0, 3));
          ASSERT_EQ(is_utf8(four), three_and_ascii || is_one_character(four));
        }
      }
    }
  }
}

TEST(Utf8, NamesTheFirstByteOfTheFirstIllFormedSequence) {
  const std::string text = "\xE6\xBC\xA2\xE5\xAD\x41";  // 漢, then a sequence that ends too early
  EXPECT_EQ(first_ill_formed(text), 3U);
  const auto decoded = decode_utf8(text);
  ASSERT_FALSE(decoded.has_value());
  EXPECT_EQ(decoded.error().code, ErrorCode::input_rejected);
  EXPECT_EQ(decoded.error().where.byte, 3U);
  EXPECT_EQ(first_ill_formed("\xE6\xBC"), 0U);
  EXPECT_EQ(first_ill_formed(""), std::nullopt);
}

}  // namespace
}  // namespace hyojun::base
