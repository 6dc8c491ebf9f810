#include "hyojun/base/text.h"

#include <gtest/gtest.h>

namespace hyojun::base {
namespace {

TEST(DisplayWidth, OfJapaneseText) {
  EXPECT_EQ(display_width(""), 0U);
  EXPECT_EQ(display_width("abc"), 3U);
  EXPECT_EQ(display_width("標準文字"), 8U);
  EXPECT_EQ(display_width("ｶﾞｲｼﾞ"), 5U);           // half-width kana and their marks take a column each
  EXPECT_EQ(display_width("ABC　"), 5U);           // ideographic space
  EXPECT_EQ(display_width("か\u3099"), 2U);        // combining voiced mark, Wide in UAX #11 but drawn on its base
  EXPECT_EQ(display_width("邉\U000E010F"), 2U);    // IVS
  EXPECT_EQ(display_width("神\uFE00"), 2U);        // SVS
  EXPECT_EQ(display_width("\U00020B9F"), 2U);      // 𠮟, plane 2
  EXPECT_EQ(display_width("\U0001B002"), 2U);      // hentaigana
  EXPECT_EQ(display_width("a\u00ADb\u200D"), 3U);  // a soft hyphen is seen, a joiner is not
  EXPECT_EQ(display_width("\t\n"), 0U);
}

TEST(DisplayWidth, OfAmbiguousCharactersIsTheLocales) {
  for (const char* text : {"○", "〓", "α", "\uE000"}) {
    const std::size_t narrow = std::string_view(text) == "〓" ? 2U : 1U;  // 〓 is Wide, not Ambiguous
    EXPECT_EQ(display_width(text), 2U) << text;
    EXPECT_EQ(display_width(text, AmbiguousWidth::narrow), narrow) << text;
  }
}

TEST(DisplayWidth, OfIllFormedBytesIsOneEach) { EXPECT_EQ(display_width("\xE6\xBC字"), 4U); }

TEST(Pad, FillsToTheColumnAndNeverCuts) {
  EXPECT_EQ(pad_right("外字", 6), "外字  ");
  EXPECT_EQ(pad_left("外字", 6), "  外字");
  EXPECT_EQ(pad_left("12", 2), "12");
  EXPECT_EQ(pad_right("既定字形", 3), "既定字形");
  EXPECT_EQ(pad_right("○", 3, AmbiguousWidth::narrow), "○  ");
}

TEST(NfkcLabel, MakesLabelsOfTheSourcesEqual) {
  EXPECT_EQ(nfkc_label("子ども・子育て支援"), "子ども子育て支援");
  EXPECT_EQ(nfkc_label("子ども･子育て 支援\n"), "子ども子育て支援");
  EXPECT_EQ(nfkc_label("　ＡＢＣ１２ ｶﾞｲｼﾞ"), "ABC12ガイジ");
  EXPECT_EQ(nfkc_label("①"), "1");
  EXPECT_EQ(nfkc_label(""), "");
  EXPECT_EQ(nfkc_label("a\xFF"), "a\xEF\xBF\xBD");
  EXPECT_EQ(nfkc_label("\U00020B9F"), "\U00020B9F");
}

}  // namespace
}  // namespace hyojun::base
