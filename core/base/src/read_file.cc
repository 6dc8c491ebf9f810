#include "hyojun/base/read_file.h"

#include <fmt/format.h>

#include "hyojun/base/platform.h"

namespace hyojun::base {

Result<std::string> read_file(const std::string& path, std::size_t max_bytes) {
  auto file = InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  constexpr std::size_t kStep = 1U << 16U;
  std::string bytes;
  for (;;) {
    const std::size_t used = bytes.size();
    if (used > max_bytes) {
      return fail(ErrorCode::input_rejected,
                  {fmt::format("ファイルが大きすぎます（上限 {} バイト）", max_bytes),
                   fmt::format("the file is too large (at most {} bytes)", max_bytes)},
                  {.file = path});
    }
    bytes.resize(used + kStep);
    const auto read = file->read({reinterpret_cast<std::uint8_t*>(bytes.data()) + used, kStep});
    bytes.resize(used + read.value_or(0));
    if (!read) return tl::unexpected(read.error());
    if (*read == 0) return bytes;
  }
}

}  // namespace hyojun::base
