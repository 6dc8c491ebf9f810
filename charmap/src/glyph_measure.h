// shape::measure, written once and compiled for each kernel (glyph_kernel.cc): every loop runs over neighbouring
// elements, so that the compiler makes vectors of any width without changing a result.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_MEASURE_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_MEASURE_H_

#include <algorithm>
#include <cmath>
#include <cstring>
#include <utility>

#include "glyph_shape.h"

#define HYOJUN_INLINE inline __attribute__((always_inline))

namespace hyojun::charmap::shape {

inline constexpr std::size_t kPad = 8;                    // around the 64 × 64 pixels
inline constexpr std::size_t kPadded = kSide + 2 * kPad;  // 80
// exp(-d²/4.5) at d = ±4.5 … ±0.5 pixels, adding up to 1: from 64 to 32 places.
inline constexpr std::array<float, 5> kDown = {0.0031F, 0.0183F, 0.0695F, 0.1691F, 0.2400F};
// exp(-d²/2.88) at d = 0 … 4 pixels, adding up to 1 both ways: of the details, where they are.
inline constexpr std::array<float, 5> kSoften = {0.3325F, 0.2349F, 0.0829F, 0.0146F, 0.0013F};
inline constexpr std::size_t kPoolTaps = 20;
// exp(-d²/8.57) at d = ±0.5 … ±9.5 places: from 32 to 8.
inline constexpr std::array<float, kPoolTaps> kPool = {0.0000F, 0.0002F, 0.0014F, 0.0072F, 0.0293F, 0.0941F, 0.2395F,
                                                       0.4823F, 0.7691F, 0.9713F, 0.9713F, 0.7691F, 0.4823F, 0.2395F,
                                                       0.0941F, 0.0293F, 0.0072F, 0.0014F, 0.0002F, 0.0000F};

struct Scratch {
  alignas(64) std::int16_t image[kPadded * kPadded];
  alignas(64) std::int16_t rows[kPadded * kPadded];
  alignas(64) std::int16_t smooth[kPadded * kPadded];
  alignas(64) std::int16_t gx[kPadded * kPadded];
  alignas(64) std::int16_t gy[kPadded * kPadded];
  alignas(64) float plane[kPadded * kPadded] = {};
  alignas(64) float tall[kPadded];
  alignas(64) float even[kPadded / 2], odd[kPadded / 2];
  alignas(64) float maps[kDirections][kMapSide * kMapSide];
  alignas(64) float details[kDirections][kSide * kSide];
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

// Sobel's gradient.
HYOJUN_INLINE void gradient(Scratch& s) {
  constexpr std::ptrdiff_t w = kPadded;
  for (std::size_t i = 2 * kPadded; i < kPadded * (kPadded - 2); ++i) {
    const std::int16_t* p = s.smooth + i;
    s.gx[i] = static_cast<std::int16_t>(p[1 - w] + 2 * p[1] + p[1 + w] - p[-1 - w] - 2 * p[-1] - p[-1 + w]);
    s.gy[i] = static_cast<std::int16_t>(p[w - 1] + 2 * p[w] + p[w + 1] - p[-w - 1] - 2 * p[-w] - p[-w + 1]);
  }
}

// The share of one direction (45° each, 0 to the right, 2 down): the gradient is divided between the two nearest.
template <std::size_t kDirection>
HYOJUN_INLINE void share(Scratch& s) {
  for (std::size_t i = 2 * kPadded; i < kPadded * (kPadded - 2); ++i) {
    const std::int16_t x = s.gx[i];
    const std::int16_t y = s.gy[i];
    const auto ax = static_cast<std::int16_t>(x < 0 ? -x : x);
    const auto ay = static_cast<std::int16_t>(y < 0 ? -y : y);
    std::int16_t value = 0;
    if constexpr (kDirection % 2 == 1) {
      const bool right = kDirection == 1 || kDirection == 7;
      const bool down = kDirection == 1 || kDirection == 3;
      const std::int16_t low = ax < ay ? ax : ay;
      value = (right ? x > 0 : x < 0) & (down ? y > 0 : y < 0) ? low : std::int16_t{0};
    } else if constexpr (kDirection % 4 == 0) {
      const auto over = static_cast<std::int16_t>(ax - ay);
      value = (over > 0) & (kDirection == 0 ? x > 0 : x < 0) ? over : std::int16_t{0};
    } else {
      const auto over = static_cast<std::int16_t>(ay - ax);
      value = (over > 0) & (kDirection == 2 ? y > 0 : y < 0) ? over : std::int16_t{0};
    }
    s.plane[i] = static_cast<float>(value) * (kDirection % 2 == 1 ? 1.41421354F : 1.0F);
  }
}

// The plane, from 64 × 64 to 32 × 32.
HYOJUN_INLINE void halve(Scratch& s, float* map) {
  constexpr std::size_t w = kPadded;
  for (std::size_t h = 0; h < kMapSide; ++h) {
    const float* p = s.plane + (kPad + 2 * h - 4) * kPadded;
    for (std::size_t x = 0; x < kPadded; ++x) {
      s.tall[x] = kDown[0] * (p[x] + p[x + 9 * w]) + kDown[1] * (p[x + w] + p[x + 8 * w]) +
                  kDown[2] * (p[x + 2 * w] + p[x + 7 * w]) + kDown[3] * (p[x + 3 * w] + p[x + 6 * w]) +
                  kDown[4] * (p[x + 4 * w] + p[x + 5 * w]);
    }
    for (std::size_t x = 0; x < kPadded / 2; ++x) {
      s.even[x] = s.tall[2 * x];
      s.odd[x] = s.tall[2 * x + 1];
    }
    const float* even = s.even + (kPad - 4) / 2;
    const float* odd = s.odd + (kPad - 4) / 2;
    float* target = map + h * kMapSide;
    for (std::size_t g = 0; g < kMapSide; ++g) {
      target[g] = kDown[0] * (even[g] + odd[g + 4]) + kDown[1] * (odd[g] + even[g + 4]) +
                  kDown[2] * (even[g + 1] + odd[g + 3]) + kDown[3] * (odd[g + 1] + even[g + 3]) +
                  kDown[4] * (even[g + 2] + odd[g + 2]);
    }
  }
}

template <std::size_t... kDirection>
HYOJUN_INLINE void halve_all(Scratch& s, std::index_sequence<kDirection...>) {
  ((share<kDirection>(s), halve(s, s.maps[kDirection])), ...);
}

// The plane, as it is but smoother.
HYOJUN_INLINE void soften(Scratch& s, float* map) {
  constexpr std::ptrdiff_t w = kPadded;
  for (std::size_t y = 0; y < kSide; ++y) {
    const float* p = s.plane + (kPad + y) * kPadded;
    for (std::size_t x = 0; x < kPadded; ++x) {
      const float* q = p + x;
      s.tall[x] = kSoften[0] * q[0] + kSoften[1] * (q[-w] + q[w]) + kSoften[2] * (q[-2 * w] + q[2 * w]) +
                  kSoften[3] * (q[-3 * w] + q[3 * w]) + kSoften[4] * (q[-4 * w] + q[4 * w]);
    }
    for (std::size_t x = 0; x < kSide; ++x) {
      const float* q = s.tall + kPad + x;
      map[y * kSide + x] = kSoften[0] * q[0] + kSoften[1] * (q[-1] + q[1]) + kSoften[2] * (q[-2] + q[2]) +
                           kSoften[3] * (q[-3] + q[3]) + kSoften[4] * (q[-4] + q[4]);
    }
  }
}

template <std::size_t... kDirection>
HYOJUN_INLINE void soften_all(Scratch& s, std::index_sequence<kDirection...>) {
  ((share<kDirection>(s), soften(s, s.details[kDirection])), ...);
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
template <typename AnyMaps>
HYOJUN_INLINE void quantise(const float (&planes)[kDirections][AnyMaps::kSide * AnyMaps::kSide], AnyMaps& maps) {
  constexpr std::size_t kPlaces = AnyMaps::kSide;
  std::array<float, kPlaces> columns{};  // sums of the squares of the roots; one a column, so that they are vectors
  for (const auto& map : planes) {
    for (std::size_t y = 0; y < kPlaces; ++y) {
      for (std::size_t x = 0; x < kPlaces; ++x) columns[x] += map[y * kPlaces + x];
    }
  }
  double length = 0;
  for (const float sum : columns) length += static_cast<double>(sum);
  const auto scale = length > 0 ? static_cast<float>(32 * kPlaces / std::sqrt(length)) : 0.0F;
  maps.values.fill(0);
  for (std::size_t d = 0; d < kDirections; ++d) {
    for (std::size_t y = 0; y < kPlaces; ++y) {
      const float* from = planes[d] + y * kPlaces;
      std::int16_t* to =
          maps.values.data() + (d * AnyMaps::kWidth + y + AnyMaps::kBorder) * AnyMaps::kStride + AnyMaps::kBorder;
      for (std::size_t x = 0; x < kPlaces; ++x) {
        const auto value = static_cast<int>(std::sqrt(from[x]) * scale + 0.5F);
        to[x] = static_cast<std::int16_t>(value < 63 ? value : 63);
      }
    }
  }
}

HYOJUN_INLINE void measure_inline(const Normal& normal, Maps& maps, Raw* raw, Scratch& s) {
  smooth(normal, s);
  gradient(s);
  halve_all(s, std::make_index_sequence<kDirections>());
  if (raw != nullptr) pool(s, *raw);
  quantise(s.maps, maps);
}

HYOJUN_INLINE void detail_inline(const Normal& normal, Details& details, Scratch& s) {
  smooth(normal, s);
  gradient(s);
  soften_all(s, std::make_index_sequence<kDirections>());
  quantise(s.details, details);
}

}  // namespace hyojun::charmap::shape

#endif  // HYOJUN_CHARMAP_SRC_GLYPH_MEASURE_H_
