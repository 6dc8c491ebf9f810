#include "sheet_form.h"

#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/text.h"

namespace hyojun::app {
namespace {

// Which of the 21 businesses a line says something of.
std::string businesses_of(const core::SurveyLine& line) {
  std::string said(core::kAllBusinesses, '0');
  for (std::size_t i = 0; i < core::kAllBusinesses; ++i) {
    std::string_view cells = line.cells;
    if (line.indicator == core::Indicator::late) {
      cells = cells.substr(i, 1);
    } else if (i >= core::kBusinesses) {
      continue;
    } else {
      const std::size_t width = line.indicator == core::Indicator::steps ? core::kSteps : 2;
      cells = cells.substr(i * width, width);
    }
    if (cells.find_first_not_of('.') != std::string_view::npos) said[i] = '1';
  }
  return said;
}

}  // namespace

std::string shown_label(std::string_view text) {
  constexpr std::size_t kMostCharacters = 20;
  std::string shown;
  std::size_t characters = 0;
  for (const char c : text) {
    const bool begins = (static_cast<unsigned char>(c) & 0xC0U) != 0x80U;
    if (begins && ++characters > kMostCharacters) return shown + "…";
    shown += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  }
  return shown;
}

std::string_view cell_text(const base::Row& row, std::uint32_t column) {
  const base::Cell* cell = row.find(column);
  if (cell == nullptr) return {};
  std::string_view text = cell->text;
  constexpr std::string_view kWide = "\xE3\x80\x80";
  for (bool trimmed = true; trimmed;) {
    trimmed = false;
    while (!text.empty() &&
           (text.front() == ' ' || text.front() == '\n' || text.front() == '\r' || text.front() == '\t'))
      text.remove_prefix(1), trimmed = true;
    while (!text.empty() && (text.back() == ' ' || text.back() == '\n' || text.back() == '\r' || text.back() == '\t'))
      text.remove_suffix(1), trimmed = true;
    if (text.starts_with(kWide)) text.remove_prefix(kWide.size()), trimmed = true;
    if (text.ends_with(kWide)) text.remove_suffix(kWide.size()), trimmed = true;
  }
  return text;
}

bool check_cell(const base::Cell& cell, std::uint32_t row, SheetProblems& problems) {
  if (cell.formula) {
    problems.add(row, cell.column, {"数式のセルです", "the cell holds a formula"},
                 {"値として貼り付けてください", "paste it as a value"});
    return false;
  }
  if (cell.kind == base::CellKind::error) {
    problems.add(row, cell.column, {"エラー値のセルです", "the cell holds an error value"},
                 {"正しい値を書いてください", "write the right value"});
    return false;
  }
  return true;
}

std::vector<std::string> header_labels(const base::Row& row) {
  std::vector<std::string> labels;
  for (const base::Cell& cell : row.cells) {
    constexpr std::uint32_t kMostColumns = 1000;
    if (cell.column > kMostColumns) break;
    labels.resize(cell.column);
    labels.back() = base::nfkc_label(cell.text);
  }
  return labels;
}

std::unique_ptr<SheetForm> recognise(const base::Row& row, const SheetContext& context) {
  for (const auto make : {mic_rates_form, mic_steps_form, da_late_form, own_form}) {
    if (auto form = make(row, context)) return form;
  }
  return nullptr;
}

std::string& LineSet::cells(const core::Catalog& catalog, std::size_t body) {
  const auto found = lines_.find(body);
  if (found != lines_.end()) return found->second.cells;
  return lines_.emplace(body, core::empty_line(indicator_, catalog.bodies()[body].code)).first->second.cells;
}

void LineSet::finish(core::ImportDraft& draft) {
  for (auto& [body, line] : lines_) {
    draft.coverage.push_back({std::string(key_of(indicator_)), line.body, false, businesses_of(line)});
    draft.lines.push_back(std::move(line));
  }
  lines_.clear();
}

}  // namespace hyojun::app
