#include "gaiji_font_option.h"

namespace hyojun::cli {

Option font_option() {
  return {.name = "font",
          .value = "FILE",
          .summary = {"外字フォント (EUDC.TTE、BDF など)", "The font of the gaiji (EUDC.TTE, BDF, …)"},
          .group = OptionGroup::source};
}

base::Result<std::optional<app::FontGlyphs>> font_glyphs_of(const ParsedArguments& arguments) {
  const auto path = arguments.value("font");
  if (!path) return std::optional<app::FontGlyphs>();
  auto glyphs = app::read_font_glyphs(*path, 0);
  if (!glyphs) return tl::unexpected(glyphs.error());
  return std::optional(std::move(*glyphs));
}

base::Result<std::optional<charmap::GlyphSource>> gaiji_font_of(const ParsedArguments& arguments) {
  const auto path = arguments.value("font");
  if (!path) return std::optional<charmap::GlyphSource>();
  auto font = charmap::GlyphSource::open(*path);
  if (!font) return tl::unexpected(font.error());
  return std::optional(std::move(*font));
}

}  // namespace hyojun::cli
