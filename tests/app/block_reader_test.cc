// Blocks are the same whether a file is mapped or read, and whether that changes on the way.
#include "block_reader.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>
#include <functional>

#include "base/test_files.h"

namespace hyojun::app {
namespace {

using base::Descriptor;
using base::InputFile;
using charmap::End;

constexpr std::size_t kWindow = 4 * base::FileWindow::kAlignment;

// Lines of 1 to 400 bytes, some of CR LF, and `long_lines` lines of three blocks each.
std::string lines(std::size_t size, std::size_t long_lines) {
  std::string out;
  for (std::size_t i = 0; out.size() < size; ++i) {
    out += std::string(i * 7919 % 400, static_cast<char>('a' + i % 26)) + (i % 3 == 0 ? "\r\n" : "\n");
    if (long_lines != 0 && out.size() > size / 2) {
      out += std::string(3 * BlockReader::kBlockSize + 17, 'x') + "\n";
      --long_lines;
    }
  }
  return out + "last, without a line end";
}

struct Seen {
  std::uint64_t offset;
  End end;
  std::string bytes;
  bool mapped;
};

// All blocks; of an open one, `kept` bytes are given back. `between(i)` is called when block i is there.
std::vector<Seen> read_blocks(BlockReader& reader, std::size_t kept, const std::function<void(std::size_t)>& between) {
  std::vector<Seen> out;
  for (bool more = true; more;) {
    auto block = reader.next();
    if (!block) {
      ADD_FAILURE() << block.error().what.en;
      return out;
    }
    between(out.size());
    more = block->end != End::file;
    const std::size_t used = block->bytes.size() - (block->end == End::open ? kept : 0);
    out.push_back({block->offset, block->end,
                   std::string(block->bytes.begin(), block->bytes.begin() + static_cast<std::ptrdiff_t>(used)),
                   block->window != nullptr});
    reader.give_back(block->bytes.subspan(used));
    reader.reuse(std::move(*block));
  }
  return out;
}

class BlockReaderTest : public ::testing::Test {
 protected:
  void SetUp() override {
    base::put_file(path_, bytes_);
    const auto file = InputFile::open(path_);
    if (base::LeasedFile::take(*file) == nullptr) GTEST_SKIP() << "the file system of temporary files gives no leases";
  }

  BlockReader reader() const {
    BlockReader reader(*InputFile::open(path_));
    reader.map_if_possible();
    return reader;
  }
  Descriptor writer() const { return {::open(path_.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC), true}; }
  std::vector<Seen> read_without_lease(std::size_t kept) const {
    const Descriptor keeps_leases_away = writer();
    auto plain = reader();
    return read_blocks(plain, kept, [](std::size_t) {});
  }
  void expect_same(const std::vector<Seen>& blocks, const std::vector<Seen>& expected) const {
    ASSERT_EQ(blocks.size(), expected.size());
    std::string all;
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      EXPECT_EQ(blocks[i].offset, expected[i].offset);
      EXPECT_EQ(blocks[i].end, expected[i].end);
      EXPECT_TRUE(blocks[i].bytes == expected[i].bytes) << "block " << i;
      EXPECT_EQ(blocks[i].offset, all.size());
      all += blocks[i].bytes;
    }
    EXPECT_TRUE(all == bytes_) << "nothing is lost, nothing comes twice";
  }

  const base::TestFolder folder_;
  const std::string path_ = folder_.file("住民.csv");
  const std::string bytes_ = lines(2 * kWindow + 12345, 3);
};

TEST_F(BlockReaderTest, MappedBlocksAreThoseThatAreRead) {
  for (const std::size_t kept : {std::size_t{0}, std::size_t{3}, BlockReader::kBlockSize / 2}) {
    const auto expected = read_without_lease(kept);
    auto mapped = reader();
    const auto blocks = read_blocks(mapped, kept, [](std::size_t) {});
    expect_same(blocks, expected);
    EXPECT_EQ(mapped.bytes_read(), bytes_.size());
    for (std::size_t i = 0; i < blocks.size(); ++i) {
      EXPECT_TRUE(blocks[i].mapped) << i;
      EXPECT_FALSE(expected[i].mapped) << i;
    }
  }
}

TEST_F(BlockReaderTest, NobodyWaitsForARunThatDoesNotMap) {
  BlockReader plain(*InputFile::open(path_));
  EXPECT_EQ(plain.next()->window, nullptr);
  EXPECT_GE(writer().number(), 0);
}

TEST_F(BlockReaderTest, SmallFilesAreRead) {
  base::put_file(path_, bytes_.substr(0, base::FileWindow::kAlignment - 1));
  auto small = reader();
  const auto blocks = read_blocks(small, 0, [](std::size_t) {});
  ASSERT_FALSE(blocks.empty());
  EXPECT_FALSE(blocks.front().mapped);
}

TEST_F(BlockReaderTest, WhatWasPeekedAtAndLeftOutIsTheSame) {
  auto mapped = reader();
  ASSERT_EQ(mapped.peek(70000)->size(), 70000U);
  mapped.skip(3);
  const auto blocks = read_blocks(mapped, 0, [](std::size_t) {});
  ASSERT_FALSE(blocks.empty());
  EXPECT_EQ(blocks.front().offset, 3U);
  std::string all;
  for (const Seen& block : blocks) all += block.bytes;
  EXPECT_TRUE(all == bytes_.substr(3));
}

TEST_F(BlockReaderTest, WhenSomebodyWantsToWriteTheRestIsRead) {
  for (const std::size_t kept : {std::size_t{0}, std::size_t{3}}) {
    const auto expected = read_without_lease(kept);
    for (std::size_t at = 0; at + 1 < expected.size(); ++at) {
      auto changing = reader();
      const auto blocks = read_blocks(changing, kept, [&](std::size_t i) {
        if (i == at) {
          EXPECT_EQ(writer().number(), -1) << "the block is still mapped";
          EXPECT_EQ(errno, EWOULDBLOCK);
        }
        if (i == at + 1) {
          EXPECT_GE(writer().number(), 0) << "the writer need not wait for the end of the file";
        }
      });
      expect_same(blocks, expected);
      EXPECT_TRUE(blocks[at].mapped);
      EXPECT_FALSE(blocks[at + 1].mapped);
      EXPECT_EQ(changing.bytes_read(), bytes_.size());
    }
  }
}

}  // namespace
}  // namespace hyojun::app
