// Text that cannot drive the terminal.
#ifndef HYOJUN_CLI_COMMAND_PRINTABLE_H_
#define HYOJUN_CLI_COMMAND_PRINTABLE_H_

#include <string>
#include <string_view>
#include <vector>

namespace hyojun::cli {

// The text with C0 and C1 control characters, DEL and ill-formed bytes as \xNN. File names, arguments and residents'
// data may hold escape sequences.
std::string printable(std::string_view text);

// The characters of a text, each with the zero-width ones that follow it (marks, variation selectors). A control
// character and an ill-formed byte are one character each.
std::vector<std::string_view> split_characters(std::string_view text);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_PRINTABLE_H_
