// Dates in what people write. The text is folded to ASCII digits, letters and spaces first; then one scanner tries
// every form at every place.
#include <fmt/format.h>

#include <optional>

#include "eras.h"
#include "hyojun/base/date.h"
#include "hyojun/base/text.h"

namespace hyojun::base {
namespace {

using Failure = tl::unexpected<Error>;

// Full-width ASCII and the wide space become ASCII. Nothing else: NFKC would also change what stands around a date.
std::string fold_width(std::string_view text) {
  std::string out;
  const auto decoded = decode_utf8(text);
  if (!decoded) return out;
  for (const char32_t c : *decoded) {
    const bool wide = c >= 0xFF01 && c <= 0xFF5E;
    append_utf8(out, wide ? c - 0xFEE0 : c == 0x3000 || c == 0xA0 || c == '\n' || c == '\t' ? U' ' : c);
  }
  return out;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

// A place in the folded text, and the steps a form is made of. A step that does not fit leaves it in an unused state.
class Reader {
 public:
  Reader(std::string_view text, std::size_t at) : text_(text), at_(at) {}

  std::size_t at() const { return at_; }
  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }
  bool take(std::string_view word) {
    if (!text_.substr(at_).starts_with(word)) return false;
    at_ += word.size();
    return true;
  }
  // After spaces, if it is there; else nothing moves.
  bool take_next(std::string_view word) {
    Reader ahead = *this;
    ahead.skip_spaces();
    if (!ahead.take(word)) return false;
    *this = ahead;
    return true;
  }
  // 1 to 4 digits after spaces.
  std::optional<int> number() {
    Reader ahead = *this;
    ahead.skip_spaces();
    int value = 0;
    const std::size_t begin = ahead.at_;
    for (; ahead.at_ < text_.size() && is_digit(text_[ahead.at_]); ++ahead.at_) {
      if (ahead.at_ - begin == 4) return std::nullopt;
      value = value * 10 + (text_[ahead.at_] - '0');
    }
    if (ahead.at_ == begin) return std::nullopt;
    *this = ahead;
    return value;
  }
  bool at_digit() const { return at_ < text_.size() && is_digit(text_[at_]); }

 private:
  std::string_view text_;
  std::size_t at_;
};

struct Found {
  DateInText date;
  std::size_t end;
};
// No date here; or a date; or what looks like one and is none.
using Attempt = Result<std::optional<Found>>;

struct Numbers {
  const Era* era = nullptr;
  int year = 0;
  int month = 0;
  int day = 0;  // 0: the last of the month
  DatePrecision precision = DatePrecision::day;
};

Failure not_in_era(const Era& era, bool too_early) {
  if (too_early && era.letter == 'M') {
    return fail(ErrorCode::input_rejected,
                {"明治5年までは太陰太陽暦で、そのままでは西暦の日付になりません",
                 "until 明治5年 the calendar was lunisolar: the numbers are no Gregorian date"},
                {}, {"西暦の日付 (YYYY-MM-DD) で書いてください", "write the Gregorian date (YYYY-MM-DD)"});
  }
  if (too_early) {
    return fail(ErrorCode::input_rejected,
                {fmt::format("その日はまだ{}ではありません ({} から)", era.name, era.first),
                 fmt::format("{} had not begun on that day (it did on {})", era.name, era.first)});
  }
  return fail(ErrorCode::input_rejected,
              {fmt::format("その日は{}ではありません ({} まで)", era.name, era.last),
               fmt::format("{} had ended by that day (it did on {})", era.name, era.last_iso)},
              {}, {"次の元号か西暦で書いてください", "write it with the next era or the western year"});
}

Result<Date> to_date(const Numbers& n) {
  if (n.era != nullptr && n.year == 0) {
    return fail(ErrorCode::input_rejected, {"0 年はありません", "there is no year 0"});
  }
  auto date = Date::from_ymd(n.era != nullptr ? n.era->year_zero + n.year : n.year, n.month, n.day == 0 ? 1 : n.day);
  if (!date) return date;
  if (n.precision != DatePrecision::day) date = date->last_of_month();
  if (n.era == nullptr) return date;
  const std::string iso = date->iso();
  if (iso < n.era->first) return not_in_era(*n.era, true);
  if (!n.era->last_iso.empty() && iso > n.era->last_iso) return not_in_era(*n.era, false);
  return date;
}

Attempt finish(const Numbers& numbers, Reader reader) {
  const auto date = to_date(numbers);
  if (!date) return Failure(date.error());
  const bool stated = reader.take_next("時点") || reader.take_next("現在");
  return Found{{*date, numbers.precision, stated}, reader.at()};
}

// …年6月30日, …年6月末, …年6月末日, …年6月; the reader stands behind 年.
Attempt read_month_and_day(Numbers numbers, Reader reader) {
  const auto month = reader.number();
  if (!month || !reader.take_next("月")) return std::nullopt;
  numbers.month = *month;
  Reader ahead = reader;
  if (const auto day = ahead.number(); day && ahead.take_next("日")) {
    numbers.day = *day == 0 ? 99 : *day;  // 0日 is no day, not the last one
    return finish(numbers, ahead);
  }
  numbers.precision = DatePrecision::month;
  if (reader.take_next("末")) {
    numbers.precision = DatePrecision::month_end;
    reader.take("日");
  }
  return finish(numbers, reader);
}

// 令和7年…, ㋿元年…
Attempt read_era(std::string_view text, std::size_t at) {
  for (const Era& era : kEras) {
    Reader reader(text, at);
    if (!reader.take(era.name) && !reader.take(era.square)) continue;
    Numbers numbers{.era = &era};
    if (reader.take_next("元")) {
      numbers.year = 1;
    } else if (const auto year = reader.number()) {
      numbers.year = *year;
    } else {
      return std::nullopt;
    }
    if (!reader.take_next("年")) return std::nullopt;
    return read_month_and_day(numbers, reader);
  }
  return std::nullopt;
}

// 7.6.30 behind R, 2025-06-30, 2025/6/30: the same separator twice, no digit behind.
Attempt read_separated(Numbers numbers, Reader reader, std::string_view separators) {
  for (const char separator : separators) {
    Reader ahead = reader;
    const std::string_view word(&separator, 1);
    if (!ahead.take(word)) continue;
    const auto month = ahead.number();
    if (!month || !ahead.take(word)) return std::nullopt;
    const auto day = ahead.number();
    if (!day || ahead.at_digit() || ahead.take(word)) return std::nullopt;
    numbers.month = *month;
    numbers.day = *day == 0 ? 99 : *day;
    return finish(numbers, ahead);
  }
  return std::nullopt;
}

// R7.6.30, r7/6/30, H31-4-30
Attempt read_letter(std::string_view text, std::size_t at) {
  if (at > 0 && (is_letter(text[at - 1]) || is_digit(text[at - 1]))) return std::nullopt;
  for (const Era& era : kEras) {
    if ((text[at] & ~0x20) != era.letter) continue;
    Reader reader(text, at + 1);
    const auto year = reader.number();
    if (!year) return std::nullopt;
    return read_separated({.era = &era, .year = *year}, reader, "./-");
  }
  return std::nullopt;
}

// 2025年6月30日, 2025-06-30, 2025/6/30. Four digits: a count of years (3年6月) is no date.
Attempt read_western(std::string_view text, std::size_t at) {
  if (at > 0 && (is_digit(text[at - 1]) || text[at - 1] == '-' || text[at - 1] == '/')) return std::nullopt;
  Reader reader(text, at);
  const auto year = reader.number();
  if (!year || reader.at() - at != 4) return std::nullopt;
  Reader ahead = reader;
  if (ahead.take_next("年")) return read_month_and_day({.year = *year}, ahead);
  return read_separated({.year = *year}, reader, "-/.");
}

Attempt read_at(std::string_view text, std::size_t at) {
  if (is_digit(text[at])) return read_western(text, at);
  if (is_letter(text[at])) return read_letter(text, at);
  return read_era(text, at);
}

Failure not_one_date() {
  return fail(ErrorCode::input_rejected, {"日付として読めません", "this is no date"}, {},
              {"2025-06-30 か 令和7年6月30日 のように書いてください", "write it like 2025-06-30 or 令和7年6月30日"});
}

bool agree(const DateInText& a, const DateInText& b) {
  if (a.date == b.date) return true;
  const bool month = a.precision == DatePrecision::month || b.precision == DatePrecision::month;
  return month && a.date.last_of_month() == b.date.last_of_month();
}

// 0: none; 1: `one` is it; more: so many that differ.
std::size_t count_different(const std::vector<DateInText>& dates, bool stated_only, std::optional<DateInText>& one) {
  std::vector<DateInText> different;
  for (const DateInText& date : dates) {
    if (stated_only && !date.stated) continue;
    bool known = false;
    for (DateInText& other : different) {
      if (!agree(date, other)) continue;
      known = true;
      if (other.precision == DatePrecision::month) other = date;  // a day says more than its month
      break;
    }
    if (!known) different.push_back(date);
  }
  if (!different.empty()) one = different.front();
  return different.size();
}

}  // namespace

Result<DateInText> parse_date(std::string_view text) {
  const std::string folded = fold_width(text);
  Reader reader(folded, 0);
  reader.skip_spaces();
  if (reader.at() == folded.size()) return not_one_date();
  const auto found = read_at(folded, reader.at());
  if (!found) return Failure(found.error());
  if (!*found || folded.find_first_not_of(' ', (*found)->end) != std::string::npos) return not_one_date();
  return (*found)->date;
}

Result<std::vector<DateInText>> find_dates(std::string_view text) {
  const std::string folded = fold_width(text);
  std::vector<DateInText> out;
  for (std::size_t at = 0; at < folded.size();) {
    const auto found = read_at(folded, at);
    if (!found) return Failure(found.error());
    if (*found) out.push_back((*found)->date);
    at = *found ? (*found)->end : at + 1;
  }
  return out;
}

Result<DateInText> find_date(std::string_view heading) {
  const auto dates = find_dates(heading);
  if (!dates) return Failure(dates.error());
  const Text next{"基準日を --as-of で指定してください", "give the day with --as-of"};
  std::optional<DateInText> one;
  std::size_t count = count_different(*dates, true, one);
  if (count == 0) count = count_different(*dates, false, one);
  if (count == 1) return *one;
  if (count == 0) return fail(ErrorCode::input_rejected, {"日付がありません", "there is no date"}, {}, next);
  return fail(ErrorCode::input_rejected,
              {fmt::format("異なる日付が {} つあります", count), fmt::format("there are {} different dates", count)},
              {}, next);
}

}  // namespace hyojun::base
