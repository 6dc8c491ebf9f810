// The glyph index: finds, repeats itself, keeps itself in a file, refuses a damaged one.
#include "hyojun/charmap/glyph_index.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "base/test_files.h"
#include "drawn_characters.h"
#include "glyph_kernel.h"
#include "test_volume.h"

namespace hyojun::charmap {
namespace {

constexpr unsigned kCharacters = HYOJUN_TEST_VOLUME(120, 60);

class GlyphIndexTest : public testing::Test {
 protected:
  GlyphIndexTest() {
    base::put_file(reference_, reference_font(kCharacters));
    base::put_file(gaiji_, gaiji_font(kCharacters));
  }
  GlyphIndex index() const { return std::move(GlyphIndex::build({reference_}, 2).value()); }
  std::vector<GlyphBitmap> drawings(GlyphSize size = {}) const {
    const auto font = GlyphSource::open(gaiji_).value();
    std::vector<GlyphBitmap> all;
    for (unsigned i = 1; i <= kCharacters; ++i) all.push_back(font.render(*font.find(0xE000 + i), size).value());
    return all;
  }
  std::string bytes_of(const std::string& path) const {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }
  base::TestFolder folder_;
  std::string reference_ = folder_.file("reference.ttf");
  std::string gaiji_ = folder_.file("gaiji.ttf");
};

std::string upper_name(unsigned number) { return "MJ" + mj_name(number).substr(2); }

void expect_same(const std::vector<GlyphSearchResult>& a, const std::vector<GlyphSearchResult>& b) {
  ASSERT_EQ(a.size(), b.size());
  for (std::size_t i = 0; i < a.size(); ++i) {
    EXPECT_EQ(a[i].confidence, b[i].confidence);
    EXPECT_EQ(a[i].is_absent_likely, b[i].is_absent_likely);
    ASSERT_EQ(a[i].candidates.size(), b[i].candidates.size());
    for (std::size_t k = 0; k < a[i].candidates.size(); ++k) {
      EXPECT_EQ(a[i].candidates[k].name, b[i].candidates[k].name);
      EXPECT_EQ(a[i].candidates[k].score, b[i].candidates[k].score);
      EXPECT_EQ(a[i].candidates[k].similarity, b[i].candidates[k].similarity);
    }
  }
}

TEST_F(GlyphIndexTest, FindsTheSameCharacterByAnotherHand) {
  const GlyphIndex all = index();
  EXPECT_EQ(all.size(), kCharacters);
  EXPECT_EQ(all.skipped(), 0U);
  EXPECT_FALSE(all.has_added_characters());
  ASSERT_EQ(all.references().size(), 1U);
  EXPECT_EQ(all.references()[0].glyphs, kCharacters);
  for (const GlyphSize size : {GlyphSize{64, false}, GlyphSize{32, true}, GlyphSize{200, false}}) {
    const auto results = all.search(drawings(size), {}, 2);
    for (unsigned i = 0; i < kCharacters; ++i) {
      ASSERT_EQ(results[i].candidates.size(), 5U);
      EXPECT_EQ(results[i].candidates[0].name, upper_name(i + 1)) << size.pixels;
      double total = 0;
      for (std::size_t k = 0; k < 5; ++k) {
        total += results[i].candidates[k].score;
        EXPECT_GE(results[i].candidates[k == 0 ? 0 : k - 1].score, results[i].candidates[k].score);
      }
      EXPECT_LE(total, 1.0 + 1e-9);
      EXPECT_EQ(results[i].confidence, results[i].candidates[0].score);
    }
  }
}

TEST_F(GlyphIndexTest, TheSameDrawingIsTheSame) {
  const auto font = GlyphSource::open(reference_).value();
  const auto result = index().search(font.render(*font.find(0x4E07)).value());
  EXPECT_EQ(result.candidates[0].name, upper_name(7));
  EXPECT_EQ(result.candidates[0].similarity, 1.0);
}

TEST_F(GlyphIndexTest, EveryNumberOfThreadsGivesTheSame) {
  const GlyphIndex two = index();
  const GlyphIndex one = GlyphIndex::build({reference_}, 1).value();
  const auto wanted = one.search(drawings(), {}, 1);
  expect_same(wanted, two.search(drawings(), {}, 4));
  const auto alone = drawings();
  std::vector<GlyphSearchResult> singly;
  for (const auto& drawing : alone) singly.push_back(two.search(drawing));
  expect_same(wanted, singly);
}

TEST_F(GlyphIndexTest, EveryKernelGivesTheSame) {
  const auto all = drawings();
  const auto maps = std::make_unique<shape::Maps[]>(3);
  const auto scratch = std::make_unique<shape::Scratch>();
  const auto match = std::make_unique<shape::MatchScratch<shape::Maps>>();
  const auto details = std::make_unique<shape::Details[]>(3);
  const auto match_details = std::make_unique<shape::MatchScratch<shape::Details>>();
  for (std::size_t i = 0; i + 1 < all.size(); i += 7) {
    const auto a = *shape::normalise(all[i]);
    const auto b = *shape::normalise(all[i + 1]);
    const shape::GlyphKernel& portable = shape::glyph_kernel(Kernel::portable);
    shape::Raw wanted, raw;
    portable.measure(b, maps[1], nullptr, *scratch);
    portable.measure(a, maps[0], &wanted, *scratch);
    const auto left = portable.match(maps[0], maps[1], *match);
    portable.detail(a, details[0], *scratch);
    portable.detail(b, details[1], *scratch);
    const auto left_detail = portable.match_details(details[0], details[1], *match_details);
    EXPECT_GT(left_detail.sum, portable.match_details(details[0], details[0], *match_details).sum);
    const auto coarse = shape::project(wanted);
    std::vector<std::int16_t> vector(coarse.values.begin(), coarse.values.end());
    std::int32_t dot = 0;
    portable.dots(vector.data(), 1, coarse.values.data(), 1, &dot);
    EXPECT_NEAR(dot * static_cast<double>(coarse.inverse_norm) * static_cast<double>(coarse.inverse_norm), 1, 1e-5);
    for (const Kernel name : available_kernels()) {
      const shape::GlyphKernel& kernel = shape::glyph_kernel(name);
      kernel.measure(a, maps[2], &raw, *scratch);
      EXPECT_EQ(maps[2].values, maps[0].values) << kernel_name(name);
      EXPECT_EQ(raw, wanted) << kernel_name(name);
      const auto again = kernel.match(maps[2], maps[1], *match);
      EXPECT_EQ(again.sum, left.sum);
      EXPECT_EQ(again.squares, left.squares);
      EXPECT_EQ(again.largest, left.largest);
      kernel.detail(a, details[2], *scratch);
      EXPECT_EQ(details[2].values, details[0].values) << kernel_name(name);
      const auto again_detail = kernel.match_details(details[2], details[1], *match_details);
      EXPECT_EQ(again_detail.sum, left_detail.sum);
      EXPECT_EQ(again_detail.squares, left_detail.squares);
      EXPECT_EQ(again_detail.largest, left_detail.largest);
      std::int32_t other = 0;
      kernel.dots(vector.data(), 1, coarse.values.data(), 1, &other);
      EXPECT_EQ(other, dot);
    }
  }
}

TEST_F(GlyphIndexTest, LeavesOutWhatItIsTold) {
  const GlyphIndex all = index();
  const auto drawing = drawings()[4];
  std::vector<bool> excluded(all.size());
  excluded[all.search(drawing).candidates[0].row] = true;
  const auto result = all.search(drawing, {.top = 50, .excluded = excluded});
  EXPECT_EQ(result.candidates.size(), 50U);
  for (const auto& candidate : result.candidates) EXPECT_NE(candidate.name, upper_name(5));
  EXPECT_LT(result.confidence, 0.5);
  const auto none = all.search(drawing, {.excluded = std::vector<bool>(all.size(), true)});
  EXPECT_TRUE(none.candidates.empty());
  EXPECT_TRUE(none.is_absent_likely);
  const auto blank = all.search(GlyphBitmap{10, 10, std::vector<std::uint8_t>(100, 0)});
  EXPECT_TRUE(blank.candidates.empty());
}

// Far from everything that the calibration has seen.
TEST_F(GlyphIndexTest, WhatIsLikeNoCharacterIsSaidToBeAbsent) {
  const GlyphIndex all = index();
  constexpr int kSide = 64;
  const auto expect_absent = [&](auto is_black) {
    GlyphBitmap bitmap{kSide, kSide, std::vector<std::uint8_t>(std::size_t{kSide} * kSide)};
    for (int i = 0; i < kSide * kSide; ++i) bitmap.grey[i] = is_black(i % kSide, i / kSide) ? 255 : 0;
    const auto result = all.search(bitmap);
    EXPECT_TRUE(result.is_absent_likely);
    EXPECT_EQ(result.confidence, 0.0);
  };
  expect_absent([](int x, int y) { return (x / 4 + y / 4) % 2 == 0; });
  expect_absent([](int x, int y) { return (x + y) % 16 < 8; });
  expect_absent([](int, int) { return true; });
  expect_absent([](int x, int y) { return (x * 37 + y * 101 + x * y * 13) % 7 < 3; });
  expect_absent([](int x, int y) { return (x - 32) * (x - 32) + (y - 32) * (y - 32) < 900; });
}

TEST_F(GlyphIndexTest, SeveralReferenceFonts) {
  const std::string added = folder_.file("added.ttf");
  base::put_file(added, MinimalFont({{0x10E000, "gj000139", strokes_of(900, 40, 0)},
                                     {0x10E001, "mj000001", strokes_of(901, 40, 0)},
                                     {0x10E002, "gj000140"}})
                            .bytes());
  const GlyphIndex all = GlyphIndex::build({reference_, added}, 2).value();
  EXPECT_TRUE(all.has_added_characters());
  EXPECT_EQ(all.size(), kCharacters + 1);  // mj000001 is the first font's
  EXPECT_EQ(all.skipped(), 1U);            // gj000140 is empty
  EXPECT_EQ(all.search(drawings()[0]).candidates[0].name, "MJ000001");
  const auto font = GlyphSource::open(added).value();
  EXPECT_EQ(all.search(font.render(*font.find(0x10E000)).value()).candidates[0].name, "GJ000139");
  EXPECT_EQ(GlyphIndex::build({gaiji_}).error().code, base::ErrorCode::input_rejected);
  EXPECT_EQ(GlyphIndex::build({"/nowhere.ttf"}).error().code, base::ErrorCode::environment);
}

TEST_F(GlyphIndexTest, KeepsItselfInAFile) {
  const std::string cache = folder_.file("cache");
  const auto built = GlyphIndex::open_or_build({reference_}, cache, 2);
  ASSERT_TRUE(built.has_value());
  EXPECT_TRUE(built->was_built);
  EXPECT_TRUE(built->cache_errors.empty());
  auto opened = GlyphIndex::open_or_build({reference_}, cache, 2);
  ASSERT_TRUE(opened.has_value());
  EXPECT_FALSE(opened->was_built);
  EXPECT_EQ(opened->index.references()[0].digest, built->index.references()[0].digest);
  expect_same(built->index.search(drawings()), opened->index.search(drawings()));
  // The same bytes with another time are the same font; other bytes are not.
  base::put_file(reference_, reference_font(kCharacters));
  std::filesystem::last_write_time(reference_, std::filesystem::file_time_type::clock::now() + std::chrono::hours(1));
  EXPECT_FALSE(GlyphIndex::open_or_build({reference_}, cache)->was_built);
  base::put_file(reference_, reference_font(kCharacters - 1));
  opened = GlyphIndex::open_or_build({reference_}, cache);
  EXPECT_TRUE(opened->was_built);
  EXPECT_EQ(opened->index.size(), kCharacters - 1);
}

TEST_F(GlyphIndexTest, ADamagedFileIsRefusedAndMadeAnew) {
  const std::string cache = folder_.file("cache");
  const std::string path = GlyphIndex::open_or_build({reference_}, cache)->cache_path;
  const std::string sound = bytes_of(path);
  const auto refused = [](std::string bytes) {
    const auto index = GlyphIndex::from_bytes({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}, "c");
    return !index.has_value() && index.error().code == base::ErrorCode::damaged;
  };
  EXPECT_FALSE(refused(sound));
  EXPECT_TRUE(refused(""));
  EXPECT_TRUE(refused(sound.substr(0, sound.size() - 1)));
  EXPECT_TRUE(refused(sound + '\0'));
  for (std::size_t at = 0; at < 48; ++at) {
    std::string bytes = sound;
    bytes[at] = static_cast<char>(bytes[at] ^ 1);
    EXPECT_TRUE(refused(bytes) || (at >= 20 && at < 24)) << at;  // the count of glyphs that were not drawn
  }
  for (std::size_t at = 64; at < sound.size(); at += sound.size() / 97) {
    std::string bytes = sound;
    bytes[at] = static_cast<char>(bytes[at] ^ 0x10);
    EXPECT_TRUE(refused(bytes)) << at;
  }
  base::put_file(path, sound.substr(0, 100));
  const auto again = GlyphIndex::open_or_build({reference_}, cache);
  ASSERT_TRUE(again.has_value());
  EXPECT_TRUE(again->was_built);
  ASSERT_EQ(again->cache_errors.size(), 1U);
  EXPECT_EQ(again->cache_errors[0].code, base::ErrorCode::damaged);
  EXPECT_EQ(bytes_of(path), sound);
}

TEST_F(GlyphIndexTest, ACacheThatCannotBeKeptIsNoError) {
  base::put_file(folder_.file("file"), "");
  const auto built = GlyphIndex::open_or_build({reference_}, folder_.file("file"));
  ASSERT_TRUE(built.has_value());
  EXPECT_EQ(built->cache_errors.size(), 1U);
  EXPECT_TRUE(GlyphIndex::open_or_build({reference_}, "")->cache_errors.empty());
}

}  // namespace
}  // namespace hyojun::charmap
