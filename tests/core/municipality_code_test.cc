#include "hyojun/core/municipality_code.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <set>

#include "hyojun/base/csv.h"

namespace hyojun::core {
namespace {

using base::ErrorCode;

void expect_reading(std::string_view text, std::string_view code, bool check_digit_added, bool zero_restored) {
  const auto reading = MunicipalityCode::parse(text);
  ASSERT_TRUE(reading.has_value()) << text << ": " << reading.error().what.en;
  EXPECT_EQ(reading->code.text(), code) << text;
  EXPECT_EQ(reading->check_digit_added, check_digit_added) << text;
  EXPECT_EQ(reading->zero_restored, zero_restored) << text;
}

TEST(MunicipalityCode, ReadsWhatTablesContain) {
  expect_reading("280003", "280003", false, false);  // 兵庫県
  expect_reading("28000", "280003", true, false);
  expect_reading("011002", "011002", false, false);  // 札幌市
  expect_reading("11002", "011002", false, true);    // its zero lost in Excel
  expect_reading("1100", "011002", true, true);      // and without its check digit
  expect_reading("01100", "011002", true, false);
  expect_reading("13101", "131016", true, false);  // 千代田区
  expect_reading(" ２８０００３　", "280003", false, false);
}

TEST(MunicipalityCode, KnowsItsPrefecture) {
  const MunicipalityCode hyogo = MunicipalityCode::parse("280003")->code;
  const MunicipalityCode kobe = MunicipalityCode::parse("281000")->code;
  EXPECT_EQ(kobe.prefecture(), "28");
  EXPECT_TRUE(hyogo.is_prefecture());
  EXPECT_FALSE(kobe.is_prefecture());
  EXPECT_LT(hyogo, kobe);
}

TEST(MunicipalityCode, RefusesTheRest) {
  for (const char* text : {"", " ", "123", "2800030", "280004", "280001", "480002", "000000", "48000", "0000", "28000a",
                           "-28000", "28000.0", "二八〇〇〇三", "28 0003", "\xEF\xBC"}) {
    const auto reading = MunicipalityCode::parse(text);
    ASSERT_FALSE(reading.has_value()) << text;
    EXPECT_EQ(reading.error().code, ErrorCode::input_rejected) << text;
    EXPECT_FALSE(reading.error().next.ja.empty());
    EXPECT_TRUE(MunicipalityCode::readings(text).empty()) << text;
  }
  EXPECT_EQ(MunicipalityCode::parse("280004").error().what.en, "the check digit of 280004 is wrong (it should be 3)");
  EXPECT_EQ(MunicipalityCode::parse("480002").error().what.en, "there is no prefecture 48");
}

// Every text of five digits either has one reading or is refused with both named: never the wrong one in silence.
TEST(MunicipalityCode, ChoosesOnlyBetweenAPlausibleAndAnImplausibleReading) {
  int refused = 0;
  for (int number = 10'000; number < 48'000; ++number) {
    const std::string text = std::to_string(number);
    const auto readings = MunicipalityCode::readings(text);
    const auto reading = MunicipalityCode::parse(text);
    if (readings.size() == 1) {
      ASSERT_TRUE(reading.has_value()) << text;
    } else if (!reading) {
      ++refused;
      ASSERT_EQ(readings.size(), 2U) << text;
      EXPECT_NE(reading.error().what.ja.find(readings[0].code.text()), std::string::npos);
      EXPECT_NE(reading.error().what.ja.find(readings[1].code.text()), std::string::npos);
    }
  }
  EXPECT_GT(refused, 0);
}

class OfficialList : public testing::Test {
 protected:
  void SetUp() override {
    const std::string path = std::string(HYOJUN_DATA_DIR) + "/municipalities.tsv";
    if (!std::filesystem::exists(path)) GTEST_SKIP() << "no " << path;
    const auto table = base::read_csv(path, {.delimiter = '\t'});
    ASSERT_TRUE(table.has_value()) << table.error().what.en;
    const auto column = table->require_column({"code"});
    ASSERT_TRUE(column.has_value());
    for (std::size_t row = 0; row < table->row_count(); ++row) codes_.emplace_back(table->cell(row, *column));
  }

  std::vector<std::string> codes_;
};

TEST_F(OfficialList, EveryCodeIsRead) {
  EXPECT_EQ(codes_.size(), 1'741U);
  for (const std::string& code : codes_) expect_reading(code, code, false, false);
}

TEST_F(OfficialList, NoCodeWithoutItsCheckDigitOrItsZeroIsMisread) {
  const std::set<std::string> known(codes_.begin(), codes_.end());
  const auto is_known = [&known](const MunicipalityCode& code) { return known.contains(code.text()); };
  int refused = 0;
  int refused_with_register = 0;
  const auto check = [&](const std::string& text, const std::string& code) {
    const auto alone = MunicipalityCode::parse(text);
    const auto with_register = MunicipalityCode::parse(text, is_known);
    EXPECT_EQ(alone ? alone->code.text() : code, code) << text;
    EXPECT_EQ(with_register ? with_register->code.text() : code, code) << text;
    refused += alone ? 0 : 1;
    refused_with_register += with_register ? 0 : 1;
  };
  for (const std::string& code : codes_) {
    check(code.substr(0, 5), code);
    if (code.front() == '0') check(code.substr(1), code);
    if (code.front() == '0') check(code.substr(1, 4), code);
  }
  EXPECT_EQ(refused, 97 + 177);  // without check digit, without zero: figures of the list of 2025
  EXPECT_EQ(refused_with_register, 12 + 12);
}

}  // namespace
}  // namespace hyojun::core
