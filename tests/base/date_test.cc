#include "hyojun/base/date.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace hyojun::base {
namespace {

using std::chrono::sys_days;
using namespace std::chrono_literals;

std::string iso(const Result<Date>& date) { return date ? date->iso() : "!" + date.error().what.en; }
std::string iso(const Result<DateInText>& found) { return found ? found->date.iso() : "!" + found.error().what.en; }
Date day(const char* text) { return parse_iso_date(text).value(); }

bool refused(const Result<DateInText>& found, std::string_view reason) {
  return !found && found.error().code == ErrorCode::input_rejected && !found.error().what.ja.empty() &&
         found.error().what.en.find(reason) != std::string::npos;
}

TEST(Date, EveryDayGoesToTextAndBack) {
  Date date = Date::from_ymd(1868, 1, 1).value();
  std::int32_t count = 0;
  for (int year = 0, month = 0; count < 100'000; ++count, date = date.plus_days(1).value()) {
    ASSERT_EQ(iso(parse_iso_date(date.iso())), date.iso());
    ASSERT_EQ(Date::from_ymd(date.year(), date.month(), date.day()), date);
    ASSERT_EQ(date.day() == 1, date.year() != year || date.month() != month) << date.iso();
    year = date.year();
    month = date.month();
    ASSERT_EQ(date.last_of_month().month(), date.month());
    ASSERT_EQ(date.last_of_month().plus_days(1)->day(), 1);
    if (date.iso() < "1873-01-01") continue;
    ASSERT_EQ(iso(parse_date(date.wareki())), date.iso()) << date.wareki();
  }
}

TEST(Date, Range) {
  EXPECT_EQ(iso(Date::from_ymd(9999, 12, 31)), "9999-12-31");
  EXPECT_FALSE(Date::from_ymd(9999, 12, 31)->plus_days(1));
  EXPECT_FALSE(Date::from_ymd(1868, 1, 1)->plus_days(-1));
  EXPECT_FALSE(Date::from_days(std::numeric_limits<std::int64_t>::max()));
  for (const auto& [y, m, d] : {std::tuple{2025, 2, 29},
                                {2025, 0, 1},
                                {2025, 13, 1},
                                {2025, 1, 0},
                                {2025, 4, 31},
                                {2025, 300, 1},
                                {2025, 1, 257},
                                {2025, -1, 1},
                                {1867, 12, 31},
                                {10000, 1, 1},
                                {1900, 2, 29}}) {
    EXPECT_FALSE(Date::from_ymd(y, m, d)) << y << '-' << m << '-' << d;
  }
  EXPECT_LT(day("2025-06-29"), day("2025-06-30"));
  EXPECT_EQ(day("2026-03-31").days() - day("2025-03-31").days(), 365);
}

TEST(Date, IsoIsStrict) {
  for (const char* text : {"", "2025-6-30", "2025-06-30 ", " 2025-06-30", "2025/06/30", "20250630", "２０２５-06-30",
                           "2025-06-3x", "-025-06-30", "2025-02-30", "+025-06-30"}) {
    EXPECT_EQ(parse_iso_date(text).error().code, ErrorCode::input_rejected) << text;
  }
}

TEST(Date, ErasBeginOnTheirFirstDay) {
  for (const auto& [text, expected] : {std::pair{"1872-12-31", "1872年12月31日"},
                                       {"1873-01-01", "明治6年1月1日"},
                                       {"1912-07-29", "明治45年7月29日"},
                                       {"1912-07-30", "大正元年7月30日"},
                                       {"1926-12-24", "大正15年12月24日"},
                                       {"1926-12-25", "昭和元年12月25日"},
                                       {"1989-01-07", "昭和64年1月7日"},
                                       {"1989-01-08", "平成元年1月8日"},
                                       {"2019-04-30", "平成31年4月30日"},
                                       {"2019-05-01", "令和元年5月1日"},
                                       {"2020-01-01", "令和2年1月1日"}}) {
    EXPECT_EQ(day(text).wareki(), expected);
  }
  EXPECT_TRUE(refused(parse_date("平成31年5月1日"), "平成 had ended"));
  EXPECT_TRUE(refused(parse_date("平成35年3月31日"), "2019-04-30"));
  EXPECT_TRUE(refused(parse_date("令和元年4月30日"), "令和 had not begun"));
  EXPECT_TRUE(refused(parse_date("昭和64年1月8日"), "昭和 had ended"));
  EXPECT_TRUE(refused(parse_date("大正元年7月29日"), "had not begun"));
  EXPECT_TRUE(refused(parse_date("明治5年12月2日"), "lunisolar"));
  EXPECT_TRUE(refused(parse_date("令和0年1月1日"), "year 0"));
}

TEST(Date, EveryFormPeopleWrite) {
  for (const char* text : {"令和7年6月30日",
                           "令和７年６月３０日",
                           "令和7年6月末",
                           "令和７年６月末時点",
                           "令和 7 年 6 月 30 日",
                           "令和7年6月末日現在",
                           "R7.6.30",
                           "r7.06.30",
                           "Ｒ７．６．３０",
                           "R7/6/30",
                           "R7-6-30",
                           "㋿7年6月30日",
                           "2025年6月30日",
                           "2025-06-30",
                           "2025/6/30",
                           "2025.6.30",
                           "２０２５年６月末時点",
                           "　令和7年6月30日時点 ",
                           "令和7年6月",
                           "R 7. 6. 30"}) {
    EXPECT_EQ(iso(parse_date(text)), "2025-06-30") << text;
  }
  EXPECT_EQ(iso(parse_date("令和元年5月1日")), "2019-05-01");
  EXPECT_EQ(iso(parse_date("令和1年5月1日")), "2019-05-01");
  EXPECT_EQ(iso(parse_date("㍻元年1月末")), "1989-01-31");
  EXPECT_EQ(iso(parse_date("M45.7.29")), "1912-07-29");
  EXPECT_EQ(iso(parse_date("令和6年2月末")), "2024-02-29");
  EXPECT_EQ(parse_date("令和7年6月30日")->precision, DatePrecision::day);
  EXPECT_EQ(parse_date("令和7年6月末")->precision, DatePrecision::month_end);
  EXPECT_EQ(parse_date("令和7年6月")->precision, DatePrecision::month);
  EXPECT_TRUE(parse_date("令和7年6月末時点")->stated);
  EXPECT_FALSE(parse_date("令和7年6月末")->stated);
}

TEST(Date, NothingElseIsADate) {
  for (const char* text : {"", " ", "6月30日", "令和7年", "令和年6月30日", "7.6.30", "25/6/30", "R7.6", "R7.6/30",
                           "令和七年六月三十日", "令和7年6月30日x", "2025-06-30 12:00", "2025-06-301", "令和7年度末",
                           "A7.6.30", "20250-6-30", "2025-6", "令和77777年6月1日", "\xFF"}) {
    EXPECT_FALSE(parse_date(text)) << text << ' ' << iso(parse_date(text));
  }
  for (const char* text : {"令和7年2月30日", "令和7年13月末", "2025-02-29", "R7.6.0", "令和7年6月0日", "1867年1月1日",
                           "令和9999年1月1日"}) {
    EXPECT_TRUE(refused(parse_date(text), "")) << text;
    EXPECT_TRUE(refused(find_date(text), "")) << text;
  }
}

TEST(Date, TheOneDateOfAHeading) {
  EXPECT_EQ(iso(find_date("特定移行支援システムの該当見込み（令和7年12月末時点）")), "2025-12-31");
  EXPECT_EQ(iso(find_date("令和8年1月末時点 進捗状況")), "2026-01-31");
  EXPECT_EQ(iso(find_date("令和8年1月_進捗状況")), "2026-01-31");
  EXPECT_EQ(find_date("令和8年1月_進捗状況")->precision, DatePrecision::month);
  EXPECT_EQ(iso(find_date("表1 令和7年6月末時点（2025年6月30日）")), "2025-06-30");
  EXPECT_EQ(iso(find_date("令和7年6月 進捗（令和7年6月15日現在）")), "2025-06-15");
  EXPECT_EQ(iso(find_date("令和7年7月15日公表、令和7年6月末時点")), "2025-06-30");
  EXPECT_EQ(iso(find_date("令和7年度 進捗（R7.6.30現在）")), "2025-06-30");
  EXPECT_EQ(iso(find_date("令和7年6月\n末時点")), "2025-06-30");
}

TEST(Date, AHeadingWithNoneOrSeveral) {
  EXPECT_TRUE(refused(find_date("業務別ステップ別進捗一覧"), "no date"));
  EXPECT_TRUE(refused(find_date("令和7年度末まで"), "no date"));
  EXPECT_TRUE(refused(find_date(""), "no date"));
  EXPECT_TRUE(refused(find_date("令和5年10月から令和7年6月まで"), "2 different"));
  EXPECT_TRUE(refused(find_date("令和7年6月末時点と令和7年7月末時点"), "2 different"));
  EXPECT_EQ(find_dates("令和7年6月末時点と令和7年7月末時点")->size(), 2U);
  EXPECT_NE(find_date("x").error().next.en.find("--as-of"), std::string::npos);
}

TEST(Date, ExcelSerials) {
  using enum ExcelDateSystem;
  for (const auto& [serial, expected] : {std::pair{1.0, "1900-01-01"},
                                         {59.0, "1900-02-28"},
                                         {61.0, "1900-03-01"},
                                         {45838.0, "2025-06-30"},
                                         {45838.99, "2025-06-30"},
                                         {2958465.0, "9999-12-31"}}) {
    EXPECT_EQ(iso(date_from_excel(serial, from_1900)), expected);
  }
  EXPECT_EQ(iso(date_from_excel(0, from_1904)), "1904-01-01");
  EXPECT_EQ(iso(date_from_excel(44376, from_1904)), "2025-06-30");
  EXPECT_EQ(iso(date_from_excel(2957003, from_1904)), "9999-12-31");
  for (const double serial :
       {60.0, 60.5, 0.0, 0.5, -1.0, 2958466.0, 1e300, std::nan(""), std::numeric_limits<double>::infinity()}) {
    EXPECT_EQ(date_from_excel(serial, from_1900).error().code, ErrorCode::input_rejected) << serial;
  }
  EXPECT_FALSE(date_from_excel(2957004, from_1904));
  EXPECT_FALSE(date_from_excel(-0.5, from_1904));
}

TEST(Date, JapanIsNineHoursAhead) {
  const UtcTime noon = sys_days{2025y / 6 / 30} + 15h;
  EXPECT_EQ(date_in_japan(noon - 1ms).iso(), "2025-06-30");
  EXPECT_EQ(date_in_japan(noon).iso(), "2025-07-01");
  EXPECT_EQ(timestamp_in_japan(noon - 1ms), "2025-06-30T23:59:59.999+09:00");
  EXPECT_EQ(timestamp_in_japan(noon + 3723s + 45ms), "2025-07-01T01:02:03.045+09:00");
  EXPECT_EQ(timestamp_in_japan(sys_days{1969y / 12 / 31} + 1ms), "1969-12-31T09:00:00.001+09:00");
  EXPECT_EQ(last_timestamp_of(day("2025-06-30")), timestamp_in_japan(noon - 1ms));
  EXPECT_EQ(date_in_japan(UtcTime::min()).year() >= 1868, true);
}

}  // namespace
}  // namespace hyojun::base
