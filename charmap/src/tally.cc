#include "hyojun/charmap/tally.h"

#include <algorithm>

namespace hyojun::charmap {

namespace {

// One to eight bytes, left-aligned, from loads that overlap: a loop over so few is guessed wrong as often as they
// differ in number.
std::uint64_t left_aligned(std::span<const std::uint8_t> bytes) noexcept {
  const std::uint8_t* const p = bytes.data();
  const std::size_t n = bytes.size();
  const auto four = [](const std::uint8_t* b) {
    return std::uint64_t{b[0]} << 24 | std::uint64_t{b[1]} << 16 | std::uint64_t{b[2]} << 8 | b[3];
  };
  if (n >= 4) return four(p) << 32 | four(p + n - 4) << (64 - 8 * n);
  return std::uint64_t{p[0]} << 56 | std::uint64_t{p[n / 2]} << (56 - 8 * (n / 2)) |
         std::uint64_t{p[n - 1]} << (64 - 8 * n);
}

}  // namespace

ExceptionKey ExceptionKey::of(const Event& event, std::span<const std::uint8_t> source) noexcept {
  return {event.outcome, static_cast<std::uint8_t>(source.size()), left_aligned(source), event.first, event.second};
}

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
