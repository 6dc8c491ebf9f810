#include "table_view.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "printable.h"
#include "wrap.h"

namespace hyojun::cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 8;  // columns a text column keeps however small the screen is

using Widths = std::vector<std::size_t>;

// Takes from the widest column that gives way until the table fits.
void shrink(Widths& widths, const std::vector<Column>& columns, std::size_t available) {
  std::size_t total = std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
  while (total > available) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (columns[i].fit == Fit::keep || widths[i] <= kNarrowest) continue;
      if (widest == widths.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == widths.size()) return;
    --widths[widest];
    --total;
  }
}

// The lines of one cell.
std::vector<std::string> fold(const std::string& text, const Column& column, std::size_t width,
                              base::AmbiguousWidth ambiguous) {
  if (base::display_width(text, ambiguous) <= width || column.fit == Fit::keep) return {text};
  if (column.fit == Fit::truncate) return {truncate(text, width, ambiguous)};
  return wrap(text, width, BreakAt::words, ambiguous);
}

// One row of cells, as many lines as its tallest cell.
void append_row(std::string& out, const std::vector<Cell>& cells, const std::vector<Column>& columns,
                const Widths& widths, const TableStyle& style) {
  std::vector<std::vector<std::string>> folded;
  std::size_t height = 1;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    folded.push_back(fold(cells[i].text, columns[i], widths[i], style.ambiguous));
    height = std::max(height, folded.back().size());
  }
  for (std::size_t line = 0; line < height; ++line) {
    std::size_t spaces = style.indent;  // before the next text; dropped if none follows
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string text = line < folded[i].size() ? folded[i][line] : "";
      const std::size_t columns_used = base::display_width(text, style.ambiguous);
      const std::size_t padding = widths[i] > columns_used ? widths[i] - columns_used : 0;
      if (columns[i].align == Align::right) spaces += padding;
      if (!text.empty()) {
        out.append(spaces, ' ').append(paint(text, cells[i].emphasis, style.color));
        spaces = 0;
      } else {
        spaces += columns_used;
      }
      if (columns[i].align == Align::left) spaces += padding;
      spaces += kGap;
    }
    out += '\n';
  }
}

}  // namespace

void TableView::add_row(std::vector<Cell> cells) {
  if (cells.size() > columns_.size()) throw std::logic_error("TableView: more cells than columns");
  for (Cell& cell : cells) cell.text = printable(cell.text);
  cells.resize(columns_.size(), Cell(""));
  rows_.push_back(std::move(cells));
}

std::string TableView::render(const TableStyle& style) const {
  if (columns_.empty()) return "";
  std::vector<Cell> headings;
  Widths widths;
  bool has_headings = false;
  for (const Column& column : columns_) {
    headings.emplace_back(column.heading, Emphasis::strong);
    widths.push_back(base::display_width(column.heading, style.ambiguous));
    has_headings = has_headings || !column.heading.empty();
  }
  for (const std::vector<Cell>& row : rows_) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], base::display_width(row[i].text, style.ambiguous));
    }
  }
  shrink(widths, columns_, style.width > style.indent ? style.width - style.indent : 0);

  std::string out;
  if (has_headings) {
    append_row(out, headings, columns_, widths, style);
    std::vector<Cell> rule;
    for (const std::size_t width : widths) rule.emplace_back(std::string(width, '-'));
    append_row(out, rule, columns_, widths, style);
  }
  for (const std::vector<Cell>& row : rows_) append_row(out, row, columns_, widths, style);
  return out;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

}  // namespace hyojun::cli
