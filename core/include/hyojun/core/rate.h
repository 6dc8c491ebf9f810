// Rates as officials compute them: on integers, shown to two decimals, 四捨五入.
//
// 姫路 595 of 800 is 74.375 % and so 74.38; a float says 74.37 or 74.38 as it likes. Pure, thread-safe.
#ifndef HYOJUN_CORE_RATE_H_
#define HYOJUN_CORE_RATE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace hyojun::core {

// Hundredths of a percent, rounded half up: 7438 is 74.38 %.
using Rate = std::int64_t;

// `part` of `of`, 0 <= part <= of; none if `of` is 0.
std::optional<Rate> rate_of(std::int64_t part, std::int64_t of);
// The mean of the exact rates (not of the rounded ones); none if there is none. Exact where all denominators are the
// same, as in every official table; else computed to 10^-12.
std::optional<Rate> mean_rate(const std::vector<std::pair<std::int64_t, std::int64_t>>& rates);
// "74.38"
std::string show_rate(Rate rate);

// n of 40 from a published rate such as 0.7475000000000001 (float noise within 1e-6); none if it is no n/40.
std::optional<int> steps_of_rate(double rate);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_RATE_H_
