#include <gtest/gtest.h>

#include "hyojun/base/csv.h"

namespace hyojun::base {
namespace {

std::string written(const CsvWriterOptions& options, std::initializer_list<std::string_view> fields) {
  std::string out;
  CsvWriter writer(
      [&out](std::string_view bytes) -> Result<void> {
        out += bytes;
        return {};
      },
      options);
  EXPECT_TRUE(writer.write_row(fields).has_value());
  return out;
}

TEST(CsvWriter, QuotesOnlyWhereNeeded) {
  EXPECT_EQ(written({}, {"a", "", "漢 字", "\t;'"}), "a,,漢 字,\t;'\n");
  EXPECT_EQ(written({}, {"a,b", "a\"b", "a\nb", "a\rb"}), "\"a,b\",\"a\"\"b\",\"a\nb\",\"a\rb\"\n");
  EXPECT_EQ(written({.delimiter = '\t'}, {"a,b", "a\tb"}), "a,b\t\"a\tb\"\n");
  EXPECT_EQ(written({}, {""}), "\"\"\n");
  EXPECT_EQ(written({}, {"", ""}), ",\n");
}

TEST(CsvWriter, WritesForExcel) {
  std::string out;
  CsvWriter writer(
      [&out](std::string_view bytes) -> Result<void> {
        out += bytes;
        return {};
      },
      {.bom = true, .crlf = true});
  ASSERT_TRUE(writer.write_row({"見出し"}).has_value());
  ASSERT_TRUE(writer.write_row({"1"}).has_value());
  EXPECT_EQ(out, "\xEF\xBB\xBF見出し\r\n1\r\n");
}

TEST(CsvWriter, GuardsFormulasOnlyWhenAsked) {
  EXPECT_EQ(written({}, {"=1+1", "@a"}), "=1+1,@a\n");
  EXPECT_EQ(written({.guard_formulas = true}, {"=1,1", "+1", "-1", "@a", "\tb", "\rc", "a=1", ""}),
            "\"'=1,1\",'+1,'-1,'@a,'\tb,\"'\rc\",a=1,\n");
}

TEST(CsvWriter, KeepsZerosOnlyWhenAsked) {
  EXPECT_EQ(written({}, {"011002", "1"}), "011002,1\n");
  EXPECT_EQ(written({.guard_formulas = true, .keep_zeros = true}, {"011002", "0", "0.5", "282014", "00a"}),
            "\"=\"\"011002\"\"\",0,0.5,282014,00a\n");
}

TEST(CsvWriter, FailsAsItsSink) {
  CsvWriter writer([](std::string_view) -> Result<void> { return fail(ErrorCode::environment, {"x", "x"}); });
  EXPECT_EQ(writer.write_row({"a"}).error().code, ErrorCode::environment);
}

}  // namespace
}  // namespace hyojun::base
