// The fine comparison of two shapes, written once and compiled for each kernel (glyph_kernel.cc).
//
// Around every place of one shape a window of 5 × 5 places is laid upon the other, moved by up to 2 places each way to
// where it fits best; moving costs a little. What is left adds up, in both directions. A stroke that another designer
// drew elsewhere costs little so; a stroke that is not there costs all of it. The details do the same with twice as
// many places and windows of 7 × 7 moved by up to 4: hooks, dots and whether strokes touch.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_MATCH_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_MATCH_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>
#include <span>

#include "glyph_measure.h"
#include "glyph_shape.h"

namespace hyojun::charmap::shape {

// What is left over after the windows were moved.
struct Leftover {
  std::int64_t sum = 0;      // over all windows, both ways
  std::int64_t squares = 0;  // … of their squares: a few bad windows weigh more than many that are a little off
  std::int32_t largest = 0;  // of any window: one stroke too many shows here
};

// Places −(half + reach) … side + half + reach − 1 of the first shape are read: kRead of them; windows are centred on
// −reach … side + reach − 1: kSums. Columns are a multiple of eight, for the vector units.
template <typename AnyMaps>
struct MatchSize {
  static constexpr int kMargin = AnyMaps::kHalf + AnyMaps::kReach;
  static constexpr std::size_t kRead = AnyMaps::kSide + 2 * kMargin;
  static constexpr std::size_t kSums = AnyMaps::kSide + 2 * AnyMaps::kReach;
  static constexpr std::size_t kColumns = (kRead + 7) / 8 * 8;
  static_assert(AnyMaps::kBorder + kColumns - kMargin + AnyMaps::kReach <= AnyMaps::kStride, "rows are read to there");
};

template <typename AnyMaps>
struct MatchScratch {
  alignas(64) std::int32_t squares[MatchSize<AnyMaps>::kRead * AnyMaps::kStride];
  alignas(64) std::int32_t tall[AnyMaps::kStride];
  alignas(64) std::int32_t windows[MatchSize<AnyMaps>::kSums * AnyMaps::kStride];
  alignas(64) std::int32_t best_of_a[AnyMaps::kSide / 2 * AnyMaps::kSide];
  alignas(64) std::int32_t best_of_b[AnyMaps::kSide / 2 * AnyMaps::kSide];
};

// squares[y][x] = |a at (y, x) − b at (y + dy, x + dx)|² for y, x from −kMargin (stored from 0).
template <typename AnyMaps>
HYOJUN_INLINE void difference(const AnyMaps& a, const AnyMaps& b, int dy, int dx, MatchScratch<AnyMaps>& s) {
  using Size = MatchSize<AnyMaps>;
  constexpr std::size_t kFirst = AnyMaps::kBorder - Size::kMargin;
  for (std::size_t y = 0; y < Size::kRead; ++y) {
    std::array<std::int16_t, Size::kColumns> sum{};
    for (std::size_t d = 0; d < kDirections; ++d) {
      const std::int16_t* p = a.values.data() + (d * AnyMaps::kWidth + y + kFirst) * AnyMaps::kStride + kFirst;
      const std::int16_t* q = p - a.values.data() + b.values.data() + dy * static_cast<int>(AnyMaps::kStride) + dx;
      for (std::size_t x = 0; x < Size::kColumns; ++x) {
        const auto e = static_cast<std::int16_t>(p[x] - q[x]);
        sum[x] = static_cast<std::int16_t>(sum[x] + e * e);  // 8 × 63² < 2^15
      }
    }
    for (std::size_t x = 0; x < Size::kColumns; ++x) s.squares[y * AnyMaps::kStride + x] = sum[x];
  }
}

// windows[y][x] = the sum of the squares around place (y − kReach, x − kReach).
template <typename AnyMaps>
HYOJUN_INLINE void window_sums(MatchScratch<AnyMaps>& s) {
  using Size = MatchSize<AnyMaps>;
  constexpr std::size_t kWindow = 2 * AnyMaps::kHalf + 1;
  std::ranges::fill(s.tall, 0);
  for (std::size_t y = 0; y < kWindow - 1; ++y) {
    for (std::size_t x = 0; x < Size::kColumns; ++x) s.tall[x] += s.squares[y * AnyMaps::kStride + x];
  }
  for (std::size_t y = 0; y < Size::kSums; ++y) {
    const std::int32_t* enters = s.squares + (y + kWindow - 1) * AnyMaps::kStride;
    const std::int32_t* leaves = s.squares + y * AnyMaps::kStride;
    for (std::size_t x = 0; x < Size::kColumns; ++x) s.tall[x] += enters[x];
    for (std::size_t x = 0; x < Size::kSums; ++x) {
      std::int32_t sum = 0;
      for (std::size_t k = 0; k < kWindow; ++k) sum += s.tall[x + k];
      s.windows[y * AnyMaps::kStride + x] = sum;
    }
    for (std::size_t x = 0; x < Size::kColumns; ++x) s.tall[x] -= leaves[x];
  }
}

template <typename AnyMaps>
HYOJUN_INLINE void keep_best(int dy, int dx, MatchScratch<AnyMaps>& s) {
  constexpr int kReach = AnyMaps::kReach;
  const std::int32_t cost = AnyMaps::kMoveCost * (dy * dy + dx * dx);
  for (std::size_t y = 0; y < AnyMaps::kSide; y += 2) {
    const std::int32_t* of_a = s.windows + (y + kReach) * AnyMaps::kStride + kReach;
    const std::int32_t* of_b = of_a - dy * static_cast<int>(AnyMaps::kStride) - dx;
    std::int32_t* a = s.best_of_a + y / 2 * AnyMaps::kSide;
    std::int32_t* b = s.best_of_b + y / 2 * AnyMaps::kSide;
    for (std::size_t x = 0; x < AnyMaps::kSide; ++x) {
      const std::int32_t u = of_a[x] + cost;
      const std::int32_t v = of_b[x] + cost;
      a[x] = a[x] < u ? a[x] : u;
      b[x] = b[x] < v ? b[x] : v;
    }
  }
}

template <typename AnyMaps>
HYOJUN_INLINE Leftover match_inline(const AnyMaps& a, const AnyMaps& b, MatchScratch<AnyMaps>& s) {
  constexpr int kReach = AnyMaps::kReach;
  std::ranges::fill(s.best_of_a, std::numeric_limits<std::int32_t>::max());
  std::ranges::fill(s.best_of_b, std::numeric_limits<std::int32_t>::max());
  for (int dy = -kReach; dy <= kReach; ++dy) {
    for (int dx = -kReach; dx <= kReach; ++dx) {
      difference(a, b, dy, dx, s);
      window_sums(s);
      keep_best(dy, dx, s);
    }
  }
  Leftover left;
  for (const auto& best : {std::span(s.best_of_a), std::span(s.best_of_b)}) {
    for (const std::int32_t window : best) {
      left.sum += window;
      left.squares += static_cast<std::int64_t>(window) * window;
      left.largest = std::max(left.largest, window);
    }
  }
  return left;
}

// dots[i * stride] = vectors[i] · row, for `count` vectors.
HYOJUN_INLINE void dots_inline(const std::int16_t* vectors, std::size_t count, const std::int8_t* row,
                               std::int32_t* dots, std::size_t stride) {
  alignas(64) std::array<std::int16_t, kCoarse> wide;
  for (std::size_t k = 0; k < kCoarse; ++k) wide[k] = row[k];
  for (std::size_t i = 0; i < count; ++i) {
    const std::int16_t* vector = vectors + i * kCoarse;
    std::int32_t sum = 0;
    for (std::size_t k = 0; k < kCoarse; ++k) sum += vector[k] * wide[k];
    dots[i * stride] = sum;
  }
}

}  // namespace hyojun::charmap::shape

#endif  // HYOJUN_CHARMAP_SRC_GLYPH_MATCH_H_
