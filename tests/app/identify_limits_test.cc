// Where identify() stops: endless headers, endless fields, more exceptions than any text has.
#include "run.h"

namespace hyojun::app {
namespace {

using base::ErrorCode;

class IdentifyLimits : public IdentifyTest {};

TEST_F(IdentifyLimits, AHeaderLongerThanAMebibyte) {
  const auto report = run(std::string(3U << 20U, 'h') + "\nb\n");
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::input_rejected);
  EXPECT_EQ(report.error().where.record, 1U);
  EXPECT_TRUE(run(std::string((1U << 20U) - 2, 'h') + "\nb\n").has_value());
  EXPECT_TRUE(run(std::string(3U << 20U, 'h') + "\nb\n", {.header = false}).has_value());
}

TEST_F(IdentifyLimits, AWatchedFieldLongerThanAMebibyte) {
  const std::string bytes = "k,n\n1," + std::string(5U << 19U, 'x') + "\n2,y\n";
  EXPECT_TRUE(run(bytes, {.key = "k"}).has_value()) << "only watched fields are kept";
  const auto report = run(bytes, {.name_columns = {"n"}});
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::input_rejected);
  EXPECT_EQ(report.error().where.byte, 6U);
}

// 8,500 kanji with each of 240 selectors: over two million distinct sequences that no list has.
TEST_F(IdentifyLimits, MoreDistinctExceptionsThanAnyText) {
  std::string bytes = "h\n";
  bytes.reserve(18U << 20U);
  for (unsigned base = 0x4E00; base < 0x4E00 + 8'500; ++base) {
    const std::string kanji = {static_cast<char>(0xE0 | base >> 12), static_cast<char>(0x80 | (base >> 6 & 0x3F)),
                               static_cast<char>(0x80 | (base & 0x3F))};
    for (unsigned i = 0; i < 240; ++i) {  // U+E0100–E01EF: F3 A0 84 80 …
      bytes += kanji + "\xF3\xA0";
      bytes += static_cast<char>(0x84 + i / 64);
      bytes += static_cast<char>(0x80 + i % 64);
    }
    bytes += '\n';
  }
  const auto report = run(bytes);
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, ErrorCode::input_rejected);
  EXPECT_NE(report.error().what.en.find("2000000"), std::string::npos) << report.error().what.en;
  bytes.resize(bytes.size() / 8);
  while (bytes.back() != '\n') bytes.pop_back();
  EXPECT_TRUE(run(bytes).has_value());
}

}  // namespace
}  // namespace hyojun::app
