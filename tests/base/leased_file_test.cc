// A lease keeps writers out, and is not given where somebody could write.
#include "hyojun/base/leased_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>

#include <cerrno>

#include "test_files.h"

namespace hyojun::base {
namespace {

constexpr std::size_t kSize = FileWindow::kAlignment * 2 + 4321;

std::string bytes_of_size(std::size_t size) {
  std::string out(size, '\0');
  for (std::size_t i = 0; i < size; ++i) out[i] = static_cast<char>(i * 2654435761U >> 13U);
  return out;
}

std::shared_ptr<const LeasedFile> lease_of(const std::string& path) {
  const auto file = InputFile::open(path);
  return file ? LeasedFile::take(*file) : nullptr;
}

// errno of opening for writing without waiting; 0 if it is open.
int try_to_write(const std::string& path) {
  const Descriptor writer(::open(path.c_str(), O_WRONLY | O_NONBLOCK | O_CLOEXEC), true);
  return writer.number() < 0 ? errno : 0;
}

class LeasedFileTest : public ::testing::Test {
 protected:
  void SetUp() override {
    put_file(path_, bytes_);
    if (lease_of(path_) == nullptr) GTEST_SKIP() << "the file system of temporary files gives no leases";
  }

  const TestFolder folder_;
  const std::string path_ = folder_.file("住民.csv");
  const std::string bytes_ = bytes_of_size(kSize);
};

TEST_F(LeasedFileTest, WritersWaitUntilTheLastWindowIsGone) {
  auto lease = lease_of(path_);
  ASSERT_NE(lease, nullptr);
  EXPECT_EQ(lease->size(), kSize);
  EXPECT_FALSE(lease->is_awaited());
  auto window = FileWindow::map(lease, 0, kSize);
  ASSERT_NE(window, nullptr);
  EXPECT_EQ(try_to_write(path_), EWOULDBLOCK);  // and no signal has ended this process
  EXPECT_TRUE(lease->is_awaited());
  lease.reset();
  EXPECT_EQ(try_to_write(path_), EWOULDBLOCK);
  window.reset();
  EXPECT_EQ(try_to_write(path_), 0);
}

TEST_F(LeasedFileTest, ReadersDoNotWait) {
  const auto lease = lease_of(path_);
  EXPECT_EQ(file_bytes(path_), bytes_);
  EXPECT_FALSE(lease->is_awaited());
  EXPECT_NE(lease_of(path_), nullptr) << "two runs may read one file";
}

TEST_F(LeasedFileTest, NoLeaseOfAFileThatIsOpenForWriting) {
  {
    const Descriptor writer(::open(path_.c_str(), O_WRONLY | O_CLOEXEC), true);
    EXPECT_EQ(lease_of(path_), nullptr);
  }
  EXPECT_NE(lease_of(path_), nullptr);
}

TEST_F(LeasedFileTest, NoLeaseOfAnotherUsersFile) {
  ::chmod(path_.c_str(), 0644);
  const WithoutPrivileges nobody;
  struct stat status {};
  ASSERT_EQ(::stat(path_.c_str(), &status), 0);
  if (status.st_uid == ::geteuid()) GTEST_SKIP() << "only root can be somebody else";
  EXPECT_EQ(lease_of(path_), nullptr);
}

TEST_F(LeasedFileTest, NoLeaseOfWhatIsEmptyOrNoFile) {
  put_file(folder_.file("empty"), "");
  EXPECT_EQ(lease_of(folder_.file("empty")), nullptr);
  EXPECT_EQ(lease_of("/dev/null"), nullptr);
  const auto lease = lease_of(folder_.file("empty"));
  EXPECT_EQ(try_to_write(folder_.file("empty")), 0) << "no lease is left behind";
}

TEST_F(LeasedFileTest, AWindowHasTheBytesOfItsPlace) {
  const auto lease = lease_of(path_);
  for (const std::uint64_t offset :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{4097}, std::uint64_t{FileWindow::kAlignment - 1},
        std::uint64_t{FileWindow::kAlignment}, std::uint64_t{kSize - 1}, std::uint64_t{kSize}}) {
    const auto window = FileWindow::map(lease, offset, kSize);
    if (window == nullptr) {
      EXPECT_EQ(offset % FileWindow::kAlignment, 0U) << "only nothing cannot be mapped";
      continue;
    }
    const std::size_t size = kSize - static_cast<std::size_t>(offset);
    EXPECT_TRUE(window->covers(offset, size));
    EXPECT_FALSE(window->covers(offset, size + 1));
    EXPECT_FALSE(window->covers(kSize + 1, 0));
    const auto bytes = window->fetch(offset, size);
    ASSERT_TRUE(bytes.has_value());
    EXPECT_EQ(std::string(bytes->begin(), bytes->end()), bytes_.substr(static_cast<std::size_t>(offset)));
    EXPECT_EQ(window->covers(FileWindow::kAlignment - 1, 1), offset < FileWindow::kAlignment);
  }
}

}  // namespace
}  // namespace hyojun::base
