// Colour is an addition: every text says the same without it.
#ifndef HYOJUN_CLI_COMMAND_COLOR_H_
#define HYOJUN_CLI_COMMAND_COLOR_H_

#include <optional>
#include <string>
#include <string_view>

#include "language.h"

namespace hyojun::cli {

enum class Emphasis { none, strong, good, warning, bad, faint };

// `flag` (the value of --color) decides; auto means: a terminal, no NO_COLOR (no-color.org), and TERM is not "dumb".
bool choose_color(const std::optional<std::string>& flag, const EnvironmentLookup& environment, bool is_terminal);

// The text between SGR sequences, or as it is when `color` is false.
std::string paint(std::string_view text, Emphasis emphasis, bool color);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_COLOR_H_
