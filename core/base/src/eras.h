// The eras of date.h, newest first.
#ifndef HYOJUN_BASE_SRC_ERAS_H_
#define HYOJUN_BASE_SRC_ERAS_H_

#include <array>
#include <string_view>

#include "hyojun/base/date.h"

namespace hyojun::base {

struct Era {
  std::string_view name;
  std::string_view square;  // U+32FF, U+337B…337E
  char letter;
  int year_zero;              // the western year before year 1
  std::string_view first;     // ISO; of 明治 the first day of its Gregorian years
  std::string_view last;      // 和暦, for people; empty: goes on
  std::string_view last_iso;  // empty: goes on
};

inline constexpr std::array<Era, 5> kEras = {{
    {"令和", "㋿", 'R', 2018, "2019-05-01", "", ""},
    {"平成", "㍻", 'H', 1988, "1989-01-08", "平成31年4月30日", "2019-04-30"},
    {"昭和", "㍼", 'S', 1925, "1926-12-25", "昭和64年1月7日", "1989-01-07"},
    {"大正", "㍽", 'T', 1911, "1912-07-30", "大正15年12月24日", "1926-12-24"},
    {"明治", "㍾", 'M', 1867, "1873-01-01", "明治45年7月29日", "1912-07-29"},
}};

// The era of a day; none before 1873.
inline const Era* era_of(Date date) {
  const std::string iso = date.iso();
  for (const Era& era : kEras) {
    if (iso >= era.first) return &era;
  }
  return nullptr;
}

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_SRC_ERAS_H_
