#include "output.h"

#include <hyojun/base/platform.h>

#include <cstdio>
#include <memory>

namespace hyojun::cli {

void Output::write(std::string_view bytes) {
  buffer_ += bytes;
  if (buffer_.size() >= buffer_size_) flush();
}

void Output::flush() {
  if (buffer_.empty()) return;
  // Emptied before the sink is asked: a failed write is reported once and not tried again.
  const std::string bytes = std::exchange(buffer_, {});
  const base::Result<void> written = sink_(bytes);
  if (written) return;
  if (written.error().code == base::ErrorCode::interrupted) throw OutputClosed{};
  throw OutputFailed{written.error()};
}

Output standard_output() {
  constexpr std::size_t kBuffer = 64 * 1024;
  // std::function copies its target; the file cannot be copied.
  const auto file = std::make_shared<base::OutputFile>(base::OutputFile::standard_output());
  const auto sink = [file](std::string_view bytes) {
    return file->write(bytes).and_then([&] { return file->flush(); });
  };
  return {sink, kBuffer};
}

Output standard_error() {
  const auto sink = [](std::string_view bytes) -> base::Result<void> {
    if (std::fwrite(bytes.data(), 1, bytes.size(), stderr) == bytes.size()) return {};
    return base::fail(base::ErrorCode::environment,
                      {"標準エラー出力に書き込めません", "cannot write to standard error"});
  };
  return {sink, 0};
}

}  // namespace hyojun::cli
