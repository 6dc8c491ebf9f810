// The glyphs of the reference fonts by character name.
#ifndef HYOJUN_CLI_APP_REFERENCE_GLYPHS_H_
#define HYOJUN_CLI_APP_REFERENCE_GLYPHS_H_

#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "hyojun/charmap/glyph_source.h"

namespace hyojun::app {

// Of several fonts that name a character, the first is taken. One thread at a time, as GlyphSource.
class ReferenceGlyphs {
 public:
  // Errors: those of GlyphSource::open.
  static base::Result<ReferenceGlyphs> open(const std::vector<std::string>& fonts);

  // SVG path data; empty where no font has the character or it cannot be drawn.
  std::string outline(const std::string& name) const;
  // Nothing where no font has it or it cannot be drawn.
  std::optional<charmap::GlyphBitmap> draw(const std::string& name, charmap::GlyphSize size) const;

 private:
  std::vector<charmap::GlyphSource> fonts_;
  std::map<std::string, std::pair<std::size_t, charmap::GlyphNumber>> glyphs_;
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_REFERENCE_GLYPHS_H_
