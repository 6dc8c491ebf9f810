// hyojun convert --verify and --revert: what works from a manifest.
#ifndef HYOJUN_CLI_COMMAND_CONVERT_MANIFEST_H_
#define HYOJUN_CLI_COMMAND_CONVERT_MANIFEST_H_

#include "context.h"
#include "parse.h"

namespace hyojun::cli {

// Runs whichever of the two was asked for. Returns the exit code.
int run_manifest(const ParsedArguments& arguments, Context& context);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_CONVERT_MANIFEST_H_
