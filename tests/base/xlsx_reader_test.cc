#include "hyojun/base/xlsx_reader.h"

#include <gtest/gtest.h>

#include "hyojun/base/xlsx_writer.h"
#include "test_files.h"
#include "xlsx_parts.h"
#include "xlsx_read.h"

namespace hyojun::base {
namespace {

std::string read(const Parts& parts, std::size_t sheet = 0) {
  return text_of(XlsxReader::from_bytes(pack(parts), "a.xlsx"), sheet);
}
std::string read_rows(const std::string& rows, const std::string& strings = "") {
  return read(workbook(rows, strings));
}

TEST(XlsxReader, EveryKindOfCell) {
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>1</v></c><c r=\"B1\" "
                      "t=\"inlineStr\"><is><t>行内</t></is></c><c r=\"C1\"><v>0.7475000000000001</v>"
                      "</c><c r=\"D1\" t=\"b\"><v>1</v></c><c r=\"E1\" t=\"e\"><v>#N/A</v></c><c r=\"F1\" "
                      "t=\"n\"><v>-1E-3</v></c><c r=\"G1\" "
                      "t=\"b\"><v>0</v></c></row>",
                      "<si><t>零</t></si><si><t>一</t></si>"),
            "A1 t=一|B1 t=行内|C1 n=0.7475000000000001|D1 b=TRUE|E1 e=#N/A|F1 n=-1E-3|G1 b=FALSE|");
}

TEST(XlsxReader, FormulasAreMarked) {
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"A1\"><f>1+1</f><v>2</v></c><c r=\"B1\" t=\"str\"><f>\"a\"</f><v>a</v></c><c "
                      "r=\"C1\"><f>NOW()</f></c>"
                      "<c r=\"D1\"><f t=\"shared\" si=\"0\"/><v>3</v></c></row>"),
            "A1 fn=2|B1 ft=a|C1 f_=|D1 fn=3|");
}

TEST(XlsxReader, RichTextIsJoinedAndRubyLeftOut) {
  const std::string rich =
      "<r><t>神</t></r><r><rPr><b/></rPr><t xml:space=\"preserve\">戸 </t></r><rPh sb=\"0\" "
      "eb=\"2\"><t>コウベ</t></rPh><phoneticPr fontId=\"1\"/>";
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is>" + rich +
                          "</is></c></row>",
                      "<si>" + rich + "</si>"),
            "A1 t=神戸 |B1 t=神戸 |");
}

TEST(XlsxReader, EscapesAndSpaces) {
  EXPECT_EQ(read_rows("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"inlineStr\"><is><t>  _x005F_x0041_ "
                      "_xD842__xDF9F_ _xD842_ _x00zz_ "
                      "_x0009_</t></is></c></row>",
                      "<si><t>a_x000D_&#10;b&amp;&lt;</t></si>"),
            "A1 t=a\r\nb&<|B1 t=  _x0041_ \U00020B9F _xD842_ _x00zz_ \t|");
}

TEST(XlsxReader, GapsAndBlanksAndMissingAddresses) {
  EXPECT_EQ(
      read_rows("<row r=\"2\"><c r=\"B2\" s=\"1\"/><c "
                "r=\"AA2\"><v>1</v></c><c><v>2</v></c></row><row/><row><c><v>3</v></c><c/><c t=\"inlineStr\"><is><t/>"
                "</is></c><c><v>4</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>5</v></c></row>"),
      "AA2 n=1|AB2 n=2|A4 n=3|D4 n=4|XFD1048576 n=5|");
}

TEST(XlsxReader, DatesByFormat) {
  const std::string rows =
      "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>45838</v></c><c r=\"B1\" s=\"2\"><v>45838.524</v></c><c r=\"C1\" "
      "s=\"1\"><v>60</v></c><c r=\"D1\" "
      "s=\"1\"><v>0.5</v></c><c r=\"E1\" s=\"0\"><v>45838</v></c><c r=\"F1\" "
      "t=\"d\"><v>2025-06-30T00:00:00.000Z</v></c><c r=\"G1\" s=\"1\">"
      "<v>45838.999999</v></c><c r=\"H1\" s=\"99\"><v>1</v></c></row>";
  EXPECT_EQ(
      read_rows(rows),
      "A1 d=2025-06-30|B1 d=2025-06-30T12:34:34|C1 n=60|D1 n=0.5|E1 n=45838|F1 d=2025-06-30|G1 d=2025-07-01|H1 n=1|");
  Parts parts = workbook("<row r=\"1\"><c r=\"A1\" s=\"1\"><v>44376</v></c></row>");
  std::string& book = parts["xl/workbook.xml"];
  book.insert(book.find("<sheets>"), "<workbookPr date1904=\"1\"/>");
  EXPECT_EQ(read(parts), "A1 d=2025-06-30|");
}

TEST(XlsxReader, StrictNamespaces) {
  EXPECT_EQ(read(workbook("<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>45838</v></c></row>",
                          "<si><t>厳密</t></si>", kStrict)),
            "A1 t=厳密|B1 d=2025-06-30|");
}

TEST(XlsxReader, PrefixesAndForeignElements) {
  Parts parts = workbook("");
  parts["xl/worksheets/sheet1.xml"] =
      "<x:worksheet xmlns:x=\"" + Dialect{}.main +
      "\" xmlns:y=\"urn:y\"><x:sheetData><x:row r=\"1\"><y:c><x:v>9</x:v></y:c>"
      "<x:c r=\"A1\"><x:v>1</x:v><y:v>2</y:v></x:c></x:row></x:sheetData></x:worksheet>";
  EXPECT_EQ(read(parts), "A1 n=1|");
}

TEST(XlsxReader, AbsoluteAndRelativeTargets) {
  for (const char* target :
       {"/xl/worksheets/sheet1.xml", "worksheets/sheet1.xml", "./worksheets/../worksheets/sheet1.xml",
        "../xl/worksheets/sheet1.xml", "/XL/Worksheets/Sheet1.xml"}) {
    Parts parts = workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
    parts["xl/_rels/workbook.xml.rels"] = relationships(relationship({}, "rId1", "worksheet", target));
    EXPECT_EQ(read(parts), "A1 n=1|") << target;
  }
  for (const char* target : {"../../etc/passwd", "/../a", ".."}) {
    Parts parts = workbook("");
    parts["xl/_rels/workbook.xml.rels"] = relationships(relationship({}, "rId1", "worksheet", target));
    if (std::string_view(target) == "..") {
      EXPECT_EQ(read(parts).substr(0, 8), "!the par") << target;
    } else {
      EXPECT_EQ(read(parts), "!a part points outside the archive") << target;
    }
  }
}

TEST(XlsxReader, SheetsInOrderWithHiddenOnes) {
  Parts parts = workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>");
  std::string& book = parts["xl/workbook.xml"];
  book.insert(book.find("</sheets>"),
              "<sheet name=\"図\" sheetId=\"2\" r:id=\"rId9\"/><sheet name=\"隠し\" sheetId=\"3\" state=\"veryHidden\" "
              "r:id=\"rId8\"/>");
  parts["xl/_rels/workbook.xml.rels"] =
      relationships(relationship({}, "rId1", "worksheet", "worksheets/sheet1.xml") +
                    relationship({}, "rId9", "chartsheet", "c.xml") + relationship({}, "rId8", "worksheet", "b.xml"));
  parts["xl/b.xml"] = worksheet("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>");
  auto reader = XlsxReader::from_bytes(pack(parts), "a.xlsx");
  ASSERT_TRUE(reader.has_value());
  ASSERT_EQ(reader->sheets().size(), 2U);
  EXPECT_EQ(reader->sheets()[0].name, "表");
  EXPECT_FALSE(reader->sheets()[0].hidden);
  EXPECT_EQ(reader->sheets()[1].name, "隠し");
  EXPECT_TRUE(reader->sheets()[1].hidden);
  EXPECT_EQ(read(parts, 1), "A1 n=2|");
}

TEST(XlsxReader, MergedCellsAreListed) {
  Parts parts = workbook("");
  parts["xl/worksheets/sheet1.xml"] =
      worksheet("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>", {},
                "<mergeCells><mergeCell ref=\"A1:C2\"/><mergeCell ref=\"B4:B5\"/></mergeCells>");
  auto reader = XlsxReader::from_bytes(pack(parts), "a.xlsx");
  ASSERT_TRUE(reader.has_value());
  for (int again = 0; again < 2; ++again) {
    const auto end = reader->read(0, [](const Row&) { return Result<void>(); });
    ASSERT_TRUE(end.has_value());
    EXPECT_EQ(end->last_row, 1U);
    EXPECT_EQ(end->cells, 1U);
    EXPECT_EQ(end->merged, (std::vector<CellRange>{{1, 1, 2, 3}, {4, 2, 5, 2}}));
  }
}

TEST(XlsxReader, TheHandlerEndsTheReading) {
  auto reader = XlsxReader::from_bytes(
      pack(workbook("<row r=\"3\"><c r=\"A3\"><v>1</v></c></row><row r=\"4\"><c r=\"A4\"><v>1</v></c></row>")),
      "a.xlsx");
  ASSERT_TRUE(reader.has_value());
  int rows = 0;
  const auto end = reader->read(0, [&rows](const Row&) -> Result<void> {
    ++rows;
    return fail(ErrorCode::usage, {"止", "stop"});
  });
  ASSERT_FALSE(end.has_value());
  EXPECT_EQ(rows, 1);
  EXPECT_EQ(end.error().what.en, "stop");
  EXPECT_EQ(end.error().where.sheet, "表");
  EXPECT_EQ(end.error().where.record, 3U);
}

TEST(XlsxReader, ReadsWhatOurWriterWrites) {
  const TestFolder folder;
  auto writer = XlsxWriter::open(folder.file("a.xlsx"));
  ASSERT_TRUE(writer.has_value());
  ASSERT_TRUE(writer->begin_sheet({.name = "一", .columns = {{"コード"}, {"文字"}}, .note = "注"}).has_value());
  ASSERT_TRUE(writer->write_row({"028100", std::string_view(" 𠮟\r\n\x01_x0041_", 15)}).has_value());
  ASSERT_TRUE(writer->write_row({"", "=1+1"}).has_value());
  ASSERT_TRUE(writer->begin_sheet({.name = "二", .columns = {{"a"}}}).has_value());
  ASSERT_TRUE(writer->write_row({"b"}).has_value());
  ASSERT_TRUE(writer->close().has_value());
  EXPECT_EQ(text_of(XlsxReader::open(folder.file("a.xlsx"))),
            "A1 t=注|A2 t=コード|B2 t=文字|A3 t=028100|B3 t= 𠮟\r\n\x01_x0041_|B4 t==1+1|");
  EXPECT_EQ(text_of(XlsxReader::open(folder.file("a.xlsx")), 1), "A1 t=a|A2 t=b|");
}

TEST(XlsxReader, AFileThatIsNotThereIsAnErrorOfTheEnvironment) {
  EXPECT_EQ(XlsxReader::open("/nowhere/a.xlsx").error().code, ErrorCode::environment);
}

}  // namespace
}  // namespace hyojun::base
