// Identification against what others do with the same bytes, in one run. See bench/README.md.
//
//   HYOJUN_BENCH_MB        megabytes of UTF-8 that each corpus has in memory, 1 to 4096; default 64
//   HYOJUN_BENCH_CORPORA   those to make, of standard,rare20,only_rare,quoted; default all
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>

#include "baselines.h"
#include "hyojun/base/number.h"
#include "hyojun/charmap/kernel.h"
#include "rows.h"

namespace {

using namespace hyojun::bench;
namespace charmap = hyojun::charmap;

constexpr std::size_t kMegabyte = 1'000'000;

[[noreturn]] void usage(const std::string& what) {
  std::cerr << "charmap_bench: " << what << "\n";
  std::exit(2);
}

std::size_t corpus_bytes() {
  const char* const text = std::getenv("HYOJUN_BENCH_MB");
  const auto megabytes = hyojun::base::parse_unsigned(text == nullptr ? "64" : text, 1, 4096);
  if (!megabytes) usage("HYOJUN_BENCH_MB: " + megabytes.error().what.en);
  return *megabytes * kMegabyte;
}

std::vector<CorpusKind> corpora() {
  const char* const text = std::getenv("HYOJUN_BENCH_CORPORA");
  std::vector<CorpusKind> kinds;
  std::string_view rest = text == nullptr ? "standard,rare20,only_rare,quoted" : text;
  while (!rest.empty()) {
    const std::string_view name = rest.substr(0, rest.find(','));
    const auto kind = find_corpus(name);
    if (!kind) usage("HYOJUN_BENCH_CORPORA: standard, rare20, only_rare or quoted, not " + std::string(name));
    kinds.push_back(*kind);
    rest.remove_prefix(std::min(name.size() + 1, rest.size()));
  }
  return kinds;
}

void add_rows(const TestData& data) {
  add_identify_rows(data);
  add_scan_rows(data);
  add_convert_rows(data);
  add_baseline_rows(data);
#ifdef HYOJUN_BENCH_SIMDUTF
  if (data.corpus == CorpusKind::standard) add_simdutf_rows(data);
#endif
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  const std::size_t bytes = corpus_bytes();
  std::vector<std::vector<TestData>> all;
  for (const CorpusKind kind : corpora()) {
    std::string mix;
    all.push_back(make_test_data(bytes, kind, mix));
    benchmark::AddCustomContext("corpus_" + std::string(corpus_name(kind)), mix);
  }
  std::string kernels;
  for (const charmap::Kernel kernel : charmap::available_kernels()) kernels.append(" ").append(kernel_name(kernel));
  for (const std::vector<TestData>& encodings : all) {
    for (const TestData& data : encodings) add_rows(data);
  }
  benchmark::AddCustomContext("kernels", kernels.substr(1));
  benchmark::AddCustomContext("compiler", HYOJUN_BENCH_COMPILER);
  benchmark::AddCustomContext("icu", icu_version());
  benchmark::AddCustomContext("c_library", c_library_version());
#ifdef HYOJUN_BENCH_SIMDUTF
  benchmark::AddCustomContext("simdutf", simdutf_version());
#endif
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
