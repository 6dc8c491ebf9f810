// The items of a copybook. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_COPYBOOK_H_
#define HYOJUN_CHARMAP_SRC_COPYBOOK_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::charmap::copybook {

enum class Usage : std::uint8_t { display, binary, packed, short_float, long_float, national };

struct Item {
  unsigned level = 0;
  std::string name;     // empty: FILLER
  std::string picture;  // upper case; empty: a group
  Usage usage = Usage::display;
  bool states_usage = false;
  bool separate_sign = false;
  bool sign_leads = false;
  bool synchronized = false;
  std::uint32_t occurs = 0;  // 0: no OCCURS
  bool depending = false;    // OCCURS DEPENDING ON
  std::string redefines;
  std::uint64_t line = 0;
  std::vector<Item> children;
};

// Any mistake in a copybook, with its line. Thrown by the readers, caught in layout_from_copybook().
struct Wrong {
  base::Text what;
  std::uint64_t line;
};

// The 01 items (or the lowest levels there are), with what stands under them.
std::vector<Item> parse(std::string_view text);

}  // namespace hyojun::charmap::copybook

#endif  // HYOJUN_CHARMAP_SRC_COPYBOOK_H_
