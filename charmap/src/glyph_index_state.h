// What a GlyphIndex holds, and its cache file. Internal to charmap.
//
// The cache file: CacheHeader, then in this order META (text: one line a font), NAME (8 bytes a row), NORM (float a
// row), COAR (256 bytes a row), PICT (2,048 bytes a row). Every section begins at a multiple of 64. Rows are sorted by
// name. Everything after the header is covered by the checksum: against damage, not against malice; what a row says can
// lead nowhere, because rows have a fixed size and names are checked.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_INDEX_STATE_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_INDEX_STATE_H_

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "glyph_shape.h"
#include "hyojun/base/platform.h"
#include "hyojun/charmap/glyph_index.h"

namespace hyojun::charmap {

namespace glyph {

using Name = std::array<char, 8>;

struct CacheHeader {
  char magic[8];  // "HYOJUNGX"
  std::uint32_t format;
  std::uint32_t fonts;
  std::uint32_t rows;
  std::uint32_t skipped;
  std::uint64_t meta_bytes;
  std::uint64_t length;  // of the file
  std::uint64_t checksum;
  std::uint8_t reserved[16];
};
static_assert(sizeof(CacheHeader) == 64);

inline constexpr std::uint32_t kCacheFormat = 3;  // also: of the features; a new one is made where it differs

// The state of a font's file when the index was made: where it is the same, the file is not read again.
struct FileStamp {
  std::uint64_t size = 0;
  std::int64_t time = 0;
  bool operator==(const FileStamp&) const = default;
};
std::optional<FileStamp> stamp_of(const std::string& path);

std::uint64_t checksum(std::span<const std::uint8_t> bytes);

}  // namespace glyph

struct GlyphIndex::State {
  std::vector<ReferenceFont> references;
  std::vector<glyph::FileStamp> stamps;  // of the references
  std::size_t skipped = 0;
  bool has_added = false;

  // Rows: in own_* after build(), in the mapped file after open().
  std::span<const glyph::Name> names;
  std::span<const float> inverse_norms;
  std::span<const std::int8_t> coarse;
  std::span<const shape::Normal> pictures;

  std::vector<glyph::Name> own_names;
  std::vector<float> own_norms;
  std::vector<std::int8_t> own_coarse;
  std::vector<shape::Normal> own_pictures;
  std::optional<base::MappedFile> file;
  std::vector<std::uint64_t> copy;  // of from_bytes(): aligned

  base::Result<void> read(std::span<const std::uint8_t> bytes, const std::string& name);
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_GLYPH_INDEX_STATE_H_
