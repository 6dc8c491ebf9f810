#include "hyojun/charmap/tally.h"

#include <algorithm>

namespace hyojun::charmap {

std::vector<std::pair<ExceptionKey, const ExceptionTally*>> Tally::sorted() const {
  auto result = entries();
  std::ranges::sort(result, {}, &decltype(result)::value_type::first);
  return result;
}

std::vector<std::pair<ExceptionKey, const ExceptionTally*>> Tally::entries() const {
  std::vector<std::pair<ExceptionKey, const ExceptionTally*>> result;
  result.reserve(exceptions_.distinct());
  for (const auto& [packed, tally] : exceptions_.entries()) result.emplace_back(packed.key(), tally);
  return result;
}

std::vector<std::uint8_t> ExceptionKey::source() const {
  std::vector<std::uint8_t> out;
  for (std::size_t i = 0; i < length; ++i) out.push_back(static_cast<std::uint8_t>(bytes >> (56 - 8 * i)));
  return out;
}

std::u32string ExceptionKey::text() const {
  if (outcome == Outcome::malformed) return {};
  return second == 0 ? std::u32string{first} : std::u32string{first, second};
}

void ExceptionTally::insert(const Position& position) noexcept {
  auto* const end = at.data() + positions;
  auto* const where = std::upper_bound(at.data(), end, position);
  if (where == at.data() + kFirst) return;
  auto* const last = positions < kFirst ? end : end - 1;
  std::move_backward(where, last, last + 1);
  *where = position;
  if (positions < kFirst) ++positions;
}

}  // namespace hyojun::charmap
