// A progress line on standard error: only on a terminal, only after half a second, gone when the run ends.
#ifndef HYOJUN_CLI_COMMAND_PROGRESS_H_
#define HYOJUN_CLI_COMMAND_PROGRESS_H_

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "context.h"

namespace hyojun::cli {

class Progress {
 public:
  // The sizes of the files are asked for, so that the time left can be shown; pipes have none.
  Progress(Context& context, const std::vector<std::string>& files);

  void show(std::uint64_t bytes);
  // Wipes the line.
  void end();

 private:
  using Clock = std::chrono::steady_clock;

  Context& context_;
  std::optional<std::uint64_t> total_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point next_;
  bool shown_ = false;
};

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_PROGRESS_H_
