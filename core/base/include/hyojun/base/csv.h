// CSV as people exchange it: small tables in (gaiji tables, layers), reports out. RFC 4180.
//
// Not for resident data: that goes through charmap's scanner.
#ifndef HYOJUN_BASE_CSV_H_
#define HYOJUN_BASE_CSV_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/cell.h"
#include "hyojun/base/error.h"

namespace hyojun::base {

struct CsvOptions {
  char delimiter = ',';                    // or '\t'
  std::uint32_t max_bytes = 512U << 20U;   // of the file; memory is 2 to 4 times that, 13 times at worst (only commas)
  std::uint32_t max_records = 10'000'000;  // header and blank lines included
  std::uint32_t max_columns = 16'384;      // what Excel holds
};

// A table with a header, in memory. Immutable, so shared by threads. A cell's text is the field without its quotes.
class CsvTable {
 public:
  // As given to the reader; "-" is standard input.
  const std::string& name() const noexcept { return name_; }
  const std::vector<std::string>& header() const noexcept { return header_; }
  // Rows below the header. Lines with nothing in them are no rows, but are counted in record numbers.
  std::size_t row_count() const noexcept { return records_.size(); }

  // The column whose heading is one of `names` (synonyms, the earliest wins); none if absent.
  std::optional<std::size_t> find_column(std::span<const std::string_view> names) const;
  std::optional<std::size_t> find_column(std::initializer_list<std::string_view> names) const;
  // The same; absent is input_rejected, naming the first of `names`.
  Result<std::size_t> require_column(std::span<const std::string_view> names) const;
  Result<std::size_t> require_column(std::initializer_list<std::string_view> names) const;

  // Row and column count from 0 and must exist. The view lives as long as the table.
  std::string_view cell(std::size_t row, std::size_t column) const noexcept;
  // The place of a cell for an error: file, record (header = 1), field (from 1), byte of the field's first byte.
  Where where(std::size_t row, std::size_t column) const;

 private:
  friend class CsvParser;
  struct Cell {
    std::uint32_t byte;    // in the file, opening quote included
    std::uint32_t begin;   // in text_
    std::uint32_t length;  // in text_
  };

  std::string name_;
  std::vector<std::string> header_;
  std::string text_;                    // the file, fields unquoted in place
  std::vector<Cell> cells_;             // row by row
  std::vector<std::uint32_t> records_;  // record number of each row
};

// Reads a table: strict UTF-8 with or without BOM; LF, CRLF or CR; a header; every record as long as the header. Fails
// with input_rejected and the place: not UTF-8 (a Japanese Excel saves Shift_JIS), NUL, a quote that is not closed or
// stands where none may, a wrong number of fields, no header, a heading twice, larger than the options allow. `name`
// is for errors.
Result<CsvTable> parse_csv(std::string bytes, std::string name, const CsvOptions& options = {});

// The same from a file, "-" for standard input. Fails also as InputFile does (environment, interrupted).
Result<CsvTable> read_csv(const std::string& path, const CsvOptions& options = {});

// Hands over every record of a table that may have titles above its header, records of different lengths and no header
// at all: the number of the record and its fields that are not empty. Otherwise as parse_csv(); fails also with the
// handler's error. Records before an error have been handed over. Returns the number of records.
Result<std::uint32_t> read_csv_records(std::string bytes, std::string name, const RowHandler& handler,
                                       const CsvOptions& options = {});

// Where written bytes go: AtomicFile::write, OutputFile::write, or a string.
using Sink = std::function<Result<void>(std::string_view)>;

struct CsvWriterOptions {
  char delimiter = ',';
  bool bom = false;             // with crlf: what Excel needs to read Japanese
  bool crlf = false;            // line end CRLF, else LF
  bool guard_formulas = false;  // a cell that begins with = + - @ TAB CR gets a leading ': Excel would compute it
  bool keep_zeros = false;      // digits that begin with 0 (codes) as ="011002": else Excel reads them as a number
};

// Writes records, quoting only fields that need it. One thread at a time. Keeps nothing but the sink; fails as it does.
class CsvWriter {
 public:
  explicit CsvWriter(Sink sink, const CsvWriterOptions& options = {});

  // One record; the BOM goes before the first.
  Result<void> write_row(std::span<const std::string_view> fields);
  Result<void> write_row(std::initializer_list<std::string_view> fields);

 private:
  void append_field(std::string_view field, bool alone);

  Sink sink_;
  CsvWriterOptions options_;
  std::string line_;
  bool begun_ = false;
};

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_CSV_H_
