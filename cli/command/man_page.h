// The manual page hyojun(1), generated from the option table.
#ifndef HYOJUN_CLI_COMMAND_MAN_PAGE_H_
#define HYOJUN_CLI_COMMAND_MAN_PAGE_H_

#include <string>
#include <string_view>

#include "language.h"
#include "option_table.h"

namespace hyojun::cli {

// UTF-8 roff source with the man(7) macros, without warnings from `mandoc -T lint`. `date` is YYYY-MM-DD.
std::string man_page(const CommandTable& table, Language language, std::string_view version, std::string_view date);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_MAN_PAGE_H_
