// JSON of others: documents in a row, depth, keys twice, wrong types.
#include "checked_json.h"

#include <gtest/gtest.h>

namespace hyojun::app {
namespace {

using nlohmann::json;

TEST(DocumentLength, EndsWhereTheFirstDocumentEnds) {
  EXPECT_EQ(document_length("", 8), 0U);
  EXPECT_EQ(document_length(" \r\n\t", 8), 0U);
  EXPECT_EQ(document_length("{}[]", 8), 2U);
  EXPECT_EQ(document_length(" {\"}\\\"]\":[{}]}\n{}", 8), 14U);
  for (const char* text : {"1", "null", "}", "\"a\"", "{", "[{}", "{\"a", "{\"a\\", "\xEF\xBB\xBF{}"}) {
    EXPECT_EQ(document_length(text, 8), std::string_view::npos) << text;
  }
}

TEST(DocumentLength, BoundsTheDepth) {
  EXPECT_EQ(document_length("[[[]]]", 3), 6U);
  EXPECT_EQ(document_length("[[[]]]", 2), std::string_view::npos);
  EXPECT_EQ(document_length("[\"[[[[\"]", 1), 8U);
  EXPECT_EQ(document_length(std::string(1'000'000, '['), 8), std::string_view::npos);
}

TEST(ParseDocument, SaysWhereItStops) {
  EXPECT_EQ(parse_document("{\"a\":[1,{\"a\":2}]}").value(), json::parse("{\"a\":[1,{\"a\":2}]}"));
  const auto bad = parse_document("{\"a\":NaN}");
  ASSERT_FALSE(bad.has_value());
  EXPECT_EQ(bad.error().code, base::ErrorCode::input_rejected);
  EXPECT_EQ(bad.error().where.byte, 5U);
  EXPECT_FALSE(parse_document("{\"a\":1,\"a\":1}").has_value());
  EXPECT_FALSE(parse_document("{\"x\":{\"a\":1,\"b\":2,\"a\":1}}").has_value());
  EXPECT_FALSE(parse_document("{\"a\":1e400}").has_value());
  EXPECT_FALSE(parse_document("{\"a\":\"\xFF\"}").has_value());
  EXPECT_FALSE(parse_document("{}x").has_value());
}

TEST(CheckedJson, ReadsWhatIsThere) {
  CheckedJson in(100);
  const json object = {{"n", 100U}, {"t", "x"}, {"z", nullptr}, {"l", {"a", "b"}}, {"c", "U+8FBB U+E0100"},
                       {"f", true}};
  EXPECT_TRUE(in.expect_keys(object, {"n", "t", "z", "l", "c"}, {"f"}));
  EXPECT_EQ(in.number(object, "n"), 100U);
  EXPECT_EQ(in.text(object, "t"), "x");
  EXPECT_EQ(in.text_or_empty(object, "z"), "");
  EXPECT_EQ(in.texts(object, "l"), (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(in.code_points(object, "c"), U"\u8FBB\U000E0100");
  EXPECT_TRUE(in.flag(object, "f"));
  EXPECT_FALSE(in.wrong().has_value());
}

TEST(CheckedJson, KeepsTheFirstThingThatIsWrong) {
  const json object = {{"n", 101U}, {"m", -1}, {"d", 1.0}, {"t", 1U}, {"l", {1, 2}}, {"c", "8FBB"}, {"f", 0U}};
  const auto refuses = [&](auto read) {
    CheckedJson in(100);
    read(in);
    return in.wrong().has_value();
  };
  for (const char* key : {"n", "m", "d", "l", "absent"}) {
    EXPECT_TRUE(refuses([&](CheckedJson& in) { EXPECT_EQ(in.number(object, key), 0U); })) << key;
  }
  EXPECT_TRUE(refuses([&](CheckedJson& in) { EXPECT_EQ(in.text(object, "t"), ""); }));
  EXPECT_TRUE(refuses([&](CheckedJson& in) { EXPECT_EQ(in.text_or_empty(object, "t"), ""); }));
  EXPECT_TRUE(refuses([&](CheckedJson& in) { EXPECT_TRUE(in.texts(object, "l").empty()); }));
  EXPECT_TRUE(refuses([&](CheckedJson& in) { EXPECT_EQ(in.code_points(object, "c"), U""); }));
  EXPECT_TRUE(refuses([&](CheckedJson& in) { EXPECT_FALSE(in.flag(object, "f")); }));
  EXPECT_TRUE(refuses([&](CheckedJson& in) { in.expect_keys(object, {"n"}); }));
  EXPECT_TRUE(refuses([&](CheckedJson& in) { in.expect_keys(json::array(), {}); }));
  CheckedJson in(100);
  in.number(object, "m");
  in.number(object, "absent");
  EXPECT_EQ(in.wrong()->en, "the value of m is wrong");
}

}  // namespace
}  // namespace hyojun::app
