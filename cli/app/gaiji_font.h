// What an office's font draws of the private use areas.
#ifndef HYOJUN_CLI_APP_GAIJI_FONT_H_
#define HYOJUN_CLI_APP_GAIJI_FONT_H_

#include <cstdint>
#include <string>

#include "gaiji_scan.h"
#include "hyojun/charmap/glyph_source.h"

namespace hyojun::app {

// Name, version and the first digits of the digest: how a font stands on pages and in decisions.
std::string font_label(const std::string& family, const std::string& version, const std::string& digest);

// Errors: those of GlyphSource::open. A glyph that cannot be drawn has an empty digest.
base::Result<FontGlyphs> read_font_glyphs(const std::string& path, std::uint32_t face);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GAIJI_FONT_H_
