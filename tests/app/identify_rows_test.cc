// One row for each occurrence: order, places, headings, the key's value.
#include "run.h"

namespace hyojun::app {
namespace {

class IdentifyRows : public IdentifyTest {};
using Rows = std::vector<std::string>;

TEST_F(IdentifyRows, StandInFileOrderWithTheirPlaces) {
  EXPECT_EQ(rows_of("番号,氏名\n1,张\n\"\xEE\x80\x80\",\"a\n한\"\n"),
            (Rows{"2.2@16 氏名 E5BCA0 not_in_standard ", "3.1@21 番号 EE8080 gaiji_unmapped ",
                  "3.2@29 氏名 ED959C not_in_standard "}));
}

TEST_F(IdentifyRows, HaveNoHeadingWhereThereIsNone) {
  EXPECT_EQ(rows_of("a\nb,张\n"), (Rows{"2.2@4  E5BCA0 not_in_standard "}));
  EXPECT_EQ(rows_of("张\n", {.header = false}), (Rows{"1.1@0  E5BCA0 not_in_standard "}));
}

TEST_F(IdentifyRows, CarryTheKeyEvenBeforeItsColumn) {
  EXPECT_EQ(rows_of("氏名,番号,住所\n张,\"0\"\"1\",한\n张\n", {.key = "番号"}),
            (Rows{"2.1@21 氏名 E5BCA0 not_in_standard 0\"1", "2.3@32 住所 ED959C not_in_standard 0\"1",
                  "3.1@36 氏名 E5BCA0 not_in_standard "}));
}

TEST_F(IdentifyRows, CarryAKeyThatLiesOnABlockBorder) {
  const std::string key(300'000, 'k');
  std::string bytes = "番号,氏名\n";
  for (int i = 0; i < 8; ++i) bytes += "\"" + key + "\n" + key + "\",张\n";
  const Rows rows = rows_of(bytes, {.key = "番号"});
  ASSERT_EQ(rows.size(), 8U);
  for (const std::string& row : rows) EXPECT_TRUE(row.ends_with(" not_in_standard " + key + key)) << row.substr(0, 80);
}

TEST_F(IdentifyRows, ListDefaultGlyphsOnRequest) {
  EXPECT_EQ(rows_of("h\n辻邉亜\n"), Rows{});
  EXPECT_EQ(rows_of("h\n辻邉亜\n", {.default_glyphs = true}),
            (Rows{"2.1@2 h E8BEBB default_glyph ", "2.1@5 h E98289 default_glyph "}));
}

TEST_F(IdentifyRows, ListSuspicionsOfTheDeclaredColumns) {
  EXPECT_EQ(rows_of("氏名,カナ\n山ロ,ヤマ口\n 山口,\n", {.name_columns = {"氏名"}, .kana_columns = {"カナ"}}),
            (Rows{"2.1@17 氏名 E383AD suspicion:look_alike ", "2.2@27 カナ E58FA3 suspicion:kanji_in_kana ",
                  "3.1@31 氏名 20 suspicion:leading_space ", "3.2@39 カナ  suspicion:empty_field "}));
}

// A suspicion is found when its field ends, an outcome before; the file's order is by place all the same.
TEST_F(IdentifyRows, MixSuspicionsAndOutcomesByPlace) {
  EXPECT_EQ(rows_of("氏名\n〓张\n", {.name_columns = {"氏名"}}),
            (Rows{"2.1@7 氏名 E38093 suspicion:placeholder ", "2.1@10 氏名 E5BCA0 not_in_standard "}));
}

TEST_F(IdentifyRows, CountBytesFromTheBom) {
  EXPECT_EQ(rows_of("\xEF\xBB\xBFh\n张\n", {.name_columns = {"h"}}), (Rows{"2.1@5 h E5BCA0 not_in_standard "}));
  EXPECT_EQ(rows_of("\xEF\xBB\xBFh\n〓\n", {.name_columns = {"h"}}), (Rows{"2.1@5 h E38093 suspicion:placeholder "}));
}

}  // namespace
}  // namespace hyojun::app
