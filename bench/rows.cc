#include "rows.h"

#include <benchmark/benchmark.h>

#include <array>

#include "baselines.h"
#include "hyojun/charmap/scanner.h"
#include "memory_scan.h"

namespace hyojun::bench {

namespace {

using charmap::Encoding;

// Takes the events of every block and forgets them.
std::uint64_t scan_all(const charmap::Plan& plan, std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kBlock = 1U << 20U;
  charmap::ScanState state = start_of_file(plan);
  charmap::ScanCounts counts;
  std::uint64_t sum = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const bool last = bytes.size() - at <= kBlock;
    const auto block = bytes.subspan(at, last ? bytes.size() - at : kBlock);
    const auto take = [&sum](const charmap::Event& event, std::span<const std::uint8_t>) {
      sum += event.offset;
      return true;
    };
    at += app::scan_block(plan, state, block, last ? charmap::End::file : charmap::End::open, counts, take);
  }
  return sum + counts.characters();
}

void add_baseline(const std::string& what, const TestData& data, std::shared_ptr<Baseline> baseline) {
  baseline->run(data);  // touches the output memory, and shows what cannot run before anything is measured
  add_row(what, data, [&data, baseline] { return baseline->run(data); });
}

}  // namespace

void add_row(const std::string& what, const TestData& data, Pass pass) {
  std::string name = what + "/" + std::string(encoding_name(data.encoding));
  if (data.corpus != CorpusKind::standard) name += "/" + std::string(corpus_name(data.corpus));
  auto* const row = benchmark::RegisterBenchmark(name.c_str(), [&data, pass](benchmark::State& state) {
    for (auto _ : state) benchmark::DoNotOptimize(pass());
    const auto passes = static_cast<std::int64_t>(state.iterations());
    state.SetBytesProcessed(passes * static_cast<std::int64_t>(data.bytes.size()));
    state.SetItemsProcessed(passes * static_cast<std::int64_t>(data.characters));
  });
  // One pass over all bytes is one iteration, and each repetition is one pass: no repetition sees what the one before
  // it left in the caches or in the branch predictor.
  row->Iterations(1)->UseRealTime()->Unit(benchmark::kMillisecond);
}

std::shared_ptr<const charmap::Repertoire> bundled_repertoire() {
  static const auto repertoire =
      std::make_shared<const charmap::Repertoire>(charmap::Repertoire::make(charmap::StandardTable::bundled()).value());
  return repertoire;
}

std::shared_ptr<const charmap::Plan> make_plan(const TestData& data, charmap::Kernel kernel, bool text) {
  charmap::PlanOptions options;
  options.encoding = data.encoding;
  options.kernel = kernel;
  if (text) options.structure = {.kind = charmap::Structure::Kind::text, .header = false};
  return std::make_shared<const charmap::Plan>(options, bundled_repertoire());
}

std::vector<charmap::Kernel> kernels_of(Encoding encoding) {
  std::vector<charmap::Kernel> kernels = charmap::available_kernels();
  if (has_code_table(encoding)) std::erase(kernels, charmap::Kernel::avx2);
  return kernels;
}

void add_identify_rows(const TestData& data) {
  for (const charmap::Kernel kernel : kernels_of(data.encoding)) {
    add_row("identify_" + std::string(kernel_name(kernel)), data, [&data, plan = make_plan(data, kernel, false)] {
      return app::identify_in_memory(*plan, data.span()).counts.characters();
    });
  }
}

void add_scan_rows(const TestData& data) {
  for (const charmap::Kernel kernel : kernels_of(data.encoding)) {
    add_row("scan_" + std::string(kernel_name(kernel)), data,
            [&data, plan = make_plan(data, kernel, true)] { return scan_all(*plan, data.span()); });
  }
}

void add_baseline_rows(const TestData& data) {
  const bool all = data.corpus == CorpusKind::standard;
  if (data.encoding == Encoding::utf8) {
    add_baseline("icu_ucnv_to_utf16", data, make_icu_converter(data.encoding));
    if (!all) return;
    add_baseline("memcpy", data, make_memcpy(data.bytes.size()));
    add_baseline("icu_u_strFromUTF8", data, make_icu_str_from_utf8());
    add_baseline("icu_ucptrie_fast_histogram", data, make_icu_class_histogram());
    add_baseline("iconv_to_utf16le", data, make_iconv("UTF-8", "UTF-16LE"));
    for (const charmap::TargetEncoding to : kTargets) {
      add_baseline("icu_ucnv_to_" + std::string(target_key(to)), data, make_icu_from_utf8(to));
    }
  } else if (data.encoding == Encoding::cp932) {
    add_baseline("icu_ucnv_to_utf16", data, make_icu_converter(data.encoding));
    add_baseline("iconv_to_utf8", data, make_iconv("CP932", "UTF-8"));
  } else if (data.encoding == Encoding::shift_jis_2004 || data.encoding == Encoding::euc_jis_2004) {
    const bool euc = data.encoding == Encoding::euc_jis_2004;  // ICU has neither
    add_baseline("iconv_to_utf8", data, make_iconv(euc ? "EUC-JISX0213" : "SHIFT_JISX0213", "UTF-8"));
  } else if (has_code_table(data.encoding)) {
    add_baseline("icu_ucnv_to_utf16", data, make_icu_converter(data.encoding));
    add_baseline("icu_ucnv_to_utf-8", data, make_icu_to_utf8(data.encoding));
  } else if (all) {
    add_baseline("icu_nfc", data, make_icu_nfc());
  }
}

}  // namespace hyojun::bench
