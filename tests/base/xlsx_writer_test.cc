#include "hyojun/base/xlsx_writer.h"

#include <gtest/gtest.h>

#include "hyojun/base/atomic_file.h"
#include "test_files.h"

namespace hyojun::base {
namespace {

// unzip: an independent reader of what was written.
std::string output_of(const std::string& command) {
  std::string out;
  std::array<char, 4096> buffer{};
  FILE* const pipe = ::popen(command.c_str(), "r");
  for (std::size_t n = 0; (n = std::fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) out.append(buffer.data(), n);
  EXPECT_EQ(::pclose(pipe), 0) << command;
  return out;
}

std::string member(const std::string& file, const std::string& name) {
  return output_of("unzip -p '" + file + "' " + name);
}

bool holds(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

const XlsxSheet kSheet{.name = "同定", .columns = {{"コード", 10}, {"文字", 8}}, .note = "氏名の列を含みます"};

Result<void> write_sample(const std::string& path) {
  auto writer = XlsxWriter::open(path);
  if (!writer) return tl::unexpected<Error>(writer.error());
  auto done = writer->begin_sheet(kSheet);
  if (done) done = writer->write_row({"80E1", "漢<&>"});
  if (done) done = writer->write_row({"=1+1", ""});
  if (done) done = writer->begin_sheet({.name = "2", .columns = {{"a", 5}}});
  if (done) done = writer->write_row({"b"});
  return done ? writer->close() : done;
}

TEST(XlsxWriter, WritesTextUnderAFrozenHeaderWithAFilter) {
  const TestFolder folder;
  auto file = AtomicFile::open(folder.file("a.xlsx"), Overwrite::refuse);
  ASSERT_TRUE(file.has_value());
  ASSERT_TRUE(write_sample(file->temp_path()).has_value());
  ASSERT_TRUE(file->commit().has_value());
  EXPECT_EQ(mode_of(folder.file("a.xlsx")), 0600U);
  EXPECT_EQ(folder.names(), std::vector<std::string>{"a.xlsx"});

  output_of("unzip -tqq '" + folder.file("a.xlsx") + "'");
  const std::string sheet = member(folder.file("a.xlsx"), "xl/worksheets/sheet1.xml");
  for (const char* part : {"<is><t>氏名の列を含みます</t></is>", "<is><t>コード</t></is>", "<is><t>80E1</t></is>",
                           "<is><t>漢&lt;&amp;&gt;</t></is>", "<is><t>=1+1</t></is>", "<autoFilter ref=\"A2:B4\"/>",
                           "ySplit=\"2\"", "state=\"frozen\""}) {
    EXPECT_TRUE(holds(sheet, part)) << part << '\n' << sheet;
  }
  EXPECT_FALSE(holds(sheet, "<f>"));
  EXPECT_FALSE(holds(sheet, "<v>"));
  EXPECT_TRUE(holds(member(folder.file("a.xlsx"), "xl/workbook.xml"), "name=\"同定\""));
  EXPECT_TRUE(holds(member(folder.file("a.xlsx"), "xl/styles.xml"), "numFmtId=\"49\""));  // 49 is text
  EXPECT_TRUE(holds(member(folder.file("a.xlsx"), "xl/worksheets/sheet2.xml"), "<is><t>b</t></is>"));
}

TEST(XlsxWriter, TheSameCallsGiveTheSameBytes) {
  const TestFolder folder;
  ASSERT_TRUE(write_sample(folder.file("a")).has_value());
  ::sleep(1);
  ASSERT_TRUE(write_sample(folder.file("b")).has_value());
  EXPECT_EQ(file_bytes(folder.file("a")), file_bytes(folder.file("b")));
}

TEST(XlsxWriter, EscapesWhatXmlCannotHold) {
  const TestFolder folder;
  auto writer = XlsxWriter::open(folder.file("a"));
  ASSERT_TRUE(writer.has_value());
  ASSERT_TRUE(writer->begin_sheet({.name = "s", .columns = {{"a"}}}).has_value());
  ASSERT_TRUE(writer->write_row({std::string_view("x\0y\x1F\r\t\n", 7)}).has_value());
  ASSERT_TRUE(writer->write_row({"_x0041_ \uFFFE \uFFFF _x004_"}).has_value());
  ASSERT_TRUE(writer->close().has_value());
  const std::string sheet = member(folder.file("a"), "xl/worksheets/sheet1.xml");
  EXPECT_TRUE(holds(sheet, ">x_x0000_y_x001F__x000D_\t\n</t>")) << sheet;
  EXPECT_TRUE(holds(sheet, ">_x005F_x0041_ _xFFFE_ _xFFFF_ _x004_</t>")) << sheet;
}

TEST(XlsxWriter, NamesTheCellThatIsTooLong) {
  const TestFolder folder;
  auto writer = XlsxWriter::open(folder.file("a"));
  ASSERT_TRUE(writer.has_value());
  ASSERT_TRUE(writer->begin_sheet({.name = "s", .columns = {{"a"}, {"b"}}}).has_value());
  EXPECT_TRUE(writer->write_row({"", std::string(32'767, 'x')}).has_value());
  const auto done = writer->write_row({"", std::string(32'766, 'x') + "𠮟"});
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::input_rejected);
  EXPECT_EQ(done.error().where.record, 3U);
  EXPECT_EQ(done.error().where.field, 2U);
}

TEST(XlsxWriter, StopsAtTheLastRowOfTheFormat) {
  const TestFolder folder;
  auto writer = XlsxWriter::open(folder.file("a"));
  ASSERT_TRUE(writer.has_value());
  ASSERT_TRUE(writer->begin_sheet({.name = "s", .columns = {{"a"}}}).has_value());
  for (std::uint32_t row = 1; row < XlsxWriter::kMaxRows; ++row) ASSERT_TRUE(writer->write_row({"x"}).has_value());
  const auto done = writer->write_row({"x"});
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::input_rejected);
  EXPECT_NE(done.error().what.en.find("1048576"), std::string::npos);
  EXPECT_NE(done.error().next.en.find(".csv"), std::string::npos);
}

TEST(XlsxWriter, WrongCallsAreBugs) {
  const TestFolder folder;
  auto writer = XlsxWriter::open(folder.file("a"));
  ASSERT_TRUE(writer.has_value());
  EXPECT_EQ(writer->close().error().code, ErrorCode::bug);
  EXPECT_EQ(writer->write_row({"x"}).error().code, ErrorCode::bug);
  for (const char* name : {"", "a/b", "[a]"}) {
    EXPECT_EQ(writer->begin_sheet({.name = name, .columns = {{"a"}}}).error().code, ErrorCode::bug) << name;
  }
  ASSERT_TRUE(writer->begin_sheet({.name = "s", .columns = {{"a"}}}).has_value());
  EXPECT_EQ(writer->write_row({"x", "y"}).error().code, ErrorCode::bug);
  EXPECT_EQ(writer->write_row({"\xFF"}).error().code, ErrorCode::bug);
  EXPECT_EQ(writer->begin_sheet({.name = "S", .columns = {{"a"}}}).error().code, ErrorCode::bug);
}

TEST(XlsxWriter, AFullDiskIsAnErrorOfTheEnvironment) {
  const TestFolder folder;
  EXPECT_EQ(exit_code_of([&folder] {
              limit_file_size(50'000);
              auto writer = XlsxWriter::open(folder.file("a"));
              if (!writer || !writer->begin_sheet({.name = "s", .columns = {{"a"}}})) return 1;
              for (int i = 0; i < 10'000; ++i) {
                const auto done = writer->write_row({"the same text in every row packs well"});
                if (!done) return done.error().code == ErrorCode::environment ? 0 : 2;
              }
              const auto done = writer->close();
              return !done && done.error().code == ErrorCode::environment ? 0 : 3;
            }),
            0);
}

TEST(XlsxWriter, ADiskThatFillsDuringCloseIsAnErrorToo) {
  const auto done = write_sample("/dev/full");
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::environment);
}

TEST(XlsxWriter, ItsOwnTemporaryFilesArePrivateAndGone) {
  const TestFolder folder;
  {
    auto writer = XlsxWriter::open(folder.file("a"));
    ASSERT_TRUE(writer.has_value());
    ASSERT_TRUE(writer->begin_sheet(kSheet).has_value());
    for (const std::string& name : folder.names()) EXPECT_EQ(mode_of(folder.file(name)), 0600U) << name;
  }
  EXPECT_TRUE(folder.names().empty());
}

TEST(XlsxWriter, UnwritableFolder) {
  const TestFolder folder;
  const auto done = write_sample(folder.file("none/a.xlsx"));
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::environment);
}

}  // namespace
}  // namespace hyojun::base
