// Reads a file block by block and cuts the blocks where a record probably ends, so that they can be scanned apart.
//
// On request a large file that the system promises nobody changes (base::LeasedFile) is mapped, window by window: where
// the page cache is made of large pages, that saves a tenth of the time of `identify`. All others, and the rest of one
// that somebody wants to write to, are read in large pieces: from small pages both take as long.
#ifndef HYOJUN_CLI_APP_BLOCK_READER_H_
#define HYOJUN_CLI_APP_BLOCK_READER_H_

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/base/leased_file.h"
#include "hyojun/base/platform.h"
#include "hyojun/charmap/encoding.h"
#include "hyojun/charmap/scanner.h"

namespace hyojun::app {

// Memory of a block, aligned to a cache line and not set to anything: filling it with zeros would cost as much as
// reading a file from the page cache.
class BlockMemory {
 public:
  static constexpr std::size_t kAlignment = 64;
  BlockMemory() = default;
  explicit BlockMemory(std::size_t size);
  std::uint8_t* data() const noexcept { return data_.get(); }
  std::size_t size() const noexcept { return size_; }

 private:
  struct Free {
    void operator()(std::uint8_t* data) const noexcept;
  };
  std::unique_ptr<std::uint8_t, Free> data_;
  std::size_t size_ = 0;
};

struct Block {
  BlockMemory memory{};
  std::shared_ptr<const base::FileWindow> window{};
  std::span<const std::uint8_t> bytes{};  // in `memory` or in `window`
  std::uint64_t offset = 0;               // of the first byte in the file
  charmap::End end = charmap::End::file;  // open: no place to cut was found; what the scan leaves must be given back

  // To be called as soon as nobody needs the bytes, so that nobody waits for the end of a lease. Memory is kept: see
  // BlockReader::reuse.
  void end_use() { window.reset(); }
};

class BlockReader {
 public:
  static constexpr std::size_t kBlockSize = 1U << 20U;

  explicit BlockReader(base::InputFile file) : file_(std::move(file)) {}

  // The first bytes of the file, at most `size`, without taking them. Called before next().
  base::Result<std::span<const std::uint8_t>> peek(std::size_t size);
  // Leaves out the first bytes (a BOM), which were peeked at.
  void skip(std::size_t bytes);
  void set_encoding(charmap::Encoding encoding) { encoding_ = encoding; }
  // Blocks end where they end, for records that no line end closes.
  void cut_nowhere() { cuts_ = false; }
  // From now on blocks are mapped where that can be done. Not for a run that may wait for somebody between two blocks,
  // as for the reader of a pipe: whoever wants to write to the file would wait as long.
  void map_if_possible();
  // Else reading may wait for somebody, and only a signal ends that.
  bool is_regular() const noexcept { return file_.size().has_value(); }

  // The next block; empty bytes and End::file at the end.
  base::Result<Block> next();
  // Gives back the end of the last block, which becomes the beginning of the next.
  void give_back(std::span<const std::uint8_t> bytes);
  // Takes back the memory of a block that is done with, for the next ones: it is mapped and warm.
  void reuse(Block&& block);

  // Where the next block begins in the file.
  std::uint64_t offset() const noexcept { return offset_; }
  std::uint64_t bytes_read() const noexcept { return bytes_read_; }

 private:
  bool map(std::size_t size, Block& block);
  base::Result<void> map_no_more();
  base::Result<void> read(std::size_t size, Block& block);
  base::Result<std::size_t> fill(std::span<std::uint8_t> room);
  BlockMemory take_memory(std::size_t size);

  base::InputFile file_;
  charmap::Encoding encoding_ = charmap::Encoding::utf8;
  std::shared_ptr<const base::LeasedFile> lease_;   // none: blocks are read
  std::shared_ptr<const base::FileWindow> window_;  // of the last block
  std::size_t given_back_ = 0;                      // bytes, since the last block
  std::vector<std::uint8_t> carry_;                 // read from the file, not yet in a block
  std::vector<BlockMemory> spare_;
  std::uint64_t offset_ = 0;  // of the first byte of carry_
  std::uint64_t bytes_read_ = 0;
  bool at_end_ = false;
  bool cuts_ = true;
};

// Where to cut `bytes`: behind the last line end that cannot be half of a CRLF; 0 if there is none.
std::size_t find_cut(std::span<const std::uint8_t> bytes, charmap::Encoding encoding) noexcept;

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_BLOCK_READER_H_
