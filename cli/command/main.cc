#include <hyojun/base/platform.h>

#include <string>
#include <vector>

#include "commands.h"
#include "context.h"
#include "dispatch.h"

int main(int argc, char** argv) {
  hyojun::base::give_back_freed_memory();
  hyojun::base::ignore_broken_pipe();
  hyojun::base::install_interrupt_handler();
  const std::vector<std::string> words(argv + (argc > 0 ? 1 : 0), argv + argc);
  hyojun::cli::Context context = hyojun::cli::process_context(words);
  return hyojun::cli::dispatch(hyojun::cli::command_table(), words, context);
}
