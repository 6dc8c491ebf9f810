// Text tables aligned by display width, for every text report.
#ifndef HYOJUN_CLI_COMMAND_TABLE_VIEW_H_
#define HYOJUN_CLI_COMMAND_TABLE_VIEW_H_

#include <hyojun/base/text.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "color.h"

namespace hyojun::cli {

enum class Align { left, right };

// What happens to a column when the table is wider than the screen. Codes and counts are kept; texts give way: cut, or
// folded, or, where a folded column would be too narrow to read, written below its row, "heading: text".
enum class Fit { keep, wrap, truncate };

struct Column {
  std::string heading;
  Align align = Align::left;
  Fit fit = Fit::keep;
};

// A cell; the emphasis only repeats in colour what the text says.
struct Cell {
  // Implicit, so that rows are written as lists of texts.
  Cell(std::string text_, Emphasis emphasis_ = Emphasis::none) : text(std::move(text_)), emphasis(emphasis_) {}
  Cell(const char* text_) : text(text_) {}

  std::string text;
  Emphasis emphasis = Emphasis::none;
};

// How text reports are laid out; table_style() of context.h makes it.
struct TableStyle {
  std::size_t width = 80;  // columns of the screen
  bool color = false;
  base::AmbiguousWidth ambiguous = base::AmbiguousWidth::wide;
  std::size_t indent = 0;  // spaces before every line, part of `width`
};

// Columns are two spaces apart, under headings and a rule (neither if all headings are empty). No trailing spaces.
// Control characters in cells are shown as \xNN. One thread at a time.
class TableView {
 public:
  explicit TableView(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Missing cells are empty; more cells than columns is a bug (std::logic_error).
  void add_row(std::vector<Cell> cells);

  bool empty() const { return rows_.empty(); }

  // Every line ends with "\n". Wider than the screen only if the kept columns, which are never cut, leave no room.
  std::string render(const TableStyle& style) const;

 private:
  std::vector<Column> columns_;
  std::vector<std::vector<Cell>> rows_;
};

// 1234567 as 1,234,567: for people, never in JSON or CSV.
std::string grouped(std::uint64_t number);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_TABLE_VIEW_H_
