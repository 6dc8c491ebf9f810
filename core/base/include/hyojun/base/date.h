// Calendar days as officers write them: ISO, 和暦, Excel serials, and the one day a heading speaks of.
//
// A Date is a day of the Gregorian calendar, 1868-01-01 to 9999-12-31. Pure and thread-safe; nothing here reads the
// clock, a time zone or a locale. Every parse is strict: the whole text, an existing day. No error quotes the text; the
// caller adds file, row and column.
//
// 和暦. First days, by the edicts and cabinet orders: 大正 1912-07-30 (改元の詔書), 昭和 1926-12-25 (改元の詔書), 平成
// 1989-01-08 (昭和64年政令第1号), 令和 2019-05-01 (平成31年政令第143号). On its first day only the new era is right.
// 明治 begins on 1868-01-25 of the Gregorian calendar, but counted months and days by the moon until 明治5年12月2日:
// the Gregorian calendar came with 明治6年1月1日 = 1873-01-01 (明治5年太政官布告第337号). A 明治 day before that cannot
// be computed from its numbers and is refused; a Date before that is written with its western year. A day in an era
// that had ended by then (平成31年5月1日) is refused, naming the last day of the era.
#ifndef HYOJUN_BASE_DATE_H_
#define HYOJUN_BASE_DATE_H_

#include <chrono>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::base {

class Date {
 public:
  static constexpr int kMinYear = 1868;
  static constexpr int kMaxYear = 9999;

  // Fails with input_rejected: no such day, or a year outside kMinYear…kMaxYear.
  static Result<Date> from_ymd(int year, int month, int day);
  // Days since 1970-01-01. Fails as from_ymd().
  static Result<Date> from_days(std::int64_t days);

  int year() const noexcept;
  int month() const noexcept;  // 1…12
  int day() const noexcept;    // 1…31
  // Days since 1970-01-01. The difference of two is the number of days between them.
  std::int32_t days() const noexcept { return days_; }

  // Fails as from_ymd() when the result leaves the range.
  Result<Date> plus_days(std::int64_t days) const { return from_days(days_ + days); }
  Date last_of_month() const noexcept;

  std::string iso() const;     // 2025-06-30
  std::string wareki() const;  // 令和7年6月30日, 令和元年5月1日; before 1873 1872年12月31日

  auto operator<=>(const Date&) const = default;

 private:
  explicit Date(std::int32_t days) noexcept : days_(days) {}
  std::int32_t days_;
};

// `YYYY-MM-DD` in ASCII digits. Fails with input_rejected.
Result<Date> parse_iso_date(std::string_view text);

// How precisely a text gives a day.
enum class DatePrecision : std::uint8_t {
  day,        // 令和7年6月30日, 2025-06-30
  month_end,  // 令和7年6月末, 令和7年6月末日: the last day of the month
  month,      // 令和8年1月, as in a sheet's name: Date is the last day of the month, too
};

struct DateInText {
  Date date;
  DatePrecision precision = DatePrecision::day;
  bool stated = false;  // followed by 時点 or 現在
};

// One date and nothing else, in any form people write: `令和7年6月30日`, `令和７年６月末`, `R7.6.30`, `2025年6月30日`,
// `2025-06-30`, `2025/6/30`, with 時点 or 現在 behind. Full-width digits and letters, spaces between the parts, 元年
// and the square eras (㋿) are read; kanji numerals are not: no official sheet uses them. Fails with input_rejected.
Result<DateInText> parse_date(std::string_view text);

// Every date in `text`, from left to right, in the forms of parse_date(). Fails with input_rejected if something looks
// like a date and is none (令和7年2月30日).
Result<std::vector<DateInText>> find_dates(std::string_view text);

// The one date a heading speaks of: `特定移行支援システムの該当見込み（令和7年12月末時点）`. Dates with 時点 or 現在
// behind them win over others; a bare month agrees with every day in it. Fails with input_rejected: no date (said so),
// several different ones (said so, with the count), or as find_dates().
Result<DateInText> find_date(std::string_view heading);

// Day 1 of Excel: 1900-01-01 (with a 1900-02-29 that never was: serial 60), or day 0: 1904-01-01.
enum class ExcelDateSystem : std::uint8_t { from_1900, from_1904 };

// The day of a serial number; its fraction, the time of day, is dropped. Fails with input_rejected: serial 60 of
// from_1900, 0 of from_1900 (a time without a day), negative, after 9999-12-31, not finite.
Result<Date> date_from_excel(double serial, ExcelDateSystem system);

// Japan Standard Time (UTC+9 all year), from a clock the caller reads. `utc` before 1868 or after 9999 is a mistake of
// the caller's and gives the nearest day there is.
using UtcTime = std::chrono::system_clock::time_point;
Date date_in_japan(UtcTime utc) noexcept;
// `2026-11-23T08:41:00.123+09:00`: of one length, so that text order is time order.
std::string timestamp_in_japan(UtcTime utc);
// The last timestamp of a day in Japan, to compare timestamps with.
std::string last_timestamp_of(Date date);

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_DATE_H_
