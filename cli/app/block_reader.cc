#include "block_reader.h"

#include <algorithm>
#include <new>
#include <utility>

namespace hyojun::app {

using charmap::Encoding;
using charmap::End;

namespace {

// Not worth a lease: it would be one window.
constexpr std::uint64_t kLeastMapped = base::FileWindow::kAlignment;
// Pages of a window are in this process until the last block in it is done: few windows are there at once.
constexpr std::size_t kWindowSize = 4 * base::FileWindow::kAlignment;

// LF (of EBCDIC also NL) is never a trail byte, and a whole unit where units have two bytes. In every encoding a
// character ends before it and a new one begins behind it, whatever was shifted.
bool is_lf(std::span<const std::uint8_t> b, std::size_t at, Encoding encoding) {
  if (encoding == Encoding::utf16le || encoding == Encoding::juki_net_le) return b[at] == 0x0A && b[at + 1] == 0;
  if (unit_of(encoding) == 2) return b[at] == 0 && b[at + 1] == 0x0A;
  if (is_ebcdic(encoding)) return b[at] == 0x15 || b[at] == 0x25;
  return b[at] == 0x0A;
}

}  // namespace

std::size_t find_cut(std::span<const std::uint8_t> bytes, Encoding encoding) noexcept {
  const std::size_t unit = unit_of(encoding);
  for (std::size_t at = bytes.size() / unit * unit; at >= unit; at -= unit) {
    if (is_lf(bytes, at - unit, encoding)) return at;
  }
  return 0;
}

BlockMemory::BlockMemory(std::size_t size)
    : data_(static_cast<std::uint8_t*>(::operator new (size, std::align_val_t{kAlignment}))), size_(size) {}

void BlockMemory::Free::operator()(std::uint8_t* data) const noexcept {
  ::operator delete (data, std::align_val_t{kAlignment});
}

void BlockReader::map_if_possible() {
  if (file_.size().value_or(0) >= kLeastMapped) lease_ = base::LeasedFile::take(file_);
}

// Reads until the room is full or the file ends.
base::Result<std::size_t> BlockReader::fill(std::span<std::uint8_t> room) {
  std::size_t used = 0;
  while (used < room.size() && !at_end_) {
    const auto read = file_.read(room.subspan(used));
    if (!read) return tl::unexpected(read.error());
    at_end_ = *read == 0;
    used += *read;
    bytes_read_ += *read;
  }
  return used;
}

base::Result<std::span<const std::uint8_t>> BlockReader::peek(std::size_t size) {
  const std::size_t used = carry_.size();
  if (used < size) {
    carry_.resize(size);
    const auto read = fill(std::span(carry_).subspan(used));
    carry_.resize(used + read.value_or(0));
    if (!read) return tl::unexpected(read.error());
  }
  return std::span<const std::uint8_t>(carry_).first(std::min(size, carry_.size()));
}

void BlockReader::skip(std::size_t bytes) {
  carry_.erase(carry_.begin(), carry_.begin() + static_cast<std::ptrdiff_t>(bytes));
  offset_ += bytes;
}

BlockMemory BlockReader::take_memory(std::size_t size) {
  while (!spare_.empty()) {
    BlockMemory memory = std::move(spare_.back());
    spare_.pop_back();
    if (memory.size() >= size) return memory;
  }
  return BlockMemory(size);
}

void BlockReader::reuse(Block&& block) {
  if (block.memory.size() != 0) spare_.push_back(std::move(block.memory));
}

// False where the bytes cannot be mapped, or no more.
bool BlockReader::map(std::size_t size, Block& block) {
  // What was peeked at is older than the lease: the file may have become shorter in between.
  if (lease_->is_awaited() || offset_ > lease_->size()) return false;
  const std::uint64_t left = lease_->size() - offset_;
  const std::size_t taken = left < size ? static_cast<std::size_t>(left) : size;
  if (window_ == nullptr || !window_->covers(offset_, taken)) {
    window_ = base::FileWindow::map(lease_, offset_, std::max(kWindowSize, size));
  }
  const auto bytes = window_ == nullptr ? std::nullopt : window_->fetch(offset_, taken);
  if (!bytes) return false;
  block.window = window_;
  block.bytes = *bytes;
  bytes_read_ = offset_ + taken;
  at_end_ = taken == left;
  return true;
}

base::Result<void> BlockReader::map_no_more() {
  window_.reset();
  lease_.reset();
  carry_.clear();
  bytes_read_ = offset_;
  at_end_ = false;
  return file_.seek(offset_);
}

base::Result<void> BlockReader::read(std::size_t size, Block& block) {
  block.memory = take_memory(size + BlockMemory::kAlignment);
  // What is read stands in memory as it stands in the file, modulo a cache line: copying from the page cache to another
  // alignment takes up to four times as long.
  std::uint8_t* const begin = block.memory.data() + (bytes_read_ - carry_.size()) % BlockMemory::kAlignment;
  std::ranges::copy(carry_, begin);
  const auto read = fill({begin + carry_.size(), size - carry_.size()});
  if (!read) return tl::unexpected(read.error());
  block.bytes = {begin, carry_.size() + *read};
  carry_.clear();
  return {};
}

base::Result<Block> BlockReader::next() {
  const std::size_t size = std::max(kBlockSize, std::exchange(given_back_, 0) + 1);
  Block block;
  block.offset = offset_;
  const bool mapped = lease_ != nullptr && map(size, block);
  if (!mapped) {
    if (lease_ != nullptr) {
      if (auto ok = map_no_more(); !ok) return tl::unexpected(ok.error());
    }
    if (auto ok = read(std::max(size, carry_.size() + 1), block); !ok) return tl::unexpected(ok.error());
  }
  if (!at_end_) {
    const std::size_t cut = cuts_ ? find_cut(block.bytes, encoding_) : 0;
    block.end = cut == 0 ? End::open : End::cut;
    if (cut != 0) {
      if (!mapped) carry_.assign(block.bytes.begin() + static_cast<std::ptrdiff_t>(cut), block.bytes.end());
      block.bytes = block.bytes.first(cut);
    }
  }
  offset_ += block.bytes.size();
  return block;
}

void BlockReader::give_back(std::span<const std::uint8_t> bytes) {
  if (lease_ == nullptr) carry_.insert(carry_.begin(), bytes.begin(), bytes.end());
  given_back_ = bytes.size();
  offset_ -= bytes.size();
}

}  // namespace hyojun::app
