#include "hyojun/base/platform.h"

#include <dirent.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <malloc.h>
#include <sys/file.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/statfs.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <memory>

#include "hyojun/base/number.h"

namespace hyojun::base {
namespace {

constexpr std::size_t kBufferSize = std::size_t{64} << 10U;
constexpr std::string_view kStandardStream = "-";

std::atomic<bool> stop_flag{false};
static_assert(std::atomic<bool>::is_always_lock_free, "set in a signal handler");

struct Explanation {
  int number;
  Text what;
  Text next;
};

// The reasons an officer can act upon; all others show the system's own words.
const std::vector<Explanation>& explanations() {
  static const Text kSpace{"空き容量を増やすか、別の場所に出力してください",
                           "free some space, or write to another place"};
  static const Text kAccess{"権限を確かめるか、別の場所を指定してください",
                            "check the permissions, or choose another place"};
  static const Text kPath{"名前とフォルダーを確かめてください", "check the name and the folder"};
  static const Text kFile{"フォルダーではなくファイルを指定してください", "name a file, not a folder"};
  static const Text kOther{"別の処理が終わるのを待ってください", "wait until the other run has ended"};
  static const std::vector<Explanation> kAll = {
      {ENOENT, {"ファイル又はフォルダーがありません", "no such file or folder"}, kPath},
      {ENOTDIR, {"途中の名前がフォルダーではありません", "a part of the path is not a folder"}, kPath},
      {ENAMETOOLONG, {"名前が長すぎます", "the name is too long"}, {"短い名前にしてください", "choose a shorter name"}},
      {EACCES, {"権限がありません", "permission denied"}, kAccess},
      {EPERM, {"許可されていない操作です", "the operation is not permitted"}, kAccess},
      {EROFS, {"読み取り専用の場所です", "the place is read-only"}, kAccess},
      {EISDIR, {"フォルダーです", "it is a folder"}, kFile},
      {ENOSPC, {"空き容量がありません", "no space left"}, kSpace},
      {EDQUOT, {"割り当てられた容量を超えました", "the quota is used up"}, kSpace},
      {EFBIG, {"ファイルが許された大きさを超えました", "the file is larger than allowed"}, kSpace},
      {EEXIST, {"別の処理が同じ出力先に書いています", "another run is writing the same output"}, kOther},
  };
  return kAll;
}

// `action` says what was tried: "読めません" / "cannot read".
tl::unexpected<Error> system_failure(int number, const Text& action, const std::string& path) {
  const auto& all = explanations();
  const auto known = std::find_if(all.begin(), all.end(), [number](const auto& e) { return e.number == number; });
  const std::string words = std::strerror(number);
  const Text reason = known == all.end() ? Text{words, words} : known->what;
  return fail(ErrorCode::environment,
              {fmt::format("{}: {}", action.ja, reason.ja), fmt::format("{}: {}", action.en, reason.en)},
              {.file = path}, known == all.end() ? Text{"", ""} : known->next);
}

const Text& cannot_open() {
  static const Text kText{"開けません", "cannot open"};
  return kText;
}
const Text& cannot_read() {
  static const Text kText{"読めません", "cannot read"};
  return kText;
}
const Text& cannot_write() {
  static const Text kText{"書けません", "cannot write"};
  return kText;
}

struct Opened {
  Descriptor descriptor;
  struct stat status;
};

Result<Opened> open_to_read(const std::string& path) {
  Opened opened{Descriptor(::open(path.c_str(), O_RDONLY | O_CLOEXEC), true), {}};
  if (opened.descriptor.number() < 0) {
    if (errno == EINTR && interrupted()) return tl::unexpected<Error>(interrupted_error());  // waiting for a named pipe
    return system_failure(errno, cannot_open(), path);
  }
  if (::fstat(opened.descriptor.number(), &opened.status) != 0) return system_failure(errno, cannot_open(), path);
  if (S_ISDIR(opened.status.st_mode)) return system_failure(EISDIR, cannot_open(), path);
  return opened;
}

extern "C" void set_stop_flag(int /*signal*/) { stop_flag.store(true, std::memory_order_relaxed); }

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  if (this != &other) {
    close();
    number_ = std::exchange(other.number_, -1);
    owned_ = std::exchange(other.owned_, false);
  }
  return *this;
}

bool Descriptor::close() noexcept {
  const int number = std::exchange(number_, -1);
  // After EINTR Linux has closed the descriptor: a second close might hit another file.
  return !owned_ || number < 0 || ::close(number) == 0 || errno == EINTR;
}

Result<InputFile> InputFile::open(const std::string& path) {
  InputFile file;
  file.path_ = path;
  if (path == kStandardStream) {
    struct stat status {};
    if (::fstat(STDIN_FILENO, &status) != 0) return system_failure(errno, cannot_open(), path);
    if (S_ISDIR(status.st_mode)) return system_failure(EISDIR, cannot_open(), path);
    file.descriptor_ = Descriptor(STDIN_FILENO, false);
    return file;
  }
  auto opened = open_to_read(path);
  if (!opened) return tl::unexpected<Error>(std::move(opened.error()));
  file.descriptor_ = std::move(opened->descriptor);
  if (S_ISREG(opened->status.st_mode)) file.size_ = static_cast<std::uint64_t>(opened->status.st_size);
  return file;
}

Result<std::size_t> InputFile::read(std::span<std::uint8_t> buffer) {
  while (true) {
    if (interrupted()) return tl::unexpected<Error>(interrupted_error());
    const ssize_t count = ::read(descriptor_.number(), buffer.data(), buffer.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno != EINTR) return system_failure(errno, cannot_read(), path_);
  }
}

Result<void> InputFile::seek(std::uint64_t offset) {
  if (::lseek(descriptor_.number(), static_cast<off_t>(offset), SEEK_SET) >= 0) return {};
  return system_failure(errno, cannot_read(), path_);
}

Result<MappedFile> MappedFile::open(const std::string& path) {
  const auto opened = open_to_read(path);
  if (!opened) return tl::unexpected<Error>(opened.error());
  if (!S_ISREG(opened->status.st_mode)) {
    return fail(ErrorCode::environment, {"通常のファイルではありません", "it is not a regular file"}, {.file = path},
                {"ファイルに保存してから指定してください", "save it as a file first"});
  }
  const auto size = static_cast<std::size_t>(opened->status.st_size);
  if (size == 0) return MappedFile({});  // an empty mapping is an error to the system
  void* const address = ::mmap(nullptr, size, PROT_READ, MAP_PRIVATE, opened->descriptor.number(), 0);
  if (address == MAP_FAILED) return system_failure(errno, cannot_read(), path);
  return MappedFile({static_cast<const std::uint8_t*>(address), size});
}

MappedFile::~MappedFile() {
  if (!bytes_.empty()) ::munmap(const_cast<std::uint8_t*>(bytes_.data()), bytes_.size());
}

MappedFile::MappedFile(MappedFile&& other) noexcept : bytes_(std::exchange(other.bytes_, {})) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(bytes_, other.bytes_);
  return *this;
}

Result<OutputFile> OutputFile::create(const std::string& path) {
  OutputFile file;
  file.path_ = path;
  file.descriptor_ = Descriptor(::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR), true);
  if (file.descriptor_.number() < 0) return system_failure(errno, cannot_write(), path);
  // The umask may have taken bits away, and shared folders may ignore modes or locks: none of this is fatal.
  static_cast<void>(::fchmod(file.descriptor_.number(), S_IRUSR | S_IWUSR));
  static_cast<void>(::flock(file.descriptor_.number(), LOCK_EX | LOCK_NB));
  return file;
}

OutputFile OutputFile::standard_output() {
  OutputFile file;
  file.path_ = std::string(kStandardStream);
  file.descriptor_ = Descriptor(STDOUT_FILENO, false);
  return file;
}

bool OutputFile::waits_for_reader() const noexcept {
  struct stat output {};
  struct stat null {};
  if (::fstat(descriptor_.number(), &output) != 0) return true;
  if (S_ISREG(output.st_mode)) return false;
  const bool is_null = S_ISCHR(output.st_mode) && ::stat("/dev/null", &null) == 0 && output.st_rdev == null.st_rdev;
  return !is_null;
}

Result<void> OutputFile::write(std::string_view bytes) {
  if (buffer_.size() + bytes.size() > kBufferSize) {
    if (auto done = flush(); !done) return done;
  }
  if (bytes.size() >= kBufferSize) return write_through(bytes);
  buffer_.append(bytes);
  return {};
}

Result<void> OutputFile::flush() {
  auto done = write_through(buffer_);
  buffer_.clear();
  return done;
}

Result<void> OutputFile::write_through(std::string_view bytes) {
  while (!bytes.empty() && !failure_) {
    const ssize_t count = ::write(descriptor_.number(), bytes.data(), bytes.size());
    if (count >= 0) {
      bytes.remove_prefix(static_cast<std::size_t>(count));
    } else if (errno == EPIPE) {
      reader_gone_ = true;
      failure_ =
          Error{ErrorCode::interrupted, {"出力の読み手がいません", "the reader of the output has gone"}, {path_}};
    } else if (errno != EINTR) {
      failure_ = system_failure(errno, cannot_write(), path_).value();
    }
  }
  if (failure_) return tl::unexpected<Error>(*failure_);
  return {};
}

Result<void> OutputFile::sync() {
  if (auto done = flush(); !done) return done;
  // Pipes and some shared folders know no sync.
  if (::fsync(descriptor_.number()) != 0 && errno != EINVAL && errno != ENOTSUP) {
    return system_failure(errno, cannot_write(), path_);
  }
  return {};
}

Result<void> OutputFile::close() {
  if (auto done = flush(); !done) return done;
  if (!descriptor_.close()) return system_failure(errno, cannot_write(), path_);
  return {};
}

Result<FileKind> file_kind(const std::string& path) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0) {
    if (errno == ENOENT) return FileKind::none;
    return system_failure(errno, cannot_open(), path);
  }
  if (S_ISREG(status.st_mode)) return FileKind::regular;
  return S_ISDIR(status.st_mode) ? FileKind::directory : FileKind::other;
}

Result<void> publish_file(const std::string& from, const std::string& to, Overwrite overwrite) {
  int status = 0;
  if (overwrite == Overwrite::replace) {
    status = ::rename(from.c_str(), to.c_str());
  } else {
    status = ::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE);
    // NFS and old kernels know no such rename; a hard link refuses an existing name just as surely.
    if (status != 0 && (errno == EINVAL || errno == ENOSYS)) {
      status = ::link(from.c_str(), to.c_str());
      if (status == 0) remove_file(from);
    }
  }
  if (status == 0) return {};
  if (errno != EEXIST) return system_failure(errno, cannot_write(), to);
  return fail(ErrorCode::usage, {"出力先のファイルが既にあります", "the output file exists already"}, {.file = to},
              {"上書きするなら --force を付けてください", "give --force to overwrite it, or another name"});
}

Result<void> sync_folder(const std::string& folder) {
  const Descriptor descriptor(::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC), true);
  // A folder that may be written but not read cannot be opened for this; its names reach the device later.
  if (descriptor.number() < 0 || ::fsync(descriptor.number()) == 0) return {};
  if (errno == EINVAL || errno == ENOTSUP) return {};
  return system_failure(errno, cannot_write(), folder);
}

bool is_network_filesystem(std::uint64_t type) noexcept {
  // linux/magic.h, and statfs(2) for those it lacks.
  constexpr std::array<std::uint64_t, 11> kShared = {
      0x6969,      // NFS
      0x517B,      // SMB
      0xFE534D42,  // SMB2
      0xFF534D42,  // CIFS
      0x01021997,  // 9P
      0x00C36400,  // Ceph
      0x5346414F,  // AFS
      0x6B414653,  // kAFS
      0x73757245,  // Coda
      0x01161970,  // GFS2
      0x7461636F,  // OCFS2
  };
  return std::ranges::find(kShared, type) != kShared.end();
}

bool is_on_network_share(const std::string& path) {
  struct statfs found {};
  const std::size_t slash = path.find_last_of('/');
  const std::string folder = slash == std::string::npos ? "." : path.substr(0, std::max<std::size_t>(slash, 1));
  if (statfs(path.c_str(), &found) != 0 && statfs(folder.c_str(), &found) != 0) return false;
  // f_type is signed where the numbers are not.
  return is_network_filesystem(static_cast<std::uint32_t>(found.f_type));
}

bool remove_file(const std::string& path) noexcept { return ::unlink(path.c_str()) == 0; }

Result<std::vector<std::string>> folder_names(const std::string& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> stream(::opendir(folder.c_str()), ::closedir);
  if (stream == nullptr) return system_failure(errno, cannot_read(), folder);
  std::vector<std::string> names;
  while (const dirent* entry = ::readdir(stream.get())) {
    const std::string_view name = static_cast<const char*>(entry->d_name);
    if (name != "." && name != "..") names.emplace_back(name);
  }
  std::sort(names.begin(), names.end());
  return names;
}

bool is_abandoned(const std::string& path) noexcept {
  // NOFOLLOW and NONBLOCK: the name may be anyone's link or pipe.
  const Descriptor descriptor(::open(path.c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC), true);
  if (descriptor.number() < 0) return false;
  return ::flock(descriptor.number(), LOCK_EX | LOCK_NB) == 0 || errno == ENOTSUP || errno == ENOLCK;
}

std::uint64_t process_id() noexcept { return static_cast<std::uint64_t>(::getpid()); }

bool process_is_running(std::uint64_t process) noexcept {
  return ::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM;
}

bool is_terminal(int descriptor) noexcept { return ::isatty(descriptor) == 1; }

int terminal_columns() {
  constexpr int kDefault = 80;
  winsize size{};
  if (::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0) return size.ws_col;
  const auto columns = parse_unsigned(environment_variable("COLUMNS").value_or(""), 1, 10'000);
  return columns ? static_cast<int>(*columns) : kDefault;
}

void install_interrupt_handler() noexcept {
  struct sigaction action {};
  action.sa_handler = set_stop_flag;
  // No SA_RESTART: a read that waits for a pipe must return. RESETHAND: the second signal ends a run that hangs.
  action.sa_flags = static_cast<int>(SA_RESETHAND);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

bool interrupted() noexcept { return stop_flag.load(std::memory_order_relaxed); }

Error interrupted_error() {
  return {ErrorCode::interrupted, {"中断されました。出力は書かれていません", "interrupted; no output was written"}};
}

void ignore_broken_pipe() noexcept { ::signal(SIGPIPE, SIG_IGN); }

void give_back_freed_memory() noexcept {
#ifdef M_MMAP_THRESHOLD
  // By itself glibc keeps ever larger blocks, up to 32 MiB, in the arena of the thread that freed them.
  ::mallopt(M_MMAP_THRESHOLD, 256 << 10);
#endif
}

std::string processor_name() {
  std::ifstream info("/proc/cpuinfo");
  for (std::string line; std::getline(info, line);) {
    const std::size_t colon = line.find(": ");
    if (line.starts_with("model name") && colon != line.npos) return line.substr(colon + 2);
  }
  return "unknown";
}

std::optional<std::string> environment_variable(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

}  // namespace hyojun::base
