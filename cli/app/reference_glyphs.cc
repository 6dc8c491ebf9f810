#include "reference_glyphs.h"

namespace hyojun::app {

base::Result<ReferenceGlyphs> ReferenceGlyphs::open(const std::vector<std::string>& fonts) {
  ReferenceGlyphs glyphs;
  for (const std::string& path : fonts) {
    auto font = charmap::GlyphSource::open(path);
    if (!font) return tl::unexpected(font.error());
    for (const charmap::GlyphSource::Named& named : font->named_glyphs())
      glyphs.glyphs_.try_emplace(named.name, glyphs.fonts_.size(), named.glyph);
    glyphs.fonts_.push_back(std::move(*font));
  }
  return glyphs;
}

std::string ReferenceGlyphs::outline(const std::string& name) const {
  const auto found = glyphs_.find(name);
  return found == glyphs_.end() ? "" : fonts_[found->second.first].outline(found->second.second).value_or("");
}

std::optional<charmap::GlyphBitmap> ReferenceGlyphs::draw(const std::string& name, charmap::GlyphSize size) const {
  const auto found = glyphs_.find(name);
  if (found == glyphs_.end()) return std::nullopt;
  auto drawing = fonts_[found->second.first].render(found->second.second, size);
  if (!drawing) return std::nullopt;
  return std::move(*drawing);
}

}  // namespace hyojun::app
