// Damaged and forged images and layers: refused, with the code of damage, never a crash.
#include "image.h"

#include <gtest/gtest.h>

#include <functional>
#include <random>
#include <tuple>

#include "base/test_files.h"
#include "engine.h"

namespace hyojun::charmap {
namespace {

constexpr int kRandomFlips = HYOJUN_TEST_VOLUME(1'500, 60);

Bytes bundled_bytes() {
  const auto bytes = StandardTable::bundled()->bytes();
  return {bytes.begin(), bytes.end()};
}

Bytes layer_bytes() {
  return Layer::make({{"GJ000139", 0x10E000, 0, U'邉'}, {"MH000001", 0x1B002, 0x3099, 0}}, "title", "1",
                     *StandardTable::bundled())
      .value()
      .serialize();
}

void expect_damaged_table(const Bytes& bytes, const std::string& what) {
  const auto table = StandardTable::from_bytes(bytes, "image");
  ASSERT_FALSE(table.has_value()) << what;
  EXPECT_EQ(table.error().code, base::ErrorCode::damaged) << what;
  EXPECT_EQ(table.error().where.file, "image");
}

void expect_damaged_layer(const Bytes& bytes, const std::string& what) {
  const auto layer = Layer::from_bytes(bytes, "layer", *StandardTable::bundled());
  ASSERT_FALSE(layer.has_value()) << what;
  EXPECT_EQ(layer.error().code, base::ErrorCode::damaged) << what;
}

TEST(DamagedLayer, AnyFlippedByteIsRefused) {
  const Bytes sound = layer_bytes();
  ASSERT_TRUE(Layer::from_bytes(sound, "layer", *StandardTable::bundled()).has_value());
  for (std::size_t at = 0; at < sound.size(); ++at) {
    for (unsigned bit = 0; bit < 8; ++bit) {
      Bytes broken = sound;
      broken[at] ^= static_cast<std::uint8_t>(1U << bit);
      expect_damaged_layer(broken, std::to_string(at));
    }
  }
}

TEST(DamagedLayer, AnyTruncationIsRefused) {
  const Bytes sound = layer_bytes();
  for (std::size_t size = 0; size < sound.size(); ++size) {
    expect_damaged_layer(Bytes(sound.begin(), sound.begin() + static_cast<std::ptrdiff_t>(size)), std::to_string(size));
  }
  Bytes longer = sound;
  longer.push_back(0);
  expect_damaged_layer(longer, "longer");
}

class DamagedTable : public testing::Test {
 protected:
  void expect_flip_refused(std::size_t at, std::uint8_t mask) {
    bytes_[at] ^= mask;
    expect_damaged_table(bytes_, std::to_string(at));
    bytes_[at] ^= mask;
  }
  image::DirectoryEntry entry(std::uint32_t i) const {
    image::DirectoryEntry e;
    std::memcpy(&e, bytes_.data() + sizeof(image::Header) + i * sizeof e, sizeof e);
    return e;
  }
  std::uint32_t sections() const {
    image::Header header;
    std::memcpy(&header, bytes_.data(), sizeof header);
    return header.sections;
  }

  Bytes bytes_ = bundled_bytes();
};

TEST_F(DamagedTable, SoundBytesAreAccepted) {
  const auto table = StandardTable::from_bytes(bytes_, "image");
  ASSERT_TRUE(table.has_value());
  EXPECT_EQ((*table)->info().digest, StandardTable::bundled()->info().digest);
}

TEST_F(DamagedTable, EveryByteOfHeaderAndDirectoryIsGuarded) {
  const std::size_t end = sizeof(image::Header) + sections() * sizeof(image::DirectoryEntry);
  for (std::size_t at = 0; at < end; ++at) expect_flip_refused(at, 0x01);
}

TEST_F(DamagedTable, TheEndsOfEverySectionAreGuarded) {
  for (std::uint32_t i = 0; i < sections(); ++i) {
    expect_flip_refused(entry(i).offset, 0x80);
    expect_flip_refused(entry(i).offset + entry(i).size - 1, 0x80);
  }
  expect_flip_refused(bytes_.size() - 1, 0x10);
}

// Each flip costs the SHA-256 of the whole image, some milliseconds: as many as a test may take.
TEST_F(DamagedTable, RandomFlipsAreRefused) {
  std::mt19937 random(5);
  for (int i = 0; i < kRandomFlips; ++i) {
    expect_flip_refused(random() % bytes_.size(), static_cast<std::uint8_t>(1U << random() % 8));
  }
}

TEST_F(DamagedTable, TruncatedAnywhereIsRefused) {
  std::mt19937 random(6);
  for (int i = 0; i < 2'000; ++i) {
    const std::size_t size = i < 1'000 ? static_cast<std::size_t>(i) : random() % bytes_.size();
    const auto table = StandardTable::from_bytes(std::span(bytes_).first(size), "image");
    ASSERT_FALSE(table.has_value()) << size;
    EXPECT_EQ(table.error().code, base::ErrorCode::damaged);
  }
}

TEST_F(DamagedTable, ALayerIsNoTableAndTheOtherWayRound) {
  expect_damaged_table(layer_bytes(), "layer as table");
  expect_damaged_layer(bytes_, "table as layer");
  expect_damaged_table({}, "empty");
}

TEST_F(DamagedTable, FilesAreCheckedAsBytesAre) {
  const base::TestFolder folder;
  const std::string path = folder.file("image.hjt");
  base::put_file(path, {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()});
  EXPECT_TRUE(StandardTable::open(path).has_value());
  bytes_[bytes_.size() / 2] ^= 4;
  base::put_file(path, {reinterpret_cast<const char*>(bytes_.data()), bytes_.size()});
  const auto broken = StandardTable::open(path);
  ASSERT_FALSE(broken.has_value());
  EXPECT_EQ(broken.error().code, base::ErrorCode::damaged);
  const auto missing = StandardTable::open(folder.file("missing"));
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, base::ErrorCode::environment);
}

// Images with a valid digest whose content contradicts itself: the sections of the bundled one, one of them changed.
class ForgedTable : public DamagedTable {
 protected:
  using Change = std::function<void(Bytes& section)>;

  Bytes forge(std::string_view tag, const Change& change) const {
    return forge([&](std::string_view name, Bytes& content) {
      if (name == tag) change(content);
    });
  }

  Bytes forge(const std::function<void(std::string_view tag, Bytes& section)>& change) const {
    image::Writer writer;
    for (std::uint32_t i = 0; i < sections(); ++i) {
      const auto e = entry(i);
      const auto begin = bytes_.begin() + static_cast<std::ptrdiff_t>(e.offset);
      Bytes content(begin, begin + static_cast<std::ptrdiff_t>(e.size));
      const std::string_view name(e.tag, 4);
      change(name, content);
      add(writer, name, e.row_size, content);
    }
    return writer.finish(image::Kind::table);
  }

  static void add(image::Writer& writer, std::string_view tag, std::uint32_t row_size, const Bytes& content) {
    const auto rows = [&]<std::size_t kSize>() {
      struct Row {
        std::uint8_t bytes[kSize];
      };
      writer.add(tag, std::span(reinterpret_cast<const Row*>(content.data()), content.size() / kSize));
    };
    switch (row_size) {
      case 1:
        return rows.operator()<1>();
      case 2:
        return rows.operator()<2>();
      case 4:
        return rows.operator()<4>();
      case 8:
        return rows.operator()<8>();
      case 12:
        return rows.operator()<12>();
      case 16:
        return rows.operator()<16>();
      case 40:
        return rows.operator()<40>();
      case 64:
        return rows.operator()<64>();
      default:
        return rows.operator()<96>();
    }
  }

  static Change put(std::size_t at, std::uint32_t value) {
    return [=](Bytes& section) { std::memcpy(section.data() + at, &value, sizeof value); };
  }
};

// The first key of SEQH.
std::uint32_t* first_key(Bytes& section) {
  auto* key = reinterpret_cast<std::uint32_t*>(section.data());
  while (*key == 0) key += sizeof(image::SequenceLine) / sizeof *key;
  return key;
}

TEST_F(ForgedTable, UnchangedIsTheSameImage) {
  EXPECT_TRUE(forge("none", [](Bytes&) {}) == bytes_);
}

TEST_F(ForgedTable, ContradictionsAreRefused) {
  const std::vector<std::tuple<const char*, const char*, Change>> forgeries = {
      {"PLAN", "id outside its list", put(4, 0x0FFFFFFF)},
      {"PLAN", "layer id", put(4, 0x30000000)},
      {"PLAN", "not ascending", put(0, 0x10FFFF)},
      {"SEQU", "no scalar value", put(4, 0xD800)},
      {"SEQU", "unknown list", put(8, 0xF0000000)},
      {"SEQU", "no second of a sequence", put(4, 0x4E01)},
      {"SEQH", "too short", [](Bytes& s) { s.resize(s.size() - 64); }},
      {"SEQH", "a sequence is missing", [](Bytes& s) { *first_key(s) = 0; }},
      {"SEQH", "another sequence", [](Bytes& s) { *first_key(s) ^= 0x800; }},
      {"SEQH", "another character", [](Bytes& s) { first_key(s)[image::SequenceLine::kRows] ^= 1; }},
      {"SEQH", "a hole before a key", [](Bytes& s) { std::swap(first_key(s)[0], first_key(s)[7]); }},
      {"SEQH", "one too many",
       [](Bytes& s) { reinterpret_cast<image::SequenceLine*>(s.data())->keys[7] = 0x4E00 << 11; }},
      {"COLL", "no collection", put(8, 0)},
      {"COLL", "unknown collection", put(8, 0x20)},
      {"CHAR", "string outside POOL", put(56, 0x7FFFFFFF)},
      {"CHAR", "beyond Unicode", put(4, 0x110000)},
      {"HENT", "string outside POOL", put(16, 0xFFFFFFFF)},
      {"NKAN", "string outside POOL", put(8, 0xFFFFFFFF)},
      {"N582", "unknown kind", put(8, 0x00010063)},
      {"SHAP", "not ascending", put(0, 0x10FFFF)},
      {"PLHD", "surrogate", put(0, 0xDFFF)},
      {"LOOK", "unknown script", put(8, 0x00000063)},
      {"SHRK", "character outside its list", put(0, 0x00FFFFFF)},
      {"SHRK", "no target", put(4, 0)},
      {"SHRK", "surrogate", put(4, 0xD800)},
      {"SHRK", "unknown relation", [](Bytes& s) { s[8] = kShrinkRelations; }},
      {"SHRK", "no such 面", [](Bytes& s) { s[11] = 3; }},
      {"SHRK", "no such 区", [](Bytes& s) { s[12] = 95; }},
      {"SHRK", "no such 点", [](Bytes& s) { s[13] = 0; }},
      {"SHRK", "twice", [](Bytes& s) { s.insert(s.begin(), s.begin(), s.begin() + 16); }},
      {"SHRN", "string behind the pool", put(4, 0x7FFFFFFF)},
      {"SHRN", "character outside its list", put(0, 0x00FFFFFF)},
      {"CLSB", "unknown class", [](Bytes& s) { s[0] = 9; }},
      {"CLSB", "a second that is none", [](Bytes& s) { s[U'张'] = static_cast<std::uint8_t>(CodeClass::selector); }},
      {"CLSB", "a selector that is none", [](Bytes& s) { s[0xFE00] = static_cast<std::uint8_t>(CodeClass::control); }},
      {"CLSB", "a mark as selector", [](Bytes& s) { s[0x3099] = static_cast<std::uint8_t>(CodeClass::selector); }},
      {"C932", "a mark", [](Bytes& s) { std::memcpy(&s[2 * 0xF041], u"\u3099", 2); }},
      {"CLSD", "a second that is none", [](Bytes& s) { s[0] = static_cast<std::uint8_t>(CodeClass::voiced_mark); }},
      {"SCXU", "unlike SCNU", [](Bytes& s) { s[0x4E02] ^= kScanEvent; }},
      {"SCXU", "too short", [](Bytes& s) { s.pop_back(); }},
      {"SCXC", "unlike SCXU", [](Bytes& s) { s[0x889F] = kScanEvent; }},
      {"SCXC", "too short", [](Bytes& s) { s.pop_back(); }},
      {"CLSB", "too short", [](Bytes& s) { s.pop_back(); }},
      {"CLSI", "block outside CLSD", [](Bytes& s) { s[1] = 0xFF; }},
      {"CLSI", "too short", [](Bytes& s) { s.erase(s.end() - 2, s.end()); }},
      {"CLSD", "no whole block", [](Bytes& s) { s.pop_back(); }},
      {"CLSD", "empty", [](Bytes& s) { s.clear(); }},
      {"C932", "surrogate", [](Bytes& s) { s[1] = 0xD8; }},
      {"POOL", "not ended", [](Bytes& s) { s.back() = 'x'; }},
      {"POOL", "empty", [](Bytes& s) { s.clear(); }},
      {"POOL", "too short", [](Bytes& s) { s.assign(1, 0); }},
  };
  for (const auto& [tag, what, change] : forgeries)
    expect_damaged_table(forge(tag, change), std::string(tag) + ": " + what);
}

// Kernels count a shape where they see its scan byte: it must be no selector.
TEST_F(ForgedTable, OnlyADefaultGlyphHasAShapeThatDependsOnTheFont) {
  const std::size_t shapes = StandardTable::bundled()->shapes().size();
  ASSERT_LT(shapes, kMostShapes);
  expect_damaged_table(forge([&](std::string_view tag, Bytes& section) {
                         if (tag == "SHAP") section.insert(section.end(), {0x00, 0xFE, 0, 0});
                         if (tag == "CLSB") section[0xFE00] |= kShapeDependsOnFont;
                         if (tag == "SCNU" || tag == "SCXU") {
                           section[0xFE00] = static_cast<std::uint8_t>(kScanShape + shapes);
                         }
                       }),
                       "a selector with a shape");
}

TEST_F(ForgedTable, AnyMetaIsReadWithoutHarm) {
  for (const std::string text :
       {"", "\n", "source", "source\t", "source\t\n", "source\tx", "version", "\t\t\t\n\tsource\n"}) {
    const Bytes forged = forge("META", [&](Bytes& s) { s.assign(text.begin(), text.end()); });
    const auto table = StandardTable::from_bytes(forged, "image");
    if (!table) continue;  // refused is as good
    EXPECT_NO_THROW((*table)->info()) << text;
  }
}

TEST_F(ForgedTable, MissingSectionsAreRefused) {
  image::Writer writer;
  writer.add_text("META", "version\t1\n");
  writer.add_text("POOL", std::string_view("\0", 1));
  expect_damaged_table(writer.finish(image::Kind::table), "no lists");
  expect_damaged_layer(writer.finish(image::Kind::layer), "no LAYR");
}

Bytes forged_layer(std::vector<image::LayerRow> rows, std::string_view pool) {
  image::Writer writer;
  writer.add_text("META", "title\tt\nversion\t1\n");
  writer.add_text("POOL", pool);
  writer.add("LAYR", std::span<const image::LayerRow>(rows));
  return writer.finish(image::Kind::layer);
}

TEST(ForgedLayer, ContradictionsAreRefused) {
  using namespace std::string_view_literals;
  constexpr auto kPool = "\0GJ000139\0GJ000140\0XX\0"sv;
  ASSERT_TRUE(
      Layer::from_bytes(forged_layer({{1, 0x10E000, 0, 0}}, kPool), "l", *StandardTable::bundled()).has_value());
  expect_damaged_layer(forged_layer({{1000, 0x10E000, 0, 0}}, kPool), "name outside POOL");
  expect_damaged_layer(forged_layer({{19, 0x10E000, 0, 0}}, kPool), "name of no family");
  expect_damaged_layer(forged_layer({{1, 0, 0, 0}}, kPool), "no code point");
  expect_damaged_layer(forged_layer({{1, 0xD800, 0, 0}}, kPool), "surrogate");
  expect_damaged_layer(forged_layer({{1, 0x10E000, 0, 0x110000}}, kPool), "base beyond Unicode");
  expect_damaged_layer(forged_layer({{1, 0x10E001, 0, 0}, {10, 0x10E000, 0, 0}}, kPool), "not ascending");
  expect_damaged_layer(forged_layer({{1, 0x10E000, 0, 0}, {10, 0x10E000, 0, 0}}, kPool), "code twice");
  expect_damaged_layer(forged_layer({{1, 0x10E000, 0, 0}, {1, 0x10E001, 0, 0}}, kPool), "name twice");
  expect_damaged_layer(forged_layer({{1, U'亜', 0, 0}}, kPool), "code of an MJ character");
  expect_damaged_layer(forged_layer({{1, 0x10E000, U'a', 0}}, kPool), "second is no selector");
  expect_damaged_layer(forged_layer({}, kPool), "empty");
  expect_damaged_layer(forged_layer({{1, 0x10E000, 0, 0}}, "\0GJ000139"sv), "pool not ended");
}

}  // namespace
}  // namespace hyojun::charmap
