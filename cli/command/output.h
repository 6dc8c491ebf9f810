// The checked writer: no write to standard output fails unseen.
#ifndef HYOJUN_CLI_COMMAND_OUTPUT_H_
#define HYOJUN_CLI_COMMAND_OUTPUT_H_

#include <hyojun/base/error.h>

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace hyojun::cli {

// Thrown by Output when the reader has closed the pipe (EPIPE): the dispatcher ends in silence, see exit_code.h.
struct OutputClosed {};

// Thrown by Output for every other failed write: the dispatcher prints the error and exits with its code.
struct OutputFailed {
  base::Error error;
};

// Buffers and writes bytes. One thread at a time. The exceptions stay inside cli: the dispatcher catches them, so that
// a command never has to ask whether a line was written. What is still buffered at destruction is dropped; the
// dispatcher flushes.
class Output {
 public:
  // Takes all the bytes, or says why not. ErrorCode::interrupted says that the reader has gone.
  using Sink = std::function<base::Result<void>(std::string_view)>;

  // Writes through to the sink whenever `buffer_size` bytes have gathered; 0: at once.
  Output(Sink sink, std::size_t buffer_size) : sink_(std::move(sink)), buffer_size_(buffer_size) {}

  void write(std::string_view bytes);
  void line(std::string_view text) {
    write(text);
    write("\n");
  }
  void flush();

 private:
  Sink sink_;
  std::size_t buffer_size_;
  std::string buffer_;
};

// The process's standard output. base::ignore_broken_pipe() must have been called for a gone reader to be seen.
Output standard_output();
// The process's standard error, unbuffered.
Output standard_error();

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_OUTPUT_H_
