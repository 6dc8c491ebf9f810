// Completion for bash, generated from the option table.
#ifndef HYOJUN_CLI_COMMAND_COMPLETION_H_
#define HYOJUN_CLI_COMMAND_COMPLETION_H_

#include <string>

#include "option_table.h"

namespace hyojun::cli {

// A script for bash 4 or later; needs nothing else installed. Completes commands, options, choices, and file names
// wherever something else is expected.
std::string bash_completion(const CommandTable& table);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_COMPLETION_H_
