// --list and --list-encoding: the office's own list of its gaiji.
#ifndef HYOJUN_CLI_COMMAND_GAIJI_LIST_OPTION_H_
#define HYOJUN_CLI_COMMAND_GAIJI_LIST_OPTION_H_

#include <vector>

#include "context.h"
#include "gaiji_scan.h"
#include "option_table.h"
#include "parse.h"

namespace hyojun::cli {

std::vector<Option> gaiji_list_options();

// Sets the list of the request. Errors: usage (an encoding that there is not).
base::Result<void> read_list_options(const ParsedArguments& arguments, app::GaijiScanRequest& request);

// Tells what is wrong with the list and which of its columns are not read. True if something is wrong: exit code 3.
bool tell_list_problems(const app::GaijiList& list, Context& context);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_GAIJI_LIST_OPTION_H_
