#include "hyojun/base/number.h"

#include <gtest/gtest.h>

namespace hyojun::base {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(ParseUnsigned, ReadsDigitsInRange) {
  EXPECT_EQ(parse_unsigned("0", 0, 9).value(), 0U);
  EXPECT_EQ(parse_unsigned("007", 1, 9).value(), 7U);
  EXPECT_EQ(parse_unsigned("18446744073709551615", 0, UINT64_MAX).value(), UINT64_MAX);
}

TEST(ParseUnsigned, RefusesEverythingElseAndNamesTheRange) {
  for (const char* text : {"", "-1", "+1", " 1", "1 ", "1.0", "0x1", "１", "10", "18446744073709551616", "1e3"}) {
    const auto result = parse_unsigned(text, 1, 9);
    ASSERT_FALSE(result.has_value()) << text;
    EXPECT_EQ(result.error().code, ErrorCode::usage);
    EXPECT_EQ(result.error().what.en, "an integer from 1 to 9 is needed");
    EXPECT_EQ(result.error().what.ja, "1 から 9 までの整数を指定してください");
  }
}

TEST(ParseHexBytes, ReadsBothForms) {
  EXPECT_EQ(parse_hex_bytes("0x80E1").value(), (Bytes{0x80, 0xE1}));
  EXPECT_EQ(parse_hex_bytes("80e1").value(), (Bytes{0x80, 0xE1}));
  EXPECT_EQ(parse_hex_bytes("0X00").value(), (Bytes{0}));
}

TEST(ParseHexBytes, RefusesTheRest) {
  for (const char* text : {"", "0x", "8", "80E", "80 E1", "80G1", "U+80E1", "0x80E1 "}) {
    const auto result = parse_hex_bytes(text);
    ASSERT_FALSE(result.has_value()) << text;
    EXPECT_EQ(result.error().code, ErrorCode::input_rejected) << text;
    EXPECT_FALSE(result.error().next.ja.empty());
  }
  EXPECT_EQ(parse_hex_bytes("0x80G1").error().what.en, "not a hex digit (byte 5)");
}

TEST(ParseCodePoints, ReadsSequences) {
  EXPECT_EQ(parse_code_points("U+9089 U+E010F").value(), U"\u9089\U000E010F");
  EXPECT_EQ(parse_code_points("9089").value(), U"\u9089");
  EXPECT_EQ(parse_code_points("  u+0041   U+10FFFF ").value(), U"A\U0010FFFF");
  EXPECT_EQ(parse_code_points("U+00000").value(), std::u32string(1, U'\0'));
}

TEST(ParseCodePoints, RefusesTheRest) {
  for (const char* text : {"", " ", "U+", "U+123", "U+1234567", "U+110000", "U+D800", "U+DFFF", "U+12G4", "U+9089,U+41",
                           "漢", "U+9089\tU+E0100", "0x9089"}) {
    const auto result = parse_code_points(text);
    ASSERT_FALSE(result.has_value()) << text;
    EXPECT_EQ(result.error().code, ErrorCode::input_rejected) << text;
  }
}

TEST(Format, IsUpperCaseAndReadsBack) {
  EXPECT_EQ(format_code_points(U"\u9089\U000E010F"), "U+9089 U+E010F");
  EXPECT_EQ(format_code_points(U"A"), "U+0041");
  EXPECT_EQ(format_code_points(U""), "");
  EXPECT_EQ(format_hex(Bytes{0x80, 0xE1, 0x0F}), "80E10F");
  EXPECT_EQ(format_hex({}), "");
  for (unsigned byte = 0; byte < 256; ++byte) {
    const Bytes one{static_cast<std::uint8_t>(byte)};
    EXPECT_EQ(parse_hex_bytes(format_hex(one)).value(), one);
  }
}

}  // namespace
}  // namespace hyojun::base
