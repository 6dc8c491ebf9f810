// The archive around an XLSX file: its parts by name, unpacked as a stream, within limits.
#ifndef HYOJUN_BASE_SRC_XLSX_ZIP_ARCHIVE_H_
#define HYOJUN_BASE_SRC_XLSX_ZIP_ARCHIVE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "hyojun/base/xlsx_reader.h"

struct zip;
struct zip_file;

namespace hyojun::base {

// One part being unpacked. Must not outlive its archive.
class ZipPart {
 public:
  // 0 at the end, when the check sum has been found right.
  Result<std::size_t> read(std::span<char> buffer);

 private:
  friend class ZipArchive;
  struct Close {
    void operator()(zip_file* file) const noexcept;
  };
  std::unique_ptr<zip_file, Close> file_{};
  std::string archive_name_{};
  std::string part_name_{};
  std::uint64_t left_ = 0;  // of the size that the archive states
};

class ZipArchive {
 public:
  static Result<ZipArchive> open(std::string bytes, std::string name, const XlsxLimits& limits);

  const std::string& name() const noexcept { return name_; }
  // Names of parts have no leading slash and are compared without regard to ASCII case (ECMA-376 Part 2, 6.2.2.3).
  bool has(std::string_view part) const;
  Result<ZipPart> open_part(const std::string& part) const;

 private:
  struct Close {
    void operator()(zip* archive) const noexcept;
  };
  Result<void> list_entries();
  Result<void> add_entry(std::uint64_t index, std::uint64_t& total);

  std::string name_{};
  XlsxLimits limits_{};
  std::unique_ptr<std::string> bytes_{};  // libzip keeps its address
  std::unique_ptr<zip, Close> archive_{};
  std::map<std::string, std::uint64_t, std::less<>> entries_{};  // by lower-case name
};

// input_rejected for the file as a whole.
tl::unexpected<Error> reject_file(const std::string& name, Text what, Text next);
// The next step for a file that is damaged in any way.
Text save_again();

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_SRC_XLSX_ZIP_ARCHIVE_H_
