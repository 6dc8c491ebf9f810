#include "hyojun/base/table_reader.h"

#include <gtest/gtest.h>

#include "hyojun/base/sha256.h"
#include "test_files.h"
#include "xlsx_parts.h"
#include "xlsx_read.h"

namespace hyojun::base {
namespace {

std::string read(std::string bytes, const TableOptions& options = {}) {
  auto reader = TableReader::from_bytes(std::move(bytes), "t", options);
  if (!reader) return "!" + reader.error().what.en;
  std::string out;
  const auto end = reader->read(0, [&out](const Row& row) -> Result<void> {
    out += text_of(row);
    return {};
  });
  return end ? out : "!" + end.error().what.en;
}

TEST(TableReader, CsvWithTitlesAndRaggedRecords) {
  const std::string text =
      "題名（令和7年6月末時点）\r\n\r\n都道府県,市区町村,率\r\n兵庫県,\"神,戸\"\"市\",,0.5,余り\r\n,,\r\n";
  const std::string cells =
      "A1 t=題名（令和7年6月末時点）|A3 t=都道府県|B3 t=市区町村|C3 t=率|A4 t=兵庫県|B4 t=神,戸\"市|D4 t=0.5|E4 "
      "t=余り|";
  EXPECT_EQ(read(text), cells);
  EXPECT_EQ(read("\xEF\xBB\xBF" + text), cells);
  TableOptions tabs;
  tabs.csv.delimiter = '\t';
  EXPECT_EQ(read("a\tb,c\n", tabs), "A1 t=a|B1 t=b,c|");
  EXPECT_EQ(read(""), "");
}

TEST(TableReader, TheContentTellsTheFormat) {
  const TestFolder folder;
  const std::string bytes = pack(workbook("<row r=\"1\"><c r=\"B1\"><v>1</v></c></row>"));
  put_file(folder.file("a.csv"), bytes);
  put_file(folder.file("b.xlsx"), "x,y\n");
  auto xlsx = TableReader::open(folder.file("a.csv"));
  ASSERT_TRUE(xlsx.has_value());
  EXPECT_EQ(xlsx->format(), TableFormat::xlsx);
  EXPECT_EQ(xlsx->sheets().at(0).name, "表");
  EXPECT_EQ(xlsx->digest(), sha256_hex(bytes));
  EXPECT_EQ(xlsx->where(0, 3, 2).sheet, "表");
  EXPECT_EQ(xlsx->where(0, 3, 2).field, 2U);
  auto csv = TableReader::open(folder.file("b.xlsx"));
  ASSERT_TRUE(csv.has_value());
  EXPECT_EQ(csv->format(), TableFormat::csv);
  ASSERT_EQ(csv->sheets().size(), 1U);
  EXPECT_EQ(csv->where(0, 1), (Where{.file = folder.file("b.xlsx"), .record = 1}));
  for (int again = 0; again < 2; ++again) {
    const auto end = csv->read(0, [](const Row&) { return Result<void>(); });
    ASSERT_TRUE(end.has_value());
    EXPECT_EQ(end->last_row, 1U);
    EXPECT_EQ(end->cells, 2U);
  }
  EXPECT_EQ(read("PK,a\n"), "A1 t=PK|B1 t=a|");
}

TEST(TableReader, AnotherEncodingMustBeStated) {
  const std::string cp932 = "\x90\x5F\x8C\xCB\x8E\x73\n";
  EXPECT_NE(read(cp932).find("not UTF-8"), std::string::npos);
  TableOptions stated;
  stated.decode = [&cp932](const std::string& bytes) -> Result<std::string> {
    EXPECT_EQ(bytes, cp932);
    return "神戸市\n";
  };
  EXPECT_EQ(read(cp932, stated), "A1 t=神戸市|");
  stated.decode = [](const std::string&) -> Result<std::string> {
    return fail(ErrorCode::input_rejected, {"否", "no"});
  };
  EXPECT_EQ(read(cp932, stated), "!no");
  EXPECT_EQ(read(pack(workbook("<row r=\"1\"><c r=\"B1\"><v>1</v></c></row>")), stated), "B1 n=1|");
}

TEST(TableReader, ErrorsHaveTheirPlace) {
  auto reader = TableReader::from_bytes("a\n\nb,c\n", "t.csv");
  ASSERT_TRUE(reader.has_value());
  const auto end = reader->read(0, [](const Row& row) -> Result<void> {
    if (row.number == 1) return {};
    return fail(ErrorCode::input_rejected, {"否", "no"});
  });
  ASSERT_FALSE(end.has_value());
  EXPECT_EQ(end.error().where, (Where{.file = "t.csv", .record = 3}));
  EXPECT_NE(read("a\n\"b\n").find("quote is not closed"), std::string::npos);
  EXPECT_NE(read(std::string("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8)).find(".xls"), std::string::npos);
}

TEST(TableReader, RowsFindTheirCells) {
  const Cell cells[] = {{.text = "b", .column = 2}, {.text = "e", .column = 5}};
  const Row row{1, cells};
  EXPECT_EQ(row.find(2), &cells[0]);
  EXPECT_EQ(row.find(5), &cells[1]);
  for (const std::uint32_t column : {0U, 1U, 3U, 6U}) EXPECT_EQ(row.find(column), nullptr);
  EXPECT_EQ(column_letters(1) + column_letters(26) + column_letters(27) + column_letters(702) + column_letters(703) +
                column_letters(16384),
            "AZAAZZAAAXFD");
}

}  // namespace
}  // namespace hyojun::base
