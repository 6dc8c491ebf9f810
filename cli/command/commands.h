// The commands of the program.
//
// To add one: (1) write cli/command/<name>.cc with `const Command& <name>_command()`, (2) declare it here, (3) add it
// to the list in commands.cc (and its first word to the groups there), (4) add the file to cli/CMakeLists.txt. Parser,
// help, man page, completion and the documentation test follow.
#ifndef HYOJUN_CLI_COMMAND_COMMANDS_H_
#define HYOJUN_CLI_COMMAND_COMMANDS_H_

#include "option_table.h"

namespace hyojun::cli {

const CommandTable& command_table();

const Command& identify_command();
const Command& convert_command();
const Command& char_command();
const Command& shrink_command();
const Command& table_info_command();
const Command& table_import_command();
const Command& layout_from_copybook_command();
const Command& table_diff_command();
const Command& tally_merge_command();
const Command& gaiji_scan_command();
const Command& gaiji_review_command();
const Command& gaiji_decide_command();
const Command& gaiji_export_command();
const Command& gaiji_history_command();
const Command& gaiji_recheck_command();
const Command& gaiji_share_command();
const Command& gaiji_candidates_command();
const Command& bench_command();
const Command& init_command();
const Command& import_command();
const Command& status_command();
const Command& outlook_command();
const Command& changes_command();
const Command& reconcile_command();
const Command& stale_command();
const Command& history_command();
const Command& undo_command();
const Command& template_command();
const Command& export_command();
const Command& merge_command();
const Command& db_backup_command();
const Command& db_check_command();
const Command& help_command();
const Command& generate_man_command();
const Command& generate_completion_command();

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_COMMANDS_H_
