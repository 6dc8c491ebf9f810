// Layouts: what is refused, how records are cut, what numbers say; and copybooks.
#include "hyojun/charmap/layout.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "hyojun/charmap/copybook.h"
#include "oracle/decoding.h"

namespace hyojun::charmap {
namespace {

using oracle::Bytes;

Layout layout_of(const std::string& json) {
  auto layout = Layout::from_json(json, "l.json");
  EXPECT_TRUE(layout.has_value()) << (layout ? "" : layout.error().what.en);
  return *layout;
}

std::string layout_json(const std::string& records, const std::string& fields) {
  return R"({"schema":"hyojun.layout/1",)" + records + R"(,"types":[{"fields":[)" + fields + "]}]}";
}
const std::string kFixed = R"("records":"fixed")";

TEST(Layout, PlacesFieldsAndWritesOccursOut) {
  const Layout layout = layout_of(layout_json(kFixed,
                                              R"({"name":"A","kind":"zoned","length":3},{"kind":"filler","length":2},
         {"name":"G","occurs":2,"fields":[{"name":"B","kind":"single","length":4},{"name":"C","kind":"hex","length":1,"occurs":2}]},
         {"name":"D","kind":"packed","length":2,"offset":1,"scale":1,"signed":true})"));
  EXPECT_EQ(layout.columns(),
            (std::vector<std::string>{"A", "B(1)", "C(1)(1)", "C(1)(2)", "B(2)", "C(2)(1)", "C(2)(2)", "D"}));
  const auto& fields = layout.types()[0].fields;
  EXPECT_EQ(fields[1].offset, 5U);
  EXPECT_EQ(fields[4].offset, 11U);
  EXPECT_EQ(fields[7].offset, 1U);
  EXPECT_EQ(fields[7].scale, 1U);
  EXPECT_TRUE(fields[7].is_signed);
  EXPECT_EQ(layout.types()[0].length, 17U);
}

TEST(Layout, RefusesWhatIsNoLayout) {
  const std::string field = R"({"name":"A","kind":"single","length":3})";
  for (const std::string& json :
       {std::string(), std::string("[]"), std::string(R"({"schema":"hyojun.layout/2"})"),
        layout_json(R"("records":"lines")", field), layout_json(kFixed, ""),
        layout_json(kFixed, R"({"name":"A","kind":"double"})"), layout_json(kFixed, R"({"kind":"single","length":3})"),
        layout_json(kFixed, R"({"name":"A","kind":"text","length":3})"), layout_json(kFixed, field + "," + field),
        layout_json(kFixed, R"({"name":"A","kind":"binary","length":9})"),
        layout_json(kFixed, R"({"name":"A","kind":"single","length":0})"),
        layout_json(kFixed, R"({"name":"A","kind":"single","length":-1})"),
        layout_json(kFixed, R"({"name":"A","kind":"single","length":99999999})"),
        layout_json(kFixed, R"({"name":"A","kind":"single","length":3,"unknown":1})"),
        layout_json(kFixed,
                    R"({"name":"A","occurs":4000,"fields":[{"name":"B","kind":"single","length":1,"occurs":4000}]})"),
        layout_json(R"("records":"fixed","length":2)", field), layout_json(R"("records":"length-field")", field),
        layout_json(R"("records":"fixed","selector":{"offset":0,"length":1})", field)}) {
    const auto layout = Layout::from_json(json, "l.json");
    ASSERT_FALSE(layout.has_value()) << json;
    EXPECT_EQ(layout.error().code, base::ErrorCode::input_rejected);
    EXPECT_EQ(layout.error().where.file, "l.json");
  }
}

// "begin+length of fields, record by record", or where it is refused.
std::string cuts(const Layout& layout, const Bytes& bytes) {
  std::string result;
  std::uint64_t block_left = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const auto cut = layout.cut(std::span(bytes).subspan(at), true, block_left);
    if (!cut) return result + fmt::format("x{}", at + cut.error().where.byte.value_or(0));
    result += fmt::format("{}+{}{} ", at + (*cut)->begin, (*cut)->length, (*cut)->type->name);
    at += (*cut)->read;
  }
  return result;
}

TEST(Layout, CutsRecords) {
  const std::string field = R"({"name":"A","kind":"single","length":2})";
  EXPECT_EQ(cuts(layout_of(layout_json(kFixed, field)), {1, 2, 3, 4}), "0+2 2+2 ");
  EXPECT_EQ(cuts(layout_of(layout_json(kFixed, field)), {1, 2, 3}), "0+2 x2");
  EXPECT_EQ(cuts(layout_of(layout_json(R"("records":"fixed","length":3)", field)), {1, 2, 3, 4, 5, 6}), "0+3 3+3 ");
  const Layout rdw = layout_of(layout_json(R"("records":"rdw")", field));
  EXPECT_EQ(cuts(rdw, {0, 6, 0, 0, 1, 2, 0, 4, 0, 0}), "4+2 10+0 ");
  EXPECT_EQ(cuts(rdw, {0, 3, 0, 0}), "x0");
  EXPECT_EQ(cuts(rdw, {0, 6, 0, 1, 1, 2}), "x0");
  EXPECT_EQ(cuts(rdw, {0, 9, 0, 0, 1, 2}), "x0");
  EXPECT_EQ(cuts(rdw, {0, 6}), "x0");
  const Layout bdw = layout_of(layout_json(R"("records":"bdw")", field));
  EXPECT_EQ(cuts(bdw, {0, 16, 0, 0, 0, 6, 0, 0, 1, 2, 0, 6, 0, 0, 3, 4, 0, 9, 0, 0, 0, 5, 0, 0, 7}), "8+2 14+2 24+1 ");
  EXPECT_EQ(cuts(bdw, {0, 9, 0, 0, 0, 6, 0, 0, 1, 2}), "x4") << "a record goes beyond its block";
  const Layout all = layout_of(
      layout_json(R"("records":"length-field","length_field":{"offset":1,"length":1,"counts":"all"})", field));
  EXPECT_EQ(cuts(all, {9, 3, 9, 9, 2}), "0+3 3+2 ");
  EXPECT_EQ(cuts(all, {9, 1, 9}), "x1");
  const Layout rest = layout_of(
      layout_json(R"("records":"length-field","length_field":{"offset":0,"length":1,"counts":"rest"})", field));
  EXPECT_EQ(cuts(rest, {0, 2, 9, 9}), "0+1 1+3 ");
}

TEST(Layout, TellsTypesByTheirSelector) {
  const Layout layout = layout_of(R"({"schema":"hyojun.layout/1","records":"fixed","selector":{"offset":0,"length":1},
    "types":[{"name":"P","selector":"F1","fields":[{"name":"A","kind":"hex","length":2}]},
             {"name":"Q","selector":"F2","fields":[{"name":"A","kind":"hex","length":1},{"name":"B","kind":"hex","length":2}]}]})");
  EXPECT_EQ(layout.columns(), (std::vector<std::string>{"レコード種別", "A", "B"}));
  EXPECT_EQ(cuts(layout, {0xF2, 0, 0, 0xF1, 0, 0xF3, 0}), "0+3Q 3+2P x5");
  const Layout late = layout_of(R"({"schema":"hyojun.layout/1","records":"rdw","selector":{"offset":5,"length":1},
    "types":[{"name":"P","selector":"F2","fields":[{"name":"A","kind":"hex","length":6}]}]})");
  EXPECT_EQ(cuts(late, {0, 10, 0, 0, 0, 0, 0, 0, 0, 0xF2, 0, 6, 0, 0, 0, 0}), "4+6P x10")
      << "no type, and no place of it";
}

std::string number(FieldKind kind, const Bytes& bytes, bool is_signed = true, std::int8_t scale = 0,
                   bool sign_leads = false) {
  LayoutField field;
  field.kind = kind;
  field.is_signed = is_signed;
  field.scale = scale;
  field.sign_leads = sign_leads;
  const auto value = read_number(field, bytes);
  return value ? *value : fmt::format("x{}", value.error().bad);
}

TEST(Layout, ReadsNumbers) {
  using enum FieldKind;
  EXPECT_EQ(number(zoned, {0xF0, 0xF1, 0xF2}), "012");
  EXPECT_EQ(number(zoned, {0xF0, 0xF1, 0xD2}), "-012");
  EXPECT_EQ(number(zoned, {0xF0, 0xF1, 0xC2}), "012");
  EXPECT_EQ(number(zoned, {0xF0, 0xF1, 0xD2}, false), "x2");
  EXPECT_EQ(number(zoned, {'0', '1', '2' + 0x40}), "-012");
  EXPECT_EQ(number(zoned, {0x40, 0x40}), "");
  EXPECT_EQ(number(zoned, {0xD0, 0xF1, 0xF2}, true, 0, true), "-012");
  EXPECT_EQ(number(zoned, {0xC0, 0xF1, 0xF2}, true, 0, true), "012");
  EXPECT_EQ(number(zoned, {0xF0, 0xF1, 0xD2}, true, 0, true), "x2") << "the sign is not there";
  EXPECT_EQ(number(zoned, {0x40, 0xF1}), "x0");
  EXPECT_EQ(number(zoned, {0xF1, 0xFA}), "x1");
  EXPECT_EQ(number(packed, {0x12, 0x34, 0x5C}), "12345");
  EXPECT_EQ(number(packed, {0x12, 0x34, 0x5D}, true, 2), "-123.45");
  EXPECT_EQ(number(packed, {0x00, 0x5C}, true, 2), "0.05");
  EXPECT_EQ(number(packed, {0x00, 0x5F}, false, 3), "0.005");
  EXPECT_EQ(number(packed, {0x12, 0x3D}, true, -2), "-12300");
  EXPECT_EQ(number(packed, {0x1A, 0x5C}), "x0");
  EXPECT_EQ(number(packed, {0x12, 0x34}), "x1") << "no sign";
  EXPECT_EQ(number(packed, {0x12, 0x3D}, false), "x1");
  EXPECT_EQ(number(binary, {0xFF, 0xFE}), "-2");
  EXPECT_EQ(number(binary, {0xFF, 0xFE}, false), "65534");
  EXPECT_EQ(number(binary, {0x80, 0, 0, 0, 0, 0, 0, 0}), "-9223372036854775808");
  EXPECT_EQ(number(binary, {0x00, 0x7B}, true, 1), "12.3");
  EXPECT_EQ(number(hex, {0xAB, 0x01}), "AB01");
}

const std::string kCopybook =
    "000100* 住基\n"
    "000200 01  JUKI.                                                        JUKI0001\n"
    "000300     03  ATENA-NO      PIC 9(8).\n"
    "000400     03  SHIMEI        PIC N(20).\n"
    "000500     03  ZEI           PIC S9(7)V99 COMP-3.\n"
    "000600     03  FILLER        PIC X(3) VALUE SPACE.\n"
    "000700     03  KANA          PIC X(20) OCCURS 2 TIMES.\n"
    "000800     03  KUBUN         PIC 9 USAGE IS DISPLAY.\n"
    "000900         88  IS-HOJIN  VALUE 2.\n"
    "001000     03  JUSHO.\n"
    "001100         05  KEN       PIC 99.\n"
    "001200         05  KOSU      PIC S9(4) COMP.\n"
    "001300     03  HOJIN REDEFINES JUSHO.\n"
    "001400         05  BANGO     PIC X(2).\n";

TEST(Copybook, BecomesALayout) {
  const auto json = layout_from_copybook(kCopybook, "c.cpy", {});
  ASSERT_TRUE(json.has_value()) << json.error().what.en;
  const Layout layout = layout_of(*json);
  EXPECT_EQ(layout.columns(),
            (std::vector<std::string>{"ATENA-NO", "SHIMEI", "ZEI", "KANA(1)", "KANA(2)", "KUBUN", "KEN", "KOSU"}));
  EXPECT_EQ(layout.types()[0].length, 8U + 40 + 5 + 3 + 40 + 1 + 4);
  const auto& fields = layout.types()[0].fields;
  EXPECT_EQ(fields[1].kind, FieldKind::double_byte);
  EXPECT_EQ(fields[2].kind, FieldKind::packed);
  EXPECT_EQ(fields[2].length, 5U);
  EXPECT_EQ(fields[2].scale, 2);
  EXPECT_EQ(fields[7].kind, FieldKind::binary);
  EXPECT_EQ(fields[7].offset, 99U);
}

TEST(Copybook, TakesTheRedefinitionThatIsChosen) {
  const auto json = layout_from_copybook(kCopybook, "c.cpy", {.redefines = {"hojin"}, .mixed = true});
  ASSERT_TRUE(json.has_value());
  const Layout layout = layout_of(*json);
  EXPECT_EQ(layout.columns().back(), "BANGO");
  EXPECT_EQ(layout.types()[0].length, 8U + 40 + 5 + 3 + 40 + 1 + 4) << "as long as the longest";
  EXPECT_EQ(layout.types()[0].fields[3].kind, FieldKind::mixed);
}

TEST(Copybook, ReadsFreeForm) {
  const auto json = layout_from_copybook(
      "01 r. *> record\n 02 a pic x(3). 02 b pic s9(3) sign trailing separate.\n"
      " 02 c comp-1. 02 d pic 9(10) binary. 02 e occurs 1 to 3 times pic x.",
      "c.cpy", {});
  ASSERT_TRUE(json.has_value()) << json.error().what.en;
  EXPECT_EQ(layout_of(*json).types()[0].length, 3U + 4 + 4 + 8 + 3);
}

// IBM's own example of slack bytes within and between the repetitions of a group.
TEST(Copybook, PutsSlackBytesWhereSyncAsksForThem) {
  const auto json = layout_from_copybook(
      "01 WORK-RECORD.\n 05 WORK-CODE PIC X.\n 05 COMP-TABLE OCCURS 10 TIMES.\n  10 COMP-TYPE PIC X.\n"
      "  10 COMP-PAY PIC S9(4)V99 COMP SYNC.\n  10 COMP-HRS PIC S9(3) COMP SYNC.\n  10 COMP-NAME PIC X(5).\n",
      "c.cpy", {});
  ASSERT_TRUE(json.has_value()) << json.error().what.en;
  const Layout layout = layout_of(*json);
  const auto& fields = layout.types()[0].fields;
  EXPECT_EQ(fields[2].name, "COMP-PAY(1)");
  EXPECT_EQ(fields[2].offset, 4U);
  EXPECT_EQ(fields[6].name, "COMP-PAY(2)");
  EXPECT_EQ(fields[6].offset, 20U);
  EXPECT_EQ(layout.types()[0].length, 1U + 10 * 16);
  const auto whole =
      layout_from_copybook("01 A SYNC.\n 02 B PIC X.\n 02 C COMP-2.\n 02 D PIC 9(4) COMP-3.", "c.cpy", {});
  EXPECT_EQ(layout_of(*whole).types()[0].length, 8U + 8 + 3);
}

TEST(Copybook, ReadsSignsPlacesAndContinuedLines) {
  const auto json = layout_from_copybook(
      "       01 R.\n"
      "           03 A PIC S9(3) SIGN IS LEADING.\n"
      "           03 B PIC 9(3)P(2).\n"
      "           03 C PIC VPP9(2) COMP-3.\n"
      "           03 D PIC X(4) VALUE \"it is\n"
      "      -    \"n't\".\n"
      "      * between\n"
      "           03 KAZOKU-N\n"
      "      -        IN PIC\n"
      "               9(2).\n"
      "           03 T PIC 9(2) OCCURS 1 TO 5 TIMES DEPENDING ON A.\n",
      "c.cpy", {});
  ASSERT_TRUE(json.has_value()) << json.error().what.en;
  const Layout layout = layout_of(*json);
  EXPECT_EQ(layout.columns(),
            (std::vector<std::string>{"A", "B", "C", "D", "KAZOKU-NIN", "T(1)", "T(2)", "T(3)", "T(4)", "T(5)"}));
  const auto& fields = layout.types()[0].fields;
  EXPECT_TRUE(fields[0].sign_leads);
  EXPECT_EQ(fields[1].scale, -2);
  EXPECT_EQ(fields[1].length, 3U);
  EXPECT_EQ(fields[2].scale, 4);
  EXPECT_EQ(fields[2].length, 2U);
  EXPECT_EQ(layout.types()[0].length, 3U + 3 + 2 + 4 + 2 + 10);
}

TEST(Copybook, RefusesWhatItCannotPlace) {
  const auto line = [](const std::string& text, const CopybookOptions& options = {}) {
    const auto json = layout_from_copybook(text, "c.cpy", options);
    EXPECT_FALSE(json.has_value()) << text;
    return json ? 0 : json.error().where.record.value_or(0);
  };
  EXPECT_EQ(line(""), 1U);
  EXPECT_EQ(line("01 A PIC X"), 1U) << "no period";
  EXPECT_EQ(line("01 A.\n02 B PIC 9P(40)."), 2U);
  EXPECT_EQ(line("01 A.\n02 B PIC 9 OCCURS 1 TO 3 DEPENDING ON N.\n02 C PIC X."), 3U) << "moves";
  EXPECT_EQ(line("01 A.\n02 B OCCURS 2.\n03 C PIC 9 OCCURS 1 TO 3 DEPENDING ON N."), 2U);
  EXPECT_EQ(line("01 A.\n02 B PIC X(2).\n02 X PIC X.\n02 C PIC X(4).\n02 D REDEFINES C PIC 9(9) COMP SYNC."), 5U);
  EXPECT_EQ(line("01 A.\n02 B PIC Q."), 2U);
  EXPECT_EQ(line("01 A.\n02 B PIC X(."), 2U);
  EXPECT_EQ(line("01 A.\n02 B PIC X(99999999)."), 2U);
  EXPECT_EQ(line("01 A.\n02 B."), 2U) << "no picture";
  EXPECT_EQ(line("01 A.\n02 B PIC 9(19) COMP."), 2U);
  EXPECT_EQ(line("01 A.\n02 B REDEFINES C PIC X."), 2U);
  EXPECT_EQ(line("01 A.\n02 B OCCURS 0 PIC X."), 2U);
  EXPECT_EQ(line("A PIC X."), 1U);
  EXPECT_EQ(line("01 A PIC X.\n01 B PIC X."), 2U) << "which?";
  EXPECT_EQ(line("01 A PIC X.", {.redefines = {"Z"}}), 1U);
  EXPECT_TRUE(layout_from_copybook("01 A PIC X.\n01 B PIC X.", "c.cpy", {.record = "B"}).has_value());
}

}  // namespace
}  // namespace hyojun::charmap
