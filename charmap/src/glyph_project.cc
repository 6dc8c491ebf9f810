// shape::project: from 512 raw numbers to the 256 in which characters differ most.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstring>

#include "glyph_shape.h"

// bench/glyph_projection.py made it: 512 means (float), 256 × 512 weights (int16), 256 scales (float).
extern "C" const unsigned char hyojun_glyph_projection[];  // NOLINT

namespace hyojun::charmap::shape {

static_assert(std::endian::native == std::endian::little, "the projection is little-endian");

namespace {

struct Projection {
  std::array<float, kRaw> means;
  std::array<std::int16_t, kCoarse * kRaw> weights;
  std::array<float, kCoarse> scales;
};

const Projection& projection() { return *reinterpret_cast<const Projection*>(hyojun_glyph_projection); }

}  // namespace

Coarse project(const Raw& raw) {
  const Projection& p = projection();
  // 13 bits of a raw number (at most 1) and 16 of a weight: sums of 512 stay below 2^38. Integers, so that every
  // processor and every order gives the same.
  std::array<std::int32_t, kRaw> fixed{};
  for (std::size_t i = 0; i < kRaw; ++i) {
    const float value = (raw[i] - p.means[i]) * 16384;
    fixed[i] = static_cast<std::int32_t>(value + (value < 0 ? -0.5F : 0.5F));
  }
  std::array<double, kCoarse> values{};
  double largest = 0;
  for (std::size_t k = 0; k < kCoarse; ++k) {
    std::int64_t sum = 0;
    for (std::size_t part = 0; part < kRaw; part += 4) {
      const std::int16_t* w = p.weights.data() + k * kRaw + part;
      const std::int32_t* f = fixed.data() + part;
      sum +=
          std::int64_t{f[0]} * w[0] + std::int64_t{f[1]} * w[1] + std::int64_t{f[2]} * w[2] + std::int64_t{f[3]} * w[3];
    }
    values[k] = static_cast<double>(sum) * static_cast<double>(p.scales[k]);
    largest = std::max(largest, std::abs(values[k]));
  }
  Coarse coarse{};
  std::int32_t square = 0;
  for (std::size_t k = 0; k < kCoarse; ++k) {
    const double scaled = largest > 0 ? values[k] / largest * 127 : 0;
    coarse.values[k] = static_cast<std::int8_t>(scaled + (scaled < 0 ? -0.5 : 0.5));
    square += coarse.values[k] * coarse.values[k];
  }
  coarse.inverse_norm = square > 0 ? static_cast<float>(1 / std::sqrt(static_cast<double>(square))) : 0.0F;
  return coarse;
}

}  // namespace hyojun::charmap::shape
