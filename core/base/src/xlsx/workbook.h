// What a workbook says before its sheets: where its parts are, its sheets, which cell formats are dates, its strings.
#ifndef HYOJUN_BASE_SRC_XLSX_WORKBOOK_H_
#define HYOJUN_BASE_SRC_XLSX_WORKBOOK_H_

#include <string>
#include <string_view>
#include <vector>

#include "zip_archive.h"

namespace hyojun::base {

// Strings by index, as views into one buffer.
class SharedStrings {
 public:
  std::size_t size() const noexcept { return ends_.size(); }
  std::string_view operator[](std::size_t index) const noexcept {
    const std::size_t begin = index == 0 ? 0 : ends_[index - 1];
    return std::string_view(text_).substr(begin, ends_[index] - begin);
  }
  void add(std::string_view text) {
    text_ += text;
    ends_.push_back(text_.size());
  }

 private:
  std::string text_;
  std::vector<std::size_t> ends_;
};

struct Workbook {
  std::vector<XlsxSheetInfo> sheets;
  std::vector<std::string> sheet_parts;  // parallel to sheets
  ExcelDateSystem date_system = ExcelDateSystem::from_1900;
  std::vector<bool> date_formats;  // by cell format (cellXfs): is it a date?
  SharedStrings strings;
};

Result<Workbook> read_workbook(const ZipArchive& archive, const XlsxLimits& limits);

// One relationship of a part. Types end in the same word in Transitional and Strict files.
struct Relationship {
  std::string id, type, target;  // target: the name of a part, without leading slash
  bool is(std::string_view word) const;
};
// The relationships of `part` ("" for the whole package). Fails also for a target outside the archive.
Result<std::vector<Relationship>> read_relationships(const ZipArchive& archive, const std::string& part,
                                                     const XlsxLimits& limits);

Result<std::vector<bool>> read_date_formats(const ZipArchive& archive, const std::string& part,
                                            const XlsxLimits& limits);
Result<SharedStrings> read_shared_strings(const ZipArchive& archive, const std::string& part, const XlsxLimits& limits);

// True if a number format shows a day: `yyyy/m/d`, `[$-411]ggge"年"m"月"`; not `0.00`, `[h]:mm`, `General`.
bool is_date_format(std::string_view code);
// The same for the built-in number formats, as a Japanese Excel has them.
bool is_date_format(unsigned id);

// Resolves _xHHHH_ in place (ECMA-376 Part 1, 22.9.2.19).
void resolve_escapes(std::string& text, std::size_t begin);

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_SRC_XLSX_WORKBOOK_H_
