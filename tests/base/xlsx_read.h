// What the tests of spreadsheets compare: every cell of a sheet as one text.
#ifndef HYOJUN_TESTS_BASE_XLSX_READ_H_
#define HYOJUN_TESTS_BASE_XLSX_READ_H_

#include <string>

#include "hyojun/base/cell.h"
#include "hyojun/base/xlsx_reader.h"

namespace hyojun::base {

inline char letter_of(CellKind kind) { return "_tnbed"[static_cast<unsigned>(kind)]; }

// "A1 t=text|B2 n=1|C3 f_=|": kinds as _tnbed, f for a formula.
inline std::string text_of(const Row& row) {
  std::string out;
  for (const Cell& cell : row.cells) {
    out += column_letters(cell.column) + std::to_string(row.number) + ' ' + (cell.formula ? "f" : "") +
           letter_of(cell.kind) + '=' + std::string(cell.text) + '|';
  }
  return out;
}

// A sheet in that form, or "!" and the English error with its place.
inline std::string text_of(Result<XlsxReader> reader, std::size_t sheet = 0) {
  std::string out;
  const auto failed = [&out](const Error& error) {
    out += "!" + error.what.en;
    if (error.where.record) out += " @" + std::to_string(*error.where.record);
    if (error.where.field) out += "," + std::to_string(*error.where.field);
    return out;
  };
  if (!reader) return failed(reader.error());
  const auto end = reader->read(sheet, [&out](const Row& row) -> Result<void> {
    out += text_of(row);
    return {};
  });
  return end ? out : failed(end.error());
}

}  // namespace hyojun::base

#endif  // HYOJUN_TESTS_BASE_XLSX_READ_H_
