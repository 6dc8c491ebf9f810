// The decisions on gaiji that the database of a command holds, to be read.
#ifndef HYOJUN_CLI_COMMAND_DECISION_BOOK_OPTION_H_
#define HYOJUN_CLI_COMMAND_DECISION_BOOK_OPTION_H_

#include <hyojun/core/decision_book.h>

#include <optional>

#include "context.h"
#include "parse.h"

namespace hyojun::cli {

// Of --db, as known at the end of a day (none: now). Errors: those of open_store(), usage too if it holds none.
base::Result<core::DecisionBook> open_book(const ParsedArguments& arguments, Context& context,
                                           const std::optional<base::Date>& known_at = std::nullopt);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_DECISION_BOOK_OPTION_H_
