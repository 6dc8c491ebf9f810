// What the input is: the options that every command about a source file shares.
#ifndef HYOJUN_CLI_COMMAND_SOURCE_OPTIONS_H_
#define HYOJUN_CLI_COMMAND_SOURCE_OPTIONS_H_

#include <string>
#include <vector>

#include "identify.h"
#include "option_table.h"
#include "parse.h"

namespace hyojun::cli {

// --profile, --encoding, --system, --gaiji, --format, --delimiter, --columns, --no-header.
std::vector<Option> source_options();

// What they say, but not the files. Errors: usage; a profile that cannot be read.
base::Result<app::IdentifyOptions> source_of(const ParsedArguments& arguments);

// The columns of a repeatable option, "A,B". Errors: usage for an empty one.
base::Result<std::vector<std::string>> columns_of(const ParsedArguments& arguments, const std::string& option);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_SOURCE_OPTIONS_H_
