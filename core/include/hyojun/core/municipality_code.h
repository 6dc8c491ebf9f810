// Codes of local public bodies (全国地方公共団体コード): six digits, the last a check digit.
//
// Source: tracker.md §6; 総務省「全国地方公共団体コード」. Pure values, thread-safe.
#ifndef HYOJUN_CORE_MUNICIPALITY_CODE_H_
#define HYOJUN_CORE_MUNICIPALITY_CODE_H_

#include <compare>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::core {

struct MunicipalityCodeReading;

// A code that is well-formed: prefecture 01–47, right check digit. Whether a body has it is the register's to say.
class MunicipalityCode {
 public:
  using IsKnown = std::function<bool(const MunicipalityCode&)>;

  // Reads what tables contain: six digits; five (the check digit is added); also full-width digits and surrounding
  // spaces; also codes that lost their leading zero in Excel (five digits whose zero-padded form has a right check
  // digit, or four). The reading says what was done. Fails with input_rejected: not digits, wrong length, wrong check
  // digit, no such prefecture, and five digits that can be read both ways (both readings are in the message).
  static base::Result<MunicipalityCodeReading> parse(std::string_view text);

  // The same with a register of existing codes. Of the 475 codes of municipalities that begin with 0, 177 can be read
  // both ways once the zero is lost; where only one reading exists, it is taken (all but 12 of them).
  static base::Result<MunicipalityCodeReading> parse(std::string_view text, const IsKnown& is_known);

  // All well-formed readings, at most two; empty where parse() fails for another reason than two readings.
  static std::vector<MunicipalityCodeReading> readings(std::string_view text);

  // Six ASCII digits.
  const std::string& text() const noexcept { return digits_; }
  // The first two: the code of the prefecture in JIS X 0401.
  std::string_view prefecture() const noexcept { return std::string_view(digits_).substr(0, 2); }
  // True for a prefecture itself (兵庫県 280003).
  bool is_prefecture() const noexcept { return std::string_view(digits_).substr(2, 3) == "000"; }

  auto operator<=>(const MunicipalityCode&) const = default;

 private:
  explicit MunicipalityCode(std::string digits) : digits_(std::move(digits)) {}

  std::string digits_;
};

struct MunicipalityCodeReading {
  MunicipalityCode code;
  bool check_digit_added = false;  // the text had no check digit
  bool zero_restored = false;      // the text had lost its leading zero: to be told to the user
};

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_MUNICIPALITY_CODE_H_
