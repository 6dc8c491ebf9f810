// Rows of cells with their places, as they come out of a spreadsheet or a CSV file.
#ifndef HYOJUN_BASE_CELL_H_
#define HYOJUN_BASE_CELL_H_

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <string_view>

#include "hyojun/base/error.h"

namespace hyojun::base {

enum class CellKind : std::uint8_t {
  empty,    // only with `formula`: the formula's value is not in the file
  text,     // UTF-8
  number,   // as the file writes it: "0.7475000000000001", "12", "1E-3"; readable by std::from_chars
  boolean,  // "TRUE" or "FALSE"
  error,    // "#N/A"
  date,     // "2025-06-30"; with a time of day "2025-06-30T12:34:56"
};

// A cell that holds something. Every cell of a CSV file is text.
struct Cell {
  std::string_view text;     // valid during the call that hands it over
  std::uint32_t column = 0;  // from 1
  CellKind kind = CellKind::text;
  bool formula = false;  // the text is what the writing program computed last
};

struct Row {
  std::uint32_t number = 0;     // from 1: the row of the sheet, the record of the CSV file
  std::span<const Cell> cells;  // ascending columns; blank cells are left out

  // The cell in a column; null if it is blank.
  const Cell* find(std::uint32_t column) const noexcept;
};

// Takes one row; an error ends the reading and is handed on.
using RowHandler = std::function<Result<void>(const Row&)>;

// "A", "AB": the letters of a column counted from 1.
std::string column_letters(std::uint32_t column);

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_CELL_H_
