// Output files that appear whole or not at all.
#ifndef HYOJUN_BASE_ATOMIC_FILE_H_
#define HYOJUN_BASE_ATOMIC_FILE_H_

#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/base/platform.h"

namespace hyojun::base {

// A file that is written under the name `.<target>.hyojun-<pid>.tmp` beside its target and takes the target's name in
// commit(). Before that, and when anything fails, the target is as it was; the destructor removes the temporary file.
// A killed process leaves only the temporary file; the next AtomicFile for the same target removes it. Readable and
// writable by its owner only (0600): it may hold residents' data. One thread at a time; movable.
class AtomicFile {
 public:
  // Fails with
  //   usage        the target exists and `overwrite` is refuse; the target is a folder, a link, a device or "-"
  //   environment  the folder is missing or not writable, disk full, another run is writing the same target
  static Result<AtomicFile> open(const std::string& target, Overwrite overwrite);

  ~AtomicFile();
  AtomicFile(AtomicFile&& other) noexcept;
  AtomicFile& operator=(AtomicFile&& other) noexcept;

  // Appends bytes (buffered). Fails with environment (disk full, quota).
  Result<void> write(std::string_view bytes);

  // Flush, sync, rename, sync the folder. Fails as write(), or with usage if the target appeared meanwhile and
  // `overwrite` is refuse; the target is then as it was. (Only if the last step fails, a device error, the target is
  // new and complete, but not surely on the device.) At most once; no write() afterwards.
  Result<void> commit();

  const std::string& target() const noexcept { return target_; }
  // For a library that writes the file by name (XlsxWriter): it may truncate and write, never replace it. Use either
  // this or write().
  const std::string& temp_path() const noexcept { return temp_path_; }
  // Temporary files of dead runs that open() removed, for a message to the user.
  const std::vector<std::string>& removed_leftovers() const noexcept { return removed_leftovers_; }

 private:
  AtomicFile(std::string target, std::string temp_path, Overwrite overwrite, OutputFile file,
             std::vector<std::string> removed_leftovers);
  void discard() noexcept;

  std::string target_;
  std::string temp_path_;  // empty: nothing to remove
  Overwrite overwrite_;
  OutputFile file_;
  std::vector<std::string> removed_leftovers_;
};

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_ATOMIC_FILE_H_
