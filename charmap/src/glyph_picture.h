// One PNG picture as a drawing. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_PICTURE_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_PICTURE_H_

#include <cstdint>
#include <span>
#include <string>

#include "hyojun/charmap/glyph_source.h"

namespace hyojun::charmap {

bool is_png(std::span<const std::uint8_t> bytes) noexcept;

// Dark on light, on white where it is transparent; 0 paper, 255 ink. Errors: input_rejected (damaged, no pixel, longer
// than GlyphSource::kMostSide).
base::Result<GlyphBitmap> read_png(std::span<const std::uint8_t> bytes, const std::string& name);

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_GLYPH_PICTURE_H_
