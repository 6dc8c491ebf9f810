#include "half_width.h"

#include <string_view>

namespace hyojun::bench {

namespace {

constexpr std::u32string_view kFull =
    U"ヲァィゥェォャュョッーアイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワン";
constexpr char32_t kFirstHalf = U'ｦ';
constexpr std::u32string_view kVoiced = U"ガギグゲゴザジズゼゾダヂヅデドバビブベボ";
constexpr std::u32string_view kSemiVoiced = U"パピプペポ";

}  // namespace

void to_half_width(std::u32string& text) {
  std::u32string result;
  for (char32_t cp : text) {
    char32_t mark = 0;
    if (kVoiced.find(cp) != kVoiced.npos) {
      cp -= 1;
      mark = U'ﾞ';
    } else if (kSemiVoiced.find(cp) != kSemiVoiced.npos) {
      cp -= 2;
      mark = U'ﾟ';
    } else if (cp == U'ヴ') {
      cp = U'ウ';
      mark = U'ﾞ';
    }
    const std::size_t at = kFull.find(cp);
    if (at != kFull.npos) cp = kFirstHalf + static_cast<char32_t>(at);
    result += cp == U'\u3000' ? U' ' : cp;
    if (mark != 0) result += mark;
  }
  text = std::move(result);
}

}  // namespace hyojun::bench
