#include "hyojun/core/municipality_code.h"

#include <fmt/format.h>

#include <array>

namespace hyojun::core {
namespace {

using base::ErrorCode;
using base::Text;

constexpr std::size_t kFullLength = 6;

// The text as ASCII digits; empty if there is anything else. Surrounding spaces come from tables, full-width digits
// (U+FF10 = EF BC 90) from documents.
std::string digits_of(std::string_view text) {
  constexpr std::array<std::string_view, 2> kSpaces = {" ", "\xE3\x80\x80"};
  for (bool trimmed = true; trimmed;) {
    trimmed = false;
    for (const std::string_view space : kSpaces) {
      if (text.starts_with(space)) text.remove_prefix(space.size()), trimmed = true;
      if (text.ends_with(space)) text.remove_suffix(space.size()), trimmed = true;
    }
  }
  std::string digits;
  while (!text.empty()) {
    if (text.size() >= 3 && text.starts_with("\xEF\xBC") && text[2] >= '\x90' && text[2] <= '\x99') {
      digits.push_back(static_cast<char>(text[2] - '\x90' + '0'));
      text.remove_prefix(3);
    } else if (text.front() >= '0' && text.front() <= '9') {
      digits.push_back(text.front());
      text.remove_prefix(1);
    } else {
      return {};
    }
  }
  return digits;
}

// tracker.md §6, over the first five digits.
char check_digit(std::string_view digits) {
  int sum = 0;
  for (int i = 0; i < 5; ++i) sum += (6 - i) * (digits[static_cast<std::size_t>(i)] - '0');
  return static_cast<char>('0' + (11 - sum % 11) % 10);
}

bool has_prefecture(std::string_view digits) {
  const int prefecture = (digits[0] - '0') * 10 + (digits[1] - '0');
  return prefecture >= 1 && prefecture <= 47;
}

// Numbers 001–099 name no body; 8xx and 9xx are associations of bodies, of no use to tell two readings apart.
bool has_plausible_number(std::string_view digits) {
  const std::string_view number = digits.substr(2, 3);
  return number == "000" || (number.front() >= '1' && number.front() <= '7');
}

tl::unexpected<base::Error> reject(Text what) {
  return base::fail(ErrorCode::input_rejected, std::move(what), {},
                    {"団体コードを 6 桁の文字列で書いてください (例 280003)",
                     "write the code as text with six digits, such as 280003"});
}

base::Result<void> check_form(const std::string& digits) {
  if (digits.empty()) return reject({"団体コードが数字ではありません", "the code is not made of digits"});
  if (digits.size() < 4 || digits.size() > kFullLength) {
    return reject(
        {fmt::format("団体コードが {} 桁です", digits.size()), fmt::format("the code has {} digits", digits.size())});
  }
  return {};
}

tl::unexpected<base::Error> reject_unreadable(const std::string& digits) {
  const std::string padded = digits.size() == 4 ? "0" + digits : digits;
  if (!has_prefecture(padded)) {
    return reject({fmt::format("都道府県コード {} はありません", padded.substr(0, 2)),
                   fmt::format("there is no prefecture {}", padded.substr(0, 2))});
  }
  return reject({fmt::format("団体コード {} の検査数字が違います (正しくは {})", digits, check_digit(digits)),
                 fmt::format("the check digit of {} is wrong (it should be {})", digits, check_digit(digits))});
}

}  // namespace

std::vector<MunicipalityCodeReading> MunicipalityCode::readings(std::string_view text) {
  const std::string digits = digits_of(text);
  std::vector<MunicipalityCodeReading> found;
  const auto add = [&found](std::string five, bool zero_restored, bool check_digit_added) {
    if (!has_prefecture(five)) return;
    five.push_back(check_digit(five));
    found.push_back({MunicipalityCode(std::move(five)), check_digit_added, zero_restored});
  };
  if (digits.size() == kFullLength && digits.back() == check_digit(digits)) add(digits.substr(0, 5), false, false);
  if (digits.size() == 4) add("0" + digits, true, true);
  if (digits.size() != 5) return found;
  add(digits, false, true);
  const std::string padded = "0" + digits;
  if (padded.back() == check_digit(padded)) add(padded.substr(0, 5), true, false);
  return found;
}

base::Result<MunicipalityCodeReading> MunicipalityCode::parse(std::string_view text) {
  return parse(text, [](const MunicipalityCode& code) { return has_plausible_number(code.text()); });
}

base::Result<MunicipalityCodeReading> MunicipalityCode::parse(std::string_view text, const IsKnown& is_known) {
  const std::string digits = digits_of(text);
  if (auto formed = check_form(digits); !formed) return tl::unexpected<base::Error>(std::move(formed.error()));
  const std::vector<MunicipalityCodeReading> found = readings(digits);
  if (found.empty()) return reject_unreadable(digits);
  if (found.size() == 1) return found.front();
  const bool first_known = is_known(found[0].code);
  if (first_known != is_known(found[1].code)) return found[first_known ? 0 : 1];
  const std::string& first = found[0].code.text();
  const std::string& second = found[1].code.text();
  return reject({fmt::format("団体コード {} は {} とも {} とも読めます", digits, first, second),
                 fmt::format("the code {} can be read as {} or {}", digits, first, second)});
}

}  // namespace hyojun::core
