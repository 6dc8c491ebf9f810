// The fine comparison of two shapes, written once and compiled for each kernel (glyph_kernel.cc).
//
// Around every place of one shape a window of 5 × 5 places is laid upon the other, moved by up to 2 places each way to
// where it fits best; moving costs a little. What is left adds up, in both directions. A stroke that another designer
// drew elsewhere costs little so; a stroke that is not there costs all of it.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_MATCH_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_MATCH_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <limits>

#include "glyph_measure.h"
#include "glyph_shape.h"

namespace hyojun::charmap::shape {

inline constexpr int kReach = 2;          // places a window moves
inline constexpr int kMoveCost = 102;     // per squared place
inline constexpr std::size_t kSums = 36;  // places −2 … 33 that a window of either shape may be centred on

// What is left over after the windows were moved.
struct Leftover {
  std::int64_t sum = 0;      // over all windows, both ways
  std::int32_t largest = 0;  // of any window: one stroke too many shows here
};

struct MatchScratch {
  alignas(64) std::int32_t squares[kMapWidth * kMapStride];
  alignas(64) std::int32_t tall[kSums * kMapStride];
  alignas(64) std::int32_t windows[kSums * kMapStride];
  alignas(64) std::int32_t best_of_a[kMapSide / 2 * kMapSide];
  alignas(64) std::int32_t best_of_b[kMapSide / 2 * kMapSide];
};

// squares[y][x] = |a at (y, x) − b at (y + dy, x + dx)|² for y, x from −4 (stored from 0).
HYOJUN_INLINE void difference(const Maps& a, const Maps& b, int dy, int dx, MatchScratch& s) {
  constexpr std::size_t kRows = 40;
  for (std::size_t y = 0; y < kRows; ++y) {
    std::array<std::int16_t, kRows> sum{};
    for (std::size_t d = 0; d < kDirections; ++d) {
      const std::int16_t* p = a.values.data() + (d * kMapWidth + y + kMapBorder - 4) * kMapStride + kMapBorder - 4;
      const std::int16_t* q =
          b.values.data() +
          (d * kMapWidth + y + static_cast<std::size_t>(static_cast<int>(kMapBorder) - 4 + dy)) * kMapStride +
          static_cast<std::size_t>(static_cast<int>(kMapBorder) - 4 + dx);
      for (std::size_t x = 0; x < kRows; ++x) {
        const auto e = static_cast<std::int16_t>(p[x] - q[x]);
        sum[x] = static_cast<std::int16_t>(sum[x] + e * e);  // 8 × 63² < 2^15
      }
    }
    for (std::size_t x = 0; x < kRows; ++x) s.squares[y * kMapStride + x] = sum[x];
  }
}

// windows[y][x] = the sum of the 5 × 5 squares around place (y − 2, x − 2).
HYOJUN_INLINE void window_sums(MatchScratch& s) {
  for (std::size_t y = 0; y < kSums; ++y) {
    for (std::size_t x = 0; x < 40; ++x) {
      const std::int32_t* p = s.squares + y * kMapStride + x;
      s.tall[y * kMapStride + x] = p[0] + p[kMapStride] + p[2 * kMapStride] + p[3 * kMapStride] + p[4 * kMapStride];
    }
    for (std::size_t x = 0; x < kSums; ++x) {
      const std::int32_t* p = s.tall + y * kMapStride + x;
      s.windows[y * kMapStride + x] = p[0] + p[1] + p[2] + p[3] + p[4];
    }
  }
}

HYOJUN_INLINE void keep_best(int dy, int dx, MatchScratch& s) {
  const std::int32_t cost = kMoveCost * (dy * dy + dx * dx);
  for (std::size_t y = 0; y < kMapSide; y += 2) {
    const std::int32_t* of_a = s.windows + (y + 2) * kMapStride + 2;
    const std::int32_t* of_b = s.windows + static_cast<std::size_t>(static_cast<int>(y) + 2 - dy) * kMapStride +
                               static_cast<std::size_t>(2 - dx);
    std::int32_t* a = s.best_of_a + y / 2 * kMapSide;
    std::int32_t* b = s.best_of_b + y / 2 * kMapSide;
    for (std::size_t x = 0; x < kMapSide; ++x) {
      const std::int32_t u = of_a[x] + cost;
      const std::int32_t v = of_b[x] + cost;
      a[x] = a[x] < u ? a[x] : u;
      b[x] = b[x] < v ? b[x] : v;
    }
  }
}

HYOJUN_INLINE Leftover match_inline(const Maps& a, const Maps& b, MatchScratch& s) {
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
  for (const auto* best : {s.best_of_a, s.best_of_b}) {
    for (std::size_t i = 0; i < kMapSide / 2 * kMapSide; ++i) {
      left.sum += best[i];
      left.largest = std::max(left.largest, best[i]);
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
