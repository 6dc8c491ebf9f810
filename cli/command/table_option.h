// --table and HYOJUN_TABLE, the same for every command that reads the standard table.
#ifndef HYOJUN_CLI_COMMAND_TABLE_OPTION_H_
#define HYOJUN_CLI_COMMAND_TABLE_OPTION_H_

#include <memory>
#include <string>
#include <vector>

#include "hyojun/charmap/repertoire.h"
#include "option_table.h"
#include "parse.h"

namespace hyojun::cli {

Option table_option();

// The paths of --table, else those of HYOJUN_TABLE (separated by ":"), else none.
std::vector<std::string> table_paths(const ParsedArguments& arguments);

// The bundled table with the layers named; errors as app::open_tables.
base::Result<std::shared_ptr<const charmap::Repertoire>> repertoire_of(const ParsedArguments& arguments);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_TABLE_OPTION_H_
