#include "gaiji_font.h"

#include "hyojun/base/text.h"

namespace hyojun::app {

std::string font_label(const std::string& family, const std::string& version, const std::string& digest) {
  constexpr std::size_t kShownDigest = 12;
  std::string label;
  for (const std::string& part : {family, version, digest.substr(0, kShownDigest)}) {
    if (!part.empty() && base::is_utf8(part)) label += (label.empty() ? "" : " ") + part;
  }
  return label;
}

base::Result<FontGlyphs> read_font_glyphs(const std::string& path, std::uint32_t face) {
  const auto font = charmap::GlyphSource::open(path, face);
  if (!font) return tl::unexpected(font.error());
  FontGlyphs glyphs{.label = font_label(font->family(), font->version(), font->digest())};
  for (const char32_t code_point : font->code_points()) {
    const auto glyph = font->find(code_point);
    if (!glyph) continue;
    glyphs.digests[code_point] = font->glyph_digest(*glyph).value_or("");
  }
  return glyphs;
}

}  // namespace hyojun::app
