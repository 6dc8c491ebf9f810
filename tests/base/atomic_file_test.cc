#include "hyojun/base/atomic_file.h"

#include <gtest/gtest.h>

#include "test_files.h"

namespace hyojun::base {
namespace {

TEST(AtomicFile, AppearsOnlyWithCommit) {
  const TestFolder folder;
  const std::string target = folder.file("出力.csv");
  auto file = AtomicFile::open(target, Overwrite::refuse);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->temp_path(), folder.file(".出力.csv.hyojun-" + std::to_string(::getpid()) + ".tmp"));
  ASSERT_TRUE(file->write("氏名\n").has_value());
  EXPECT_FALSE(std::filesystem::exists(target));
  EXPECT_EQ(mode_of(file->temp_path()), 0600U);
  ASSERT_TRUE(file->commit().has_value());
  EXPECT_EQ(file_bytes(target), "氏名\n");
  EXPECT_EQ(mode_of(target), 0600U);
  EXPECT_EQ(folder.names(), std::vector<std::string>{"出力.csv"});
  EXPECT_EQ(file->commit().error().code, ErrorCode::bug);
}

TEST(AtomicFile, WithoutCommitLeavesNothing) {
  const TestFolder folder;
  {
    auto file = AtomicFile::open(folder.file("a"), Overwrite::refuse);
    ASSERT_TRUE(file.has_value());
    AtomicFile moved = std::move(*file);
    ASSERT_TRUE(moved.write("half").has_value());
    EXPECT_EQ(folder.names().size(), 1U);
  }
  EXPECT_TRUE(folder.names().empty());
}

TEST(AtomicFile, WorksInTheCurrentFolder) {
  const TestFolder folder;
  const auto before = std::filesystem::current_path();
  std::filesystem::current_path(folder.path());
  auto file = AtomicFile::open("a", Overwrite::refuse);
  const bool done = file && file->write("x") && file->commit();
  std::filesystem::current_path(before);
  EXPECT_TRUE(done);
  EXPECT_EQ(file_bytes(folder.file("a")), "x");
}

TEST(AtomicFile, RefusesAnExistingTargetWithoutForce) {
  const TestFolder folder;
  put_file(folder.file("a"), "old");
  const auto file = AtomicFile::open(folder.file("a"), Overwrite::refuse);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::usage);
  EXPECT_NE(file.error().next.en.find("--force"), std::string::npos);
  EXPECT_NE(file.error().next.ja.find("--force"), std::string::npos);
  EXPECT_EQ(file.error().where.file, folder.file("a"));
}

TEST(AtomicFile, RefusesATargetThatAppearsMeanwhile) {
  const TestFolder folder;
  auto file = AtomicFile::open(folder.file("a"), Overwrite::refuse);
  ASSERT_TRUE(file.has_value());
  put_file(folder.file("a"), "of another");
  const auto done = file->commit();
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().code, ErrorCode::usage);
  EXPECT_EQ(file_bytes(folder.file("a")), "of another");
  EXPECT_EQ(folder.names().size(), 1U);
}

TEST(AtomicFile, ReplacesWithForceAndMakesItPrivate) {
  const TestFolder folder;
  put_file(folder.file("a"), "old");
  auto file = AtomicFile::open(folder.file("a"), Overwrite::replace);
  ASSERT_TRUE(file.has_value());
  ASSERT_TRUE(file->write("new").has_value());
  EXPECT_EQ(file_bytes(folder.file("a")), "old");
  ASSERT_TRUE(file->commit().has_value());
  EXPECT_EQ(file_bytes(folder.file("a")), "new");
  EXPECT_EQ(mode_of(folder.file("a")), 0600U);
}

TEST(AtomicFile, NeverReplacesAFolderALinkOrADevice) {
  const TestFolder folder;
  std::filesystem::create_symlink("nowhere", folder.file("link"));
  for (const std::string& target : {folder.path(), folder.path() + "/", folder.file("link"), std::string("/dev/null"),
                                    std::string("-"), std::string()}) {
    const auto file = AtomicFile::open(target, Overwrite::replace);
    ASSERT_FALSE(file.has_value()) << target;
    EXPECT_EQ(file.error().code, ErrorCode::usage) << target;
  }
}

TEST(AtomicFile, MissingFolder) {
  const TestFolder folder;
  const auto file = AtomicFile::open(folder.file("none/a"), Overwrite::refuse);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::environment);
  EXPECT_EQ(file.error().where.file, folder.file("none/a"));
}

TEST(AtomicFile, UnwritableFolder) {
  const TestFolder folder;
  std::filesystem::permissions(folder.path(), std::filesystem::perms(0555));
  const WithoutPrivileges nobody;
  const auto file = AtomicFile::open(folder.file("a"), Overwrite::refuse);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().code, ErrorCode::environment);
  EXPECT_EQ(file.error().what, (Text{"書けません: 権限がありません", "cannot write: permission denied"}));
  EXPECT_FALSE(file.error().next.en.empty());
}

TEST(AtomicFile, NameTooLong) {
  const TestFolder folder;
  const auto file = AtomicFile::open(folder.file(std::string(250, 'a')), Overwrite::refuse);
  ASSERT_FALSE(file.has_value());
  EXPECT_EQ(file.error().what.en, "cannot write: the name is too long");
}

}  // namespace
}  // namespace hyojun::base
