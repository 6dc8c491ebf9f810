#include <gtest/gtest.h>

#include "hyojun/base/platform.h"
#include "test_files.h"

namespace hyojun::base {
namespace {

std::string read_all(InputFile& file, std::size_t block) {
  std::vector<std::uint8_t> buffer(block);
  std::string out;
  while (true) {
    const auto count = file.read(buffer);
    if (!count || *count == 0) return out;
    out.append(buffer.begin(), buffer.begin() + static_cast<std::ptrdiff_t>(*count));
  }
}

TEST(InputFile, ReadsAFileInBlocks) {
  const TestFolder folder;
  put_file(folder.file("住民.csv"), "氏名\n");
  auto file = InputFile::open(folder.file("住民.csv"));
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->size(), 7U);
  EXPECT_EQ(read_all(*file, 3), "氏名\n");
}

TEST(InputFile, MissingFile) {
  const TestFolder folder;
  const auto file = InputFile::open(folder.file("none"));
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::environment);
  EXPECT_EQ(file.error().where.file, folder.file("none"));
  EXPECT_EQ(file.error().what,
            (Text{"開けません: ファイル又はフォルダーがありません", "cannot open: no such file or folder"}));
  EXPECT_FALSE(file.error().next.ja.empty());
}

TEST(InputFile, FolderAsFile) {
  const TestFolder folder;
  const auto file = InputFile::open(folder.path());
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::environment);
  EXPECT_EQ(file.error().what.en, "cannot open: it is a folder");
}

TEST(InputFile, FileAsFolder) {
  const TestFolder folder;
  put_file(folder.file("a"), "");
  const auto file = InputFile::open(folder.file("a/b"));
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().what.en, "cannot open: a part of the path is not a folder");
}

TEST(InputFile, UnreadableFile) {
  const TestFolder folder;
  put_file(folder.file("secret"), "x");
  ::chmod(folder.file("secret").c_str(), 0);
  const WithoutPrivileges nobody;
  const auto file = InputFile::open(folder.file("secret"));
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::environment);
  EXPECT_EQ(file.error().what.ja, "開けません: 権限がありません");
}

TEST(InputFile, StandardInputIsAPipe) {
  EXPECT_EQ(exit_code_of([] {
              int ends[2];
              if (::pipe(ends) != 0 || ::dup2(ends[0], 0) < 0) return 1;
              if (::write(ends[1], "abc", 3) != 3) return 2;
              ::close(ends[1]);
              auto file = InputFile::open("-");
              if (!file || file->size().has_value()) return 3;
              return read_all(*file, 2) == "abc" ? 0 : 4;
            }),
            0);
}

TEST(MappedFile, MapsAFileAndAnEmptyOne) {
  const TestFolder folder;
  put_file(folder.file("a"), "abc");
  put_file(folder.file("empty"), "");
  auto file = MappedFile::open(folder.file("a"));
  ASSERT_TRUE(file.has_value());
  const MappedFile moved = std::move(*file);
  EXPECT_EQ(std::string(moved.bytes().begin(), moved.bytes().end()), "abc");
  auto empty = MappedFile::open(folder.file("empty"));
  ASSERT_TRUE(empty.has_value());
  EXPECT_TRUE(empty->bytes().empty());
  *empty = std::move(MappedFile::open(folder.file("a")).value());
  EXPECT_EQ(empty->bytes().size(), 3U);
}

TEST(MappedFile, RefusesWhatIsNoRegularFile) {
  const TestFolder folder;
  for (const std::string& path : {folder.path(), folder.file("none"), std::string("/dev/null")}) {
    const auto file = MappedFile::open(path);
    ASSERT_FALSE(file.has_value()) << path;
    EXPECT_EQ(file.error().code, ErrorCode::environment) << path;
  }
}

}  // namespace
}  // namespace hyojun::base
