#include "glyph_evidence.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>

namespace hyojun::charmap::glyph {

namespace {

// bench/glyph_calibration.py made these: weights of the terms, and rising lines through points (sum, share right).
struct Point {
  double sum;
  double share;
};
#include "glyph_calibration.inc"

// How well rank 1 fits.
std::array<double, kFitWeights.size()> fit_terms(const Evidence& e) {
  const double gap = std::min(e.gap, kNoRival);
  return {1,
          e.cosine,
          e.cosine * e.cosine,
          e.leftover / 10,
          e.largest / 100,
          e.detail / 10,
          e.detail * e.detail / 100,
          e.largest_detail / 100,
          e.detail * e.largest_detail / 1000,
          gap,
          gap * e.detail / 10,
          gap * e.cosine,
          std::log(e.largest_detail + 0.5),
          std::log(e.detail + 0.1),
          e.largest_detail / (e.detail + 0.3) / 30};
}

// How far its rival is behind.
std::array<double, kRivalWeights.size()> rival_terms(const Evidence& e) {
  const double gap = std::min(e.gap, kNoRival);
  return {1,
          e.cosine,
          e.detail / 10,
          e.largest_detail / 100,
          gap,
          std::min(gap, 0.4),
          std::min(gap, 0.15),
          gap * e.detail / 10,
          std::log(e.detail + 0.1)};
}

template <typename Numbers>
double sum_of(const Numbers& weights, const Numbers& terms) {
  double sum = 0;
  for (std::size_t i = 0; i < weights.size(); ++i) sum += weights[i] * terms[i];
  return sum;
}

double log_likelihood(double sum) { return -std::log1p(std::exp(-std::clamp(sum, -35.0, 35.0))); }

template <typename Points>
double share_at(const Points& points, double sum) {
  if (sum <= points.front().sum) return points.front().share;
  const auto after = std::ranges::find_if(points, [&](const Point& p) { return p.sum > sum; });
  if (after == points.end()) return points.back().share;
  const Point before = *(after - 1);
  return before.share + (after->share - before.share) * (sum - before.sum) / (after->sum - before.sum);
}

}  // namespace

double confidence(const Evidence& evidence) {
  if (evidence.leftover > kUnlike) return 0;
  return share_at(kRightPoints, log_likelihood(sum_of(kFitWeights, fit_terms(evidence))) +
                                    log_likelihood(sum_of(kRivalWeights, rival_terms(evidence))));
}

double presence(const Evidence& evidence) {
  if (evidence.leftover > kUnlike) return 0;
  return share_at(kPresentPoints, sum_of(kPresentWeights, fit_terms(evidence)));
}

}  // namespace hyojun::charmap::glyph
