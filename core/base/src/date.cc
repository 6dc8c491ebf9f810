#include "hyojun/base/date.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "eras.h"

namespace hyojun::base {
namespace {

using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr std::int32_t days_of(int year, unsigned month, unsigned day) {
  const year_month_day date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
  return static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count());
}

constexpr std::int32_t kFirst = days_of(Date::kMinYear, 1, 1);
constexpr std::int32_t kLast = days_of(Date::kMaxYear, 12, 31);
constexpr std::int32_t kExcelEpoch1900 = days_of(1899, 12, 30);  // right from 1900-03-01 on
constexpr std::int32_t kExcelEpoch1904 = days_of(1904, 1, 1);

year_month_day civil(std::int32_t days) { return year_month_day{sys_days{std::chrono::days{days}}}; }

tl::unexpected<Error> out_of_range() {
  return fail(ErrorCode::input_rejected,
              {fmt::format("日付が {} 年から {} 年までの外です", Date::kMinYear, Date::kMaxYear),
               fmt::format("the date is outside the years {} to {}", Date::kMinYear, Date::kMaxYear)});
}

tl::unexpected<Error> bad_serial(Text what) {
  return fail(ErrorCode::input_rejected, std::move(what), {},
              {"Excel でセルの日付を入れ直してください", "enter the date of the cell anew in Excel"});
}

}  // namespace

Result<Date> Date::from_ymd(int year, int month, int day) {
  if (year < kMinYear || year > kMaxYear) return out_of_range();
  const year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(std::max(month, 0))},
                            std::chrono::day{static_cast<unsigned>(std::max(day, 0))}};
  if (month > 12 || day > 31 || !date.ok()) {
    return fail(ErrorCode::input_rejected, {"そのような日付はありません", "there is no such day"}, {},
                {"年月日を確かめてください", "check year, month and day"});
  }
  return Date(static_cast<std::int32_t>(sys_days{date}.time_since_epoch().count()));
}

Result<Date> Date::from_days(std::int64_t days) {
  if (days < kFirst || days > kLast) return out_of_range();
  return Date(static_cast<std::int32_t>(days));
}

int Date::year() const noexcept { return static_cast<int>(civil(days_).year()); }
int Date::month() const noexcept { return static_cast<int>(static_cast<unsigned>(civil(days_).month())); }
int Date::day() const noexcept { return static_cast<int>(static_cast<unsigned>(civil(days_).day())); }

Date Date::last_of_month() const noexcept {
  const year_month_day date = civil(days_);
  const std::chrono::year_month_day_last last{date.year(), std::chrono::month_day_last{date.month()}};
  return Date(static_cast<std::int32_t>(sys_days{last}.time_since_epoch().count()));
}

std::string Date::iso() const { return fmt::format("{:04}-{:02}-{:02}", year(), month(), day()); }

std::string Date::wareki() const {
  const Era* const era = era_of(*this);
  if (era == nullptr) return fmt::format("{}年{}月{}日", year(), month(), day());
  const int count = year() - era->year_zero;
  return fmt::format("{}{}年{}月{}日", era->name, count == 1 ? "元" : std::to_string(count), month(), day());
}

Result<Date> parse_iso_date(std::string_view text) {
  const auto number = [text](std::size_t at, std::size_t length) {
    int value = 0;
    for (const char c : text.substr(at, length)) {
      if (c < '0' || c > '9') return -1;
      value = value * 10 + (c - '0');
    }
    return value;
  };
  const bool shaped = text.size() == 10 && text[4] == '-' && text[7] == '-';
  if (!shaped || number(0, 4) < 0 || number(5, 2) < 0 || number(8, 2) < 0) {
    return fail(ErrorCode::input_rejected, {"日付は YYYY-MM-DD の形です", "a date has the form YYYY-MM-DD"}, {},
                {"2025-06-30 のように書いてください", "write it like 2025-06-30"});
  }
  return Date::from_ymd(number(0, 4), number(5, 2), number(8, 2));
}

Result<Date> date_from_excel(double serial, ExcelDateSystem system) {
  // Beyond any day, and what no integer holds.
  if (!std::isfinite(serial) || serial < 0 || serial > 3'000'000) {
    return bad_serial({"Excel の日付の範囲にない数です", "the number is outside the days of Excel"});
  }
  const auto day = static_cast<std::int64_t>(std::floor(serial));
  if (system == ExcelDateSystem::from_1904) return Date::from_days(kExcelEpoch1904 + day);
  if (day == 0) return bad_serial({"日のない時刻です", "a time without a day"});
  if (day == 60) {
    return bad_serial({"Excel の 1900-02-29 は実在しない日です", "the 1900-02-29 of Excel never was"});
  }
  return Date::from_days(kExcelEpoch1900 + day + (day < 60 ? 1 : 0));
}

namespace {

constexpr std::chrono::hours kJapan{9};

std::chrono::milliseconds since_epoch_in_japan(UtcTime utc) {
  using std::chrono::milliseconds;
  constexpr milliseconds kMin{std::chrono::days{kFirst}};
  constexpr milliseconds kMax{milliseconds{std::chrono::days{kLast + 1}} - milliseconds{1}};
  const auto time = std::chrono::floor<milliseconds>(utc.time_since_epoch()) + kJapan;
  return std::clamp(time, kMin, kMax);
}

}  // namespace

Date date_in_japan(UtcTime utc) noexcept {
  const auto days = std::chrono::floor<std::chrono::days>(since_epoch_in_japan(utc)).count();
  return Date::from_days(days).value();  // clamped to what there is
}

std::string timestamp_in_japan(UtcTime utc) {
  const auto time = since_epoch_in_japan(utc);
  const auto of_day = (time - std::chrono::floor<std::chrono::days>(time)).count();
  return fmt::format("{}T{:02}:{:02}:{:02}.{:03}+09:00", date_in_japan(utc).iso(), of_day / 3'600'000,
                     of_day / 60'000 % 60, of_day / 1000 % 60, of_day % 1000);
}

std::string last_timestamp_of(Date date) { return date.iso() + "T23:59:59.999+09:00"; }

}  // namespace hyojun::base
