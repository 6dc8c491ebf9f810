// How often the glyph search is right: the table of bench/README.md, seeded, with the fonts that are installed.
//
//   glyph_accuracy [--reference FONT] [--sample N] [--seed N] [--threads N] [--cache FOLDER]
//                  [--use issue|calibration|held_out] [--evidence OUT.csv] [--gallery OUT.html]
//
// --evidence writes what bench/glyph_calibration.py reads: one row a search. --gallery writes a page of the failures.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <map>
#include <string>
#include <thread>

#include "glyph_evidence.h"
#include "glyph_gallery.h"
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
  std::string gallery;
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
  std::uint32_t answer = 0;  // row of rank 1
  std::size_t place = 0;     // of the first right candidate, from 1; 0: none of five
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
      const auto place = std::ranges::find_if(result.candidates, is_right);
      Answer& a = all[i];
      if (place != result.candidates.end()) a.place = static_cast<std::size_t>(place - result.candidates.begin()) + 1;
      if (!result.candidates.empty()) a.answer = result.candidates.front().row;
      a.is_first = a.place == 1;
      a.is_in_five = a.place != 0;
      a.confidence = result.confidence;
      a.is_absent_likely = result.is_absent_likely;
      a.evidence = found[i].evidence;
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
constexpr double kEdges[] = {0, 0.1, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98, 0.99, 1.01};
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
  std::printf("\ncalibration, held-out runs: half of the searches with the answer in the index, half without\n");
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
    if (key == "--gallery") options.gallery = value;
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

// The columns of one run. "says": of the searches with the answer in the index, the share that say so much, and of
// those the share that are right. "false": of the searches without it, the share that say so much all the same.
struct Columns {
  double says, right, without_glyph, without_code_point;
};

using Answers = std::array<std::vector<Answer>, kCases>;

Columns columns_at(const Answers& all, double threshold) {
  const auto passes = [=](const Answer& a) { return a.confidence >= threshold; };
  const std::size_t passed = count(all[kPresent], passes);
  const std::size_t right = count(all[kPresent], [&](const Answer& a) { return passes(a) && a.is_first; });
  const std::size_t n = all[kPresent].size();
  return {percent(passed, n), percent(right, passed), percent(count(all[kGlyphAbsent], passes), n),
          percent(count(all[kCodePointAbsent], passes), n)};
}

void print_heading() {
  std::printf("\n%-30s %-8s %6s %8s %8s |", "run", "use", "n", "top 1", "top 5");
  for (const char* said : {"0.99", "0.95"}) std::printf("  says %s   right false:glyph    c.p. |", said);
  std::printf(" no match said: false  found\n");
}

void print_row(const Run& run, const Answers& all, bool exact) {
  static const char* const kUses[] = {"issue", "calib.", "held out"};
  const std::size_t n = all[kPresent].size();
  std::printf("%-30s %-8s %6zu %7.2f%% %7.2f%% |", run.name.c_str(), kUses[static_cast<int>(run.use)], n,
              percent(count(all[kPresent], [](const Answer& a) { return a.is_first; }), n),
              percent(count(all[kPresent], [](const Answer& a) { return a.is_in_five; }), n));
  for (const double threshold : {0.99, 0.95}) {
    const Columns c = columns_at(all, threshold);
    std::printf(" %9.2f%% %6.2f%% ", c.says, c.right);
    // Where every glyph of the code point is right, only an index without all of them lacks the answer.
    if (exact) std::printf("%9.2f%%", c.without_glyph);
    if (!exact) std::printf("%10s", "–  ");
    std::printf(" %6.2f%% |", c.without_code_point);
  }
  const auto words = [](const Answer& a) { return a.is_absent_likely; };
  std::printf(" %19.2f%% %5.1f%%\n", percent(count(all[kPresent], words), n),
              percent(count(all[kCodePointAbsent], words), n));
  std::fflush(stdout);
}

std::vector<Failure> failures_of(const std::vector<Query>& queries, const std::vector<Answer>& answers) {
  std::vector<Failure> failures;
  for (std::size_t i = 0; i < queries.size(); ++i) {
    if (answers[i].is_first) continue;
    failures.push_back({queries[i].glyph, answers[i].answer, queries[i].row, answers[i].place});
  }
  // Those that no list shows first.
  std::ranges::stable_sort(failures, {}, [](const Failure& f) { return f.place != 0; });
  return failures;
}

// Returns whether everything that was asked for could be written.
bool measure(const Bench& bench, const charmap::GlyphSource& reference, const Options& options) {
  constexpr std::size_t kMostShown = 48;
  std::ofstream evidence;
  if (!options.evidence.empty()) evidence.open(options.evidence);
  if (evidence.is_open()) evidence << "run,use,case,first,five,cosine,leftover,largest,detail,largest_detail,gap\n";
  GlyphGallery gallery(bench.index, reference);
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
    if (!std::exchange(is_timed, true)) {
      print_timings(bench.index, run, queries, options.threads);
      print_heading();
    }
    const bool exact = run.work != Work::outside_x0213 && run.work != Work::single;
    Answers all;
    for (const Case which : {kPresent, kGlyphAbsent, kCodePointAbsent}) {
      all[which] = bench.answers(queries, which, exact, options.threads);
      if (evidence.is_open()) write_evidence(evidence, run, which, all[which]);
    }
    if (run.use == Use::held_out) add(bins, all[kPresent], true);
    if (run.use == Use::held_out) add(bins, all[exact ? kGlyphAbsent : kCodePointAbsent], false);
    if (!options.gallery.empty()) gallery.add(run, failures_of(queries, all[kPresent]), kMostShown);
    print_row(run, all, exact);
  }
  print_bins(bins);
  if (!options.gallery.empty() && !gallery.write(options.gallery)) return false;
  return !evidence.is_open() || evidence.flush().good();
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
  const auto reference = charmap::GlyphSource::open(options.reference);
  if (!reference || !measure(Bench{*index}, *reference, options)) {
    std::fprintf(stderr, "glyph_accuracy: the evidence or the gallery could not be written\n");
    return 4;
  }
  return 0;
}
