// Fonts, pictures, and the cache file of the glyph index with its checksum made right, so that the content is reached.
#include <algorithm>
#include <cstring>
#include <string_view>
#include <vector>

#include "fuzz.h"
#include "glyph_index_state.h"
#include "hyojun/charmap/glyph_index.h"

using namespace hyojun;
using charmap::GlyphIndex;
using charmap::GlyphSource;

namespace {

constexpr std::size_t kMostGlyphs = 4;

void draw(const std::uint8_t* data, std::size_t size) {
  const auto source = GlyphSource::from_bytes({reinterpret_cast<const char*>(data), size}, "fuzz");
  if (!source) {
    fuzz::require(source.error().code == base::ErrorCode::input_rejected, "refused as input");
    return;
  }
  (void)source->named_glyphs();
  std::vector<charmap::GlyphNumber> glyphs = {GlyphSource::kPicture};
  for (const char32_t c : source->code_points()) {
    if (const auto glyph = source->find(c); glyph && glyphs.size() < kMostGlyphs) glyphs.push_back(*glyph);
  }
  for (const auto glyph : glyphs) {
    const auto drawing = source->render(glyph, {24, true});
    const auto outline = source->outline(glyph);
    fuzz::require(!outline || !outline->empty(), "an outline says something");
    if (!drawing) continue;
    fuzz::require(drawing->grey.size() == std::size_t{drawing->width} * drawing->height, "a whole drawing");
    fuzz::require(std::max(drawing->width, drawing->height) <= GlyphSource::kMostSide, "no larger than allowed");
  }
}

void load(const std::vector<std::uint8_t>& bytes) {
  const auto index = GlyphIndex::from_bytes(bytes, "fuzz");
  if (!index) {
    fuzz::require(index.error().code == base::ErrorCode::damaged, "refused as damaged");
    return;
  }
  for (std::uint32_t row = 0; row < index->size(); ++row) fuzz::require(index->name(row).size() == 8, "a name");
  charmap::GlyphBitmap cross{9, 9, std::vector<std::uint8_t>(81)};
  for (std::size_t i = 0; i < 9; ++i) cross.grey[i * 9 + 4] = cross.grey[36 + i] = 255;
  const auto result = index->search(cross);
  fuzz::require(result.candidates.size() <= std::min<std::size_t>(5, index->size()), "no more than there are");
  fuzz::require(result.confidence >= 0 && result.confidence <= 1, "a share");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  draw(data, size);
  std::vector<std::uint8_t> bytes(data, data + size);
  load(bytes);
  if (size < sizeof(charmap::glyph::CacheHeader)) return 0;
  charmap::glyph::CacheHeader header;
  std::memcpy(&header, bytes.data(), sizeof header);
  header.length = size;
  header.checksum = charmap::glyph::checksum(std::span(bytes).subspan(sizeof header));
  std::memcpy(bytes.data(), &header, sizeof header);
  load(bytes);
  return 0;
}
