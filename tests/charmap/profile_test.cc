// Profiles: every key, and every way to get one wrong.
#include "hyojun/charmap/profile.h"

#include <gtest/gtest.h>

#include "base/test_files.h"

namespace hyojun::charmap {
namespace {

TEST(Profile, ReadsEveryKey) {
  const auto profile = parse_profile(
      R"({"schema":"hyojun.profile/1","system":"juki-A","encoding":"Windows-31J","gaiji":"gaiji.csv","shapes":"jis2004",
          "shape_exceptions":["U+8FBB","U+845B"]})",
      "some/folder/p.json");
  ASSERT_TRUE(profile.has_value());
  EXPECT_EQ(profile->system, "juki-A");
  EXPECT_EQ(profile->encoding, Encoding::cp932);
  EXPECT_EQ(profile->gaiji, "some/folder/gaiji.csv");
  EXPECT_EQ(profile->shapes, Shapes::jis2004);
  EXPECT_EQ(profile->shape_exceptions, (std::vector<char32_t>{0x8FBB, 0x845B}));
}

TEST(Profile, NamesWhatAHostNeeds) {
  const auto profile = parse_profile(
      R"({"schema":"hyojun.profile/1","system":"zei-B","encoding":"jef","code_maps":["jef.tsv","/x/ebcdik.tsv"],
          "gaiji_first":"U+E92E","layout":"zei.json"})",
      "some/p.json");
  ASSERT_TRUE(profile.has_value());
  EXPECT_EQ(profile->encoding, Encoding::jef);
  EXPECT_EQ(profile->code_maps, (std::vector<std::string>{"some/jef.tsv", "/x/ebcdik.tsv"}));
  EXPECT_EQ(profile->gaiji_first, U'\uE92E');
  EXPECT_EQ(profile->layout, "some/zei.json");
}

TEST(Profile, NeedsNoMoreThanThree) {
  const auto profile = parse_profile(R"({"schema":"hyojun.profile/1","system":"A","encoding":"utf-8"})", "p.json");
  ASSERT_TRUE(profile.has_value());
  EXPECT_EQ(profile->gaiji, "");
  EXPECT_EQ(profile->shapes, Shapes::unknown);
}

TEST(Profile, FindsTheGaijiTableFromItsOwnFolder) {
  const auto gaiji = [](const std::string& path, const std::string& value) {
    return parse_profile(R"({"schema":"hyojun.profile/1","system":"A","encoding":"cp932","gaiji":")" + value + "\"}",
                         path)
        ->gaiji;
  };
  EXPECT_EQ(gaiji("p.json", "g.csv"), "g.csv");
  EXPECT_EQ(gaiji("/x/p.json", "../g.csv"), "/x/../g.csv");
  EXPECT_EQ(gaiji("/x/p.json", "/y/g.csv"), "/y/g.csv");
}

TEST(Profile, RefusesEverythingElse) {
  const std::string head = R"({"schema":"hyojun.profile/1","system":"A","encoding":"cp932")";
  for (const std::string& json : {std::string(),
                                  std::string("[]"),
                                  std::string("null"),
                                  std::string("{"),
                                  std::string("{}"),
                                  head,
                                  head + ",}",
                                  std::string(R"({"system":"A","encoding":"cp932"})"),
                                  std::string(R"({"schema":"hyojun.profile/1","encoding":"cp932"})"),
                                  std::string(R"({"schema":"hyojun.profile/1","system":"A"})"),
                                  std::string(R"({"schema":"hyojun.profile/1","system":"","encoding":"cp932"})"),
                                  std::string(R"({"schema":"hyojun.profile/2","system":"A","encoding":"cp932"})"),
                                  std::string(R"({"schema":"hyojun.profile/1","system":1,"encoding":"cp932"})"),
                                  std::string(R"({"schema":"hyojun.profile/1","system":"A","encoding":"shift_jis"})"),
                                  head + R"(,"shape":"jis90"})",
                                  head + R"(,"shapes":"JIS90"})",
                                  head + R"(,"shape_exceptions":"U+8FBB"})",
                                  head + R"(,"shape_exceptions":[1]})",
                                  head + R"(,"shape_exceptions":["辻"]})",
                                  head + R"(,"shape_exceptions":["U+8FBB U+E0100"]})",
                                  head + R"(,"gaiji":null})",
                                  head + R"(,"code_maps":"a.tsv"})",
                                  head + R"(,"code_maps":[""]})",
                                  head + R"(,"layout":[]})",
                                  head + R"(,"gaiji_first":"U+4E00"})",
                                  head + R"(,"gaiji_first":"E000 E001"})"}) {
    const auto profile = parse_profile(json, "p.json");
    ASSERT_FALSE(profile.has_value()) << json;
    EXPECT_EQ(profile.error().code, base::ErrorCode::input_rejected);
    EXPECT_EQ(profile.error().where.file, "p.json");
  }
}

TEST(Profile, IsReadFromAFile) {
  const base::TestFolder folder;
  base::put_file(folder.file("p.json"),
                 R"({"schema":"hyojun.profile/1","system":"A","encoding":"cp932","gaiji":"g.csv"})");
  const auto profile = open_profile(folder.file("p.json"));
  ASSERT_TRUE(profile.has_value());
  EXPECT_EQ(profile->gaiji, folder.file("g.csv"));
  EXPECT_EQ(open_profile(folder.file("no.json")).error().code, base::ErrorCode::environment);
}

TEST(Encodings, AreNamedAndNeverGuessed) {
  for (std::size_t number = 0; number < kEncodingCount; ++number) {
    const auto e = static_cast<Encoding>(number);
    EXPECT_EQ(parse_encoding(encoding_name(e)), e);
    EXPECT_NE(encoding_list().find(encoding_name(e)), std::string_view::npos);
  }
  EXPECT_EQ(parse_encoding("MS932"), Encoding::cp932);
  for (const char* name : {"", "shift_jis", "sjis", "Shift-JIS", "utf-16", "utf", "euc-jp"}) {
    EXPECT_FALSE(parse_encoding(name).has_value()) << name;
  }
}

TEST(Encodings, AreMarkedByABom) {
  using Bytes = std::vector<std::uint8_t>;
  EXPECT_EQ(find_bom(Bytes{0xEF, 0xBB, 0xBF, 'a'})->length, 3U);
  EXPECT_EQ(find_bom(Bytes{0xFF, 0xFE})->encoding, Encoding::utf16le);
  EXPECT_EQ(find_bom(Bytes{0xFE, 0xFF, 0, 'a'})->encoding, Encoding::utf16be);
  for (const Bytes& b : {Bytes{}, Bytes{0xEF}, Bytes{0xEF, 0xBB}, Bytes{0xFE}, Bytes{'a', 0xFF, 0xFE}}) {
    EXPECT_FALSE(find_bom(b).has_value());
  }
}

}  // namespace
}  // namespace hyojun::charmap
