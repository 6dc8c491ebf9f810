// Identification against what others do with the same bytes, in one run. See bench/README.md.
//
//   HYOJUN_BENCH_MB   megabytes of UTF-8 that the corpus has in memory, 1 to 4096; default 64
#include <benchmark/benchmark.h>

#include <cstdlib>
#include <iostream>

#include "baselines.h"
#include "hyojun/base/number.h"
#include "hyojun/charmap/kernel.h"
#include "hyojun/charmap/scanner.h"
#include "hyojun/charmap/tally.h"

namespace {

using namespace hyojun::bench;
namespace charmap = hyojun::charmap;
using charmap::Encoding;

constexpr std::size_t kMegabyte = 1'000'000;
constexpr std::size_t kBlock = 1U << 20U;

struct Identified {
  charmap::ScanCounts counts;
  charmap::Tally tally;
};

// Takes one block's events into the tally, as `hyojun identify` does. Returns the bytes read.
std::size_t identify_block(const charmap::Plan& plan, charmap::ScanState& state, std::span<const std::uint8_t> bytes,
                           charmap::End end, std::uint64_t offset, Identified& out) {
  std::array<charmap::Event, 1024> events;
  for (std::size_t at = 0;;) {
    const auto result = scan(plan, state, bytes.subspan(at), end, out.counts, events);
    for (const charmap::Event& event : std::span(events).first(result.events)) {
      if (!is_exception(event.outcome)) continue;
      const std::size_t byte = at + event.offset;
      out.tally.add(event, bytes.subspan(byte, event.length), {0, event.field + 1, event.record + 1, offset + byte});
    }
    at += result.read;
    if (result.reason != charmap::ScanResult::Reason::events_full) return at;
  }
}

Identified identify(const charmap::Plan& plan, std::span<const std::uint8_t> bytes) {
  Identified out;
  charmap::ScanState state = start_of_file(plan);
  for (std::size_t at = 0; at < bytes.size();) {
    const bool last = bytes.size() - at <= kBlock;
    at += identify_block(plan, state, bytes.subspan(at, last ? bytes.size() - at : kBlock),
                         last ? charmap::End::file : charmap::End::open, at, out);
  }
  return out;
}

void set_counters(benchmark::State& state, const TestData& data) {
  const auto passes = static_cast<std::int64_t>(state.iterations());
  state.SetBytesProcessed(passes * static_cast<std::int64_t>(data.bytes.size()));
  state.SetItemsProcessed(passes * static_cast<std::int64_t>(data.characters));
}

// One pass over all bytes is one iteration, and each repetition is one pass: no repetition sees what the one before it
// left in the caches or in the branch predictor.
void set_up(benchmark::internal::Benchmark* bench) {
  bench->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);
}

void add_identify(const std::string& name, const TestData& data, const std::shared_ptr<const charmap::Plan>& plan) {
  set_up(benchmark::RegisterBenchmark(name.c_str(), [&data, plan](benchmark::State& state) {
    for (auto _ : state) {
      Identified found = identify(*plan, data.span());
      benchmark::DoNotOptimize(found.counts);
    }
    set_counters(state, data);
  }));
}

void add_baseline(const std::string& name, const TestData& data, std::shared_ptr<Baseline> baseline) {
  baseline->run(data);  // touches the output memory, and shows what cannot run before anything is measured
  set_up(benchmark::RegisterBenchmark(name.c_str(), [&data, baseline](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(baseline->run(data));
    set_counters(state, data);
  }));
}

void add_all(const std::vector<TestData>& all) {
  const auto repertoire = charmap::Repertoire::make(charmap::StandardTable::bundled());
  const auto shared = std::make_shared<const charmap::Repertoire>(*repertoire);
  for (const TestData& data : all) {
    for (const charmap::Kernel kernel : charmap::available_kernels()) {
      charmap::PlanOptions options;
      options.encoding = data.encoding;
      options.kernel = kernel;
      const auto name =
          "identify_" + std::string(kernel_name(kernel)) + "/" + std::string(encoding_name(data.encoding));
      add_identify(name, data, std::make_shared<const charmap::Plan>(options, shared));
    }
  }
  const TestData& utf8 = all[0];
  const TestData& cp932 = all[1];
  add_baseline("memcpy/utf-8", utf8, make_memcpy(utf8.bytes.size()));
  add_baseline("icu_ucnv_to_utf16/utf-8", utf8, make_icu_converter("UTF-8"));
  add_baseline("icu_u_strFromUTF8/utf-8", utf8, make_icu_str_from_utf8());
  add_baseline("icu_ucptrie_fast_histogram/utf-8", utf8, make_icu_class_histogram());
  add_baseline("icu_ucnv_to_utf16/cp932", cp932, make_icu_converter("windows-932"));
  add_baseline("iconv_to_utf8/cp932", cp932, make_iconv("CP932", "UTF-8"));
}

std::size_t corpus_bytes() {
  const char* const text = std::getenv("HYOJUN_BENCH_MB");
  const auto megabytes = hyojun::base::parse_unsigned(text == nullptr ? "64" : text, 1, 4096);
  if (!megabytes) {
    std::cerr << "HYOJUN_BENCH_MB: " << megabytes.error().what.en << "\n";
    std::exit(2);
  }
  return *megabytes * kMegabyte;
}

}  // namespace

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  if (benchmark::ReportUnrecognizedArguments(argc, argv)) return 2;
  std::string mix;
  const std::vector<TestData> all = make_test_data(corpus_bytes(), mix);
  add_all(all);
  benchmark::AddCustomContext("corpus", mix);
  benchmark::AddCustomContext("kernel", std::string(kernel_name(charmap::best_kernel())));
  benchmark::AddCustomContext("compiler", HYOJUN_BENCH_COMPILER);
  benchmark::AddCustomContext("icu", icu_version());
  benchmark::AddCustomContext("c_library", c_library_version());
  benchmark::RunSpecifiedBenchmarks();
  benchmark::Shutdown();
}
