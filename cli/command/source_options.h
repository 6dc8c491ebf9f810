// What the commands that read resident files have in common: the options that say what the input is.
#ifndef HYOJUN_CLI_COMMAND_SOURCE_OPTIONS_H_
#define HYOJUN_CLI_COMMAND_SOURCE_OPTIONS_H_

#include <string>
#include <vector>

#include "identify.h"
#include "option_table.h"
#include "parse.h"

namespace hyojun::cli {

// profile, encoding, system, gaiji, format, delimiter, columns, no-header.
std::vector<Option> source_options();
Option threads_option();

// Reads those, the positionals as files, and the kernel. Errors: usage; those of the profile.
base::Result<app::IdentifyOptions> read_source_options(const ParsedArguments& arguments);
// The number of threads; without the option one for each core, at most 16. Errors: usage.
base::Result<unsigned> threads_of(const ParsedArguments& arguments);

// juki-columns and koseki-columns: of the commands that read numbers as characters. Errors: usage.
std::vector<Option> number_column_options();
base::Result<void> apply_number_columns(const ParsedArguments& arguments, app::IdentifyOptions& options);

// The values of a repeatable option that names columns, split at commas. Errors: usage (an empty name).
base::Result<std::vector<std::string>> columns_of(const ParsedArguments& arguments, const std::string& option);

// Every file that the command reads: none of them may be its output.
std::vector<std::string> inputs_of(const ParsedArguments& arguments, const app::IdentifyOptions& options);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_SOURCE_OPTIONS_H_
