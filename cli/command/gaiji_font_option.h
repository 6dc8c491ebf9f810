// --font: the office's own font of its gaiji.
#ifndef HYOJUN_CLI_COMMAND_GAIJI_FONT_OPTION_H_
#define HYOJUN_CLI_COMMAND_GAIJI_FONT_OPTION_H_

#include <optional>

#include "gaiji_font.h"
#include "option_table.h"
#include "parse.h"

namespace hyojun::cli {

Option font_option();

// Nothing where no font was given. Errors: those of the font.
base::Result<std::optional<app::FontGlyphs>> font_glyphs_of(const ParsedArguments& arguments);
base::Result<std::optional<charmap::GlyphSource>> gaiji_font_of(const ParsedArguments& arguments);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_GAIJI_FONT_OPTION_H_
