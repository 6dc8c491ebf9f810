// Suspicions of damaged names: each kind where it should be seen and where it should not.
#include "hyojun/charmap/name_check.h"

#include <gtest/gtest.h>

#include "engine.h"

namespace hyojun::charmap {
namespace {

// "kind@place+length …" of one field.
std::string suspicions(const std::u32string& text, NameColumn column = NameColumn::name) {
  const Plan plan({.structure = {.header = false}}, bundled_repertoire());
  const auto field = read_field(plan, oracle::encode(oracle::Encoding::utf8, text));
  std::string result;
  for (const Suspicion& s : check_name(bundled_repertoire()->table(), field, column)) {
    result += (result.empty() ? "" : " ") + std::string(kSuspicionKeys[static_cast<std::size_t>(s.kind)]) + "@" +
              std::to_string(s.at) + "+" + std::to_string(s.length);
  }
  return result;
}

struct Example {
  std::u32string text;
  std::string expected;
};

std::string narrow(const std::u32string& text) {
  const Bytes bytes = oracle::encode(oracle::Encoding::utf8, text);
  return {bytes.begin(), bytes.end()};
}

void expect_all(const std::vector<Example>& examples, NameColumn column) {
  for (const Example& e : examples) EXPECT_EQ(suspicions(e.text, column), e.expected) << narrow(e.text);
}

TEST(NameCheck, SoundNamesAreNotSuspected) {
  for (const char32_t* name : {U"山田 太郎",
                               U"山田　太郎",
                               U"一ノ瀬 花子",
                               U"三ツ谷",
                               U"井ノ口",
                               U"二ノ宮",
                               U"八木 一",
                               U"三木 一二三",
                               U"千々岩",
                               U"工藤 卜部",
                               U"ジョージ",
                               U"ハナコ",
                               U"あかり",
                               U"へいた",
                               U"髙橋",
                               U"力石",
                               U"口石",
                               U"佐々木 十三",
                               U"渡\u9089\U000E010F",
                               U"一",
                               U"ルーシー・リー",
                               U"O'Brien",
                               U"日向 ヒカリ",
                               U"夕子",
                               U"中村 ミツ"}) {
    EXPECT_EQ(suspicions(name), "") << narrow(name);
  }
}

TEST(NameCheck, Placeholders) {
  expect_all({{U"山〓太郎", "placeholder@1+1"},
              {U"●田", "placeholder@0+1"},
              {U"山？", "placeholder@1+1"},
              {U"田＿", "placeholder@1+1"},
              {U"＊＊", "placeholder@0+1 placeholder@1+1"},
              {U"山\uFFFD", "placeholder@1+1"}},
             NameColumn::name);
  EXPECT_EQ(suspicions(U"ヤマ■", NameColumn::kana), "placeholder@2+1");
}

TEST(NameCheck, KanjiInKana) {
  expect_all({{U"ヤマダ 太ロウ", "kanji_in_kana@4+1"},
              {U"ジョ一ジ", "kanji_in_kana@2+1"},
              {U"ヤマダ　タロウ", ""},
              {U"やまだ", ""},
              {U"ﾔﾏﾀﾞ ﾀﾛｳ", ""},
              {U"ヴィクトリア", ""}},
             NameColumn::kana);
  EXPECT_EQ(suspicions(U"ヤマダ 太郎", NameColumn::name), "") << "only in a kana column";
}

TEST(NameCheck, LookAlikes) {
  expect_all({{U"山ロ 太郎", "look_alike@1+1"},  // katakana ロ among kanji
              {U"ジョ一ジ", "look_alike@2+1"},   // kanji 一 among katakana
              {U"ニノ宮", ""},                   // judged by its neighbour ノ: ニノ may be a sound katakana word
              {U"ハ木", "look_alike@0+1"},
              {U"田中 ハナ子", ""},
              {U"山ー", "look_alike@1+1"},
              {U"カオリへ", "look_alike@3+1"},  // hiragana へ among katakana
              {U"おへそ", ""},
              {U"二ナ", "look_alike@0+1"},  // kanji 二 in a katakana word
              {U"口バート", "look_alike@0+1"}},
             NameColumn::name);
}

TEST(NameCheck, Spaces) {
  expect_all({{U" 山田", "leading_space@0+1"},
              {U"　山田", "leading_space@0+1"},
              {U"山田  太郎", "double_space@2+2"},
              {U"山田　 太郎", "double_space@2+2"},
              {U"山田   太郎", "double_space@2+2"},
              {U"山田 太郎", ""},
              {U"山 田  太", "double_space@3+2"}},
             NameColumn::name);
}

TEST(NameCheck, EmptyFields) {
  for (const char32_t* text : {U"", U" ", U"　　", U"\"\"", U"\" \"", U"\u00A0"}) {
    EXPECT_EQ(suspicions(text), "empty_field@0+0") << narrow(text);
  }
}

TEST(ReadField, LeavesOutQuotesAndJoinsSequences) {
  const Plan plan({.structure = {.header = false}}, bundled_repertoire());
  const auto field = read_field(plan, oracle::encode(oracle::Encoding::utf8, U"\"辻\U000E0100\"\"か\u3099\r\nb\""));
  ASSERT_EQ(field.size(), 4U);
  EXPECT_EQ(field[0].first, U'辻');
  EXPECT_EQ(field[0].second, 0xE0100U);
  EXPECT_EQ(field[0].offset, 1U);
  EXPECT_EQ(field[0].length, 7U);
  EXPECT_EQ(field[1].first, U'"');
  EXPECT_EQ(field[2].second, 0x3099U);
  EXPECT_EQ(field[3].first, U'b');
}

TEST(ReadField, KeepsQuotesOfPlainText) {
  EXPECT_EQ(read_field(make_plan(Encoding::utf8), oracle::encode(oracle::Encoding::utf8, U"\"a\"")).size(), 3U);
}

TEST(ReadField, GivesMalformedBytesNoCodePoint) {
  const auto field = read_field(make_plan(Encoding::cp932), {{0x81, 0x20, 0xFF}});
  ASSERT_EQ(field.size(), 3U);
  EXPECT_EQ(field[0].first, 0U);
  EXPECT_EQ(field[1].first, U' ');
  EXPECT_EQ(field[2].first, 0U);
}

}  // namespace
}  // namespace hyojun::charmap
