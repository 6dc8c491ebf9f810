#include "progress.h"

#include <fmt/format.h>

#include "hyojun/base/platform.h"

namespace hyojun::cli {

namespace {

constexpr std::chrono::milliseconds kQuietFor{500};
constexpr std::chrono::milliseconds kStep{200};

}  // namespace

Progress::Progress(Context& context, const std::vector<std::string>& files)
    : context_(context), next_(start_ + kQuietFor) {
  if (!context.has_progress) return;
  std::uint64_t sum = 0;
  for (const std::string& path : files) {
    // Only a regular file: opening a pipe here would take its data away from the run.
    const auto kind = base::file_kind(path);
    if (!kind || *kind != base::FileKind::regular) return;
    const auto file = base::InputFile::open(path);
    if (!file || !file->size()) return;  // reported by the run itself
    sum += *file->size();
  }
  total_ = sum;
}

void Progress::show(std::uint64_t bytes) {
  const auto now = Clock::now();
  if (!context_.has_progress || now < next_) return;
  next_ = now + kStep;
  shown_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  const double rate = static_cast<double>(bytes) / seconds;
  std::string line = fmt::format("\r{:.0f} MB  {:.0f} MB/s", static_cast<double>(bytes) / 1e6, rate / 1e6);
  if (total_ && bytes > 0) {
    const double left = static_cast<double>(*total_ - std::min(bytes, *total_)) / rate;
    line +=
        fmt::format("  {}", context_.say({fmt::format("残り {:.0f} 秒", left), fmt::format("{:.0f} s left", left)}));
  }
  context_.err.write(line + "\x1b[K");
}

void Progress::end() {
  if (shown_) context_.err.write("\r\x1b[K");
}

}  // namespace hyojun::cli
