#include "throughput.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <functional>
#include <numeric>
#include <random>

#include "hyojun/charmap/reference_converter.h"
#include "memory_scan.h"
#include "source.h"

namespace hyojun::app {

namespace {

using What = ThroughputRow::What;

constexpr std::uint64_t kLeastRead = 4'000'000;  // bytes in one repetition: below, the clock counts for too much
constexpr std::size_t kFewest = 4;               // samples that have quartiles

// The quantile of sorted values, between two of them where it falls there.
double quantile(const std::vector<double>& sorted, double share) {
  const double at = share * static_cast<double>(sorted.size() - 1);
  const auto low = static_cast<std::size_t>(at);
  const std::size_t high = std::min(low + 1, sorted.size() - 1);
  return sorted[low] + (at - static_cast<double>(low)) * (sorted[high] - sorted[low]);
}

std::vector<double> sorted(std::vector<double> values) {
  std::ranges::sort(values);
  return values;
}

// The beginning of the file as it can be scanned: behind the BOM, cut where a character surely ends.
base::Result<std::vector<std::uint8_t>> read_beginning(Source& source, std::uint64_t max_bytes, bool& whole) {
  std::vector<std::uint8_t> bytes;
  for (whole = false; !whole;) {
    auto block = source.reader.next();
    if (!block) return tl::unexpected(block.error());
    if (!bytes.empty() && bytes.size() + block->bytes.size() > max_bytes) return bytes;
    bytes.insert(bytes.end(), block->bytes.begin(), block->bytes.end());
    whole = block->end == charmap::End::file;
  }
  return bytes;
}

base::Result<void> check_file(const Source& source, const std::string& path, const PartTally& found) {
  if (found.doubt) {
    charmap::Event doubt = *found.doubt;
    doubt.offset += source.bom;
    return tl::unexpected(doubt_error(doubt, path));
  }
  if (found.counts.characters() != 0) return {};
  return base::fail(base::ErrorCode::input_rejected,
                    {"測る文字が1つもありません", "there is no character to measure with"}, {.file = path},
                    {"数 MB 以上のファイルを指定してください", "give a file of some megabytes"});
}

// One row and what it does in one pass, whose result depends on all of it: nothing can be left out.
struct Contest {
  ThroughputRow row;
  std::function<std::uint64_t()> pass;
};

// What is measured of `bytes`. `converter` and `copy`, of the same size as `bytes`, must outlive it.
std::vector<Contest> make_contests(const std::vector<charmap::Kernel>& kernels, const RunContext& context,
                                   const charmap::Plan& like, std::span<const std::uint8_t> bytes,
                                   charmap::ReferenceConverter& converter, std::vector<std::uint8_t>& copy) {
  std::vector<Contest> contests;
  for (const charmap::Kernel kernel : kernels) {
    charmap::PlanOptions with = like.options();
    with.kernel = kernel;
    const auto plan = std::make_shared<const charmap::Plan>(with, context.repertoire, context.gaiji);
    contests.push_back(
        {{What::identify, kernel, {}}, [plan, bytes] { return identify_in_memory(*plan, bytes).counts.characters(); }});
  }
  contests.push_back({{What::icu_to_utf16, {}, {}}, [&converter, bytes] { return converter.convert(bytes); }});
  contests.push_back({{What::memcpy, {}, {}}, [&copy, bytes] {
                        std::memcpy(copy.data(), bytes.data(), bytes.size());
                        return std::uint64_t{copy[copy.size() / 2]};
                      }});
  return contests;
}

class Measurement {
 public:
  Measurement(unsigned repetitions, std::uint64_t passes) : repetitions_(repetitions), passes_(passes) {}

  // Without the first, uncounted pass: it touches the memory and fills the caches.
  void run(std::vector<Contest>& contests) {
    for (const Contest& contest : contests) contest.pass();
    std::vector<std::size_t> order(contests.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::minstd_rand random(42);
    for (unsigned i = 0; i < repetitions_ && !base::interrupted(); ++i) {
      std::ranges::shuffle(order, random);
      for (const std::size_t at : order) contests[at].row.seconds.push_back(seconds_of(contests[at].pass));
    }
  }

 private:
  double seconds_of(const std::function<std::uint64_t()>& pass) {
    const auto begin = std::chrono::steady_clock::now();
    for (std::uint64_t i = 0; i < passes_; ++i) pass();
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    return taken.count() / static_cast<double>(passes_);
  }

  unsigned repetitions_;
  std::uint64_t passes_;
};

}  // namespace

double ThroughputRow::median() const { return quantile(sorted(seconds), 0.5); }

double ThroughputRow::spread() const {
  if (seconds.size() < kFewest) return 0;
  const auto values = sorted(seconds);
  return (quantile(values, 0.75) - quantile(values, 0.25)) / quantile(values, 0.5);
}

bool Throughput::noisy() const {
  return std::ranges::any_of(rows, [](const ThroughputRow& row) {
    return row.seconds.size() < kFewest || (row.what != What::identify && row.spread() >= kNoisy);
  });
}

const ThroughputRow& Throughput::row(ThroughputRow::What what) const {
  return *std::ranges::find(rows, what, &ThroughputRow::what);
}

base::Result<Throughput> measure_throughput(const ThroughputOptions& options,
                                            std::shared_ptr<const charmap::Repertoire> repertoire) {
  const std::string& path = options.source.files.front();
  RunContext context{
      .options = options.source, .repertoire = std::move(repertoire), .gaiji = nullptr, .gaiji_encoding = {}};
  auto source = open_source(context, path);
  if (!source) return tl::unexpected(source.error());
  Throughput out;
  const auto bytes = read_beginning(*source, options.max_bytes, out.whole_file);
  if (!bytes) return tl::unexpected(bytes.error());
  const PartTally found = identify_in_memory(*source->plan, *bytes);
  if (auto ok = check_file(*source, path, found); !ok) return tl::unexpected(ok.error());

  out.encoding = source->plan->options().encoding;
  out.bytes = bytes->size();
  out.characters = found.counts.characters();
  out.records = found.counts.records;
  out.passes = std::max<std::uint64_t>(1, kLeastRead / out.bytes);
  auto converter = charmap::ReferenceConverter::open(out.encoding);
  if (!converter) return tl::unexpected(converter.error());
  std::vector<std::uint8_t> copy(bytes->size());
  auto contests = make_contests(options.kernels, context, *source->plan, *bytes, *converter, copy);
  Measurement(options.repetitions, out.passes).run(contests);
  if (base::interrupted()) return tl::unexpected(base::interrupted_error());
  for (Contest& contest : contests) out.rows.push_back(std::move(contest.row));
  return out;
}

}  // namespace hyojun::app
