#include "wrap.h"

#include <gtest/gtest.h>

#include "printable.h"

namespace hyojun::cli {
namespace {

using Lines = std::vector<std::string>;

TEST(WrapTest, BreaksAtSpaces) {
  EXPECT_EQ(wrap("one two three", 8), (Lines{"one two", "three"}));
  EXPECT_EQ(wrap("one  two", 20), Lines{"one  two"});
  EXPECT_EQ(wrap("", 8), Lines{""});
  EXPECT_EQ(wrap("a\n\nb", 8), (Lines{"a", "", "b"}));
}

TEST(WrapTest, BreaksJapaneseBetweenCharacters) {
  EXPECT_EQ(wrap("標準文字の同定", 8), (Lines{"標準文字", "の同定"}));
  EXPECT_EQ(wrap("標準文字の同定", 9), (Lines{"標準文字", "の同定"}));
  EXPECT_EQ(wrap("符号 CP932 を読む", 10), (Lines{"符号 CP932", "を読む"}));
}

TEST(WrapTest, KeepsPunctuationWithItsText) {
  EXPECT_EQ(wrap("標準文字。次の「文字」", 8), (Lines{"標準文", "字。次の", "「文字」"}));
}

TEST(WrapTest, NeverSplitsASequence) {
  const std::string sequence = "邉\U000E010F";  // U+9089 U+E010F
  EXPECT_EQ(wrap(sequence + sequence, 2), (Lines{sequence, sequence}));
  EXPECT_EQ(split_characters(sequence + "a\xFFか\u309A").size(), 4);
}

TEST(WrapTest, CutsLongWordsUnlessToldNotTo) {
  EXPECT_EQ(wrap("abcdefgh ij", 5), (Lines{"abcde", "fgh", "ij"}));
  EXPECT_EQ(wrap("abcdefgh ij", 5, BreakAt::spaces), (Lines{"abcdefgh", "ij"}));
  EXPECT_EQ(wrap("住民記録.csv 出力", 8, BreakAt::spaces), (Lines{"住民記録.csv", "出力"}));
}

TEST(WrapTest, Truncates) {
  EXPECT_EQ(truncate("標準文字", 8), "標準文字");
  EXPECT_EQ(truncate("標準文字", 7), "標準...");
  EXPECT_EQ(truncate("標準文字", 6), "標...");
  EXPECT_EQ(truncate("abcdef", 2), "..");
}

TEST(PrintableTest, ShowsWhatWouldDriveTheTerminal) {
  EXPECT_EQ(printable("a\x1b[31m\n\x7f"), "a\\x1B[31m\\x0A\\x7F");
  EXPECT_EQ(printable("\xE6\x97 \xFF"), "\\xE6\\x97 \\xFF");
  EXPECT_EQ(printable("\xC2\x9B"), "\\xC2\\x9B");  // CSI in one character
  EXPECT_EQ(printable("邉\U000E010F 結果"), "邉\U000E010F 結果");
}

}  // namespace
}  // namespace hyojun::cli
