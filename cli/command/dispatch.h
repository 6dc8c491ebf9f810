// From the words of the call to the exit code.
#ifndef HYOJUN_CLI_COMMAND_DISPATCH_H_
#define HYOJUN_CLI_COMMAND_DISPATCH_H_

#include <string>
#include <vector>

#include "context.h"
#include "option_table.h"

namespace hyojun::cli {

// Finds the command, parses, answers help and version, runs, flushes. `words` is argv without the program's name. No
// exception leaves: what escapes a command is a bug (70), except no memory and failed writes (4).
int dispatch(const CommandTable& table, const std::vector<std::string>& words, Context& context);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_DISPATCH_H_
