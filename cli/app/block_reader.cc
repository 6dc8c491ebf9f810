#include "block_reader.h"

#include <algorithm>

namespace hyojun::app {

using charmap::Encoding;
using charmap::End;

namespace {

// LF is never a trail byte in UTF-8 and CP932, and a whole unit in UTF-16. In all of them a character ends before it
// and a new one begins behind it.
bool is_lf(std::span<const std::uint8_t> b, std::size_t at, Encoding encoding) {
  if (encoding == Encoding::utf16le) return b[at] == 0x0A && b[at + 1] == 0;
  if (encoding == Encoding::utf16be) return b[at] == 0 && b[at + 1] == 0x0A;
  return b[at] == 0x0A;
}

}  // namespace

std::size_t find_cut(std::span<const std::uint8_t> bytes, Encoding encoding) noexcept {
  const std::size_t unit = encoding == Encoding::utf16le || encoding == Encoding::utf16be ? 2 : 1;
  for (std::size_t at = bytes.size() / unit * unit; at >= unit; at -= unit) {
    if (is_lf(bytes, at - unit, encoding)) return at;
  }
  return 0;
}

base::Result<void> BlockReader::fill(std::vector<std::uint8_t>& buffer, std::size_t size) {
  while (buffer.size() < size && !at_end_) {
    const std::size_t used = buffer.size();
    buffer.resize(size);
    const auto read = file_.read(std::span(buffer).subspan(used));
    buffer.resize(used + read.value_or(0));
    if (!read) return tl::unexpected(read.error());
    at_end_ = *read == 0;
    bytes_read_ += *read;
  }
  return {};
}

base::Result<std::span<const std::uint8_t>> BlockReader::peek(std::size_t size) {
  if (auto ok = fill(carry_, size); !ok) return tl::unexpected(ok.error());
  return std::span<const std::uint8_t>(carry_).first(std::min(size, carry_.size()));
}

void BlockReader::skip(std::size_t bytes) {
  carry_.erase(carry_.begin(), carry_.begin() + static_cast<std::ptrdiff_t>(bytes));
  offset_ += bytes;
}

base::Result<Block> BlockReader::next() {
  Block block;
  block.bytes.swap(carry_);
  block.offset = offset_;
  if (auto ok = fill(block.bytes, std::max(kBlockSize, block.bytes.size() + 1)); !ok) {
    return tl::unexpected(ok.error());
  }
  if (at_end_) {
    offset_ += block.bytes.size();
    return block;
  }
  const std::size_t cut = find_cut(block.bytes, encoding_);
  block.end = cut == 0 ? End::open : End::cut;
  if (cut != 0) {
    carry_.assign(block.bytes.begin() + static_cast<std::ptrdiff_t>(cut), block.bytes.end());
    block.bytes.resize(cut);
  }
  offset_ += block.bytes.size();
  return block;
}

void BlockReader::give_back(std::span<const std::uint8_t> bytes) {
  carry_.insert(carry_.begin(), bytes.begin(), bytes.end());
  offset_ -= bytes.size();
}

}  // namespace hyojun::app
