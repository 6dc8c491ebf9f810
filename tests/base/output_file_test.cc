#include <fcntl.h>
#include <gtest/gtest.h>

#include "hyojun/base/platform.h"
#include "test_files.h"

namespace hyojun::base {
namespace {

TEST(OutputFile, IsReadableByItsOwnerOnlyWhateverTheUmask) {
  const TestFolder folder;
  for (const mode_t mask : {0U, 0777U}) {
    const mode_t before = ::umask(mask);
    const auto file = OutputFile::create(folder.file(std::to_string(mask)));
    ::umask(before);
    ASSERT_TRUE(file.has_value());
    EXPECT_EQ(mode_of(folder.file(std::to_string(mask))), 0600U);
  }
}

TEST(OutputFile, NeverOpensAnExistingName) {
  const TestFolder folder;
  put_file(folder.file("old"), "old");
  std::filesystem::create_symlink("nowhere", folder.file("link"));
  for (const char* name : {"old", "link"}) {
    const auto file = OutputFile::create(folder.file(name));
    ASSERT_FALSE(file.has_value());
    EXPECT_EQ(file.error().code, ErrorCode::environment);
  }
  EXPECT_EQ(file_bytes(folder.file("old")), "old");
}

TEST(OutputFile, WritesSmallAndLargePiecesInOrder) {
  const TestFolder folder;
  auto file = OutputFile::create(folder.file("a"));
  ASSERT_TRUE(file.has_value());
  std::string expected;
  for (const std::size_t size : {1UL, 65'535UL, 65'536UL, 200'000UL, 0UL, 7UL}) {
    const std::string piece(size, static_cast<char>('a' + size % 26));
    ASSERT_TRUE(file->write(piece).has_value());
    expected += piece;
  }
  ASSERT_TRUE(file->close().has_value());
  EXPECT_EQ(file_bytes(folder.file("a")), expected);
}

TEST(OutputFile, AFullDiskIsAnErrorOfTheEnvironment) {
  EXPECT_EQ(exit_code_of([] {
              ::dup2(::open("/dev/full", O_WRONLY), 1);
              OutputFile out = OutputFile::standard_output();
              if (!out.write("abc")) return 1;  // still in the buffer
              const auto flushed = out.flush();
              if (flushed || flushed.error().code != ErrorCode::environment) return 2;
              if (flushed.error().what.en != "cannot write: no space left") return 3;
              if (flushed.error().where.file != "-" || flushed.error().next.ja.empty()) return 4;
              return out.flush() || out.reader_gone() ? 5 : 0;  // the failure stays
            }),
            0);
}

TEST(OutputFile, AReaderThatHasGoneIsToldApart) {
  EXPECT_EQ(exit_code_of([] {
              int ends[2];
              if (::pipe(ends) != 0) return 1;
              ::close(ends[0]);
              ::dup2(ends[1], 1);
              ignore_broken_pipe();
              OutputFile out = OutputFile::standard_output();
              const auto written = out.write(std::string(100'000, 'x'));
              if (written || written.error().code != ErrorCode::interrupted) return 2;
              return out.reader_gone() ? 0 : 3;
            }),
            0);
}

}  // namespace
}  // namespace hyojun::base
