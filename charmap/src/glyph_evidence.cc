#include "glyph_evidence.h"

#include <algorithm>

namespace hyojun::charmap::glyph {

namespace {

// bench/glyph_calibration.py made these: weights of the terms, and a rising line through points (sum, share right).
struct Point {
  double sum;
  double share;
};
#include "glyph_calibration.inc"

template <typename Weights, typename Points>
double calibrated(const Weights& weights, const Points& points, const Evidence& evidence) {
  const auto all = terms(evidence);
  double sum = 0;
  for (std::size_t i = 0; i < kTerms; ++i) sum += weights[i] * all[i];
  if (sum <= points.front().sum) return points.front().share;
  const auto after = std::ranges::find_if(points, [&](const Point& p) { return p.sum > sum; });
  if (after == points.end()) return points.back().share;
  const Point before = *(after - 1);
  return before.share + (after->share - before.share) * (sum - before.sum) / (after->sum - before.sum);
}

}  // namespace

std::array<double, kTerms> terms(const Evidence& e) {
  const double gap = std::min(e.gap, kNoRival);
  return {1,
          e.cosine,
          e.leftover / 10,
          e.largest / 100,
          gap,
          gap * gap,
          e.cosine * e.cosine,
          e.leftover * e.leftover / 100,
          e.largest * e.leftover / 1000,
          gap * e.leftover / 10};
}

double confidence(const Evidence& evidence) { return calibrated(kRightWeights, kRightPoints, evidence); }
double presence(const Evidence& evidence) { return calibrated(kPresentWeights, kPresentPoints, evidence); }

}  // namespace hyojun::charmap::glyph
