// A small command line for the tests of the frame: every kind of option, one- and two-word commands.
#ifndef HYOJUN_TESTS_COMMAND_SAMPLE_TABLE_H_
#define HYOJUN_TESTS_COMMAND_SAMPLE_TABLE_H_

#include <string>
#include <vector>

#include "context.h"
#include "option_table.h"

namespace hyojun::cli {

// identify FILE... · char QUERY · table info · table diff A B; the globals of the real table.
const CommandTable& sample_table();

// What a call of dispatch() gave.
struct Ran {
  int code;
  std::string out;
  std::string err;
};

// Runs in memory, in English and 80 columns unless the words or `width` say otherwise.
Ran run_in_memory(const CommandTable& table, const std::vector<std::string>& words, std::size_t width = 80);

// A sink that appends to `text`, which must outlive it.
Output::Sink string_sink(std::string& text);

}  // namespace hyojun::cli

#endif  // HYOJUN_TESTS_COMMAND_SAMPLE_TABLE_H_
