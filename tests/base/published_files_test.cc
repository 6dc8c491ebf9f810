// The published spreadsheets, where a folder with them is named by HYOJUN_PUBLISHED (they are not part of the sources).
#include <gtest/gtest.h>

#include <filesystem>

#include "hyojun/base/platform.h"
#include "hyojun/base/xlsx_reader.h"

namespace hyojun::base {
namespace {

struct Shape {
  std::string first_cell, sheet;
  std::uint32_t last_row = 0;
  std::uint64_t cells = 0;
};

Result<Shape> shape_of(const std::string& path) {
  auto reader = XlsxReader::open(path);
  if (!reader) return tl::unexpected<Error>(reader.error());
  Shape out;
  out.sheet = reader->sheets()[0].name;
  const auto end = reader->read(0, [&out](const Row& row) -> Result<void> {
    if (out.first_cell.empty()) out.first_cell = row.cells[0].text;
    return {};
  });
  if (!end) return tl::unexpected<Error>(end.error());
  out.last_row = end->last_row;
  out.cells = end->cells;
  return out;
}

class PublishedFiles : public ::testing::Test {
 protected:
  void SetUp() override {
    folder_ = environment_variable("HYOJUN_PUBLISHED").value_or("");
    if (folder_.empty()) GTEST_SKIP() << "HYOJUN_PUBLISHED names no folder";
  }
  std::string folder_;
};

TEST_F(PublishedFiles, StepsRatesAndLateSystems) {
  const auto late = shape_of(folder_ + "/da_2025-12_late_hyogo.xlsx");
  ASSERT_TRUE(late.has_value()) << late.error().what.en;
  EXPECT_EQ(late->sheet, "結果一覧");
  EXPECT_EQ(find_date(late->first_cell)->date.iso(), "2025-12-31");
  const auto rates = shape_of(folder_ + "/mic_2026-01_rates_hyogo.xlsx");
  ASSERT_TRUE(rates.has_value()) << rates.error().what.en;
  EXPECT_EQ(find_date(rates->sheet)->date, find_date(rates->first_cell)->date);
  EXPECT_EQ(rates->last_row, 43U);
  EXPECT_EQ(rates->cells, 1U + 23U + 41U * 23U);
  const auto steps = shape_of(folder_ + "/mic_2026-01_steps_hyogo_synthetic.xlsx");
  ASSERT_TRUE(steps.has_value()) << steps.error().what.en;
  EXPECT_EQ(steps->first_cell, "都道府県名");
  EXPECT_GE(steps->cells, 32'800U);
}

// Whatever else lies there is read to its end: the character list is a Strict file.
TEST_F(PublishedFiles, EverySpreadsheetOfTheFolder) {
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder_)) {
    if (entry.path().extension() != ".xlsx") continue;
    const auto shape = shape_of(entry.path().string());
    ASSERT_TRUE(shape.has_value()) << entry.path() << ' ' << shape.error().what.en;
    EXPECT_GT(shape->cells, 0U) << entry.path();
  }
}

}  // namespace
}  // namespace hyojun::base
