// --kernel and HYOJUN_KERNEL, the same for every command that scans.
#ifndef HYOJUN_CLI_COMMAND_KERNEL_OPTION_H_
#define HYOJUN_CLI_COMMAND_KERNEL_OPTION_H_

#include "hyojun/charmap/kernel.h"
#include "option_table.h"
#include "parse.h"

namespace hyojun::cli {

Option kernel_option();

// HYOJUN_KERNEL where it is set and not empty, else the best ("auto"). Errors: usage, for a name that is none of this
// machine's, listing those that can be given.
base::Result<charmap::Kernel> kernel_of_environment();

// --kernel, else HYOJUN_KERNEL, else the best. Errors: as kernel_of_environment.
base::Result<charmap::Kernel> kernel_of(const ParsedArguments& arguments);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_KERNEL_OPTION_H_
