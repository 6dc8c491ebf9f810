// hyojun identify --record: what a run found, as a fact beside steps 32 and 33. It changes no status.
#ifndef HYOJUN_CLI_COMMAND_IDENTIFY_RECORD_H_
#define HYOJUN_CLI_COMMAND_IDENTIFY_RECORD_H_

#include <vector>

#include "context.h"
#include "identify.h"
#include "option_table.h"
#include "parse.h"

namespace hyojun::cli {

// --record, --business, --db, --actor, --wait.
std::vector<Option> record_options();

// Refuses --record without --business, before a long run. Errors: usage.
base::Result<void> check_record(const ParsedArguments& arguments);

// Does nothing without --record. Stores counts and the digests of the table and of the gaiji table; no file name, no
// position and no text of a resident.
base::Result<void> record_run(const ParsedArguments& arguments, const app::Report& report, Context& context);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_IDENTIFY_RECORD_H_
