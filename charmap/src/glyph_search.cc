// GlyphIndex::search: every row coarsely, the nearest finely.
#include "glyph_search.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <memory>
#include <thread>

namespace hyojun::charmap {

namespace glyph {

namespace {

constexpr std::size_t kBatch = 16;     // drawings that share one pass over the rows
constexpr std::size_t kBlock = 512;    // rows that stay in the cache meanwhile
constexpr std::size_t kCompared = 8;   // rows compared finely, at most
constexpr float kReachable = 0.25F;    // how far behind in cosine a row may be to be compared finely
constexpr std::size_t kDetailed = 3;   // rows compared in detail, at most: the first, and what is close to it
constexpr double kClose = 0.15;        // in rank
constexpr double kFineWeight = 0.4;    // of the fine comparison against the cosine
constexpr double kDetailWeight = 0.8;  // of the details
// Places that the fine comparison gives away. The others go by the cosine alone: it knows better which character a
// shape is that the index has only with another form of a component (示 for 礻), where the finest details mislead.
constexpr std::size_t kByFine = 3;
constexpr double kStep = 0.01;         // in rank, between the two
constexpr double kUnit = 32.0 * 32.0;  // of a map's square

// Of one window on average, in the unit of a map's square and for windows of 5 × 5 places.
template <typename AnyMaps>
double per_window(double sum) {
  constexpr double kWindows = 2.0 * AnyMaps::kSide * AnyMaps::kSide / 2;
  constexpr double kPlaces = (2.0 * AnyMaps::kHalf + 1) * (2.0 * AnyMaps::kHalf + 1);
  return sum / kWindows / (kUnit * kPlaces / 25);
}

struct Drawing {
  bool has_ink = false;
  std::span<const std::uint32_t> left_out{};
  shape::Normal normal{};
  std::array<std::int16_t, shape::kCoarse> vector{};
  float inverse_norm = 0;
  std::vector<Hit> best{};  // a heap: the worst in front
  float least = -2;         // cosine of the worst, once `best` is full
};

bool is_better(const Hit& a, const Hit& b) { return a.cosine != b.cosine ? a.cosine > b.cosine : a.row < b.row; }

struct Worker {
  const Rows& rows;
  const GlyphSearchOptions& options;
  const shape::GlyphKernel& kernel;
  std::size_t kept;
  std::unique_ptr<shape::Maps> of_drawing = std::make_unique<shape::Maps>();
  std::unique_ptr<shape::Maps> of_row = std::make_unique<shape::Maps>();
  std::unique_ptr<shape::Scratch> scratch = std::make_unique<shape::Scratch>();
  std::unique_ptr<shape::MatchScratch<shape::Maps>> match = std::make_unique<shape::MatchScratch<shape::Maps>>();
  std::unique_ptr<shape::Details> details_of_drawing = std::make_unique<shape::Details>();
  std::unique_ptr<shape::Details> details_of_row = std::make_unique<shape::Details>();
  std::unique_ptr<shape::MatchScratch<shape::Details>> match_details =
      std::make_unique<shape::MatchScratch<shape::Details>>();

  std::vector<std::int16_t> vectors = std::vector<std::int16_t>(kBatch * shape::kCoarse);
  std::vector<std::int32_t> dots = std::vector<std::int32_t>(kBatch * kBlock);

  Drawing prepare(const GlyphBitmap& bitmap) {
    Drawing drawing;
    const auto normal = shape::normalise(bitmap);
    if (!normal) return drawing;
    shape::Raw raw;
    kernel.measure(*normal, *of_drawing, &raw, *scratch);
    const shape::Coarse coarse = shape::project(raw);
    drawing.has_ink = true;
    drawing.normal = *normal;
    std::ranges::copy(coarse.values, drawing.vector.begin());
    drawing.inverse_norm = coarse.inverse_norm;
    drawing.best.reserve(kept + 1);
    return drawing;
  }

  void offer(Drawing& drawing, std::uint32_t row, float cosine) const {
    if (!options.excluded.empty() && options.excluded[row]) return;
    if (std::ranges::find(drawing.left_out, row) != drawing.left_out.end()) return;
    drawing.best.push_back({.row = row, .cosine = cosine});
    std::ranges::push_heap(drawing.best, is_better);
    if (drawing.best.size() <= kept) return;
    std::ranges::pop_heap(drawing.best, is_better);
    drawing.best.pop_back();
    drawing.least = drawing.best.front().cosine;
  }

  void scan(std::vector<Drawing>& batch) {
    std::vector<Drawing*> inked;
    for (Drawing& drawing : batch) {
      if (!drawing.has_ink) continue;
      std::ranges::copy(drawing.vector, vectors.begin() + inked.size() * shape::kCoarse);
      inked.push_back(&drawing);
    }
    for (std::size_t begin = 0; begin < rows.names.size(); begin += kBlock) {
      const std::size_t count = std::min(kBlock, rows.names.size() - begin);
      kernel.dots(vectors.data(), inked.size(), rows.coarse.data() + begin * shape::kCoarse, count, dots.data());
      for (std::size_t d = 0; d < inked.size(); ++d) {
        Drawing& drawing = *inked[d];
        for (std::size_t i = 0; i < count; ++i) {
          const float cosine =
              static_cast<float>(dots[d * count + i]) * rows.inverse_norms[begin + i] * drawing.inverse_norm;
          if (cosine > drawing.least) offer(drawing, static_cast<std::uint32_t>(begin + i), cosine);
        }
      }
    }
  }

  Search finish(Drawing& drawing) {
    Search search;
    search.hits = std::move(drawing.best);
    std::ranges::sort(search.hits, is_better);
    if (search.hits.empty()) return search;
    const std::size_t compared = compare(drawing, search.hits);
    const auto fine = std::span(search.hits).first(compared);
    std::ranges::stable_sort(fine, is_before);
    compare_details(drawing, fine);
    std::ranges::stable_sort(fine, is_before);
    back_to_cosine(std::span(search.hits).subspan(std::min(compared, kByFine)), fine[std::min(compared, kByFine) - 1]);
    const Hit& best = search.hits.front();
    search.evidence = {static_cast<double>(best.cosine),
                       best.leftover,
                       best.largest,
                       best.detail,
                       best.largest_detail,
                       search.hits.size() > 1 ? best.rank - search.hits[1].rank : kNoRival};
    return search;
  }

  static bool is_before(const Hit& a, const Hit& b) { return a.rank != b.rank ? a.rank > b.rank : a.row < b.row; }

  // Returns how many were compared: the first ones.
  std::size_t compare(const Drawing& drawing, std::vector<Hit>& hits) {
    kernel.measure(drawing.normal, *of_drawing, nullptr, *scratch);
    std::size_t i = 0;
    for (; i < std::min(kCompared, hits.size()) && hits[i].cosine >= hits[0].cosine - kReachable; ++i) {
      Hit& hit = hits[i];
      kernel.measure(rows.pictures[hit.row], *of_row, nullptr, *scratch);
      const shape::Leftover left = kernel.match(*of_row, *of_drawing, *match);
      hit.leftover = per_window<shape::Maps>(static_cast<double>(left.sum));
      hit.largest = left.largest / kUnit;
      const double square = per_window<shape::Maps>(static_cast<double>(left.squares)) / kUnit;
      hit.rank = static_cast<double>(hit.cosine) - kFineWeight * std::sqrt(square);
      hit.is_compared = true;
    }
    return i;
  }

  // The first, and what is close to it. What is not is taken to be as good in detail as the first.
  void compare_details(const Drawing& drawing, std::span<Hit> hits) {
    const double least = hits.front().rank - kClose;
    kernel.detail(drawing.normal, *details_of_drawing, *scratch);
    for (std::size_t i = 0; i < hits.size(); ++i) {
      Hit& hit = hits[i];
      hit.detail = hits.front().detail;
      if (i < kDetailed && hit.rank >= least) {
        kernel.detail(rows.pictures[hit.row], *details_of_row, *scratch);
        const shape::Leftover left = kernel.match_details(*details_of_row, *details_of_drawing, *match_details);
        hit.detail = per_window<shape::Details>(static_cast<double>(left.sum));
        hit.largest_detail = left.largest / kUnit;
      }
      hit.rank -= kDetailWeight * hit.detail;
    }
  }

  // Orders by cosine, behind `last`.
  static void back_to_cosine(std::span<Hit> hits, const Hit& last) {
    std::ranges::sort(hits, is_better);
    for (Hit& hit : hits) hit.rank = last.rank - kStep - static_cast<double>(hits.front().cosine - hit.cosine);
  }
};

}  // namespace

std::vector<Search> search(const Rows& rows, std::span<const GlyphBitmap> drawings, const GlyphSearchOptions& options,
                           const shape::GlyphKernel& kernel, unsigned threads, const LeftOut& left_out) {
  std::vector<Search> results(drawings.size());
  const std::size_t kept = std::max(kCompared, std::min(options.top, kMostCandidates));
  const std::size_t batches = (drawings.size() + kBatch - 1) / kBatch;
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    Worker worker{rows, options, kernel, kept};
    for (std::size_t b = next++; b < batches; b = next++) {
      std::vector<Drawing> batch;
      const std::size_t end = std::min(drawings.size(), (b + 1) * kBatch);
      for (std::size_t i = b * kBatch; i < end; ++i) {
        batch.push_back(worker.prepare(drawings[i]));
        if (!left_out.empty()) batch.back().left_out = left_out[i];
      }
      worker.scan(batch);
      for (std::size_t i = 0; i < batch.size(); ++i) results[b * kBatch + i] = worker.finish(batch[i]);
    }
  };
  const unsigned wanted = threads != 0 ? threads : std::max(1U, std::thread::hardware_concurrency());
  std::vector<std::jthread> workers;
  for (std::size_t t = 1; t < std::min<std::size_t>(wanted, batches); ++t) workers.emplace_back(work);
  work();
  return results;
}

GlyphSearchResult result_of(const Search& search, const Rows& rows, std::size_t top) {
  GlyphSearchResult result;
  if (search.hits.empty()) {
    result.is_absent_likely = true;
    return result;
  }
  result.confidence = confidence(search.evidence);
  result.is_absent_likely = presence(search.evidence) < kPresent;
  // What rank 1 leaves is shared among the others; each is half as likely for every 0.05 that it is behind rank 2.
  const auto weight = [&](const Hit& hit) { return std::exp2((hit.rank - search.hits[1].rank) / 0.05); };
  double total = 0;
  for (std::size_t i = 1; i < search.hits.size(); ++i) total += weight(search.hits[i]);
  const double rest = std::min(1 - result.confidence, result.confidence * total);
  for (std::size_t i = 0; i < std::min(top, search.hits.size()); ++i) {
    const Hit& hit = search.hits[i];
    GlyphCandidate candidate;
    candidate.row = hit.row;
    candidate.name = std::string(rows.names[hit.row].data(), rows.names[hit.row].size());
    candidate.score = i == 0 ? result.confidence : std::min(result.candidates.back().score, rest * weight(hit) / total);
    candidate.similarity = hit.is_compared ? std::max(0.0, 1 - hit.leftover / 25) : 0.0;
    result.candidates.push_back(std::move(candidate));
  }
  return result;
}

Rows Access::rows(const GlyphIndex& index) {
  const GlyphIndex::State& s = *index.state_;
  return {s.names, s.inverse_norms, s.coarse, s.pictures};
}

}  // namespace glyph

std::vector<GlyphSearchResult> GlyphIndex::search(std::span<const GlyphBitmap> drawings,
                                                  const GlyphSearchOptions& options, unsigned threads) const {
  const glyph::Rows rows = glyph::Access::rows(*this);
  std::vector<GlyphSearchResult> results;
  for (const glyph::Search& search :
       glyph::search(rows, drawings, options, shape::glyph_kernel(best_kernel()), threads))
    results.push_back(glyph::result_of(search, rows, std::min(options.top, kMostCandidates)));
  return results;
}

GlyphSearchResult GlyphIndex::search(const GlyphBitmap& drawing, const GlyphSearchOptions& options) const {
  return search({&drawing, 1}, options, 1).front();
}

}  // namespace hyojun::charmap
