// A layer from a font: names and code points of its glyphs, nothing else; anything that is no such font is refused.
#include <gtest/gtest.h>

#include "base/test_files.h"
#include "engine.h"
#include "minimal_font.h"

namespace hyojun::charmap {
namespace {

class FontLayer : public testing::Test {
 protected:
  base::Result<Layer> read(const std::string& bytes) {
    base::put_file(folder_.file("gj.ttf"), bytes);
    return Layer::from_font(folder_.file("gj.ttf"), "1", *StandardTable::bundled());
  }
  void expect_refused(const std::string& bytes, const std::string& what) {
    const auto layer = read(bytes);
    ASSERT_FALSE(layer.has_value()) << what;
    EXPECT_EQ(layer.error().code, base::ErrorCode::input_rejected) << what;
    EXPECT_EQ(layer.error().where.file, folder_.file("gj.ttf"));
  }
  base::TestFolder folder_;
};

const MinimalFont& sound() {
  static const MinimalFont font(
      {{U'あ', "uni3042"}, {0x10E000, "gj000139"}, {0x10E005, "GJ000140"}, {0x2603, "gjh00874"}});
  return font;
}

TEST_F(FontLayer, TakesNamesAndCodePoints) {
  const auto layer = read(sound().bytes());
  ASSERT_TRUE(layer.has_value()) << layer.error().what.en;
  const std::vector<LayerCharacter> expected = {
      {"GJH00874", 0x2603, 0, 0}, {"GJ000139", 0x10E000, 0, 0}, {"GJ000140", 0x10E005, 0, 0}};
  EXPECT_EQ(std::vector(layer->characters().begin(), layer->characters().end()), expected);
  EXPECT_EQ(layer->title(), "gj.ttf");
}

TEST_F(FontLayer, RefusesWrongFonts) {
  expect_refused("", "empty");
  expect_refused("name,code\n", "a CSV");
  expect_refused(MinimalFont({{0x10E000, "gj000139"}}, false).bytes(), "no glyph names");
  expect_refused(MinimalFont({{U'あ', "uni3042"}}).bytes(), "no such names");
  expect_refused(MinimalFont({{U'亜', "gj000139"}}).bytes(), "the code of an MJ character");
  expect_refused(MinimalFont({{0x10E000, "gj000139"}, {0x10E001, "gj000139"}}).bytes(), "one name, two codes");
  expect_refused(MinimalFont({{0x10E000, "gj000139x"}}).bytes(), "a name of no family");
}

TEST_F(FontLayer, SurvivesTruncationAnywhere) {
  const std::string font = sound().bytes();
  std::size_t refused = 0;
  for (std::size_t size = 0; size < font.size(); ++size) {
    const auto layer = read(font.substr(0, size));
    if (layer) {
      for (const LayerCharacter& c : layer->characters()) EXPECT_TRUE(c.name.starts_with("GJ")) << c.name;
    } else {
      EXPECT_EQ(layer.error().code, base::ErrorCode::input_rejected) << size;
      ++refused;
    }
  }
  EXPECT_GT(refused, font.size() / 2);
}

}  // namespace
}  // namespace hyojun::charmap
