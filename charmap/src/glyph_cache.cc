// The cache file of a GlyphIndex: glyph_index_state.h says what stands where.
#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <functional>
#include <limits>

#include "glyph_index_state.h"
#include "hyojun/base/atomic_file.h"
#include "hyojun/base/number.h"

namespace hyojun::charmap {

static_assert(std::endian::native == std::endian::little, "the cache is read in place and is little-endian");

namespace {

using glyph::CacheHeader;

constexpr std::string_view kMagic = "HYOJUNGX";
constexpr std::size_t kMostRows = std::size_t{1} << 20;
constexpr std::size_t kMostMeta = std::size_t{1} << 20;

constexpr std::size_t aligned(std::size_t offset) { return (offset + 63) / 64 * 64; }

// Where each section begins; `end` is the length of the file.
struct Layout {
  std::size_t meta, names, norms, coarse, pictures, end;
  Layout(std::size_t meta_bytes, std::size_t rows)
      : meta(sizeof(CacheHeader)),
        names(aligned(meta + meta_bytes)),
        norms(aligned(names + rows * sizeof(glyph::Name))),
        coarse(aligned(norms + rows * sizeof(float))),
        pictures(aligned(coarse + rows * shape::kCoarse)),
        end(pictures + rows * sizeof(shape::Normal)) {}
};

tl::unexpected<base::Error> damaged(const std::string& name, const std::string& ja, const std::string& en) {
  return base::fail(base::ErrorCode::damaged, {"字形索引が壊れています: " + ja, "the glyph index is damaged: " + en},
                    {.file = name},
                    {"消してください。次の実行で作り直します", "remove it; the next run makes it anew"});
}

// A path or a name of a font may hold anything: tabs and line ends would tear the line apart.
std::string field(std::string text) {
  std::ranges::replace_if(
      text, [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return text;
}

std::string meta_of(const std::vector<ReferenceFont>& references, const std::vector<glyph::FileStamp>& stamps) {
  std::string meta;
  for (std::size_t i = 0; i < references.size(); ++i) {
    const ReferenceFont& r = references[i];
    meta += fmt::format("{}\t{}\t{}\t{}\t{}\t{}\t{}\n", field(r.path), field(r.family), field(r.version), r.digest,
                        r.glyphs, stamps[i].size, static_cast<std::uint64_t>(stamps[i].time));
  }
  return meta;
}

std::vector<std::string> split(std::string_view line, char separator) {
  std::vector<std::string> parts(1);
  for (const char c : line) {
    if (c == separator) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

bool parse_meta(std::string_view meta, std::vector<ReferenceFont>& references, std::vector<glyph::FileStamp>& stamps) {
  while (!meta.empty()) {
    const std::size_t end = meta.find('\n');
    if (end == std::string_view::npos) return false;
    const auto parts = split(meta.substr(0, end), '\t');
    meta.remove_prefix(end + 1);
    if (parts.size() != 7) return false;
    constexpr std::uint64_t kAny = std::numeric_limits<std::uint64_t>::max();
    const auto glyphs = base::parse_unsigned(parts[4], 0, kMostRows);
    const auto size = base::parse_unsigned(parts[5], 0, kAny);
    const auto time = base::parse_unsigned(parts[6], 0, kAny);
    if (!glyphs || !size || !time) return false;
    references.push_back({parts[0], parts[1], parts[2], parts[3], static_cast<std::uint32_t>(*glyphs)});
    stamps.push_back({*size, static_cast<std::int64_t>(*time)});
  }
  return true;
}

bool is_sound(const glyph::Name& name) {
  return (name[0] == 'M' || name[0] == 'G') && name[1] == 'J' &&
         std::all_of(name.begin() + 2, name.end(), [](char c) { return c >= '0' && c <= '9'; });
}

template <typename Row>
std::span<const Row> rows_at(std::span<const std::uint8_t> bytes, std::size_t offset, std::size_t count) {
  return {reinterpret_cast<const Row*>(bytes.data() + offset), count};
}

template <typename Row>
std::string_view as_text(std::span<const Row> rows) {
  return {reinterpret_cast<const char*>(rows.data()), rows.size_bytes()};
}

}  // namespace

std::uint64_t glyph::checksum(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t kLanes = 8;
  constexpr std::uint64_t kFactor = 0x9E3779B97F4A7C15U;
  std::array<std::uint64_t, kLanes> lanes{1, 2, 3, 4, 5, 6, 7, 8};
  std::size_t at = 0;
  for (; at + 8 * kLanes <= bytes.size(); at += 8 * kLanes) {
    std::array<std::uint64_t, kLanes> words;
    std::memcpy(words.data(), bytes.data() + at, sizeof words);
    for (std::size_t i = 0; i < kLanes; ++i) lanes[i] = std::rotl((lanes[i] ^ words[i]) * kFactor, 29);
  }
  std::uint64_t sum = bytes.size();
  for (; at < bytes.size(); ++at) sum = std::rotl((sum ^ bytes[at]) * kFactor, 29);
  for (const std::uint64_t lane : lanes) sum = std::rotl((sum ^ lane) * kFactor, 29);
  return sum;
}

base::Result<void> GlyphIndex::save(const std::string& path) const {
  const State& s = *state_;
  const std::string meta = meta_of(s.references, s.stamps);
  const Layout layout(meta.size(), s.names.size());
  std::string body(layout.end - sizeof(CacheHeader), '\0');
  const auto put = [&](std::size_t offset, std::string_view bytes) {
    if (!bytes.empty()) std::memcpy(body.data() + offset - sizeof(CacheHeader), bytes.data(), bytes.size());
  };
  put(layout.meta, meta);
  put(layout.names, as_text(s.names));
  put(layout.norms, as_text(s.inverse_norms));
  put(layout.coarse, as_text(s.coarse));
  put(layout.pictures, as_text(s.pictures));
  CacheHeader header{};
  std::memcpy(header.magic, kMagic.data(), sizeof header.magic);
  header.format = glyph::kCacheFormat;
  header.fonts = static_cast<std::uint32_t>(s.references.size());
  header.rows = static_cast<std::uint32_t>(s.names.size());
  header.skipped = static_cast<std::uint32_t>(s.skipped);
  header.meta_bytes = meta.size();
  header.length = layout.end;
  header.checksum = glyph::checksum({reinterpret_cast<const std::uint8_t*>(body.data()), body.size()});
  auto file = base::AtomicFile::open(path, base::Overwrite::replace);
  if (!file) return tl::unexpected(file.error());
  if (auto ok = file->write({reinterpret_cast<const char*>(&header), sizeof header}); !ok) return ok;
  if (auto ok = file->write(body); !ok) return ok;
  return file->commit();
}

base::Result<void> GlyphIndex::State::read(std::span<const std::uint8_t> bytes, const std::string& name) {
  CacheHeader header{};
  if (bytes.size() < sizeof header) return damaged(name, "短すぎます", "it is too short");
  std::memcpy(&header, bytes.data(), sizeof header);
  if (std::memcmp(header.magic, kMagic.data(), sizeof header.magic) != 0 || header.format != glyph::kCacheFormat)
    return damaged(name, "別の版のファイルです", "it is of another version");
  if (header.rows > kMostRows || header.meta_bytes > kMostMeta || header.length != bytes.size())
    return damaged(name, "長さが合いません", "its length is wrong");
  const Layout layout(header.meta_bytes, header.rows);
  if (layout.end != bytes.size()) return damaged(name, "長さが合いません", "its length is wrong");
  if (glyph::checksum(bytes.subspan(sizeof header)) != header.checksum)
    return damaged(name, "検査値が合いません", "its checksum is wrong");
  const std::string_view meta(reinterpret_cast<const char*>(bytes.data()) + layout.meta, header.meta_bytes);
  if (!parse_meta(meta, references, stamps) || references.size() != header.fonts)
    return damaged(name, "フォントの欄が読めません", "its list of fonts cannot be read");
  skipped = header.skipped;
  names = rows_at<glyph::Name>(bytes, layout.names, header.rows);
  inverse_norms = rows_at<float>(bytes, layout.norms, header.rows);
  coarse = rows_at<std::int8_t>(bytes, layout.coarse, header.rows * shape::kCoarse);
  pictures = rows_at<shape::Normal>(bytes, layout.pictures, header.rows);
  if (!std::ranges::all_of(names, is_sound) || std::ranges::adjacent_find(names, std::greater_equal<>{}) != names.end())
    return damaged(name, "文字図形名が読めません", "its names cannot be read");
  if (!std::ranges::all_of(inverse_norms, [](float n) { return n >= 0 && n <= 1; }))
    return damaged(name, "数値が範囲の外です", "a number is out of range");
  has_added = std::ranges::any_of(names, [](const glyph::Name& n) { return n[0] == 'G'; });
  return {};
}

base::Result<GlyphIndex> GlyphIndex::open(const std::string& path) {
  auto file = base::MappedFile::open(path);
  if (!file) return tl::unexpected(file.error());
  auto state = std::make_unique<State>();
  state->file = std::move(*file);
  if (auto ok = state->read(state->file->bytes(), path); !ok) return tl::unexpected(ok.error());
  return GlyphIndex(std::move(state));
}

base::Result<GlyphIndex> GlyphIndex::from_bytes(std::span<const std::uint8_t> bytes, const std::string& name) {
  auto state = std::make_unique<State>();
  state->copy.resize((bytes.size() + 7) / 8);
  if (!bytes.empty()) std::memcpy(state->copy.data(), bytes.data(), bytes.size());
  const std::span<const std::uint8_t> copy(reinterpret_cast<const std::uint8_t*>(state->copy.data()), bytes.size());
  if (auto ok = state->read(copy, name); !ok) return tl::unexpected(ok.error());
  return GlyphIndex(std::move(state));
}

}  // namespace hyojun::charmap
