// The XLSX reader. Input: an archive ("PK…"), or the parts of one as text: lines "=== name" with the part below, in the
// place of the parts of a sound workbook, so that mutations reach the XML behind the check sums.
#include <algorithm>
#include <string>

#include "../base/xlsx_parts.h"
#include "fuzz.h"
#include "hyojun/base/text.h"
#include "hyojun/base/xlsx_reader.h"

using namespace hyojun;

namespace {

base::Parts parts_of(std::string_view text) {
  base::Parts parts = base::workbook("");
  constexpr std::string_view kMark = "=== ";
  while (text.starts_with(kMark)) {
    text.remove_prefix(kMark.size());
    const std::size_t line = std::min(text.find('\n'), text.size());
    const std::string name(text.substr(0, std::min<std::size_t>(line, 100)));
    text.remove_prefix(std::min(line + 1, text.size()));
    const std::size_t end = std::min(text.find("\n=== "), text.size());
    const bool packable = !name.empty() && base::is_utf8(name) && name.find('\0') == std::string::npos;
    if (packable) parts[name] = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

void check_row(const base::Row& row, std::uint32_t& last) {
  fuzz::require(row.number > last && row.number <= base::XlsxReader::kMaxRows, "rows ascend");
  last = row.number;
  fuzz::require(!row.cells.empty(), "a row holds something");
  std::uint32_t column = 0;
  for (const base::Cell& cell : row.cells) {
    fuzz::require(cell.column > column && cell.column <= base::XlsxReader::kMaxColumns, "columns ascend");
    column = cell.column;
    fuzz::require(base::is_utf8(cell.text), "text is UTF-8");
    fuzz::require(cell.kind != base::CellKind::empty || (cell.formula && cell.text.empty()), "only a formula is empty");
    fuzz::require(row.find(column) == &cell, "a cell is found");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string bytes(data, data + size);
  if (!bytes.starts_with("PK")) bytes = base::pack(parts_of(bytes), {.deflate = false, .password = {}});
  base::XlsxLimits limits;
  limits.max_total_bytes = 8U << 20U;
  auto reader = base::XlsxReader::from_bytes(std::move(bytes), "fuzz", limits);
  if (!reader) {
    fuzz::require(reader.error().code == base::ErrorCode::input_rejected, "refused as input");
    return 0;
  }
  fuzz::require(!reader->sheets().empty(), "there is a sheet");
  for (std::size_t sheet = 0; sheet < std::min<std::size_t>(reader->sheets().size(), 4); ++sheet) {
    std::uint32_t last = 0;
    const auto end = reader->read(sheet, [&last](const base::Row& row) -> base::Result<void> {
      check_row(row, last);
      return {};
    });
    if (end) fuzz::require(end->last_row == last, "the last row");
    if (!end) fuzz::require(end.error().code == base::ErrorCode::input_rejected, "refused as input");
  }
  return 0;
}
