#include <gtest/gtest.h>

#include "hyojun/base/csv.h"
#include "test_files.h"

namespace hyojun::base {
namespace {

using Row = std::vector<std::string>;

std::vector<Row> rows_of(const CsvTable& table) {
  std::vector<Row> rows{table.header()};
  for (std::size_t r = 0; r < table.row_count(); ++r) {
    Row row;
    for (std::size_t c = 0; c < table.header().size(); ++c) row.emplace_back(table.cell(r, c));
    rows.push_back(row);
  }
  return rows;
}

std::vector<Row> parse(std::string bytes, const CsvOptions& options = {}) {
  const auto table = parse_csv(std::move(bytes), "t.csv", options);
  EXPECT_TRUE(table.has_value()) << (table ? "" : table.error().what.en);
  return table ? rows_of(*table) : std::vector<Row>{};
}

Error reject(std::string bytes, const CsvOptions& options = {}) {
  const auto table = parse_csv(std::move(bytes), "t.csv", options);
  EXPECT_FALSE(table.has_value());
  const Error error = table ? Error{ErrorCode::bug, {"", ""}} : table.error();
  EXPECT_EQ(error.code, ErrorCode::input_rejected);
  EXPECT_EQ(error.where.file, "t.csv");
  EXPECT_FALSE(error.next.ja.empty());
  EXPECT_FALSE(error.next.en.empty());
  return error;
}

Where at(std::uint64_t record, std::uint64_t field, std::uint64_t byte) { return {"t.csv", record, field, byte}; }

TEST(CsvReader, SplitsRecordsAtEveryLineEnd) {
  const std::vector<Row> expected = {{"a", "b"}, {"1", "2"}, {"3", "4"}};
  for (const char* bytes : {"a,b\n1,2\n3,4\n", "a,b\r\n1,2\r\n3,4\r\n", "a,b\r1,2\r3,4\r", "a,b\n1,2\r\n3,4",
                            "\xEF\xBB\xBF"
                            "a,b\n1,2\n3,4\n",
                            "\n\na,b\n\n1,2\n\r\n3,4\n\n", "\"a\",\"b\"\n1,2\n\"3\",\"4\""}) {
    EXPECT_EQ(parse(bytes), expected) << bytes;
  }
}

TEST(CsvReader, UnquotesFields) {
  EXPECT_EQ(parse("a,b,c\n\"x,y\",\"\"\"\",\"l\r\nm\"\n"),
            (std::vector<Row>{{"a", "b", "c"}, {"x,y", "\"", "l\r\nm"}}));
  EXPECT_EQ(parse("a,b\n\"\",\n,\"\"\"\"\"\"\n"), (std::vector<Row>{{"a", "b"}, {"", ""}, {"", "\"\""}}));
  EXPECT_EQ(parse("a\n\"\"\n\nx"), (std::vector<Row>{{"a"}, {""}, {"x"}}));  // a line with nothing in it is no row
  EXPECT_EQ(parse("a,b\n 1 ,\"2\""), (std::vector<Row>{{"a", "b"}, {" 1 ", "2"}}));
  EXPECT_EQ(parse("a\tb,c\n\"1\t\"\t,\n", {.delimiter = '\t'}), (std::vector<Row>{{"a", "b,c"}, {"1\t", ","}}));
}

TEST(CsvReader, KeepsTheLastEmptyField) {
  EXPECT_EQ(parse("a,b\n1,"), (std::vector<Row>{{"a", "b"}, {"1", ""}}));
  EXPECT_EQ(parse("a,b\n,\n"), (std::vector<Row>{{"a", "b"}, {"", ""}}));
  EXPECT_EQ(parse("a,\n1,2\n"), (std::vector<Row>{{"a", ""}, {"1", "2"}}));
}

TEST(CsvReader, EachCellKnowsItsPlace) {
  const auto table = parse_csv(
      "\xEF\xBB\xBF"
      "a,b\n\n\"1\n\"\"\",漢\r\n3,\"4\"",
      "t.csv");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->where(0, 0), at(3, 1, 8));
  EXPECT_EQ(table->where(0, 1), at(3, 2, 15));
  EXPECT_EQ(table->where(1, 0), at(4, 1, 20));
  EXPECT_EQ(table->where(1, 1), at(4, 2, 22));
}

TEST(CsvReader, FindsColumnsBySynonymInAnyOrder) {
  const auto table = parse_csv("target,コード\nMJ000001,F040\n", "t.csv");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->find_column({"code", "コード"}), 1U);
  EXPECT_EQ(table->find_column({"Target"}), std::nullopt);
  EXPECT_EQ(table->require_column({"target"}).value(), 0U);
  const auto missing = table->require_column({"category", "区分"});
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, ErrorCode::input_rejected);
  EXPECT_EQ(missing.error().what.en, "there is no column \"category\"");
}

TEST(CsvReader, RefusesOtherEncodings) {
  const Error sjis = reject("a,b\n1,\x8E\x73\n");
  EXPECT_EQ(sjis.where.byte, 6U);
  EXPECT_NE(sjis.next.en.find("Shift_JIS"), std::string::npos);
  EXPECT_NE(reject("\xFF\xFE"
                   "a")
                .next.en.find("UTF-16"),
            std::string::npos);
  EXPECT_EQ(reject(std::string("a,b\n1,\0", 7)).where.byte, 6U);
}

TEST(CsvReader, RefusesQuotesThatDoNotFit) {
  EXPECT_EQ(reject("a,b\n1,\"2\n3,4\n").where, at(2, 2, 6));  // never closed
  EXPECT_EQ(reject("a,b\n1,\"").where, at(2, 2, 6));
  EXPECT_EQ(reject("a,b\n1,\"2\"\"").where, at(2, 2, 6));
  EXPECT_EQ(reject("a,b\n1,2\"\n").where, at(2, 2, 7));     // inside a plain field
  EXPECT_EQ(reject("a,b\n\"1\"x,2\n").where, at(2, 1, 7));  // text after the closing quote
  EXPECT_EQ(reject("a,b\n\"1\" ,2\n").where, at(2, 1, 7));
}

TEST(CsvReader, RefusesRecordsThatDoNotFitTheHeader) {
  EXPECT_EQ(reject("a,b\n1\n").where, at(2, 1, 4));
  EXPECT_EQ(reject("a,b\n1,2,3\n").where, at(2, 3, 8));
  EXPECT_EQ(reject("a,b\n\"\"\n").where, at(2, 1, 4));
  EXPECT_EQ(reject("a,b,a\n").where, at(1, 3, 4));
  reject("");
  reject("\n\r\n");
  reject("\xEF\xBB\xBF");
}

TEST(CsvReader, KeepsToItsBounds) {
  EXPECT_EQ(parse("a\n1\n2\n", {.max_bytes = 6, .max_records = 3, .max_columns = 1}).size(), 3U);
  reject("a\n1\n2\n", {.max_bytes = 5});
  reject("a\n1\n2\n", {.max_records = 2});
  reject("a,b\n", {.max_columns = 1});
}

TEST(CsvReader, ErrorsShowNoField) {
  for (const char* bytes : {"a\n山田\"\n", "a\n\"山田\n", "a,b\n山田\n"}) {
    const Error error = reject(bytes);
    EXPECT_EQ(error.what.ja.find("山田"), std::string::npos);
    EXPECT_EQ(error.what.en.find("山田"), std::string::npos);
  }
}

TEST(CsvReader, ReadsFiles) {
  const TestFolder folder;
  put_file(folder.file("t.csv"), "a\n1\n");
  const auto table = read_csv(folder.file("t.csv"));
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ(table->where(0, 0).file, folder.file("t.csv"));
  EXPECT_EQ(read_csv(folder.file("t.csv"), {.max_bytes = 3}).error().code, ErrorCode::input_rejected);
  EXPECT_EQ(read_csv("/dev/zero", {.max_bytes = 1'000'000}).error().code, ErrorCode::input_rejected);
  EXPECT_EQ(read_csv(folder.file("none")).error().code, ErrorCode::environment);
  EXPECT_EQ(read_csv(folder.path()).error().code, ErrorCode::environment);
}

}  // namespace
}  // namespace hyojun::base
