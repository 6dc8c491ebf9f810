// The oracle itself, against examples written by hand and figures known of the lists: an oracle that shares a mistake
// with the engine proves nothing.
#include <gtest/gtest.h>
#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/uscript.h>

#include <set>

#include "structure.h"

namespace hyojun::oracle {
namespace {

const Standard& standard() { return Standard::get(); }

Bytes bytes(std::string_view text) { return {text.begin(), text.end()}; }

TEST(Oracle, KnowsTheFiguresOfTheLists) {
  EXPECT_EQ(standard().shared().size(), 5072U + 7U);
  EXPECT_EQ(standard().font_dependent().size(), 103U);
  EXPECT_EQ(standard().x0213().size(), 25U);
  EXPECT_EQ(standard().collections().size(), 18'966U);
  std::size_t ivs = 0;
  for (const auto& [sequence, name] : standard().sequences()) ivs += sequence.second >= 0xE0100;
  EXPECT_EQ(ivs, 11'384U);
}

TEST(Oracle, ClassifiesWellKnownCharacters) {
  EXPECT_EQ(standard().classify(U'亜'), Outcome::standard);
  EXPECT_EQ(standard().classify(U'辻'), Outcome::default_glyph);
  EXPECT_EQ(standard().classify(0x9089, 0xE010F), Outcome::standard);
  EXPECT_EQ(standard().name(0x9089, 0xE010F), "MJ026190");
  EXPECT_EQ(standard().classify(0x9089, 0xE01EF), Outcome::unregistered_sequence);
  EXPECT_EQ(standard().classify(0xFA10), Outcome::default_glyph);
  EXPECT_EQ(standard().classify(U'张'), Outcome::not_in_standard);
  EXPECT_EQ(standard().classify(U'한'), Outcome::not_in_standard);
  EXPECT_EQ(standard().classify(0x0378), Outcome::not_in_standard) << "unassigned";
  EXPECT_EQ(standard().classify(0xE000), Outcome::gaiji_unmapped);
  EXPECT_EQ(standard().classify(0xE000, 0xFE00), Outcome::gaiji_unmapped) << "the base decides";
  EXPECT_EQ(standard().classify(U'张', 0xE0100), Outcome::not_in_standard) << "the base decides";
  EXPECT_EQ(standard().classify(0x1B), Outcome::control);
  EXPECT_EQ(standard().classify(0xFEFF), Outcome::control);
  EXPECT_EQ(standard().classify(0x2FFFE), Outcome::control);
  EXPECT_EQ(standard().classify(0x3099), Outcome::not_in_standard);
  EXPECT_EQ(standard().classify(0xFE00), Outcome::not_in_standard);
}

TEST(Oracle, JoinsWhatMakesOneCharacter) {
  EXPECT_TRUE(standard().joins(U'辻', 0xE0100));
  EXPECT_TRUE(standard().joins(U'a', 0xFE0F));
  EXPECT_TRUE(standard().joins(U'ｶ', 0x3099));
  EXPECT_TRUE(standard().joins(0x1B002, 0x3099));
  EXPECT_TRUE(standard().joins(0x02E9, 0x02E5));
  EXPECT_FALSE(standard().joins(U'ー', 0x3099));
  EXPECT_FALSE(standard().joins(U'亜', 0x3099));
  EXPECT_FALSE(standard().joins(0x00E6, 0x0301));
  EXPECT_FALSE(standard().joins(0x0378, 0xE0100));
  EXPECT_FALSE(standard().joins(U'\t', 0xFE00));
  EXPECT_FALSE(standard().joins(0xFE00, 0xFE00));
}

// ICU's Unicode is older than the tables': what it knows must agree. It counts digraphs and circled kana as well.
TEST(Oracle, AgreesWithIcuWhatAKanaIs) {
  std::set<char32_t> only_icu;
  for (char32_t cp = 0; cp <= 0x10FFFF; ++cp) {
    UErrorCode status = U_ZERO_ERROR;
    const UScriptCode script = uscript_getScript(static_cast<UChar32>(cp), &status);
    const int8_t category = u_charType(static_cast<UChar32>(cp));
    const bool letter = category == U_OTHER_LETTER || category == U_MODIFIER_LETTER;
    const bool kana = letter && (script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA);
    if (Standard::is_kana(cp)) {
      EXPECT_TRUE(kana || category == U_UNASSIGNED) << std::hex << static_cast<unsigned>(cp);
    }
    if (kana && !Standard::is_kana(cp)) only_icu.insert(cp);
  }
  // The digraphs ゟ ヿ, and tone letters of Minnan that are written in katakana text.
  const std::set<char32_t> expected = {0x309F,  0x30FF,  0x1AFF0, 0x1AFF1, 0x1AFF2, 0x1AFF3, 0x1AFF5, 0x1AFF6,
                                       0x1AFF7, 0x1AFF8, 0x1AFF9, 0x1AFFA, 0x1AFFB, 0x1AFFD, 0x1AFFE};
  EXPECT_EQ(only_icu, expected);
}

TEST(Oracle, AgreesWithIcuOnComposedKana) {
  UErrorCode status = U_ZERO_ERROR;
  const UNormalizer2* nfc = unorm2_getNFCInstance(&status);
  for (char32_t cp = 0; cp <= 0x1FFFF; ++cp) {
    for (const char32_t mark : {char32_t{0x3099}, char32_t{0x309A}}) {
      const UChar32 composed = unorm2_composePair(nfc, static_cast<UChar32>(cp), static_cast<UChar32>(mark));
      if (standard().x0213().count({cp, mark}) != 0) continue;
      const std::string name = composed < 0 ? std::string() : standard().name(static_cast<char32_t>(composed));
      EXPECT_EQ(standard().name(cp, mark), name) << std::hex << static_cast<unsigned>(cp);
    }
  }
}

// Examples of the Unicode Standard, section 3.9, tables 3-8 to 3-11.
TEST(Oracle, CutsIllFormedUtf8IntoMaximalSubparts) {
  const auto lengths = [](const Bytes& b) {
    std::string result;
    for (const Piece& p : decode(Encoding::utf8, b)) result += (p.malformed ? "x" : "o") + std::to_string(p.length);
    return result;
  };
  EXPECT_EQ(lengths({0xC0, 0xAF, 0xE0, 0x80, 0xBF, 0xF0, 0x81, 0x82, 0x41}), "x1x1x1x1x1x1x1x1o1");
  EXPECT_EQ(lengths({0xED, 0xA0, 0x80, 0xED, 0xBF, 0xBF, 0xED, 0xAF, 0x41}), "x1x1x1x1x1x1x1x1o1");
  EXPECT_EQ(lengths({0xF4, 0x91, 0x92, 0x93, 0xFF, 0x41, 0x80, 0xBF, 0x42}), "x1x1x1x1x1o1x1x1o1");
  EXPECT_EQ(lengths({0xE1, 0x80, 0xE2, 0xF0, 0x91, 0x92, 0xF1, 0xBF, 0x41}), "x2x1x3x2o1");
}

TEST(Oracle, EncodesWhatItDecodes) {
  const std::u32string text = U"aé辻𠮷\U000E0100\U0010FFFF";
  for (const Encoding e : {Encoding::utf8, Encoding::utf16le, Encoding::utf16be}) {
    std::u32string back;
    for (const Piece& p : decode(e, encode(e, text))) back += p.code_point;
    EXPECT_EQ(back, text);
  }
  EXPECT_EQ(encode(Encoding::cp932, U"辻ｱ\uE000"), (Bytes{0x92, 0xD2, 0xB1, 0xF0, 0x40}));
}

TEST(Oracle, ReadsRecordsAndFieldsAsRfc4180) {
  const Scanned s = scan(Encoding::utf8, {.header = false}, bytes("a,\"b\"\"\r\nc\",\r\nd\r\"e"));
  EXPECT_EQ(s.records, 3U);
  EXPECT_TRUE(s.unclosed_quote);
  EXPECT_EQ(s.outcomes[0], 6U) << "a b \" c d e";
  std::string places;
  for (const Found& f : s.found) {
    if (f.kind == Found::Kind::character) places += std::to_string(f.record) + "." + std::to_string(f.field) + " ";
  }
  EXPECT_EQ(places, "0.0 0.1 0.1 0.1 1.0 2.0 ");
}

TEST(Oracle, CountsSelectedColumnsBelowTheHeader) {
  const Scanned s = scan(Encoding::utf8, {.columns = {1}}, bytes("aa,bb\ncc,ddd\n"));
  EXPECT_EQ(s.records, 2U);
  EXPECT_EQ(s.outcomes[0], 3U);
}

}  // namespace
}  // namespace hyojun::oracle
