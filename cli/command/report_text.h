// The text that every report on resident files has in common.
#ifndef HYOJUN_CLI_COMMAND_REPORT_TEXT_H_
#define HYOJUN_CLI_COMMAND_REPORT_TEXT_H_

#include <cstddef>
#include <string>

#include "context.h"
#include "identify.h"

namespace hyojun::cli {

inline constexpr std::size_t kShown = 10;  // rows of a list on the first screen

// What they begin with: a line for each file (records, bytes, how it was read), the eight outcomes with their counts.
void write_beginning(const app::Report& report, const Context& context, Output& out);
// The first occurrence as record:field, behind the file's name where there are several.
std::string first_place(const app::Report& report, const charmap::ExceptionTally& tally);
// Which table, and whether added characters were loaded.
void write_table_line(const app::Report& report, const Context& context, Output& out);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_REPORT_TEXT_H_
