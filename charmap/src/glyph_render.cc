// GlyphSource: one glyph as a picture and as an outline.
#include <algorithm>
#include <cstdlib>

#include "glyph_state.h"
#include "hyojun/base/sha256.h"
#include FT_OUTLINE_H

namespace hyojun::charmap {

namespace {

GlyphBitmap copy_of(const FT_Bitmap& from) {
  GlyphBitmap to{from.width, from.rows, {}};
  to.grey.resize(std::size_t{from.width} * from.rows);
  const std::ptrdiff_t pitch = from.pitch;
  // With a negative pitch the buffer starts at the last row.
  const unsigned char* first =
      pitch < 0 ? from.buffer - pitch * (static_cast<std::ptrdiff_t>(from.rows) - 1) : from.buffer;
  for (std::uint32_t y = 0; y < from.rows; ++y) {
    const unsigned char* row = first + pitch * static_cast<std::ptrdiff_t>(y);
    std::uint8_t* out = to.grey.data() + std::size_t{y} * from.width;
    for (std::uint32_t x = 0; x < from.width; ++x) {
      out[x] = from.pixel_mode == FT_PIXEL_MODE_MONO
                   ? static_cast<std::uint8_t>((row[x / 8] >> (7 - x % 8) & 1) != 0 ? 255 : 0)
                   : row[x];
    }
  }
  return to;
}

bool has_ink(const GlyphBitmap& drawing) {
  return std::ranges::any_of(drawing.grey, [](std::uint8_t value) { return value >= 64; });
}

// Larger than any drawing of a character; in pixels of 1/64.
bool is_huge(const FT_Outline& outline) {
  FT_BBox box;
  FT_Outline_Get_CBox(&outline, &box);
  const FT_Pos most = static_cast<FT_Pos>(GlyphSource::kMostSide) * 64;
  return box.xMax - box.xMin > most || box.yMax - box.yMin > most || std::abs(box.xMin) > most ||
         std::abs(box.yMin) > most;
}

const base::Text kHuge = {"グリフが大きすぎます", "the glyph is too large"};
const base::Text kBroken = {"グリフの輪郭が壊れています", "the outline of the glyph is broken"};

}  // namespace

base::Result<GlyphBitmap> GlyphSource::render(GlyphNumber glyph, GlyphSize size) const {
  const State& s = *state_;
  if (s.kind == Kind::picture) {
    if (!has_ink(s.picture)) return glyph::empty(s.path);
    return s.picture;
  }
  const bool outlines = s.kind == Kind::outlines;
  const auto pixels = std::clamp(size.pixels, kLeastPixels, kMostPixels);
  if (outlines && FT_Set_Pixel_Sizes(s.face, pixels, pixels) != 0) return glyph::broken(s.path, kBroken);
  const FT_Int32 flags = outlines ? FT_LOAD_NO_HINTING | FT_LOAD_NO_BITMAP : FT_LOAD_DEFAULT;
  if (FT_Load_Glyph(s.face, glyph, flags | (size.bilevel ? FT_LOAD_TARGET_MONO : 0)) != 0)
    return glyph::broken(s.path, kBroken);
  FT_GlyphSlot slot = s.face->glyph;
  if (slot->format == FT_GLYPH_FORMAT_OUTLINE) {
    if (is_huge(slot->outline)) return glyph::broken(s.path, kHuge);
    if (FT_Render_Glyph(slot, size.bilevel ? FT_RENDER_MODE_MONO : FT_RENDER_MODE_NORMAL) != 0)
      return glyph::broken(s.path, kBroken);
  }
  const FT_Bitmap& bitmap = slot->bitmap;
  if (bitmap.width == 0 || bitmap.rows == 0 || bitmap.buffer == nullptr) return glyph::empty(s.path);
  if (std::max(bitmap.width, bitmap.rows) > kMostSide) return glyph::broken(s.path, kHuge);
  if (bitmap.pixel_mode != FT_PIXEL_MODE_MONO && bitmap.pixel_mode != FT_PIXEL_MODE_GRAY)
    return glyph::broken(s.path, {"色つきのグリフは読めません", "a coloured glyph cannot be read"});
  GlyphBitmap drawing = copy_of(bitmap);
  if (!has_ink(drawing)) return glyph::empty(s.path);
  return drawing;
}

base::Result<std::string> GlyphSource::outline(GlyphNumber glyph) const {
  const State& s = *state_;
  std::string path;
  if (s.kind == Kind::outlines) {
    if (FT_Load_Glyph(s.face, glyph, FT_LOAD_NO_SCALE | FT_LOAD_NO_BITMAP) != 0 ||
        s.face->glyph->format != FT_GLYPH_FORMAT_OUTLINE)
      return glyph::broken(s.path, kBroken);
    // The em box hangs from the ascent; where ascent and descent do not add up to it, what is over is shared.
    const long em = s.face->units_per_EM;
    const long top = s.face->ascender - (s.face->ascender - s.face->descender - em) / 2;
    path = glyph::path_of(s.face->glyph->outline, em, top);
  } else {
    const auto drawing = render(glyph);
    if (!drawing) return tl::unexpected(drawing.error());
    path = glyph::path_of(*drawing);
  }
  if (path.empty()) return glyph::empty(s.path);
  return path;
}

base::Result<std::string> GlyphSource::glyph_digest(GlyphNumber glyph) const {
  const auto path = outline(glyph);
  if (!path) return tl::unexpected(path.error());
  return base::sha256_hex(*path);
}

}  // namespace hyojun::charmap
