#include "hyojun/core/rate.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace hyojun::core {

std::optional<Rate> rate_of(std::int64_t part, std::int64_t of) {
  if (of <= 0) return std::nullopt;
  return (part * 20'000 + of) / (of * 2);
}

std::optional<Rate> mean_rate(const std::vector<std::pair<std::int64_t, std::int64_t>>& rates) {
  if (rates.empty()) return std::nullopt;
  const auto count = static_cast<std::int64_t>(rates.size());
  const std::int64_t of = rates.front().second;
  if (std::ranges::all_of(rates, [of](const auto& rate) { return rate.second == of; })) {
    std::int64_t sum = 0;
    for (const auto& rate : rates) sum += rate.first;
    return rate_of(sum, of * count);
  }
  constexpr std::int64_t kScale = 1'000'000'000'000;
  std::int64_t sum = 0;  // at most 10^12 a row: room for nine million rows
  for (const auto& [part, whole] : rates) {
    const std::int64_t rest = part % whole;
    sum += part / whole * kScale +
           static_cast<std::int64_t>(std::llround(static_cast<long double>(rest) * kScale / whole));
  }
  const std::int64_t unit = kScale / 10'000 * count;  // one hundredth of a percent
  return (sum * 2 + unit) / (unit * 2);
}

std::string show_rate(Rate rate) { return fmt::format("{}.{:02}", rate / 100, rate % 100); }

std::optional<int> steps_of_rate(double rate) {
  constexpr double kNoise = 1e-6;
  if (!(rate >= -kNoise && rate <= 1 + kNoise)) return std::nullopt;
  const double steps = std::round(rate * 40);
  if (std::abs(rate - steps / 40) > kNoise) return std::nullopt;
  return static_cast<int>(steps);
}

}  // namespace hyojun::core
