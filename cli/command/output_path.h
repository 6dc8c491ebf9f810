// Where a command may write.
#ifndef HYOJUN_CLI_COMMAND_OUTPUT_PATH_H_
#define HYOJUN_CLI_COMMAND_OUTPUT_PATH_H_

#include <hyojun/base/error.h>

#include <string>
#include <vector>

#include "context.h"

namespace hyojun::cli {

// Refuses an output that is one of the inputs, by whatever name: --force would destroy it. Errors: usage.
base::Result<void> check_output(const std::string& output, const std::vector<std::string>& inputs);

// Says that the temporary files of killed runs were removed.
void report_leftovers(const std::vector<std::string>& names, Context& context);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_OUTPUT_PATH_H_
