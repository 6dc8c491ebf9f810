// The user's shrink map: both forms, and what is refused.
#include "hyojun/charmap/shrink_map.h"

#include <gtest/gtest.h>

#include "engine.h"

namespace hyojun::charmap {
namespace {

base::Result<ShrinkMap> read(const std::string& csv) {
  return ShrinkMap::from_bytes(csv, "map.csv", *bundled_repertoire());
}

// The headings of 国税庁's map as published.
const std::string kNta =
    "変換元の文字（JISX0213：1-4水）,,,,コード変換（1対1変換）,,,文字列変換（追加非漢字や、1対ｎの文字変換を行う）,,,,,"
    ",,,,備考\n"
    "面区点コード,Unicode,字形,JIS区分,面区点コード,Unicode,字形,面区点コード①,面区点コード②,面区点コード③,"
    "面区点コード④,"
    "Unicode①,Unicode②,Unicode③,Unicode④,字形,\n";

TEST(ShrinkMap, AsThePublishedMapIs) {
  const auto map = read(kNta +
                        "1-47-94,U+9EB4,麴,JIS3水,1-25-77,U+9EB9,麹,,,,,,,,,,類似字形U+2FA1Bは本文字に変換する。\n"
                        "1-13-01,U+2460,①,追加非漢字,,,,1-03-17,,,,U+0031,U+FF09,,,,\n"
                        "1-13-66,U+3239,㈹,追加非漢字,,,,1-1-1,1-1-1,1-1-1,1-1-1,U+FF08,U+4EE3,U+FF09,U+002E,（代）.,\n"
                        "1-16-01,U+4E9C,亜,JIS1水,,,,,,,,,,,,,類似字形U+F999は本文字に変換する。\n");
  ASSERT_TRUE(map.has_value()) << map.error().what.en;
  EXPECT_EQ(*map->find(U'麴', 0), U"麹");
  EXPECT_EQ(*map->find(U'\U0002FA1B', 0), U"麹") << "hidden in the note";
  EXPECT_EQ(*map->find(U'①', 0), U"1）");
  EXPECT_EQ(map->find(U'㈹', 0)->size(), 4U);
  EXPECT_EQ(map->find(U'亜', 0), nullptr) << "maps nothing";
  EXPECT_EQ(*map->find(U'\uF999', 0), U"亜") << "hidden: becomes the row's character itself";
  EXPECT_EQ(map->digest().size(), 64U);
}

TEST(ShrinkMap, AnyOtherTable) {
  const auto map = read("MJ文字図形名,代替文字,備考\nMJ026190,辺,\nU+9089 U+E010F,U+908A,\n髙,高,x\nMJ000004,,none\n");
  ASSERT_TRUE(map.has_value()) << map.error().what.en;
  EXPECT_EQ(map->size(), 3U);
  EXPECT_EQ(*map->find(*bundled_repertoire()->find_name("MJ026190")), U"辺");
  EXPECT_EQ(*map->find(U'邉', 0xE010F), U"邊");
  EXPECT_EQ(*map->find(U'髙', 0), U"高");
  EXPECT_EQ(map->find(U'高', 0), nullptr);
}

TEST(ShrinkMap, WhatIsRefused) {
  for (const auto& [csv, row] : std::vector<std::pair<std::string, std::uint64_t>>{
           {"a,b\n1,2\n", 0},                      // no headings
           {"変換元,変換先\n髙,あいうえお\n", 2},  // five
           {"変換元,変換先\n髙島,高\n", 2},        // two characters
           {"変換元,変換先\n髙,高\n髙,嵩\n", 3},   // twice
           {"変換元,変換先\n髙,U+0007\n", 2},      // a control
           {"変換元,変換先\n髙,U+ZZZZ\n", 2},      // no code point
           {kNta + "1-1-1,U+4E9C,亜,JIS1水,,,,,,,,,,,,,類似字形U+ZZは本文字に変換する。\n", 3}}) {
    const auto map = read(csv);
    ASSERT_FALSE(map.has_value()) << csv;
    EXPECT_EQ(map.error().code, base::ErrorCode::input_rejected);
    EXPECT_EQ(map.error().where.record.value_or(0), row) << csv;
    EXPECT_FALSE(map.error().next.ja.empty());
  }
  EXPECT_EQ(ShrinkMap::open("/nonexistent", *bundled_repertoire()).error().code, base::ErrorCode::environment);
}

}  // namespace
}  // namespace hyojun::charmap
