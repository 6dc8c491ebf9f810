#include "hyojun/base/cell.h"

#include <algorithm>

namespace hyojun::base {

const Cell* Row::find(std::uint32_t column) const noexcept {
  const auto at = std::ranges::lower_bound(cells, column, {}, &Cell::column);
  return at != cells.end() && at->column == column ? &*at : nullptr;
}

std::string column_letters(std::uint32_t column) {
  std::string out;
  for (; column > 0; column = (column - 1) / 26) out.insert(out.begin(), static_cast<char>('A' + (column - 1) % 26));
  return out;
}

}  // namespace hyojun::base
