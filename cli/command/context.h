// What a command gets besides its arguments: where to write, and in which language.
#ifndef HYOJUN_CLI_COMMAND_CONTEXT_H_
#define HYOJUN_CLI_COMMAND_CONTEXT_H_

#include <hyojun/base/error.h>

#include <cstddef>
#include <string>
#include <vector>

#include "language.h"
#include "output.h"
#include "table_view.h"

namespace hyojun::cli {

struct Context {
  Output out;  // standard output: the result only
  Output err;  // standard error: use print_error and print_message
  Language language = Language::english;
  bool color = false;         // on standard output
  bool has_progress = false;  // standard error is a terminal: progress may be shown
  std::size_t width = 80;     // columns of standard output; 80 if it is no terminal

  // The text in the chosen language.
  const std::string& say(const base::Text& text) const { return in(language, text); }
};

// For the real process. Language and colour are taken from the arguments before they are parsed, so that a usage error
// already speaks the right language.
Context process_context(const std::vector<std::string>& arguments);

// How this context lays out text reports. Ambiguous characters (○ ■) are wide for a Japanese reader, narrow otherwise.
TableStyle table_style(const Context& context, std::size_t indent = 0);

// Writes `hyojun: what`, then where (file:record:field, byte N) and what to do next, each on its own line. Control
// characters and ill-formed bytes, which file names may hold, are shown as \xNN. A failed write to standard error is
// not reported: there is nowhere left to report it.
void print_error(Context& context, const base::Error& error);

// A message that is no error: `hyojun: text` on standard error.
void print_message(Context& context, const base::Text& text);

// print_error, and the exit code that belongs to it: `return fail(context, result.error());`
int fail(Context& context, const base::Error& error);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_CONTEXT_H_
