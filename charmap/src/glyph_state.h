// What a GlyphSource holds. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_GLYPH_STATE_H_
#define HYOJUN_CHARMAP_SRC_GLYPH_STATE_H_

#include <ft2build.h>
#include FT_FREETYPE_H

#include <optional>
#include <span>
#include <string>

#include "hyojun/base/platform.h"
#include "hyojun/charmap/glyph_source.h"

namespace hyojun::charmap {

struct GlyphSource::State {
  std::string path;
  std::optional<base::MappedFile> file;
  std::string copy;  // of from_bytes()
  std::span<const std::uint8_t> bytes;
  Kind kind = Kind::picture;
  std::string family, version;
  mutable std::string digest;
  std::uint32_t faces = 1;
  FT_Library library = nullptr;
  FT_Face face = nullptr;
  GlyphBitmap picture;

  State() = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  ~State() {
    if (face != nullptr) FT_Done_Face(face);
    if (library != nullptr) FT_Done_FreeType(library);
  }
};

namespace glyph {

// The error of one glyph; `cause` says why it has no drawing.
tl::unexpected<base::Error> broken(const std::string& path, const base::Text& cause);
tl::unexpected<base::Error> empty(const std::string& path);

// Path data of an outline in 1000 × 1000, y downwards; `top` is the ascent of the em box in font units.
std::string path_of(FT_Outline& outline, long units_per_em, long top);
// Path data of a picture: a rectangle for each run of ink.
std::string path_of(const GlyphBitmap& drawing);

}  // namespace glyph

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_GLYPH_STATE_H_
