// Files that are damaged, forged or of another kind: each gets its error, with place and next step.
#include <gtest/gtest.h>

#include "hyojun/base/xlsx_reader.h"
#include "test_files.h"
#include "xlsx_parts.h"
#include "xlsx_read.h"

namespace hyojun::base {
namespace {

std::string read_bytes(std::string bytes, const XlsxLimits& limits = {}) {
  return text_of(XlsxReader::from_bytes(std::move(bytes), "a.xlsx", limits));
}
std::string read(const Parts& parts, const XlsxLimits& limits = {}) { return read_bytes(pack(parts), limits); }
std::string read_rows(const std::string& rows, const XlsxLimits& limits = {}) {
  return read(workbook(rows, "<si><t>x</t></si>"), limits);
}
std::string row_of(const std::string& cells) { return "<row r=\"3\">" + cells + "</row>"; }
bool holds(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

std::string blanks(std::size_t count) { return std::string(count, ' '); }

TEST(XlsxHostile, OtherKindsOfFilesAreNamed) {
  const std::string ole = "\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";
  EXPECT_TRUE(holds(read_bytes(ole + std::string(600, '\0')), ".xls"));
  EXPECT_TRUE(holds(
      read_bytes(ole + std::string(600, '\0') + std::string("E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0", 32)),
      "password"));
  EXPECT_TRUE(holds(read_bytes(pack(workbook(""), {.deflate = true, .password = "p"})), "password"));
  for (const char* bytes : {"", "a,b\n1,2\n", "PK", "PK\3\4", "%PDF-1.7"})
    EXPECT_EQ(read_bytes(bytes)[0], '!') << bytes;
  EXPECT_TRUE(holds(read({{"mimetype", "application/vnd.oasis.opendocument.spreadsheet"}}), "no XLSX"));
  Parts word = workbook("");
  word["xl/workbook.xml"] = "<document xmlns=\"urn:word\"/>";
  EXPECT_TRUE(holds(read(word), "no Excel workbook"));
  Parts binary = workbook("");
  binary["_rels/.rels"] = relationships(relationship({}, "rId1", "officeDocument", "xl/workbook.bin"));
  EXPECT_TRUE(holds(read(binary), ".xlsb"));
}

TEST(XlsxHostile, EveryCutIsAnError) {
  const std::string whole = pack(workbook("<row r=\"1\"><c r=\"A1\"><v>1</v></c></row>"));
  ASSERT_EQ(read_bytes(whole), "A1 n=1|");
  for (std::size_t size = 0; size < whole.size(); ++size) ASSERT_EQ(read_bytes(whole.substr(0, size))[0], '!') << size;
}

TEST(XlsxHostile, AChangedByteIsNoCrashAndNoOtherValue) {
  const Parts parts = workbook("<row r=\"1\"><c r=\"A1\"><v>1234567</v></c></row>");
  std::string bytes = pack(parts, {.deflate = false, .password = {}});
  const std::size_t at = bytes.find("1234567");
  bytes[at] = '9';
  EXPECT_TRUE(holds(read_bytes(bytes), "damaged"));
}

TEST(XlsxHostile, MissingPartsAreNamed) {
  for (const auto& [part, content] : workbook("")) {
    Parts parts = workbook("");
    parts.erase(part);
    const std::string said = read(parts);
    EXPECT_EQ(said[0], '!') << part;
    EXPECT_TRUE(holds(said, "missing") || part == "_rels/.rels") << said;
  }
}

TEST(XlsxHostile, APartTwice) {
  Parts parts = workbook("");
  parts["xl/worksheets/sheet2.xml"] = worksheet("<row r=\"1\"><c r=\"A1\"><v>2</v></c></row>");
  std::string bytes = pack(parts);
  for (std::size_t at = 0; (at = bytes.find("sheet2.xml", at)) != std::string::npos;) bytes[at + 5] = '1';
  EXPECT_TRUE(holds(read_bytes(bytes), "twice"));
}

TEST(XlsxHostile, ZipBombs) {
  Parts parts = workbook("");
  parts["xl/worksheets/sheet1.xml"] = worksheet(blanks(100U << 20U));
  EXPECT_TRUE(holds(read(parts), "too large when unpacked"));
  XlsxLimits open_ratio;
  open_ratio.max_ratio = 100'000;
  EXPECT_TRUE(holds(read(parts, open_ratio), "bytes of blanks"));
  parts["xl/worksheets/sheet1.xml"] = worksheet("<!--" + blanks(3U << 20U) + "-->");
  EXPECT_TRUE(holds(read(parts, open_ratio), "bytes of blanks"));
  parts["xl/worksheets/sheet1.xml"] = worksheet("<row x=\"" + blanks(3U << 20U) + "\"/>");
  EXPECT_TRUE(holds(read(parts, open_ratio), "bytes of blanks"));
}

TEST(XlsxHostile, Limits) {
  const std::string rows = "<row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>" + std::string(500, 'x') +
                           "</t></is></c><c r=\"B1\"><v>1</v></c></row>";
  XlsxLimits limits;
  limits.max_cells = 2;
  EXPECT_EQ(read_rows(rows, limits), "!the sheet has more than 2 cells and rows @1");
  limits = {};
  limits.max_text_bytes = 499;
  EXPECT_EQ(read_rows(rows, limits), "!the cell is longer than 499 bytes @1,1");
  limits.max_text_bytes = 500;
  EXPECT_TRUE(holds(read_rows(rows, limits), "B1 n=1|"));
  limits = {};
  limits.max_part_bytes = 800;
  EXPECT_TRUE(holds(read_rows(rows + rows, limits), "too large when unpacked"));
  limits = {};
  limits.max_total_bytes = 2000;
  EXPECT_TRUE(holds(read_rows(rows, limits), "more than 2000 bytes when unpacked"));
  limits = {};
  limits.max_entries = 5;
  EXPECT_TRUE(holds(read_rows(rows, limits), "more than 5 files"));
  limits = {};
  limits.max_file_bytes = 100;
  EXPECT_TRUE(holds(read_rows(rows, limits), "larger than 100 bytes"));
  limits = {};
  limits.max_depth = 5;
  EXPECT_TRUE(holds(read_rows(rows, limits), "nested too deeply"));
  EXPECT_TRUE(holds(read(workbook("", "<si><t>" + std::string(300'000, 'x') + "</t></si>")), "string is longer"));
}

TEST(XlsxHostile, NoDtdNoEntities) {
  Parts parts = workbook("");
  const std::string dtd = "<!DOCTYPE x [<!ENTITY a \"aaaaaaaa\"><!ENTITY b \"&a;&a;\">]>";
  for (const char* part :
       {"xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "xl/workbook.xml", "_rels/.rels", "xl/styles.xml"}) {
    Parts forged = workbook("");
    std::string& xml = forged[part];
    const std::size_t at = xml.starts_with("<?xml") ? xml.find("?>") + 2 : 0;
    xml.insert(at, dtd);
    EXPECT_TRUE(holds(read(forged), "DTD")) << part;
  }
  EXPECT_TRUE(holds(read_rows(row_of("<c r=\"A3\" t=\"inlineStr\"><is><t>&nbsp;</t></is></c>")), "not well-formed"));
}

TEST(XlsxHostile, BrokenXmlNamesPartRowAndLine) {
  const std::string said = read_rows(row_of("<c r=\"A3\"><v>1</w></c>"));
  EXPECT_EQ(said, "!the XML is not well-formed (xl/worksheets/sheet1.xml, line 1) @3");
  EXPECT_TRUE(holds(read_rows(row_of("<c r=\"A3\" t=\"inlineStr\"><is><t>\xFF</t></is></c>")), "not well-formed"));
  Parts other = workbook("");
  other["xl/worksheets/sheet1.xml"] = "<sst xmlns=\"" + Dialect{}.main + "\"/>";
  EXPECT_TRUE(holds(read(other), "no worksheet"));
}

TEST(XlsxHostile, BadCellsHaveTheirPlace) {
  for (const auto& [cells, said] : {
           std::pair<std::string, std::string>{"<c r=\"B3\" t=\"s\"><v>1</v></c>",
                                               "!the string that the cell refers to is not in the file @3,2"},
           {"<c r=\"B3\" t=\"s\"><v>-1</v></c>", "!the string that the cell refers to is not in the file @3,2"},
           {"<c r=\"B3\" t=\"s\"><v>99999999999</v></c>",
            "!the string that the cell refers to is not in the file @3,2"},
           {"<c r=\"B3\"><v>x</v></c>", "!the cell is no number @3,2"},
           {"<c r=\"B3\"><v>1e999</v></c>", "!the cell is no number @3,2"},
           {"<c r=\"B3\"><v>nan</v></c>", "!the cell is no number @3,2"},
           {"<c r=\"B3\" t=\"b\"><v>2</v></c>", "!the cell is no boolean @3,2"},
           {"<c r=\"B3\" t=\"d\"><v>2025-02-30</v></c>", "!the cell is no date @3,2"},
           {"<c r=\"B3\" t=\"d\"><v>x</v></c>", "!the cell is no date @3,2"},
           {"<c r=\"B3\" t=\"q\"><v>2</v></c>", "!the type of the cell is unknown @3,2"},
           {"<c r=\"B3\"/><c r=\"B3\"/>", "!the address of the next cell is wrong @3,2"},
           {"<c r=\"B3\"/><c r=\"A3\"/>", "!the address of the next cell is wrong @3,2"},
           {"<c r=\"B4\"/>", "!the address of the next cell is wrong @3"},
           {"<c r=\"XFE3\"/>", "!the address of the next cell is wrong @3"},
           {"<c r=\"XFD3\"/><c/>", "!more than 16384 columns @3,16384"},
           {"<c r=\"3\"/>", "!the address of the next cell is wrong @3"},
           {"<c r=\"B3x\"/>", "!the address of the next cell is wrong @3"},
           {"<c r=\"ZZZZZZZZZZZZ3\"/>", "!the address of the next cell is wrong @3"},
       }) {
    EXPECT_EQ(read_rows(row_of(cells)), said) << cells;
  }
}

TEST(XlsxHostile, BadRowsAndRanges) {
  for (const char* rows : {"<row r=\"0\"/>", "<row r=\"x\"/>", "<row r=\"1048577\"/>", "<row r=\"2\"/><row r=\"2\"/>",
                           "<row r=\"2\"/><row r=\"1\"/>", "<row r=\"1048576\"/><row/>"}) {
    EXPECT_TRUE(holds(read_rows(rows), "number of the next row is wrong")) << rows;
  }
  for (const char* range : {"", "A1:", "B2:A1", "A1:XFE2", "A0:B1", "A1:B2:C3"}) {
    Parts parts = workbook("");
    parts["xl/worksheets/sheet1.xml"] =
        worksheet("", {}, "<mergeCells><mergeCell ref=\"" + std::string(range) + "\"/></mergeCells>");
    EXPECT_TRUE(holds(read(parts), "range of merged cells")) << range;
  }
}

}  // namespace
}  // namespace hyojun::base
