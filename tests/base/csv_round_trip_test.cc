// Whatever the writer writes, the reader reads: seeded random tables over the characters that matter.
#include <gtest/gtest.h>

#include <random>

#include "hyojun/base/csv.h"

namespace hyojun::base {
namespace {

std::string random_field(std::mt19937& random) {
  static const std::vector<std::string> kPieces = {"\"", ",", "\t", "\n",     "\r", "\r\n",
                                                   " ",  "a", "漢", "\uFEFF", "'",  "="};
  std::string field;
  for (auto n = random() % 5; n > 0; --n) field += kPieces[random() % kPieces.size()];
  return field;
}

void check_table(std::mt19937& random, const CsvWriterOptions& options) {
  const std::size_t columns = 1 + random() % 4;
  std::vector<std::vector<std::string>> rows(1 + random() % 6, std::vector<std::string>(columns));
  for (auto& row : rows) {
    for (auto& field : row) field = random_field(random);
  }
  for (std::size_t c = 0; c < columns; ++c) rows[0][c] += std::to_string(c);  // headings differ
  std::string bytes;
  CsvWriter writer(
      [&bytes](std::string_view piece) -> Result<void> {
        bytes += piece;
        return {};
      },
      options);
  for (const auto& row : rows) {
    const std::vector<std::string_view> views(row.begin(), row.end());
    ASSERT_TRUE(writer.write_row(views).has_value());
  }
  const auto table = parse_csv(bytes, "t", {.delimiter = options.delimiter});
  ASSERT_TRUE(table.has_value()) << table.error().what.en << '\n' << bytes;
  ASSERT_EQ(table->header(), rows[0]) << bytes;
  ASSERT_EQ(table->row_count(), rows.size() - 1) << bytes;
  for (std::size_t r = 1; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < columns; ++c) ASSERT_EQ(table->cell(r - 1, c), rows[r][c]) << bytes;
  }
}

TEST(CsvRoundTrip, WhatIsWrittenIsRead) {
  std::mt19937 random(20'260'331);
  for (int i = 0; i < 20'000; ++i) {
    // A file that begins with U+FEFF has lost it to the BOM: with `bom` the heading keeps its own.
    check_table(random, {.delimiter = i % 2 == 0 ? ',' : '\t', .bom = true, .crlf = i % 3 == 0});
    if (HasFatalFailure()) return;
  }
}

TEST(CsvRoundTrip, AnyBytesGetATableOrAnErrorWithAPlace) {
  std::mt19937 random(42);
  static constexpr std::string_view kBytes = "\",\n\r ab\xE6\xBC\xA2";
  for (int i = 0; i < 50'000; ++i) {
    std::string bytes;
    for (auto n = random() % 12; n > 0; --n) bytes.push_back(kBytes[random() % kBytes.size()]);
    const auto table = parse_csv(bytes, "t");
    if (table) continue;
    ASSERT_EQ(table.error().code, ErrorCode::input_rejected) << bytes;
    ASSERT_TRUE(table.error().where.byte || table.error().what.en == "the table is empty") << bytes;
  }
}

}  // namespace
}  // namespace hyojun::base
