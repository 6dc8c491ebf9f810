// From words to checked arguments. The only part that knows Boost.Program_options.
//
// Boost 1.74 guesses abbreviations, ignores undescribed positionals, loses `--` when it collects unknown options, takes
// the next option for a value and -1 for 4294967295. So: no guessing, positionals always described and bounded, one
// parse with the globals and the command's own options, values beginning with `--` only after `=`, every value a
// string.
#ifndef HYOJUN_CLI_COMMAND_PARSE_H_
#define HYOJUN_CLI_COMMAND_PARSE_H_

#include <hyojun/base/error.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "option_table.h"

namespace hyojun::cli {

// The arguments of one command, as text. Asking for an option that the command does not declare throws
// std::logic_error: a misspelt name in the program is a bug, not an absent option.
class ParsedArguments {
 public:
  struct Occurrence {
    std::string name;   // long name
    std::string value;  // empty for a flag
    bool is_short;      // given as -h, not --help
  };

  ParsedArguments(std::vector<Option> declared, std::vector<Occurrence> occurrences,
                  std::vector<std::string> positionals);

  bool has(std::string_view name) const;
  // The last value if the option is repeatable; nothing if it was not given.
  std::optional<std::string> value(std::string_view name) const;
  // In the order given.
  std::vector<std::string> values(std::string_view name) const;
  const std::vector<std::string>& positionals() const { return positionals_; }

  // A decimal number within [min, max]; anything else (sign, space, unit, overflow) is a usage error naming the option.
  base::Result<std::optional<std::uint64_t>> number(std::string_view name, std::uint64_t min, std::uint64_t max) const;

  bool given_short(std::string_view name) const;

 private:
  const Occurrence* last(std::string_view name) const;

  std::vector<Option> declared_;
  std::vector<Occurrence> occurrences_;
  std::vector<std::string> positionals_;
};

// Parses the words beside the command word. `command` is null when none was named: then only the globals are known.
// Too few positionals are not refused here (`identify --help` has none): see check_positionals.
base::Result<ParsedArguments> parse(const CommandTable& table, const Command* command,
                                    const std::vector<std::string>& words);

// A usage error if the command needs more positionals than were given.
base::Result<void> check_positionals(const Command& command, const ParsedArguments& arguments);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_PARSE_H_
