// Everything hyojun asks of the operating system. platform.cc and leased_file.cc are the only files with POSIX calls;
// another system gets others.
//
// Paths are the bytes the user gave. Every failure names the file, the reason and the next step, code environment
// unless stated. Objects own their descriptor or mapping and release it when destroyed; each may be used by one thread
// at a time, the free functions by any thread.
#ifndef HYOJUN_BASE_PLATFORM_H_
#define HYOJUN_BASE_PLATFORM_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::base {

// An open file descriptor, closed when destroyed; -1 is none. Standard streams are borrowed, never closed.
class Descriptor {
 public:
  Descriptor() = default;
  Descriptor(int number, bool owned) noexcept : number_(number), owned_(owned) {}
  ~Descriptor() { close(); }
  Descriptor(Descriptor&& other) noexcept
      : number_(std::exchange(other.number_, -1)), owned_(std::exchange(other.owned_, false)) {}
  Descriptor& operator=(Descriptor&& other) noexcept;

  int number() const noexcept { return number_; }
  // False if the system reported a failure (a delayed write error of a network share). No descriptor afterwards.
  bool close() noexcept;

 private:
  int number_ = -1;
  bool owned_ = false;
};

// A file, pipe or device that is read from beginning to end.
class InputFile {
 public:
  // Opens `path`; "-" is standard input. Directories are refused.
  static Result<InputFile> open(const std::string& path);

  // Reads at most buffer.size() bytes; fewer does not mean the end, 0 does. Fails with interrupted when the stop flag
  // (below) is set.
  Result<std::size_t> read(std::span<std::uint8_t> buffer);
  // What is read next begins at this byte. Only of a regular file.
  Result<void> seek(std::uint64_t offset);

  // Bytes of a regular file when it was opened; none for pipes and devices.
  std::optional<std::uint64_t> size() const noexcept { return size_; }
  // As the user gave it.
  const std::string& path() const noexcept { return path_; }
  int descriptor() const noexcept { return descriptor_.number(); }

 private:
  InputFile() = default;

  std::string path_;
  Descriptor descriptor_;
  std::optional<std::uint64_t> size_;
};

// A regular file mapped for reading. bytes() is valid as long as the object, also after a move, and may be read by any
// number of threads. The file must not be shortened meanwhile: the system would end the process.
class MappedFile {
 public:
  static Result<MappedFile> open(const std::string& path);
  ~MappedFile();
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;

  std::span<const std::uint8_t> bytes() const noexcept { return bytes_; }

 private:
  explicit MappedFile(std::span<const std::uint8_t> bytes) noexcept : bytes_(bytes) {}

  std::span<const std::uint8_t> bytes_;
};

// Bytes on their way to a file or to standard output, through a buffer of 64 KiB. What is neither flushed nor closed
// is lost with the object: only the caller can report a failure. After a failure every call fails.
class OutputFile {
 public:
  // A new file, mode 0600 whatever the umask; fails if `path` exists in any form. The file is locked (advisory) as
  // long as it is open, so that another run can tell a live file from a leftover.
  static Result<OutputFile> create(const std::string& path);
  // Standard output, named "-" in errors.
  static OutputFile standard_output();

  Result<void> write(std::string_view bytes);
  Result<void> flush();
  // Flushes, and returns when the bytes are on the device.
  Result<void> sync();
  // Flushes and closes; standard output stays open.
  Result<void> close();

  // True when a write failed because the reader has gone (`| head`). That call failed with interrupted; the command
  // line then ends in silence, with exit code 0 and without the message. Needs ignore_broken_pipe().
  bool reader_gone() const noexcept { return reader_gone_; }

  // May a write wait for a reader, as that of a pipe or a terminal does? Not that of a file or of /dev/null.
  bool waits_for_reader() const noexcept;

 private:
  OutputFile() = default;
  Result<void> write_through(std::string_view bytes);

  std::string path_;
  Descriptor descriptor_;
  std::string buffer_;
  std::optional<Error> failure_;
  bool reader_gone_ = false;
};

// What a path names, without following a symbolic link.
enum class FileKind : std::uint8_t { none, regular, directory, other };
Result<FileKind> file_kind(const std::string& path);

// What happens to an existing file at the place of an output.
enum class Overwrite : std::uint8_t { refuse, replace };

// Renames `from` to `to` in one step. With refuse, fails with usage (next step: --force) if `to` exists by then,
// without a moment in which both could win.
Result<void> publish_file(const std::string& from, const std::string& to, Overwrite overwrite);

// Returns when the names in the folder are on the device.
Result<void> sync_folder(const std::string& folder);

// True if the file, or the folder of one that is not there, lies on a file system that several computers share (NFS,
// SMB, AFS, Coda, 9P, Ceph, GFS2, OCFS2): shared memory and locks do not reach across them. False where the system does
// not tell.
bool is_on_network_share(const std::string& path);
// The same of the number by which the system names a kind of file system (statfs(2), f_type).
bool is_network_filesystem(std::uint64_t type) noexcept;

// Removes a file; false if that failed or there was none.
bool remove_file(const std::string& path) noexcept;

// Names (without the folder) in a folder, sorted.
Result<std::vector<std::string>> folder_names(const std::string& folder);

// True if no process holds the lock that OutputFile::create took on the file.
bool is_abandoned(const std::string& path) noexcept;

std::uint64_t process_id() noexcept;
// True also for a process of another user.
bool process_is_running(std::uint64_t process) noexcept;

// Descriptors 0, 1, 2: standard input, output, error.
bool is_terminal(int descriptor) noexcept;
// Columns of the terminal on standard output; else COLUMNS; else 80.
int terminal_columns();

// From now on SIGINT and SIGTERM set the stop flag instead of ending the process; the second one ends it. Called once,
// by the command line, before threads start.
void install_interrupt_handler() noexcept;
// The stop flag. Cheap enough to be asked for every block.
bool interrupted() noexcept;
// The error of a stopped run (code interrupted).
Error interrupted_error();

// Writing to a pipe nobody reads becomes an error (OutputFile::reader_gone) instead of a signal. Called once.
void ignore_broken_pipe() noexcept;

// Large blocks of memory go back to the system as soon as they are freed, so that what the threads of a run are done
// with is not held beside its report. Called once, before there are threads.
void give_back_freed_memory() noexcept;

// The processor as the system names it ("AMD EPYC 9554"), for reports of measurements; "unknown" where it does not.
std::string processor_name();

// The value of an environment variable; none if it is not set. Not to be called while another thread sets one.
std::optional<std::string> environment_variable(const std::string& name);

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_PLATFORM_H_
