#include "hyojun/charmap/tally.h"

#include <algorithm>

namespace hyojun::charmap {

ExceptionKey ExceptionKey::of(const Event& event, std::span<const std::uint8_t> source) noexcept {
  ExceptionKey key{event.outcome, static_cast<std::uint8_t>(source.size()), 0, event.first, event.second};
  for (std::size_t i = 0; i < source.size(); ++i) key.bytes |= std::uint64_t{source[i]} << (56 - 8 * i);
  return key;
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

void ExceptionTally::add(const Position& position) noexcept {
  if (positions == kFirst && at.back() < position) return;  // nearly always: a file is read from its beginning
  auto* const end = at.data() + positions;
  auto* const where = std::upper_bound(at.data(), end, position);
  if (where == at.data() + kFirst) return;
  auto* const last = positions < kFirst ? end : end - 1;
  std::move_backward(where, last, last + 1);
  *where = position;
  if (positions < kFirst) ++positions;
}

}  // namespace hyojun::charmap
