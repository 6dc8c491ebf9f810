#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/csv.h"

namespace hyojun::base {

std::optional<std::size_t> CsvTable::find_column(std::span<const std::string_view> names) const {
  for (const std::string_view name : names) {
    const auto found = std::find(header_.begin(), header_.end(), name);
    if (found != header_.end()) return static_cast<std::size_t>(found - header_.begin());
  }
  return std::nullopt;
}

std::optional<std::size_t> CsvTable::find_column(std::initializer_list<std::string_view> names) const {
  return find_column(std::span(names.begin(), names.size()));
}

Result<std::size_t> CsvTable::require_column(std::span<const std::string_view> names) const {
  if (const auto column = find_column(names)) return *column;
  const std::string_view name = names.empty() ? "" : names.front();
  return fail(
      ErrorCode::input_rejected,
      {fmt::format("見出し「{}」の列がありません", name), fmt::format("there is no column \"{}\"", name)},
      {.file = name_, .record = 1},
      {"1 行目の見出しと区切り文字を確かめてください", "check the header in the first record and the delimiter"});
}

Result<std::size_t> CsvTable::require_column(std::initializer_list<std::string_view> names) const {
  return require_column(std::span(names.begin(), names.size()));
}

std::string_view CsvTable::cell(std::size_t row, std::size_t column) const noexcept {
  const Cell& cell = cells_[row * header_.size() + column];
  return std::string_view(text_).substr(cell.begin, cell.length);
}

Where CsvTable::where(std::size_t row, std::size_t column) const {
  return {
      .file = name_, .record = records_[row], .field = column + 1, .byte = cells_[row * header_.size() + column].byte};
}

}  // namespace hyojun::base
