#include "hyojun/base/leased_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <csignal>

namespace hyojun::base {

std::shared_ptr<const LeasedFile> LeasedFile::take(const InputFile& file) {
  // A descriptor of its own; the lease belongs to what both have opened.
  Descriptor descriptor(::fcntl(file.descriptor(), F_DUPFD_CLOEXEC, 0), true);
  const int number = descriptor.number();
  // Whoever waits is told of by a signal that nobody has to catch (SIGIO, the usual one, would end the process).
  if (number < 0 || ::fcntl(number, F_SETSIG, SIGURG) != 0) return nullptr;
  if (::fcntl(number, F_SETLEASE, F_RDLCK) != 0) return nullptr;
  std::shared_ptr<LeasedFile> leased(new LeasedFile(std::move(descriptor), 0));
  struct stat status {};  // asked only now: what InputFile knows is older than the lease
  if (::fstat(number, &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0) return nullptr;
  leased->size_ = static_cast<std::uint64_t>(status.st_size);
  return leased;
}

LeasedFile::~LeasedFile() { static_cast<void>(::fcntl(descriptor_.number(), F_SETLEASE, F_UNLCK)); }

bool LeasedFile::is_awaited() const noexcept { return ::fcntl(descriptor_.number(), F_GETLEASE) != F_RDLCK; }

std::shared_ptr<const FileWindow> FileWindow::map(std::shared_ptr<const LeasedFile> file, std::uint64_t offset,
                                                  std::size_t size) {
  const std::uint64_t begin = std::min(offset, file->size()) / kAlignment * kAlignment;
  const std::uint64_t end = std::min(file->size() - begin, offset - begin + size) + begin;
  const auto mapped = static_cast<std::size_t>(end - begin);
  const int number = file->descriptor_.number();
  void* const address = ::mmap(nullptr, mapped, PROT_READ, MAP_SHARED, number, static_cast<off_t>(begin));
  if (address == MAP_FAILED) return nullptr;
  static_cast<void>(::madvise(address, mapped, MADV_SEQUENTIAL));  // a hint: read ahead of this
  return std::shared_ptr<const FileWindow>(
      new FileWindow(std::move(file), begin, {static_cast<std::uint8_t*>(address), mapped}));
}

FileWindow::~FileWindow() { ::munmap(bytes_.data(), bytes_.size()); }

bool FileWindow::covers(std::uint64_t offset, std::size_t size) const noexcept {
  return offset >= offset_ && offset - offset_ <= bytes_.size() && size <= bytes_.size() - (offset - offset_);
}

std::optional<std::span<const std::uint8_t>> FileWindow::fetch(std::uint64_t offset, std::size_t size) const noexcept {
  const auto bytes = bytes_.subspan(static_cast<std::size_t>(offset - offset_), size);
#ifdef MADV_POPULATE_READ
  static const auto page = static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
  const std::size_t before = static_cast<std::size_t>(offset - offset_) % page;
  if (size == 0) return bytes;
  // Fails where a touch of the bytes would end the process: of a disk error, or of a kernel that does not know it.
  if (::madvise(bytes.data() - before, before + size, MADV_POPULATE_READ) == 0) return bytes;
#endif
  return std::nullopt;
}

}  // namespace hyojun::base
