// --reference: the fonts whose glyphs are the standard characters, and their index.
#ifndef HYOJUN_CLI_COMMAND_GAIJI_REFERENCE_OPTION_H_
#define HYOJUN_CLI_COMMAND_GAIJI_REFERENCE_OPTION_H_

#include <optional>
#include <string>
#include <vector>

#include "context.h"
#include "hyojun/charmap/glyph_index.h"
#include "option_table.h"
#include "parse.h"

namespace hyojun::cli {

Option reference_option();

// The fonts of --reference, and before them IPAmj明朝 where none of them has MJ glyphs; without the option IPAmj明朝
// if it is installed, else none. Errors: those of app::reference_fonts().
base::Result<std::vector<std::string>> reference_fonts_of(const ParsedArguments& arguments);

struct ReferenceIndex {
  charmap::GlyphIndex index;
  std::vector<std::string> fonts;
};

// Of the fonts of --reference, else of the installed IPAmj明朝; nothing if neither is there, which is said on standard
// error. Says when an index is made, which takes seconds. Errors: those of GlyphIndex.
base::Result<std::optional<ReferenceIndex>> reference_index_of(const ParsedArguments& arguments, Context& context);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_GAIJI_REFERENCE_OPTION_H_
