// What templates and correction sheets need of the XLSX writer: drop-downs and comments.
#include <gtest/gtest.h>

#include "hyojun/base/xlsx_writer.h"
#include "test_files.h"
#include "xlsx_read.h"

namespace hyojun::base {
namespace {

// unzip: an independent reader of what was written.
std::string member(const std::string& file, const std::string& name) {
  std::string out;
  std::array<char, 4096> buffer{};
  FILE* const pipe = ::popen(("unzip -p '" + file + "' " + name).c_str(), "r");
  for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), n);
  EXPECT_EQ(::pclose(pipe), 0) << name;
  return out;
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

TEST(XlsxTemplate, DropDownsAndComments) {
  const TestFolder folder;
  auto writer = XlsxWriter::open(folder.file("a"));
  ASSERT_TRUE(writer.has_value());
  XlsxSheet sheet{.name = "報告", .columns = {{"市区町村"}, {"状況"}, {"備考"}}, .note = "記入例"};
  sheet.columns[0].choice_list = {"一覧 '1", 1, 41};
  sheet.columns[1].choices = {"完了済み", "作業中", "未着手", "対象外"};
  sheet.columns[2].comment = "自由に書けます";
  ASSERT_TRUE(writer->begin_sheet(sheet).has_value());
  ASSERT_TRUE(writer->write_row({"神戸市", "作業中", ""}).has_value());
  ASSERT_TRUE(writer->begin_sheet({.name = "一覧 '1", .columns = {{"code"}, {"name"}}}).has_value());
  ASSERT_TRUE(writer->write_row({"281000", "神戸市"}).has_value());
  ASSERT_TRUE(writer->close().has_value());

  const std::string xml = member(folder.file("a"), "xl/worksheets/sheet1.xml");
  for (const char* part :
       {"sqref=\"A3:A1048576\"", "<formula1>'一覧 ''1'!$B$2:$B$42</formula1>", "sqref=\"B3:B1048576\"",
        "<formula1>\"完了済み,作業中,未着手,対象外\"</formula1>", "allowBlank=\"1\"", "showErrorMessage=\"1\""}) {
    EXPECT_TRUE(holds(xml, part)) << part << '\n' << xml;
  }
  const std::string comments = member(folder.file("a"), "xl/comments1.xml");
  EXPECT_TRUE(holds(comments, "ref=\"C2\"") && holds(comments, "自由に書けます")) << comments;
  EXPECT_EQ(text_of(XlsxReader::open(folder.file("a"))),
            "A1 t=記入例|A2 t=市区町村|B2 t=状況|C2 t=備考|A3 t=神戸市|B3 t=作業中|");
}

TEST(XlsxTemplate, ChoicesThatDoNotFitAreBugs) {
  const TestFolder folder;
  auto writer = XlsxWriter::open(folder.file("a"));
  ASSERT_TRUE(writer.has_value());
  int count = 0;
  for (const std::string& word : {std::string("a,b"), std::string("a\"b"), std::string("a "), std::string(),
                                  std::string(300, 'x'), std::string("\xFF")}) {
    XlsxSheet sheet{.name = "s" + std::to_string(++count), .columns = {{"a"}}};
    sheet.columns[0].choices = {word};
    const auto done = writer->begin_sheet(sheet);
    ASSERT_FALSE(done.has_value()) << word;
    EXPECT_EQ(done.error().code, ErrorCode::bug) << word;
  }
}

}  // namespace
}  // namespace hyojun::base
