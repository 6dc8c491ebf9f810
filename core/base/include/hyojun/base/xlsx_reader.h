// XLSX files as other programs write them (ECMA-376 / ISO/IEC 29500, Transitional and Strict), read as a stream of
// rows.
//
// Only what an import needs: values and their places. Not read: formulas themselves, formats other than "is this a
// date", comments, pictures, filters. The file is held in memory as it is on disk, with its shared strings; a sheet
// passes through in constant memory. Everything that can be forged is bounded (XlsxLimits); DTDs are refused, so there
// are no entities. libzip and expat do the unpacking.
//
// Text: rich text is joined, ruby (rPh) is left out, spaces are kept, `_x000D_` escapes are resolved (an escape of half
// a surrogate pair stays as it is written). Dates are numbers with a date format, built-in (14–17, 22, 27–31, 34–36,
// 50–58, those of a Japanese Excel) or custom; a time without a day stays a number.
#ifndef HYOJUN_BASE_XLSX_READER_H_
#define HYOJUN_BASE_XLSX_READER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "hyojun/base/cell.h"
#include "hyojun/base/date.h"
#include "hyojun/base/error.h"

namespace hyojun::base {

// All are refused with input_rejected when exceeded. Bytes are unpacked ones unless stated.
struct XlsxLimits {
  std::uint64_t max_file_bytes = 256U << 20U;   // packed
  std::uint64_t max_entries = 10'000;           // files in the archive
  std::uint64_t max_part_bytes = 1U << 30U;     // of one file in the archive
  std::uint64_t max_total_bytes = 2ULL << 30U;  // of all of them
  std::uint64_t max_ratio = 200;                // unpacked : packed, of a part of more than 1 MiB
  std::uint64_t max_cells = 50'000'000;         // of a sheet, blank ones and rows included
  std::uint32_t max_text_bytes = 256U << 10U;   // of a cell; Excel holds 32,767 characters
  std::uint32_t max_blank_bytes = 1U << 20U;    // white space, comments or one tag, with no element in between
  std::uint32_t max_depth = 64;                 // of nested elements
  std::uint32_t max_merged = 100'000;           // merged ranges of a sheet
};

struct XlsxSheetInfo {
  std::string name;
  bool hidden = false;
};

// Rows and columns from 1, both ends included. Only the top left cell of a merged range holds a value.
struct CellRange {
  std::uint32_t first_row, first_column, last_row, last_column;
  bool operator==(const CellRange&) const = default;
};

// What is known when a sheet has been read to its end.
struct XlsxSheetEnd {
  std::uint32_t last_row = 0;     // the last that held something
  std::uint64_t cells = 0;        // that held something
  std::vector<CellRange> merged;  // in file order
};

// An open file. One thread at a time; movable.
class XlsxReader {
 public:
  static constexpr std::uint32_t kMaxRows = 1'048'576;
  static constexpr std::uint32_t kMaxColumns = 16'384;

  // Reads the file ("-": standard input), its list of sheets, styles and shared strings. Fails as InputFile does, and
  // with input_rejected, saying which: an old .xls, a password, .xlsb, another kind of file, a cut-off or damaged
  // archive, a part that is missing, twice there or outside the archive, XML that is not well-formed, a limit.
  static Result<XlsxReader> open(const std::string& path, const XlsxLimits& limits = {});
  // The same from bytes; `name` is for errors.
  static Result<XlsxReader> from_bytes(std::string bytes, std::string name, const XlsxLimits& limits = {});

  ~XlsxReader();
  XlsxReader(XlsxReader&&) noexcept;
  XlsxReader& operator=(XlsxReader&&) noexcept;

  const std::string& name() const noexcept;
  // Worksheets in the order of their tabs; chart sheets are none.
  const std::vector<XlsxSheetInfo>& sheets() const noexcept;
  ExcelDateSystem date_system() const noexcept;

  // Hands over every row that holds something, from top to bottom. May be called again, for any sheet. Fails with the
  // handler's error, or with input_rejected and the place (file, sheet, row, column): a value that is none, a shared
  // string that is not there, rows or columns out of order or outside the format, a damaged part, a limit. Rows before
  // the error have been handed over. `sheet` counts from 0 and must exist.
  Result<XlsxSheetEnd> read(std::size_t sheet, const RowHandler& handler);

 private:
  struct State;
  explicit XlsxReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_XLSX_READER_H_
