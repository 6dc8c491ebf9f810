#include "table_view.h"

#include <algorithm>
#include <numeric>
#include <stdexcept>

#include "printable.h"
#include "wrap.h"

namespace hyojun::cli {
namespace {

constexpr std::size_t kGap = 2;
constexpr std::size_t kNarrowest = 8;  // columns that a cut text keeps however small the screen is
constexpr std::size_t kReadable = 20;  // columns that a folded text needs beside others

using Widths = std::vector<std::size_t>;

// How little of its width a column can live with.
std::size_t least(const Column& column, std::size_t width) {
  if (column.fit == Fit::keep) return width;
  return std::min(width, column.fit == Fit::wrap ? kReadable : kNarrowest);
}

// Which columns stay beside each other: folded ones leave, the widest first, until the rest has room.
std::vector<bool> beside(const Widths& widths, const std::vector<Column>& columns, std::size_t available) {
  std::vector<bool> stays(columns.size(), true);
  for (;;) {
    std::size_t total = 0;
    std::size_t widest = columns.size();
    for (std::size_t i = 0; i < columns.size(); ++i) {
      if (!stays[i]) continue;
      total += least(columns[i], widths[i]) + (total == 0 ? 0 : kGap);
      if (columns[i].fit == Fit::wrap && (widest == columns.size() || widths[i] > widths[widest])) widest = i;
    }
    if (total <= available || widest == columns.size()) return stays;
    stays[widest] = false;
  }
}

// Takes from the widest column that gives way until the table fits.
void shrink(Widths& widths, const std::vector<Column>& columns, std::size_t available) {
  if (widths.empty()) return;
  std::size_t total = std::accumulate(widths.begin(), widths.end(), kGap * (widths.size() - 1));
  while (total > available) {
    std::size_t widest = widths.size();
    for (std::size_t i = 0; i < widths.size(); ++i) {
      if (widths[i] <= least(columns[i], widths[i])) continue;
      if (widest == widths.size() || widths[i] > widths[widest]) widest = i;
    }
    if (widest == widths.size()) return;
    --widths[widest];
    --total;
  }
}

template <typename T>
std::vector<T> chosen(const std::vector<T>& all, const std::vector<bool>& which, bool wanted = true) {
  std::vector<T> some;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (which[i] == wanted) some.push_back(all[i]);
  }
  return some;
}

// The cells that have left their row, below it.
void append_below(std::string& out, const std::vector<Cell>& cells, const std::vector<Column>& columns,
                  std::size_t first_width, const TableStyle& style) {
  std::string text;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (cells[i].text.empty()) continue;
    if (!text.empty()) text += "  ";
    text += (columns[i].heading.empty() ? "" : columns[i].heading + ": ") + cells[i].text;
  }
  if (text.empty()) return;
  const std::size_t indent = style.indent + first_width + kGap;
  const std::size_t width = style.width > indent + kReadable ? style.width - indent : kReadable;
  for (const std::string& line : wrap(text, width, BreakAt::words, style.ambiguous))
    out.append(indent, ' ').append(line).append("\n");
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
  const std::size_t available = style.width > style.indent ? style.width - style.indent : 0;
  const std::vector<bool> stays = beside(widths, columns_, available);
  const std::vector<Column> columns = chosen(columns_, stays);
  const std::vector<Column> below = chosen(columns_, stays, false);
  widths = chosen(widths, stays);
  shrink(widths, columns, available);

  std::string out;
  if (has_headings && !columns.empty()) {
    append_row(out, chosen(headings, stays), columns, widths, style);
    std::vector<Cell> rule;
    for (const std::size_t width : widths) rule.emplace_back(std::string(width, '-'));
    append_row(out, rule, columns, widths, style);
  }
  for (const std::vector<Cell>& row : rows_) {
    if (!columns.empty()) append_row(out, chosen(row, stays), columns, widths, style);
    append_below(out, chosen(row, stays, false), below, widths.empty() ? 0 : std::min(widths.front(), kNarrowest),
                 style);
  }
  return out;
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

}  // namespace hyojun::cli
