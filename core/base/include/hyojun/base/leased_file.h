// A file that may be mapped, because nobody can change it meanwhile. leased_file.cc asks the operating system, as
// platform.cc does.
//
// A mapping saves the copy out of the page cache, but a file that is shortened under it ends the process, and one that
// is overwritten changes bytes that were checked already. A lease (fcntl(2), F_SETLEASE) excludes both: the system
// grants it only where the file is open for writing nowhere, and lets whoever opens it for writing wait.
#ifndef HYOJUN_BASE_LEASED_FILE_H_
#define HYOJUN_BASE_LEASED_FILE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "hyojun/base/platform.h"

namespace hyojun::base {

// Holds the lease until it is destroyed. Any thread may use or destroy it.
class LeasedFile {
 public:
  // None where the system does not promise that the file stays as it is: it is open for writing, belongs to somebody
  // else, lies on a file system without leases, is empty or not a regular file. Then it must be read.
  static std::shared_ptr<const LeasedFile> take(const InputFile& file);
  ~LeasedFile();
  LeasedFile(const LeasedFile&) = delete;
  LeasedFile& operator=(const LeasedFile&) = delete;

  // Bytes of the file, which cannot change.
  std::uint64_t size() const noexcept { return size_; }
  // True when somebody waits to write. All windows and the lease must be given up soon: the system takes the lease
  // away after /proc/sys/fs/lease-break-time (45 s).
  bool is_awaited() const noexcept;

 private:
  friend class FileWindow;
  LeasedFile(Descriptor descriptor, std::uint64_t size) noexcept : descriptor_(std::move(descriptor)), size_(size) {}

  Descriptor descriptor_;
  std::uint64_t size_;
};

// A mapped part of a leased file. Any thread may use or destroy it.
class FileWindow {
 public:
  // Where windows begin in a file: what the system maps with one entry, if its cache is made of such pages.
  static constexpr std::size_t kAlignment = std::size_t{2} << 20U;

  // The `size` bytes from `offset`, or as many as there are, and what stands before them back to kAlignment. None where
  // the system has no room.
  static std::shared_ptr<const FileWindow> map(std::shared_ptr<const LeasedFile> file, std::uint64_t offset,
                                               std::size_t size);
  ~FileWindow();
  FileWindow(const FileWindow&) = delete;
  FileWindow& operator=(const FileWindow&) = delete;

  bool covers(std::uint64_t offset, std::size_t size) const noexcept;
  // Those bytes of the file, which the window covers, in memory: nobody waits for a disk behind this. None where the
  // system could not bring them in; reading them tells why. Valid as long as the window.
  std::optional<std::span<const std::uint8_t>> fetch(std::uint64_t offset, std::size_t size) const noexcept;

 private:
  FileWindow(std::shared_ptr<const LeasedFile> file, std::uint64_t offset, std::span<std::uint8_t> bytes) noexcept
      : file_(std::move(file)), offset_(offset), bytes_(bytes) {}

  std::shared_ptr<const LeasedFile> file_;  // the lease ends behind the last window
  std::uint64_t offset_;                    // of the first byte in the file
  std::span<std::uint8_t> bytes_;
};

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_LEASED_FILE_H_
