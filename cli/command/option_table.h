// The one declarative table of commands and options. Parser, help, man page, completion and the documentation test
// read it; nothing else knows an option name. Plain values, built once and never changed: safe to share by threads.
#ifndef HYOJUN_CLI_COMMAND_OPTION_TABLE_H_
#define HYOJUN_CLI_COMMAND_OPTION_TABLE_H_

#include <hyojun/base/error.h>

#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace hyojun::cli {

class ParsedArguments;
struct Context;

// The heading under which help lists an option, in this order.
enum class OptionGroup {
  source,   // what the input is: encoding, columns, gaiji table
  result,   // what is written, where, in which form
  table,    // which standard table and layers are read
  run,      // how the program works: threads
  general,  // the options of every command
};

struct Option {
  std::string name;                    // long name without dashes
  char short_name = '\0';              // '\0': none
  std::string value{};                 // shown name of the value, "FILE"; empty and no choices: a flag
  std::vector<std::string> choices{};  // the only values allowed; shown as a|b|c when `value` is empty
  base::Text summary;                  // one sentence without a full stop
  base::Text details{"", ""};          // more, for --help and the man page only
  std::string implied{};    // the choice that is meant where the option stands without one; empty: it must have one
  bool repeatable = false;  // otherwise a second one is a usage error
  OptionGroup group = OptionGroup::result;

  bool takes_value() const { return !value.empty() || !choices.empty(); }
  // "FILE", "ja|en", "[strict|none]" where it may be left out, or "" for a flag.
  std::string value_label() const;
};

inline constexpr std::size_t kUnbounded = std::numeric_limits<std::size_t>::max();

struct Positionals {
  std::string usage{};  // as in the usage line: "FILE...", "A B"
  std::size_t min = 0;
  std::size_t max = 0;
  base::Text summary{"", ""};  // what they are
};

// A line that can be pasted into a shell, and what it does.
struct Example {
  std::string command;
  base::Text summary;
};

// Returns the exit code. Errors are printed with fail() of context.h.
using RunFunction = int (*)(const ParsedArguments&, Context&);

struct Command {
  std::string path;                 // "identify", "table info"
  base::Text summary;               // one line, for the list of commands
  base::Text description{"", ""};   // paragraphs separated by "\n\n", for --help and the man page
  Positionals positionals{};        // none unless stated; more than max is a usage error
  std::array<Example, 2> examples;  // --help shows them first
  std::vector<Option> options{};    // without the global ones
  bool hidden = false;              // for packagers: in no list, but documented by its own --help
  RunFunction run;
};

// The first word of two-word commands.
struct CommandGroup {
  std::string name;
  base::Text summary;
  bool hidden = false;
};

struct EnvironmentVariable {
  std::string name;
  base::Text summary;
};

struct CommandTable {
  std::vector<const Command*> commands;  // not empty; in the order of help, the most used first
  std::vector<CommandGroup> groups;
  std::vector<Option> global_options;
  std::vector<EnvironmentVariable> environment;
};

// Null if there is none.
const Command* find_command(const CommandTable& table, std::string_view path);
const CommandGroup* find_group(const CommandTable& table, std::string_view name);
const Option* find_option(const std::vector<Option>& options, std::string_view name);
const Option* find_short_option(const std::vector<Option>& options, char short_name);

// The commands of a group in the order of the table, hidden ones too.
std::vector<const Command*> commands_of(const CommandTable& table, const CommandGroup& group);

// The command's options, then the global ones: all that may stand beside it. `command` may be null.
std::vector<Option> all_options(const CommandTable& table, const Command* command);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_OPTION_TABLE_H_
