// Files and processes for tests: a folder of one's own, a child process, another user's rights. POSIX.
#ifndef HYOJUN_TESTS_BASE_TEST_FILES_H_
#define HYOJUN_TESTS_BASE_TEST_FILES_H_

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <csignal>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace hyojun::base {

// A folder that is removed with all it holds.
class TestFolder {
 public:
  TestFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "hyojun test XXXXXX").string();
    path_ = ::mkdtemp(pattern.data());
    std::filesystem::permissions(path_, std::filesystem::perms(0755));
  }
  ~TestFolder() { std::filesystem::remove_all(path_); }
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;

  std::string path() const { return path_; }
  std::string file(const std::string& name) const { return path_ + "/" + name; }
  std::vector<std::string> names() const {
    std::vector<std::string> out;
    for (const auto& entry : std::filesystem::directory_iterator(path_)) out.push_back(entry.path().filename());
    return out;
  }

 private:
  std::string path_;
};

inline void put_file(const std::string& path, std::string_view bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

inline std::string file_bytes(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

inline unsigned mode_of(const std::string& path) {
  return static_cast<unsigned>(std::filesystem::status(path).permissions()) & 0777U;
}

// Runs `body` in a child process. Its wait status: WEXITSTATUS is what `body` returned.
template <typename Body>
int run_in_child(Body body) {
  const pid_t child = ::fork();
  if (child == 0) ::_exit(body());
  int status = 0;
  ::waitpid(child, &status, 0);
  return status;
}

// The exit code of `body` in a child process, -1 if it was killed.
template <typename Body>
int exit_code_of(Body body) {
  const int status = run_in_child(std::move(body));
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

// No file of this process may grow beyond `bytes`: the portable stand-in for a full disk.
inline void limit_file_size(rlim_t bytes) {
  const rlimit limit{bytes, bytes};
  ::setrlimit(RLIMIT_FSIZE, &limit);
  std::signal(SIGXFSZ, SIG_IGN);
}

// The rights of nobody while it lives: to root no folder is unwritable.
class WithoutPrivileges {
 public:
  WithoutPrivileges() : is_root_(::geteuid() == 0) {
    if (is_root_ && ::seteuid(65534) != 0) std::abort();
  }
  ~WithoutPrivileges() {
    if (is_root_ && ::seteuid(0) != 0) std::abort();
  }
  WithoutPrivileges(const WithoutPrivileges&) = delete;
  WithoutPrivileges& operator=(const WithoutPrivileges&) = delete;

 private:
  bool is_root_;
};

}  // namespace hyojun::base

#endif  // HYOJUN_TESTS_BASE_TEST_FILES_H_
