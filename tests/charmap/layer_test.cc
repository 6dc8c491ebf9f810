// Layers: from CSV, written and opened again, and where they stand among the other answers.
#include "hyojun/charmap/layer.h"

#include <gtest/gtest.h>

#include "base/test_files.h"
#include "engine.h"

namespace hyojun::charmap {
namespace {

const StandardTable& table() { return *StandardTable::bundled(); }

class LayerFromCsv : public testing::Test {
 protected:
  base::Result<Layer> read(std::string_view csv) {
    base::put_file(path_, csv);
    return Layer::from_csv(path_, "2026", table());
  }
  // The place where `csv` is refused: "record.field", "-" for what is not told.
  std::string refused(std::string_view csv) {
    const auto layer = read(csv);
    if (layer) return "accepted";
    EXPECT_EQ(layer.error().code, base::ErrorCode::input_rejected);
    EXPECT_EQ(layer.error().where.file, path_);
    EXPECT_FALSE(layer.error().what.ja.empty() || layer.error().what.en.empty());
    const auto number = [](const std::optional<std::uint64_t>& n) { return n ? std::to_string(*n) : std::string("-"); };
    return number(layer.error().where.record) + "." + number(layer.error().where.field);
  }

  base::TestFolder folder_;
  std::string path_ = folder_.file("gj.csv");
};

TEST_F(LayerFromCsv, ReadsEnglishAndJapaneseHeadings) {
  for (const char* csv :
       {"name,code,base\nGJ000140,U+10E001,\nGJ000139,U+10E000,U+9089\nMH000001,U+1B002 U+3099,U+3042\n",
        "\xEF\xBB\xBF文字図形名,コードポイント,代替\r\nGJ000139,U+10E000,U+9089\r\n"
        "GJ000140,U+10E001,\r\nMH000001,U+1B002 U+3099,U+3042\r\n"}) {
    const auto layer = read(csv);
    ASSERT_TRUE(layer.has_value()) << layer.error().what.en;
    const std::vector<LayerCharacter> expected = {
        {"MH000001", 0x1B002, 0x3099, U'あ'}, {"GJ000139", 0x10E000, 0, 0x9089}, {"GJ000140", 0x10E001, 0, 0}};
    EXPECT_EQ(std::vector(layer->characters().begin(), layer->characters().end()), expected);
    EXPECT_EQ(layer->title(), "gj.csv");
    EXPECT_EQ(layer->version(), "2026");
  }
}

TEST_F(LayerFromCsv, RefusesWithThePlace) {
  EXPECT_EQ(refused("name,code\nGJ000139,U+10E000\nMJ026190,U+10E001\n"), "3.1") << "name of another family";
  EXPECT_EQ(refused("name,code\nGJ139,U+10E000\n"), "2.1");
  EXPECT_EQ(refused("name,code\nGJ000139,10E0000\n"), "2.2");
  EXPECT_EQ(refused("name,code\nGJ000139,U+10E000 U+E0100 U+E0101\n"), "2.2");
  EXPECT_EQ(refused("name,code\nGJ000139,\n"), "2.2");
  EXPECT_EQ(refused("name,code\nGJ000139,U+D800\n"), "2.2");
  EXPECT_EQ(refused("name,code,base\nGJ000139,U+10E000,x\n"), "2.3");
  EXPECT_EQ(refused("name,code,base\nGJ000139,U+10E000,U+9089 U+E0100\n"), "2.3");
  EXPECT_NE(refused("name,code\nGJ000139,U+10E000\nGJ000140,U+10E000\n"), "accepted") << "code twice";
  EXPECT_NE(refused("name,code\nGJ000139,U+10E000\nGJ000139,U+10E001\n"), "accepted") << "name twice";
  EXPECT_NE(refused("name,code\nGJ000139,U+4E9C\n"), "accepted") << "code of an MJ character";
  EXPECT_NE(refused("name,code\nGJ000139,U+9089 U+E010F\n"), "accepted") << "sequence of an MJ character";
  EXPECT_NE(refused("name,code\nGJ000139,U+0007\n"), "accepted") << "control";
  EXPECT_NE(refused("name,code\nGJ000139,U+FE00\n"), "accepted") << "selector";
  EXPECT_NE(refused("name,code\nGJ000139,U+10E000 U+0041\n"), "accepted") << "second is no selector";
  EXPECT_NE(refused("name,code\nMH000001,U+4E9C U+3099\n"), "accepted") << "only a kana takes a mark";
  EXPECT_NE(refused("name,code\nGJ000139,U+0378 U+FE00\n"), "accepted") << "an unassigned base takes no selector";
  EXPECT_NE(refused("number,code\nGJ000139,U+10E000\n"), "accepted") << "heading";
  EXPECT_NE(refused("name\nGJ000139\n"), "accepted") << "no code";
  EXPECT_NE(refused("name,code\n"), "accepted") << "no character";
  EXPECT_NE(refused("name,code\n\x95\xB6,U+10E000\n"), "accepted") << "not UTF-8";
  EXPECT_NE(refused(""), "accepted");
}

TEST(Layer, AMissingFileIsTheEnvironment) {
  const base::TestFolder folder;
  for (const auto& layer : {Layer::from_csv(folder.file("no"), "", table()), Layer::open(folder.file("no"), table()),
                            Layer::from_font(folder.file("no"), "", table())}) {
    ASSERT_FALSE(layer.has_value());
    EXPECT_EQ(layer.error().code, base::ErrorCode::environment);
  }
}

Layer sample() {
  return Layer::make({{"GJ000139", 0xE100, 0, 0x9089},
                      {"GJ000140", 0x10E000, 0, 0},
                      {"GJH00874", 0x2603, 0, 0},
                      {"MH000001", 0x1B002, 0x3099, U'あ'}},
                     "追加文字", "2026-08", table())
      .value();
}

TEST(Layer, ComesBackAsItWasWritten) {
  const Layer layer = sample();
  const Bytes bytes = layer.serialize();
  EXPECT_EQ(bytes, sample().serialize()) << "deterministic";
  const auto back = Layer::from_bytes(bytes, "l", table());
  ASSERT_TRUE(back.has_value());
  EXPECT_TRUE(std::ranges::equal(back->characters(), layer.characters()));
  EXPECT_EQ(back->title(), "追加文字");
  EXPECT_EQ(back->version(), "2026-08");
  EXPECT_EQ(back->digest(), layer.digest());
  EXPECT_EQ(back->serialize(), bytes);
  const base::TestFolder folder;
  base::put_file(folder.file("l.hjl"), {reinterpret_cast<const char*>(bytes.data()), bytes.size()});
  EXPECT_TRUE(Layer::open(folder.file("l.hjl"), table()).has_value());
}

TEST(Layer, FindsByCodeAndName) {
  const Layer layer = sample();
  for (std::uint32_t row = 0; row < layer.characters().size(); ++row) {
    const LayerCharacter& c = layer.characters()[row];
    EXPECT_EQ(layer.find(c.first, c.second), row);
    EXPECT_EQ(layer.find_name(c.name), row);
  }
  EXPECT_FALSE(layer.find(0x1B002, 0).has_value());
  EXPECT_FALSE(layer.find_name("GJ000141").has_value());
}

std::shared_ptr<const Repertoire> with_sample() {
  return std::make_shared<const Repertoire>(Repertoire::make(StandardTable::bundled(), {sample()}).value());
}

std::string answer(const Plan& plan, char32_t first, char32_t second = 0) {
  const Identity identity = plan.identify(first, second);
  return std::string(outcome_key(identity.outcome)) + " " + (identity.id ? plan.repertoire().name(*identity.id) : "-");
}

TEST(Layer, SpeaksWhereTheTableIsSilent) {
  const Plan plan({.structure = {.kind = Structure::Kind::text}}, with_sample());
  EXPECT_EQ(answer(plan, 0x10E000), "standard GJ000140");
  EXPECT_EQ(answer(plan, 0x2603), "standard GJH00874");
  EXPECT_EQ(answer(plan, 0x1B002, 0x3099), "standard MH000001");
  EXPECT_EQ(answer(plan, 0x1B002), "standard MJ090001");
  EXPECT_EQ(answer(plan, 0xE100), "standard GJ000139");
  EXPECT_EQ(answer(plan, 0xE101), "gaiji_unmapped -");
  EXPECT_EQ(answer(plan, 0x10E000, 0xFE00), "unregistered_sequence -");
  EXPECT_EQ(plan.repertoire().record(*plan.repertoire().find_name("GJ000139")).ucs, "U+9089");
}

TEST(Layer, IsScannedAsTheOracleReadsIt) {
  oracle::Above above;
  const Layer layer = sample();
  for (const LayerCharacter& c : layer.characters()) above.layer[{c.first, c.second}] = c.name;
  const Plan plan({.structure = {.kind = Structure::Kind::text}}, with_sample());
  const auto text = U"\U0010E000a\U0001B002\u3099\U0001B002\u309A\u2603\u2603\uFE0F\uE100\uE101\U0010E000\U000E0100";
  expect_as_oracle(plan, oracle::encode(oracle::Encoding::utf8, text), "layer", above);
}

TEST(Layer, StandsBehindTheGaijiTable) {
  auto gaiji = GaijiTable::from_bytes("code,target\nU+E100,MJ026190\nU+E101,GJ000140\n", "g", {"", Encoding::utf8},
                                      *with_sample());
  ASSERT_TRUE(gaiji.has_value());
  const Plan plan({}, with_sample(), std::make_shared<const GaijiTable>(std::move(*gaiji)));
  EXPECT_EQ(answer(plan, 0xE100), "gaiji_mapped MJ026190");
  EXPECT_EQ(answer(plan, 0xE101), "gaiji_mapped GJ000140");
  EXPECT_EQ(answer(plan, 0x10E000), "standard GJ000140");
}

TEST(Layer, DoesNotSpeakForAVendorsCodes) {
  const Plan plan({.encoding = Encoding::cp932}, with_sample());
  EXPECT_EQ(answer(plan, 0xE100), "gaiji_unmapped -");
}

TEST(Layer, TwoThatDisagreeAreRefused) {
  const auto one = [](const char* name, char32_t cp) {
    return Layer::make({{name, cp, 0, 0}}, name, "", table()).value();
  };
  const auto both = [&](Layer a, Layer b) {
    return Repertoire::make(StandardTable::bundled(), {std::move(a), std::move(b)});
  };
  EXPECT_TRUE(both(one("GJ000001", 0x10E000), one("GJ000002", 0x10E001)).has_value());
  EXPECT_TRUE(both(one("GJ000001", 0x10E000), one("GJ000001", 0x10E000)).has_value());
  for (const auto& refused : {both(one("GJ000001", 0x10E000), one("GJ000002", 0x10E000)),
                              both(one("GJ000001", 0x10E000), one("GJ000001", 0x10E001))}) {
    ASSERT_FALSE(refused.has_value());
    EXPECT_EQ(refused.error().code, base::ErrorCode::input_rejected);
  }
}

}  // namespace
}  // namespace hyojun::charmap
