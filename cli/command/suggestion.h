// The nearest known word to a mistyped one.
#ifndef HYOJUN_CLI_COMMAND_SUGGESTION_H_
#define HYOJUN_CLI_COMMAND_SUGGESTION_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hyojun::cli {

// Damerau-Levenshtein distance (optimal string alignment) in bytes: command and option names are ASCII.
std::size_t edit_distance(std::string_view a, std::string_view b);

// The candidate that begins with `word` (people abbreviate; the program does not guess but may ask), else the nearest
// within a third of the word's length and at least one edit; ties by order. Nothing if none is near.
std::optional<std::string> nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_SUGGESTION_H_
