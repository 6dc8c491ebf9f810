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
  // Integers, so that every processor and every order gives the same: 10 bits of a raw number and 15 of a weight. The
  // raw numbers have length at most 1.5 together, so that sums of 512 stay below 2^31.
  std::array<std::int16_t, kRaw> fixed{};
  for (std::size_t i = 0; i < kRaw; ++i) {
    const float value = (raw[i] - p.means[i]) * 1024;
    fixed[i] = static_cast<std::int16_t>(value + (value < 0 ? -0.5F : 0.5F));
  }
  std::array<double, kCoarse> values{};
  double largest = 0;
  for (std::size_t k = 0; k < kCoarse; ++k) {
    const std::int16_t* weights = p.weights.data() + k * kRaw;
    std::int32_t sum = 0;
    for (std::size_t i = 0; i < kRaw; ++i) sum += fixed[i] * weights[i];
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
