#include <gtest/gtest.h>
#include <pthread.h>

#include <chrono>
#include <thread>

#include "hyojun/base/platform.h"
#include "test_files.h"

namespace hyojun::base {
namespace {

TEST(Interrupt, SetsTheFlagAndStopsReading) {
  for (const int signal : {SIGINT, SIGTERM}) {
    EXPECT_EQ(exit_code_of([signal] {
                install_interrupt_handler();
                auto file = InputFile::open("/dev/zero");
                std::uint8_t byte = 0;
                if (interrupted() || !file || !file->read({&byte, 1})) return 1;
                std::raise(signal);
                const auto count = file->read({&byte, 1});
                return interrupted() && !count && count.error().code == ErrorCode::interrupted ? 0 : 2;
              }),
              0);
  }
}

TEST(Interrupt, EndsAReadThatWaits) {
  EXPECT_EQ(exit_code_of([] {
              int ends[2];
              if (::pipe(ends) != 0 || ::dup2(ends[0], 0) < 0) return 1;
              install_interrupt_handler();
              auto file = InputFile::open("-");
              std::thread killer([reader = ::pthread_self()] {
                std::this_thread::sleep_for(std::chrono::milliseconds(200));
                ::pthread_kill(reader, SIGINT);
              });
              std::uint8_t byte = 0;
              const auto count = file->read({&byte, 1});
              killer.join();
              return !count && count.error().code == ErrorCode::interrupted ? 0 : 2;
            }),
            0);
}

TEST(Interrupt, TheSecondSignalEndsTheProcess) {
  const int status = run_in_child([] {
    install_interrupt_handler();
    std::raise(SIGINT);
    std::raise(SIGINT);
    return 0;
  });
  EXPECT_TRUE(WIFSIGNALED(status));
  EXPECT_EQ(WTERMSIG(status), SIGINT);
}

TEST(Process, KnowsWhoRuns) {
  EXPECT_TRUE(process_is_running(process_id()));
  const pid_t child = ::fork();
  if (child == 0) ::_exit(0);
  ::waitpid(child, nullptr, 0);
  EXPECT_FALSE(process_is_running(static_cast<std::uint64_t>(child)));
}

TEST(Processor, HasAName) { EXPECT_FALSE(processor_name().empty()); }

TEST(Environment, ReadsVariables) {
  ::setenv("HYOJUN_TEST_VARIABLE", "", 1);
  EXPECT_EQ(environment_variable("HYOJUN_TEST_VARIABLE"), "");
  ::unsetenv("HYOJUN_TEST_VARIABLE");
  EXPECT_EQ(environment_variable("HYOJUN_TEST_VARIABLE"), std::nullopt);
}

TEST(Terminal, APipeIsNoneAndHasTheColumnsOfTheEnvironment) {
  EXPECT_EQ(exit_code_of([] {
              int ends[2];
              if (::pipe(ends) != 0 || ::dup2(ends[1], 1) < 0 || is_terminal(1)) return 1;
              ::unsetenv("COLUMNS");
              if (terminal_columns() != 80) return 2;
              ::setenv("COLUMNS", "132", 1);
              if (terminal_columns() != 132) return 3;
              ::setenv("COLUMNS", "-1", 1);
              return terminal_columns() == 80 ? 0 : 4;
            }),
            0);
}

// statfs(2): what NFS, CIFS and 9P call themselves, beside ext4, tmpfs and overlayfs.
TEST(NetworkShare, IsToldByTheKindOfFileSystem) {
  for (const std::uint64_t type : {0x6969ULL, 0xFF534D42ULL, 0xFE534D42ULL, 0x01021997ULL})
    EXPECT_TRUE(is_network_filesystem(type)) << type;
  for (const std::uint64_t type : {0xEF53ULL, 0x01021994ULL, 0x794C7630ULL, 0ULL})
    EXPECT_FALSE(is_network_filesystem(type)) << type;
  EXPECT_FALSE(is_on_network_share("/proc/self/status"));
  EXPECT_FALSE(is_on_network_share("/proc/no such file"));
  EXPECT_FALSE(is_on_network_share("no such folder/no such file"));
}

}  // namespace
}  // namespace hyojun::base
