// Everything that is wrong with a table that people sent, on standard error: each with its place, the first ones of
// many.
#ifndef HYOJUN_CLI_COMMAND_PROBLEMS_H_
#define HYOJUN_CLI_COMMAND_PROBLEMS_H_

#include <string>
#include <vector>

#include "context.h"

namespace hyojun::cli {

// Prints at most 20 of `problems`, then how many more of `count` there are.
void print_problems(Context& context, const std::vector<base::Error>& problems, std::size_t count);

// Says which columns of `file` are not read.
void print_unread_headings(Context& context, const std::string& file, const std::vector<std::string>& headings);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_PROBLEMS_H_
