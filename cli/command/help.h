// Help rendered from the option table by display width. The longest line has `width` columns.
#ifndef HYOJUN_CLI_COMMAND_HELP_H_
#define HYOJUN_CLI_COMMAND_HELP_H_

#include <cstddef>
#include <string>

#include "language.h"
#include "option_table.h"

namespace hyojun::cli {

enum class HelpLength {
  brief,  // -h: usage and one sentence for each option
  full,   // --help: two examples first, description, details
};

struct HelpStyle {
  Language language = Language::english;
  HelpLength length = HelpLength::full;
  std::size_t width = 80;  // less than 40 is taken as 40
};

// What `hyojun --help` says.
std::string program_help(const CommandTable& table, const HelpStyle& style);
// What `hyojun table --help` says: the commands of the group.
std::string group_help(const CommandTable& table, const CommandGroup& group, const HelpStyle& style);
// What `hyojun identify --help` says.
std::string command_help(const CommandTable& table, const Command& command, const HelpStyle& style);

// "hyojun identify [options] FILE..."
std::string usage_line(const Command& command, Language language);

// The heading of a group of options.
base::Text group_heading(OptionGroup group);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_HELP_H_
