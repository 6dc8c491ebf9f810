// How often the glyph search is right: the table of bench/README.md, seeded, with the fonts that are installed.
//
//   glyph_accuracy [--reference FONT] [--sample N] [--seed N] [--threads N] [--cache FOLDER]
//                  [--use issue|calibration|held_out] [--evidence OUT.csv]
//
// --evidence writes what bench/glyph_calibration.py reads: one row a search.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <string>
#include <thread>

#include "glyph_evidence.h"
#include "glyph_runs.h"
#include "glyph_search.h"

using namespace hyojun;
using namespace hyojun::bench;
using charmap::GlyphIndex;

namespace {

struct Options {
  std::string reference{charmap::kReferenceFontPath};
  std::string cache = charmap::default_cache_folder();
  std::string evidence;
  std::string use;  // the runs of one use; empty: all
  std::size_t sample = 2500;
  std::uint64_t seed = 20261123;
  unsigned threads = 2;
};

enum Case : std::size_t { kPresent, kGlyphAbsent, kCodePointAbsent, kCases };
constexpr const char* kUseKeys[] = {"issue", "calibration", "held_out"};
constexpr const char* kCaseKeys[] = {"present", "glyph_absent", "code_point_absent"};

// What one search gave, in one case.
struct Answer {
  bool is_first = false;
  bool is_in_five = false;
  double confidence = 0;
  bool is_absent_likely = false;
  charmap::glyph::Evidence evidence;
};

struct Bench {
  const GlyphIndex& index;
  std::vector<char32_t> codes = code_points(index, *charmap::StandardTable::bundled());
  charmap::glyph::Rows rows = charmap::glyph::Access::rows(index);
  const charmap::shape::GlyphKernel& kernel = charmap::shape::glyph_kernel(charmap::best_kernel());

  // The rows that are right for a query.
  std::vector<std::uint32_t> right_rows(std::uint32_t row, bool exact) const {
    std::vector<std::uint32_t> all = {row};
    if (exact || codes[row] == 0) return all;
    for (std::uint32_t r = 0; r < codes.size(); ++r) {
      if (r != row && codes[r] == codes[row]) all.push_back(r);
    }
    return all;
  }

  // One case of every query: its own right rows left out of the index, as the case says.
  std::vector<Answer> answers(const std::vector<Query>& queries, Case which, bool exact, unsigned threads) const {
    std::vector<charmap::GlyphBitmap> drawings;
    charmap::glyph::LeftOut left_out(queries.size());
    for (std::size_t i = 0; i < queries.size(); ++i) {
      drawings.push_back(queries[i].drawing);
      if (which != kPresent) left_out[i] = right_rows(queries[i].row, which == kGlyphAbsent);
    }
    const charmap::GlyphSearchOptions options;
    const auto found = charmap::glyph::search(rows, drawings, options, kernel, threads, left_out);
    std::vector<Answer> all(queries.size());
    for (std::size_t i = 0; i < queries.size(); ++i) {
      const auto result = charmap::glyph::result_of(found[i], rows, options.top);
      const auto right = right_rows(queries[i].row, exact);
      const auto is_right = [&](const auto& c) { return std::ranges::find(right, c.row) != right.end(); };
      all[i] = {!result.candidates.empty() && is_right(result.candidates.front()),
                std::ranges::any_of(result.candidates, is_right), result.confidence, result.is_absent_likely,
                found[i].evidence};
    }
    return all;
  }
};

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

template <typename Question>
std::size_t count(const std::vector<Answer>& answers, const Question& question) {
  return static_cast<std::size_t>(std::ranges::count_if(answers, question));
}

// Held-out answers by what the tool said, for the calibration table.
struct Bin {
  std::size_t said = 0, right = 0;
  double sum = 0;
};
constexpr double kEdges[] = {0, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01};
using Bins = std::array<Bin, std::size(kEdges) - 1>;

void add(Bins& bins, const std::vector<Answer>& answers, bool can_be_right) {
  for (const Answer& a : answers) {
    for (std::size_t b = 0; b < bins.size(); ++b) {
      if (a.confidence < kEdges[b] || a.confidence >= kEdges[b + 1]) continue;
      ++bins[b].said;
      bins[b].right += can_be_right && a.is_first ? 1 : 0;
      bins[b].sum += a.confidence;
    }
  }
}

void print_bins(const Bins& bins) {
  std::printf("\ncalibration, held-out runs (every query present, and again with its glyph left out)\n");
  std::printf("%14s %8s %10s %8s\n", "confidence", "answers", "mean said", "right");
  for (std::size_t b = bins.size(); b-- > 0;) {
    const Bin& bin = bins[b];
    if (bin.said == 0) continue;
    std::printf("%6.2f … %5.2f %8zu %8.2f %% %6.2f %%\n", kEdges[b], std::min(1.0, kEdges[b + 1]), bin.said,
                100 * bin.sum / static_cast<double>(bin.said), percent(bin.right, bin.said));
  }
}

void write_evidence(std::ofstream& out, const Run& run, Case which, const std::vector<Answer>& answers) {
  for (const Answer& a : answers) {
    const auto& e = a.evidence;
    char line[256];
    std::snprintf(line, sizeof line, "%s,%s,%s,%d,%d,%.6f,%.6f,%.6f,%.6f,%.6f,%.6f\n", run.name.c_str(),
                  kUseKeys[static_cast<int>(run.use)], kCaseKeys[which], a.is_first, a.is_in_five, e.cosine, e.leftover,
                  e.largest, e.detail, e.largest_detail, e.gap);
    out << line;
  }
}

using Clock = std::chrono::steady_clock;
double seconds_since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }
double processor_seconds() { return static_cast<double>(std::clock()) / CLOCKS_PER_SEC; }

// Drawing and searching apart: the first thousand drawings of a run, best of five.
void print_timings(const GlyphIndex& index, const Run& run, const std::vector<Query>& queries, unsigned threads) {
  const auto source = charmap::GlyphSource::open(run.font);
  std::vector<charmap::GlyphBitmap> drawings;
  const auto begin = Clock::now();
  for (std::size_t i = 0; source && i < std::min<std::size_t>(queries.size(), 1000); ++i) {
    if (auto drawing = source->render(queries[i].glyph, run.size)) drawings.push_back(std::move(*drawing));
  }
  std::printf("drawing: %zu glyphs in %.3f s on 1 thread\n", drawings.size(), seconds_since(begin));
  double best = 1e9, least = 1e9;
  for (int i = 0; i < 5; ++i) {
    const auto start = Clock::now();
    const double before = processor_seconds();
    (void)index.search(drawings, {}, threads);
    best = std::min(best, seconds_since(start));
    least = std::min(least, processor_seconds() - before);
  }
  std::printf("search: %zu drawings against %zu glyphs in %.3f s on %u threads (%.3f s of processor time)\n",
              drawings.size(), index.size(), best, threads, least);
}

Options parse(int argc, char** argv) {
  Options options;
  for (int i = 1; i + 1 < argc; i += 2) {
    const std::string key = argv[i], value = argv[i + 1];
    if (key == "--reference") options.reference = value;
    if (key == "--cache") options.cache = value;
    if (key == "--evidence") options.evidence = value;
    if (key == "--use") options.use = value;
    if (key == "--sample") options.sample = std::stoul(value);
    if (key == "--seed") options.seed = std::stoull(value);
    if (key == "--threads") options.threads = static_cast<unsigned>(std::stoul(value));
  }
  return options;
}

base::Result<GlyphIndex> timed_index(const Options& options) {
  auto begin = Clock::now();
  auto built = GlyphIndex::build({options.reference}, options.threads);
  if (!built) return built;
  std::printf("index: %zu glyphs (%zu not drawn) built in %.1f s on %u threads\n", built->size(), built->skipped(),
              seconds_since(begin), options.threads);
  auto opened = GlyphIndex::open_or_build({options.reference}, options.cache, options.threads);
  if (!opened) return tl::unexpected(opened.error());
  begin = Clock::now();
  opened = GlyphIndex::open_or_build({options.reference}, options.cache, options.threads);
  std::printf("index: mapped and checked in %.0f ms%s\n", 1000 * seconds_since(begin),
              opened->was_built ? " (no cache)" : "");
  return std::move(opened->index);
}

void measure(const Bench& bench, const Options& options) {
  std::ofstream evidence;
  if (!options.evidence.empty()) evidence.open(options.evidence);
  if (evidence) evidence << "run,use,case,first,five,cosine,leftover,largest,detail,largest_detail,gap\n";
  static const char* const kUses[] = {"issue", "calib.", "held out"};
  std::printf("\n%-30s %-8s %6s %7s %7s | at 95 %%: %6s %6s | absent passes: %6s %6s | words: %6s %6s\n", "run", "use",
              "n", "top 1", "top 5", "pass", "right", "glyph", "c.p.", "false", "found");
  Bins bins{};
  bool is_timed = false;
  for (const Run& run : runs()) {
    if (!options.use.empty() && options.use != kUseKeys[static_cast<int>(run.use)]) continue;
    const auto queries = queries_of(run, bench.index, *charmap::StandardTable::bundled(),
                                    run.use == Use::issue ? options.sample : options.sample / 2, options.seed);
    if (queries.empty()) {
      std::printf("%-30s not installed: %s\n", run.name.c_str(), run.package.c_str());
      continue;
    }
    if (!std::exchange(is_timed, true)) print_timings(bench.index, run, queries, options.threads);
    const bool exact = run.work != Work::outside_x0213 && run.work != Work::single;
    std::array<std::vector<Answer>, kCases> all;
    for (const Case which : {kPresent, kGlyphAbsent, kCodePointAbsent}) {
      all[which] = bench.answers(queries, which, exact, options.threads);
      if (evidence) write_evidence(evidence, run, which, all[which]);
    }
    // Where every glyph of the code point is right, only an index without all of them lacks the answer.
    const Case absent = exact ? kGlyphAbsent : kCodePointAbsent;
    if (run.use == Use::held_out) add(bins, all[kPresent], true);
    if (run.use == Use::held_out) add(bins, all[absent], false);
    const std::size_t n = queries.size();
    const auto passes = [](const Answer& a) { return a.confidence >= 0.95; };
    const std::size_t passed = count(all[kPresent], passes);
    std::printf("%-30s %-8s %6zu %6.2f%% %6.2f%% | %10s %5.1f%% %5.2f%% | %14s %5.2f%% %5.2f%% | %6s %5.2f%% %5.1f%%\n",
                run.name.c_str(), kUses[static_cast<int>(run.use)], n,
                percent(count(all[kPresent], [](const Answer& a) { return a.is_first; }), n),
                percent(count(all[kPresent], [](const Answer& a) { return a.is_in_five; }), n), "", percent(passed, n),
                percent(count(all[kPresent], [&](const Answer& a) { return passes(a) && a.is_first; }), passed), "",
                percent(count(all[absent], passes), n), percent(count(all[kCodePointAbsent], passes), n), "",
                percent(count(all[kPresent], [](const Answer& a) { return a.is_absent_likely; }), n),
                percent(count(all[kCodePointAbsent], [](const Answer& a) { return a.is_absent_likely; }), n));
    std::fflush(stdout);
  }
  print_bins(bins);
}

}  // namespace

int main(int argc, char** argv) {
  const Options options = parse(argc, argv);
  std::printf("seed %llu, %zu drawings a run; reference %s\n", static_cast<unsigned long long>(options.seed),
              options.sample, options.reference.c_str());
  const auto index = timed_index(options);
  if (!index) {
    std::fprintf(stderr, "glyph_accuracy: %s: %s\n", options.reference.c_str(), index.error().what.en.c_str());
    return 3;
  }
  measure(Bench{*index}, options);
  return 0;
}
