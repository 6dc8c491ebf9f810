// shape::measure, written once and compiled for each kernel (glyph_kernel.cc): every loop runs over neighbouring
// elements, so that the compiler makes vectors of any width without changing a result.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_MEASURE_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_MEASURE_H_

#include <algorithm>
#include <cmath>
#include <cstring>

#include "glyph_shape.h"

#define HYOJUN_INLINE inline __attribute__((always_inline))

namespace hyojun::charmap::shape {

inline constexpr std::size_t kPad = 8;                    // around the 64 × 64 pixels
inline constexpr std::size_t kPadded = kSide + 2 * kPad;  // 80
inline constexpr std::size_t kTaps = 10;
// exp(-d²/4.5) at d = ±0.5 … ±4.5 pixels, adding up to 1: from 64 to 32 places.
inline constexpr std::array<float, kTaps> kDown = {0.0031F, 0.0183F, 0.0695F, 0.1691F, 0.2400F,
                                                   0.2400F, 0.1691F, 0.0695F, 0.0183F, 0.0031F};
inline constexpr std::size_t kPoolTaps = 20;
// exp(-d²/8.57) at d = ±0.5 … ±9.5 places: from 32 to 8.
inline constexpr std::array<float, kPoolTaps> kPool = {0.0000F, 0.0002F, 0.0014F, 0.0072F, 0.0293F, 0.0941F, 0.2395F,
                                                       0.4823F, 0.7691F, 0.9713F, 0.9713F, 0.7691F, 0.4823F, 0.2395F,
                                                       0.0941F, 0.0293F, 0.0072F, 0.0014F, 0.0002F, 0.0000F};

struct Scratch {
  alignas(64) std::int16_t image[kPadded * kPadded];
  alignas(64) std::int16_t rows[kPadded * kPadded];
  alignas(64) std::int16_t smooth[kPadded * kPadded];
  alignas(64) float planes[kDirections][kPadded * kPadded];
  alignas(64) float tall[kMapSide * kPadded];
  alignas(64) float even[kPadded / 2], odd[kPadded / 2];
  alignas(64) float maps[kDirections][kMapSide * kMapSide];
};

// Smooths with 1 4 6 4 1 both ways: 0 … 15 becomes 0 … 3840.
HYOJUN_INLINE void smooth(const Normal& normal, Scratch& s) {
  std::memset(s.image, 0, sizeof s.image);
  for (std::size_t y = 0; y < kSide; ++y) {
    std::int16_t* row = s.image + (y + kPad) * kPadded + kPad;
    for (std::size_t x = 0; x < kSide / 2; ++x) {
      const unsigned pair = normal[y * kSide / 2 + x];
      row[2 * x] = static_cast<std::int16_t>(pair & 15U);
      row[2 * x + 1] = static_cast<std::int16_t>(pair >> 4U);
    }
  }
  std::memset(s.rows, 0, sizeof s.rows);
  std::memset(s.smooth, 0, sizeof s.smooth);
  for (std::size_t i = 2; i < kPadded * kPadded - 2; ++i) {
    const std::int16_t* p = s.image + i;
    s.rows[i] = static_cast<std::int16_t>(p[-2] + p[2] + 4 * (p[-1] + p[1]) + 6 * p[0]);
  }
  constexpr std::ptrdiff_t w = kPadded;
  for (std::size_t i = 2 * kPadded; i < kPadded * (kPadded - 2); ++i) {
    const std::int16_t* p = s.rows + i;
    s.smooth[i] = static_cast<std::int16_t>(p[-2 * w] + p[2 * w] + 4 * (p[-w] + p[w]) + 6 * p[0]);
  }
}

// Sobel's gradient, divided between the two nearest of 8 directions.
HYOJUN_INLINE void gradient(Scratch& s) {
  constexpr std::ptrdiff_t w = kPadded;
  for (auto& plane : s.planes) std::memset(plane, 0, sizeof plane);
  for (std::size_t i = 2 * kPadded; i < kPadded * (kPadded - 2); ++i) {
    const std::int16_t* p = s.smooth + i;
    const int gx = p[1 - w] + 2 * p[1] + p[1 + w] - p[-1 - w] - 2 * p[-1] - p[-1 + w];
    const int gy = p[w - 1] + 2 * p[w] + p[w + 1] - p[-w - 1] - 2 * p[-w] - p[-w + 1];
    const int ax = gx < 0 ? -gx : gx;
    const int ay = gy < 0 ? -gy : gy;
    const int low = ax < ay ? ax : ay;
    const auto straight = static_cast<float>(ax < ay ? ay - ax : ax - ay);
    const float slanted = static_cast<float>(low) * 1.41421354F;
    const bool flat = ax >= ay;
    s.planes[0][i] = flat && gx > 0 ? straight : 0;
    s.planes[4][i] = flat && gx < 0 ? straight : 0;
    s.planes[2][i] = !flat && gy > 0 ? straight : 0;
    s.planes[6][i] = !flat && gy < 0 ? straight : 0;
    s.planes[1][i] = gx > 0 && gy > 0 ? slanted : 0;
    s.planes[3][i] = gx < 0 && gy > 0 ? slanted : 0;
    s.planes[5][i] = gx < 0 && gy < 0 ? slanted : 0;
    s.planes[7][i] = gx > 0 && gy < 0 ? slanted : 0;
  }
}

// One plane, from 64 × 64 to 32 × 32.
HYOJUN_INLINE void halve(const float* plane, Scratch& s, float* map) {
  for (std::size_t h = 0; h < kMapSide; ++h) {
    float* out = s.tall + h * kPadded;
    for (std::size_t x = 0; x < kPadded; ++x) out[x] = 0;
    for (std::size_t k = 0; k < kTaps; ++k) {
      const float* row = plane + (kPad + 2 * h + k - 4) * kPadded;
      for (std::size_t x = 0; x < kPadded; ++x) out[x] += kDown[k] * row[x];
    }
    for (std::size_t x = 0; x < kPadded / 2; ++x) {
      s.even[x] = out[2 * x];
      s.odd[x] = out[2 * x + 1];
    }
    float* target = map + h * kMapSide;
    for (std::size_t g = 0; g < kMapSide; ++g) target[g] = 0;
    for (std::size_t k = 0; k < kTaps; k += 2) {
      const float* even = s.even + (kPad - 4 + k) / 2;
      const float* odd = s.odd + (kPad - 4 + k) / 2;
      for (std::size_t g = 0; g < kMapSide; ++g) target[g] += kDown[k] * even[g] + kDown[k + 1] * odd[g];
    }
  }
}

// 8 × 8 cells of every map, square roots, unit length.
HYOJUN_INLINE void pool(const Scratch& s, Raw& raw) {
  double length = 0;
  for (std::size_t d = 0; d < kDirections; ++d) {
    for (std::size_t cy = 0; cy < kGrid; ++cy) {
      std::array<float, kMapSide> row{};
      for (std::size_t k = 0; k < kPoolTaps; ++k) {
        const auto y = static_cast<std::ptrdiff_t>(cy * 4 + k) - 8;
        if (y < 0 || y >= static_cast<std::ptrdiff_t>(kMapSide)) continue;
        for (std::size_t x = 0; x < kMapSide; ++x)
          row[x] += kPool[k] * s.maps[d][static_cast<std::size_t>(y) * kMapSide + x];
      }
      for (std::size_t cx = 0; cx < kGrid; ++cx) {
        float sum = 0;
        for (std::size_t k = 0; k < kPoolTaps; ++k) {
          const auto x = static_cast<std::ptrdiff_t>(cx * 4 + k) - 8;
          if (x >= 0 && x < static_cast<std::ptrdiff_t>(kMapSide)) sum += kPool[k] * row[static_cast<std::size_t>(x)];
        }
        const float root = std::sqrt(sum);
        raw[(cy * kGrid + cx) * kDirections + d] = root;
        length += static_cast<double>(root) * static_cast<double>(root);
      }
    }
  }
  const auto scale = length > 0 ? static_cast<float>(1 / std::sqrt(length)) : 0.0F;
  for (float& value : raw) value *= scale;
}

// Square roots, one common length, 6 bits.
HYOJUN_INLINE void quantise(Scratch& s, Maps& maps) {
  std::array<float, kMapSide> columns{};  // sums of the squares of the roots; one a column, so that they are vectors
  for (const auto& map : s.maps) {
    for (std::size_t y = 0; y < kMapSide; ++y) {
      for (std::size_t x = 0; x < kMapSide; ++x) columns[x] += map[y * kMapSide + x];
    }
  }
  double length = 0;
  for (const float sum : columns) length += static_cast<double>(sum);
  const auto scale = length > 0 ? static_cast<float>(32 * 32 / std::sqrt(length)) : 0.0F;
  maps.values.fill(0);
  for (std::size_t d = 0; d < kDirections; ++d) {
    for (std::size_t y = 0; y < kMapSide; ++y) {
      const float* from = s.maps[d] + y * kMapSide;
      std::int16_t* to = maps.values.data() + (d * kMapWidth + y + kMapBorder) * kMapStride + kMapBorder;
      for (std::size_t x = 0; x < kMapSide; ++x) {
        const auto value = static_cast<int>(std::sqrt(from[x]) * scale + 0.5F);
        to[x] = static_cast<std::int16_t>(value < 63 ? value : 63);
      }
    }
  }
}

HYOJUN_INLINE void measure_inline(const Normal& normal, Maps& maps, Raw* raw, Scratch& s) {
  smooth(normal, s);
  gradient(s);
  for (std::size_t d = 0; d < kDirections; ++d) halve(s.planes[d], s, s.maps[d]);
  if (raw != nullptr) pool(s, *raw);
  quantise(s, maps);
}

}  // namespace hyojun::charmap::shape

#endif  // HYOJUN_CHARMAP_SRC_GLYPH_MEASURE_H_
