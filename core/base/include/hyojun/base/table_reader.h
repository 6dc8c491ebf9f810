// Tables that people send, CSV or XLSX, as one stream of rows with places: for importers.
//
// Which of the two is told by the content, never by the name. CSV is UTF-8 with or without BOM; anything else must be
// stated by the caller, who then gives the decoder (base knows no other encoding, and none is guessed).
#ifndef HYOJUN_BASE_TABLE_READER_H_
#define HYOJUN_BASE_TABLE_READER_H_

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hyojun/base/csv.h"
#include "hyojun/base/xlsx_reader.h"

namespace hyojun::base {

enum class TableFormat : std::uint8_t { csv, xlsx };

struct TableOptions {
  // The bytes of a CSV file in UTF-8; empty: they are. Not called for XLSX, which states its encoding itself.
  std::function<Result<std::string>(std::string bytes)> decode{};
  CsvOptions csv{};
  XlsxLimits xlsx{};
};

// An open file, held in memory as it is on disk. One thread at a time; movable.
class TableReader {
 public:
  // `path` "-" is standard input. Fails as InputFile, XlsxReader::from_bytes() or `decode` do.
  static Result<TableReader> open(const std::string& path, const TableOptions& options = {});
  static Result<TableReader> from_bytes(std::string bytes, std::string name, const TableOptions& options = {});

  ~TableReader();
  TableReader(TableReader&&) noexcept;
  TableReader& operator=(TableReader&&) noexcept;

  TableFormat format() const noexcept;
  const std::string& name() const noexcept;
  // SHA-256 of the file's bytes, before any decoding: of exactly what is read here.
  const std::string& digest() const noexcept;
  // CSV: one sheet without a name.
  const std::vector<XlsxSheetInfo>& sheets() const noexcept;

  // As XlsxReader::read(). Every cell of CSV is text; a record is a row, its blank fields are left out. Fails for CSV
  // as read_csv_records() does.
  Result<XlsxSheetEnd> read(std::size_t sheet, const RowHandler& handler);

  // The place of a cell for an error; row and column from 1, 0: none.
  Where where(std::size_t sheet, std::uint32_t row, std::uint32_t column = 0) const;

 private:
  struct State;
  explicit TableReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_TABLE_READER_H_
