// Which word of the call is the command. Boost's way (allow_unregistered, then collect the rest) loses `--` and takes a
// command's option for a global one, so it is found here, before anything is parsed.
#ifndef HYOJUN_CLI_COMMAND_COMMAND_WORD_H_
#define HYOJUN_CLI_COMMAND_COMMAND_WORD_H_

#include <hyojun/base/error.h>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "option_table.h"

namespace hyojun::cli {

struct CommandWord {
  const Command* command = nullptr;     // null: none was named
  const CommandGroup* group = nullptr;  // the group, if its first word stands alone
  std::vector<std::string> rest{};      // all other words in their order
};

// Only global options may stand before the command word or inside a two-word command: of any other option nobody can
// know yet whether the next word is its value. An unknown command, or an option before its command, is a usage error
// with the nearest suggestion.
base::Result<CommandWord> find_command_word(const CommandTable& table, const std::vector<std::string>& words);

// The usage error for an option that is not among `options`, with the nearest suggestion. `word` is as it was typed.
base::Error unknown_option_error(const std::vector<Option>& options, const std::string& word);

// The value of a global option before anything is parsed. Sound because a word that begins with `--` is never the value
// of the word before it (parse.h). Nothing if it is absent or has no value.
std::optional<std::string> early_value(const std::vector<std::string>& words, std::string_view name);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_COMMAND_WORD_H_
