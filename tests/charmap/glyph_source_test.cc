// Fonts and pictures as drawings: what is read, and what is refused.
#include "hyojun/charmap/glyph_source.h"

#include <gtest/gtest.h>
#include <png.h>
#include <zlib.h>

#include <algorithm>
#include <filesystem>

#include "base/test_files.h"
#include "drawn_characters.h"
#include "pcf_font.h"

namespace hyojun::charmap {
namespace {

std::string png_of(std::uint32_t width, std::uint32_t height, std::uint8_t grey) {
  png_image image{};
  image.version = PNG_IMAGE_VERSION;
  image.width = width;
  image.height = height;
  image.format = PNG_FORMAT_GRAY;
  const std::vector<std::uint8_t> pixels(std::size_t{width} * height, grey);
  png_alloc_size_t size = 0;
  png_image_write_to_memory(&image, nullptr, &size, 0, pixels.data(), 0, nullptr);
  std::string bytes(size, '\0');
  png_image_write_to_memory(&image, bytes.data(), &size, 0, pixels.data(), 0, nullptr);
  return bytes;
}

const std::string kBdf =
    "STARTFONT 2.1\nFONT -a-b-medium-r-normal--8-80-75-75-c-80-iso10646-1\nSIZE 8 75 75\nFONTBOUNDINGBOX 8 8 0 0\n"
    "STARTPROPERTIES 2\nCHARSET_REGISTRY \"ISO10646\"\nCHARSET_ENCODING \"1\"\nENDPROPERTIES\n"
    "CHARS 1\nSTARTCHAR a\nENCODING 57344\nSWIDTH 500 0\nDWIDTH 8 0\nBBX 8 8 0 0\nBITMAP\n"
    "FF\n00\n00\nFF\n00\n00\n00\nFF\nENDCHAR\nENDFONT\n";

std::string gzip(const std::string& bytes) {
  z_stream stream{};
  constexpr int kGzip = 15 + 16;
  EXPECT_EQ(deflateInit2(&stream, Z_BEST_COMPRESSION, Z_DEFLATED, kGzip, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(deflateBound(&stream, bytes.size()), '\0');
  std::string input = bytes;  // zlib wants it writable
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(packed.data());
  stream.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&stream, Z_FINISH), Z_STREAM_END);
  packed.resize(stream.total_out);
  deflateEnd(&stream);
  return packed;
}

void expect_refused(const std::string& bytes, const char* what) {
  const auto source = GlyphSource::from_bytes(bytes, "f");
  ASSERT_FALSE(source.has_value()) << what;
  EXPECT_EQ(source.error().code, base::ErrorCode::input_rejected) << what;
  EXPECT_EQ(source.error().where.file, "f") << what;
}

TEST(GlyphSource, ReadsOutlines) {
  const auto font = GlyphSource::from_bytes(gaiji_font(3), "f");
  ASSERT_TRUE(font.has_value());
  EXPECT_EQ(font->kind(), GlyphSource::Kind::outlines);
  EXPECT_EQ(font->code_points(), (std::vector<char32_t>{0xE000, 0xE001, 0xE002, 0xE003}));
  EXPECT_FALSE(font->find(0x4E00).has_value());
  EXPECT_FALSE(font->find(0xE001, 0xE0100).has_value());
  EXPECT_TRUE(font->named_glyphs().empty());
  const auto glyph = font->find(0xE001);
  ASSERT_TRUE(glyph.has_value());
  const auto grey = font->render(*glyph);
  const auto dots = font->render(*glyph, {24, true});
  ASSERT_TRUE(grey && dots);
  EXPECT_LE(std::max(grey->width, grey->height), 66U);
  EXPECT_LE(std::max(dots->width, dots->height), 26U);
  for (const auto value : dots->grey) EXPECT_TRUE(value == 0 || value == 255);
  const auto path = font->outline(*glyph);
  ASSERT_TRUE(path.has_value());
  EXPECT_EQ(path->find_first_not_of("MLQCZ0123456789. -"), std::string::npos) << *path;
  EXPECT_EQ(std::ranges::count(*path, 'Z'), std::ssize(strokes_of(1, 60, 12)));
  EXPECT_EQ(font->glyph_digest(*glyph).value().size(), 64U);
  EXPECT_NE(font->glyph_digest(*glyph).value(), font->glyph_digest(*font->find(0xE002)).value());
}

TEST(GlyphSource, AnEmptyGlyphIsAnErrorOfTheGlyph) {
  const auto font = GlyphSource::from_bytes(gaiji_font(1), "f");
  ASSERT_TRUE(font.has_value());
  const auto glyph = font->find(0xE000);
  ASSERT_TRUE(glyph.has_value());
  for (const auto& error : {font->render(*glyph).error(), font->outline(*glyph).error()}) {
    EXPECT_EQ(error.code, base::ErrorCode::input_rejected);
    EXPECT_NE(error.what.en.find("empty"), std::string::npos);
  }
}

TEST(GlyphSource, NamesSayTheCharacter) {
  const auto font = GlyphSource::from_bytes(
      MinimalFont(
          {{0x4E00, "mj000002"}, {0x4E01, "gj000139"}, {0x4E02, "gjh00874"}, {0x4E03, "MJ000001"}, {0x4E04, "x"}})
          .bytes(),
      "f");
  ASSERT_TRUE(font.has_value());
  std::vector<std::string> names;
  for (const auto& named : font->named_glyphs()) names.push_back(named.name);
  EXPECT_EQ(names, (std::vector<std::string>{"GJ000139", "MJ000001", "MJ000002"}));
}

TEST(GlyphSource, ReadsDots) {
  const auto font = GlyphSource::from_bytes(kBdf, "f");
  ASSERT_TRUE(font.has_value());
  EXPECT_EQ(font->kind(), GlyphSource::Kind::dots);
  const auto glyph = font->find(0xE000);
  ASSERT_TRUE(glyph.has_value());
  const auto drawing = font->render(*glyph, {64, false});
  ASSERT_TRUE(drawing.has_value());
  EXPECT_EQ(drawing->width, 8U);
  EXPECT_EQ(drawing->height, 8U);
  EXPECT_EQ(drawing->grey[0], 255);
  EXPECT_EQ(drawing->grey[8], 0);
  EXPECT_EQ(font->outline(*glyph).value_or(""), "M0 0h1000v125h-1000ZM0 375h1000v125h-1000ZM0 875h1000v125h-1000Z");
}

constexpr pcf::Dots kBars = {0xFF, 0, 0, 0xFF, 0, 0, 0, 0xFF};
constexpr pcf::Dots kPost = {0x18, 0x18, 0x18, 0x18, 0x18, 0x18, 0x18, 0x18};

void expect_bars_and_post(const std::string& bytes) {
  const auto font = GlyphSource::from_bytes(bytes, "f");
  ASSERT_TRUE(font.has_value());
  EXPECT_EQ(font->kind(), GlyphSource::Kind::dots);
  EXPECT_EQ(font->code_points(), (std::vector<char32_t>{0xE000, 0xE001}));
  const auto bars = font->find(0xE000);
  const auto post = font->find(0xE001);
  ASSERT_TRUE(bars && post);
  EXPECT_EQ(font->outline(*bars).value_or(""), "M0 0h1000v125h-1000ZM0 375h1000v125h-1000ZM0 875h1000v125h-1000Z");
  const auto drawing = font->render(*post);
  ASSERT_TRUE(drawing.has_value());
  EXPECT_EQ(std::ranges::count(drawing->grey, 255), 16);
  EXPECT_EQ(std::ranges::count(drawing->grey, 0), std::ssize(drawing->grey) - 16);
}

TEST(GlyphSource, ReadsPcfDots) { expect_bars_and_post(pcf_font({kBars, kPost})); }

TEST(GlyphSource, ReadsPackedPcfDots) { expect_bars_and_post(gzip(pcf_font({kBars, kPost}))); }

TEST(GlyphSource, RefusesBrokenPcf) {
  const std::string whole = pcf_font({kBars, kPost});
  const std::string packed = gzip(whole);
  expect_refused(whole.substr(0, 60), "cut in the list of tables");
  expect_refused(whole.substr(0, 200), "cut in the tables");
  expect_refused(packed.substr(0, packed.size() / 2), "cut while packed");
  expect_refused(gzip("not a font"), "packed text");
}

TEST(GlyphSource, ReadsEveryFaceOfACollection) {
  const std::string bytes =
      font_collection({MinimalFont({{0x4E00, "mj000001", strokes_of(1, 40, 0)}}),
                       MinimalFont({{0xE000, "a", strokes_of(2, 40, 0)}, {0xE001, "b", strokes_of(3, 40, 0)}})});
  const auto first = GlyphSource::from_bytes(bytes, "f");
  const auto second = GlyphSource::from_bytes(bytes, "f", 1);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->face_count(), 2U);
  EXPECT_EQ(first->code_points(), (std::vector<char32_t>{0x4E00}));
  EXPECT_EQ(second->code_points(), (std::vector<char32_t>{0xE000, 0xE001}));
  const auto alone = GlyphSource::from_bytes(MinimalFont({{0xE001, "b", strokes_of(3, 40, 0)}}).bytes(), "f");
  ASSERT_TRUE(alone.has_value());
  EXPECT_EQ(second->glyph_digest(*second->find(0xE001)).value(), alone->glyph_digest(*alone->find(0xE001)).value());
  const auto third = GlyphSource::from_bytes(bytes, "f", 2);
  ASSERT_FALSE(third.has_value());
  EXPECT_NE(third.error().next.en.find("it has 2"), std::string::npos);
}

// A font of dots as a distribution packs it: unifont, where it is installed.
TEST(GlyphSource, ReadsAnInstalledPackedPcf) {
  const std::string path = "/usr/share/fonts/X11/misc/unifont.pcf.gz";
  if (!std::filesystem::exists(path)) GTEST_SKIP() << "fonts of Debian's xfonts-unifont are not installed";
  const auto font = GlyphSource::open(path);
  ASSERT_TRUE(font.has_value());
  EXPECT_EQ(font->kind(), GlyphSource::Kind::dots);
  const auto glyph = font->find(0x9089);
  ASSERT_TRUE(glyph.has_value());
  const auto drawing = font->render(*glyph);
  ASSERT_TRUE(drawing.has_value());
  EXPECT_LE(std::max(drawing->width, drawing->height), 16U);
}

TEST(GlyphSource, ReadsPictures) {
  const auto picture = GlyphSource::from_bytes(png_of(20, 10, 0), "f");
  ASSERT_TRUE(picture.has_value());
  EXPECT_EQ(picture->kind(), GlyphSource::Kind::picture);
  EXPECT_TRUE(picture->code_points().empty());
  const auto drawing = picture->render(GlyphSource::kPicture);
  ASSERT_TRUE(drawing.has_value());
  EXPECT_EQ(drawing->grey, std::vector<std::uint8_t>(200, 255));
  const auto blank = GlyphSource::from_bytes(png_of(20, 10, 255), "f");
  ASSERT_TRUE(blank.has_value());
  EXPECT_FALSE(blank->render(GlyphSource::kPicture).has_value());
}

TEST(GlyphSource, RefusesWhatItCannotRead) {
  expect_refused("", "nothing");
  expect_refused("not a font", "text");
  expect_refused(gaiji_font(3).substr(0, 100), "cut");
  expect_refused(png_of(20, 10, 0).substr(0, 60), "a cut picture");
  expect_refused(png_of(5000, 1, 0), "a huge picture");
  const auto face = GlyphSource::from_bytes(gaiji_font(1), "f", 3);
  ASSERT_FALSE(face.has_value());
  EXPECT_NE(face.error().what.en.find("face"), std::string::npos);
  const auto missing = GlyphSource::open("/nowhere/f.ttf");
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, base::ErrorCode::environment);
}

TEST(GlyphSource, AHugeGlyphIsRefused) {
  const auto font =
      GlyphSource::from_bytes(MinimalFont({{0xE000, "g", {{-30000, -30000, 30000, 30000}}}}).bytes(), "f");
  ASSERT_TRUE(font.has_value());
  const auto drawing = font->render(*font->find(0xE000), {kMostPixels, false});
  ASSERT_FALSE(drawing.has_value());
  EXPECT_NE(drawing.error().what.en.find("large"), std::string::npos);
}

}  // namespace
}  // namespace hyojun::charmap
