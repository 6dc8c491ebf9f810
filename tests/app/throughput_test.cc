// Medians, spread, and the work that is measured being that of identify.
#include "throughput.h"

#include "block_reader.h"
#include "memory_scan.h"
#include "run.h"

namespace hyojun::app {
namespace {

ThroughputRow row_of(std::vector<double> seconds) {
  return {ThroughputRow::What::memcpy, std::nullopt, std::move(seconds)};
}

TEST(ThroughputRow, MedianAndSpreadLieBetweenSamples) {
  EXPECT_DOUBLE_EQ(row_of({5}).median(), 5);
  EXPECT_DOUBLE_EQ(row_of({4, 1, 2, 9}).median(), 3);
  EXPECT_DOUBLE_EQ(row_of({9, 1, 5, 3, 7}).spread(), (7.0 - 3.0) / 5.0);
  EXPECT_DOUBLE_EQ(row_of({1, 9, 5}).spread(), 0) << "three samples have no quartiles";
}

TEST(Throughput, IsNoisyByItsControlsOnly) {
  using What = ThroughputRow::What;
  const auto noisy = [](std::vector<double> identify, std::vector<double> icu, std::vector<double> memcpy) {
    Throughput t;
    t.rows = {{What::identify, charmap::Kernel::portable, std::move(identify)},
              {What::icu_to_utf16, std::nullopt, std::move(icu)},
              {What::memcpy, std::nullopt, std::move(memcpy)}};
    return t.noisy();
  };
  const std::vector<double> still = {1, 1, 1, 1};
  const std::vector<double> wild = {1, 2, 3, 4};
  EXPECT_FALSE(noisy(still, still, still));
  EXPECT_FALSE(noisy(wild, still, still));
  EXPECT_TRUE(noisy(still, wild, still));
  EXPECT_TRUE(noisy(still, still, wild));
  EXPECT_TRUE(noisy({1}, {1}, {1}));
}

class ThroughputFile : public IdentifyTest {};

TEST_F(ThroughputFile, MeasuresTheWorkOfIdentify) {
  std::string bytes = "番号,氏名\n";
  while (bytes.size() < (2U << 20U) + 777) bytes += "1,\"辻\n張\"\xEE\x80\x80,\xE5\xBC\xA0\r\n";
  const auto expected = run(bytes);
  ASSERT_TRUE(expected.has_value());
  ThroughputOptions options;
  options.source.files = {folder_.file("input")};
  options.kernels = charmap::available_kernels();
  options.repetitions = 1;
  const auto measured = measure_throughput(options, bundled_repertoire());
  ASSERT_TRUE(measured.has_value()) << measured.error().what.en;
  EXPECT_EQ(measured->bytes, bytes.size());
  EXPECT_EQ(measured->characters, expected->counts.characters());
  EXPECT_EQ(measured->records, expected->counts.records);
  EXPECT_TRUE(measured->whole_file);
  ASSERT_EQ(measured->rows.size(), options.kernels.size() + 2);
  for (const ThroughputRow& row : measured->rows) EXPECT_EQ(row.seconds.size(), 1U);

  for (const charmap::Kernel kernel : options.kernels) {
    charmap::PlanOptions plan;
    plan.kernel = kernel;
    const auto span = std::span(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
    const PartTally found = identify_in_memory(charmap::Plan(plan, bundled_repertoire()), span);
    Report report = *expected;
    report.counts.outcomes = found.counts.outcomes;
    report.tally = found.tally;
    report.font_dependent.clear();
    add_font_dependent(bundled_repertoire()->table(), found.counts, report.font_dependent);
    EXPECT_EQ(text_of(report), text_of(*expected));
  }
}

TEST_F(ThroughputFile, ReadsOnlyTheBeginning) {
  std::string bytes = "h\n";
  while (bytes.size() < (3U << 20U)) bytes += "山田,太郎\n";
  ThroughputOptions options;
  options.source.files = {put("big", bytes)};
  options.kernels = {charmap::Kernel::portable};
  options.repetitions = 1;
  options.max_bytes = 1;
  const auto measured = measure_throughput(options, bundled_repertoire());
  ASSERT_TRUE(measured.has_value());
  EXPECT_FALSE(measured->whole_file);
  EXPECT_LE(measured->bytes, BlockReader::kBlockSize) << "a block at least";
}

}  // namespace
}  // namespace hyojun::app
