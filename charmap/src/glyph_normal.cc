// shape::normalise: cut out, scale, centre.
#include <algorithm>
#include <cmath>
#include <vector>

#include "glyph_shape.h"

namespace hyojun::charmap::shape {

namespace {

constexpr double kInner = 56;      // pixels of the longer side
constexpr std::uint8_t kInk = 64;  // fainter pixels are the edge of ink, not ink

struct Box {
  std::uint32_t left, right, top, bottom;  // right and bottom are one past the ink
};

std::optional<Box> ink_box(const GlyphBitmap& drawing) {
  Box box{drawing.width, 0, drawing.height, 0};
  for (std::uint32_t y = 0; y < drawing.height; ++y) {
    const auto row = drawing.grey.begin() + static_cast<std::ptrdiff_t>(std::size_t{y} * drawing.width);
    for (std::uint32_t x = 0; x < drawing.width; ++x) {
      if (row[x] < kInk) continue;
      box = {std::min(box.left, x), std::max(box.right, x + 1), std::min(box.top, y), std::max(box.bottom, y + 1)};
    }
  }
  if (box.right == 0) return std::nullopt;
  return box;
}

// Which source pixels make up one target pixel along one axis: a triangle as wide as a target pixel, at least as wide
// as a source pixel.
struct Taps {
  std::uint32_t first = 0;
  std::vector<float> weights;
};

std::vector<Taps> taps(double centre, double step, std::uint32_t length) {
  std::vector<Taps> all(kSide);
  const double radius = std::max(1.0, step);
  for (std::size_t i = 0; i < kSide; ++i) {
    const double at = centre + (static_cast<double>(i) + 0.5 - kSide / 2.0) * step;
    double sum = 0;
    std::vector<double> inside;
    for (auto k = static_cast<long>(std::floor(at - radius - 1)); k <= static_cast<long>(std::ceil(at + radius)); ++k) {
      const double weight = 1 - std::abs(static_cast<double>(k) + 0.5 - at) / radius;
      if (weight <= 0) continue;
      sum += weight;
      if (k < 0 || k >= static_cast<long>(length)) continue;
      if (inside.empty()) all[i].first = static_cast<std::uint32_t>(k);
      inside.push_back(weight);
    }
    for (const double weight : inside) all[i].weights.push_back(static_cast<float>(weight / sum));
  }
  return all;
}

}  // namespace

std::optional<Normal> normalise(const GlyphBitmap& drawing) {
  const auto box = ink_box(drawing);
  if (!box) return std::nullopt;
  const double width = box->right - box->left;
  const double height = box->bottom - box->top;
  // 一 stays flat but does not become a hair: the ratio of the sides r becomes sqrt(r (3 - r²) / 2).
  const double ratio = std::min(width, height) / std::max(width, height);
  const double shorter = kInner * std::sqrt(ratio * (3 - ratio * ratio) / 2);
  const auto columns =
      taps((box->left + box->right) / 2.0, width / (width >= height ? kInner : shorter), drawing.width);
  const auto rows = taps((box->top + box->bottom) / 2.0, height / (height >= width ? kInner : shorter), drawing.height);

  std::vector<float> narrow(std::size_t{drawing.height} * kSide);
  for (std::uint32_t y = 0; y < drawing.height; ++y) {
    const std::uint8_t* row = drawing.grey.data() + std::size_t{y} * drawing.width;
    for (std::size_t i = 0; i < kSide; ++i) {
      float sum = 0;
      for (std::size_t k = 0; k < columns[i].weights.size(); ++k)
        sum += columns[i].weights[k] * static_cast<float>(row[columns[i].first + k]);
      narrow[std::size_t{y} * kSide + i] = sum;
    }
  }
  Normal normal{};
  for (std::size_t j = 0; j < kSide; ++j) {
    for (std::size_t i = 0; i < kSide; ++i) {
      float sum = 0;
      for (std::size_t k = 0; k < rows[j].weights.size(); ++k)
        sum += rows[j].weights[k] * narrow[(rows[j].first + k) * kSide + i];
      const auto grey = static_cast<unsigned>(std::min(15.0F, sum / 17 + 0.5F));
      normal[(j * kSide + i) / 2] |= static_cast<std::uint8_t>(grey << (i % 2 * 4));
    }
  }
  return normal;
}

}  // namespace hyojun::charmap::shape
