// What a killed run, a full disk, and another run at the same time leave behind.
#include <gtest/gtest.h>

#include "hyojun/base/atomic_file.h"
#include "test_files.h"

namespace hyojun::base {
namespace {

void write_and_die(const std::string& target) {
  const int status = run_in_child([&target] {
    auto file = AtomicFile::open(target, Overwrite::replace);
    if (!file || !file->write(std::string(200'000, 'x'))) return 1;
    std::raise(SIGKILL);
    return 2;
  });
  ASSERT_TRUE(WIFSIGNALED(status));
}

TEST(AtomicFileCrash, AKilledRunLeavesNoHalfFileAndTheNextRunCleansUp) {
  const TestFolder folder;
  write_and_die(folder.file("a"));
  EXPECT_FALSE(std::filesystem::exists(folder.file("a")));
  ASSERT_EQ(folder.names().size(), 1U);
  const std::string leftover = folder.file(folder.names().front());
  EXPECT_EQ(mode_of(leftover), 0600U);

  auto file = AtomicFile::open(folder.file("a"), Overwrite::refuse);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->removed_leftovers(), std::vector<std::string>{leftover});
  EXPECT_FALSE(std::filesystem::exists(leftover));
  ASSERT_TRUE(file->commit().has_value());
  EXPECT_EQ(folder.names(), std::vector<std::string>{"a"});
}

TEST(AtomicFileCrash, AKilledRunLeavesTheOldFile) {
  const TestFolder folder;
  put_file(folder.file("a"), "old");
  write_and_die(folder.file("a"));
  EXPECT_EQ(file_bytes(folder.file("a")), "old");
}

TEST(AtomicFileCrash, ALeftoverWithTheNumberOfThisProcessIsRemovedToo) {
  const TestFolder folder;
  const std::string leftover = folder.file(".a.hyojun-" + std::to_string(::getpid()) + ".tmp");
  put_file(leftover, "x");
  const auto file = AtomicFile::open(folder.file("a"), Overwrite::refuse);
  ASSERT_TRUE(file.has_value());
  EXPECT_EQ(file->removed_leftovers(), std::vector<std::string>{leftover});
}

TEST(AtomicFileCrash, RemovesNothingElse) {
  const TestFolder folder;
  // Another target, no number, another end, a living process (1).
  for (const char* name : {".b.hyojun-999999.tmp", ".a.hyojun-.tmp", ".a.hyojun-x.tmp", ".a.hyojun-999999.tmpx",
                           ".a.hyojun-1.tmp", "a.hyojun-999999.tmp"}) {
    put_file(folder.file(name), "");
  }
  const std::size_t before = folder.names().size();
  const auto file = AtomicFile::open(folder.file("a"), Overwrite::refuse);
  ASSERT_TRUE(file.has_value());
  EXPECT_TRUE(file->removed_leftovers().empty());
  EXPECT_EQ(folder.names().size(), before + 1);
}

TEST(AtomicFileCrash, TheFileOfALivingRunStays) {
  const TestFolder folder;
  auto living = AtomicFile::open(folder.file("a"), Overwrite::refuse);
  ASSERT_TRUE(living.has_value());
  EXPECT_EQ(exit_code_of([&folder] {
              auto file = AtomicFile::open(folder.file("a"), Overwrite::refuse);
              return file && file->removed_leftovers().empty() && file->commit() ? 0 : 1;
            }),
            0);
  EXPECT_TRUE(std::filesystem::exists(living->temp_path()));
  EXPECT_EQ(living->commit().error().code, ErrorCode::usage);  // the other one was first

  auto first = AtomicFile::open(folder.file("b"), Overwrite::refuse);
  const auto second = AtomicFile::open(folder.file("b"), Overwrite::refuse);
  ASSERT_FALSE(second.has_value());
  EXPECT_EQ(second.error().code, ErrorCode::environment);
  EXPECT_TRUE(first->commit().has_value());
}

TEST(AtomicFileCrash, AFullDiskLeavesNothing) {
  const TestFolder folder;
  EXPECT_EQ(exit_code_of([&folder] {
              limit_file_size(100'000);
              auto file = AtomicFile::open(folder.file("a"), Overwrite::refuse);
              if (!file || !file->write("small")) return 1;
              const auto written = file->write(std::string(200'000, 'x'));
              if (written || written.error().code != ErrorCode::environment) return 2;
              if (written.error().where.file != folder.file("a") || written.error().next.ja.empty()) return 3;
              const auto done = file->commit();  // a caller that did not look
              return !done && done.error().code == ErrorCode::environment ? 0 : 4;
            }),
            0);
  EXPECT_TRUE(folder.names().empty());
}

}  // namespace
}  // namespace hyojun::base
