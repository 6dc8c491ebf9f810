// Lines of text by display width, never by bytes: Boost's help cuts Japanese inside a character.
#ifndef HYOJUN_CLI_COMMAND_WRAP_H_
#define HYOJUN_CLI_COMMAND_WRAP_H_

#include <hyojun/base/text.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace hyojun::cli {

// Where a line may end.
enum class BreakAt {
  words,   // spaces, and beside wide characters except before closing and after opening punctuation (禁則)
  spaces,  // spaces only: command lines
};

// Lines of at most `width` columns; a longer word is cut between characters (words) or left long (spaces). Never splits
// a character from its combining marks or variation selector. "\n" in the text ends a line. At least one line.
std::vector<std::string> wrap(std::string_view text, std::size_t width, BreakAt break_at = BreakAt::words,
                              base::AmbiguousWidth ambiguous = base::AmbiguousWidth::wide);

// At most `width` columns, with "..." where something was cut.
std::string truncate(std::string_view text, std::size_t width,
                     base::AmbiguousWidth ambiguous = base::AmbiguousWidth::wide);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_WRAP_H_
