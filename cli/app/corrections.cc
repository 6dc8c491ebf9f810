#include "corrections.h"

#include <algorithm>
#include <functional>
#include <map>

#include "hyojun/base/csv.h"
#include "hyojun/base/platform.h"
#include "hyojun/base/xlsx_writer.h"

namespace hyojun::app {
namespace {

using Cells = std::vector<std::string>;
using RowSink = std::function<base::Result<void>(const Cells&)>;

struct RowProblems {
  std::string what;
  std::string next;
};

std::map<std::uint32_t, RowProblems> problems_of(const ImportedFile& file, const std::string& sheet) {
  std::map<std::uint32_t, RowProblems> found;
  for (const base::Error& problem : file.problems) {
    if (problem.where.sheet != sheet) continue;
    RowProblems& row = found[static_cast<std::uint32_t>(problem.where.record.value_or(1))];
    const std::string column =
        problem.where.field ? base::column_letters(static_cast<std::uint32_t>(*problem.where.field)) + "列: " : "";
    row.what += (row.what.empty() ? "" : "\n") + column + problem.what.ja;
    if (!problem.next.ja.empty()) row.next += (row.next.empty() ? "" : "\n") + problem.next.ja;
  }
  return found;
}

Cells cells_of(const base::Row& row, std::uint32_t width) {
  Cells cells(width);
  for (const base::Cell& cell : row.cells) {
    if (cell.column <= width) cells[cell.column - 1] = cell.text;
  }
  return cells;
}

// The widest row; what is beyond is no table.
base::Result<std::uint32_t> width_of(base::TableReader& reader, std::size_t sheet) {
  constexpr std::uint32_t kMost = 200;
  std::uint32_t width = 1;
  const auto end = reader.read(sheet, [&](const base::Row& row) -> base::Result<void> {
    if (!row.cells.empty()) width = std::max(width, std::min(row.cells.back().column, kMost));
    return {};
  });
  if (!end) return tl::unexpected(end.error());
  return width;
}

base::Result<void> copy_sheet(base::TableReader& reader, std::size_t sheet, std::uint32_t width,
                              const std::map<std::uint32_t, RowProblems>& problems, const RowSink& sink) {
  const auto end = reader.read(sheet, [&](const base::Row& row) {
    Cells cells = cells_of(row, width);
    const auto found = problems.find(row.number);
    cells.push_back(found == problems.end() ? "" : found->second.what);
    cells.push_back(found == problems.end() ? "" : found->second.next);
    return sink(cells);
  });
  if (!end) return tl::unexpected(end.error());
  return {};
}

std::vector<std::string_view> views(const Cells& cells) { return {cells.begin(), cells.end()}; }

base::Result<void> write_xlsx(base::TableReader& reader, const ImportedFile& file, const std::string& path) {
  auto writer = base::XlsxWriter::open(path);
  if (!writer) return tl::unexpected(writer.error());
  for (std::size_t i = 0; i < reader.sheets().size(); ++i) {
    const std::string name = reader.sheets()[i].name.empty() ? "修正" : reader.sheets()[i].name;
    const auto problems = problems_of(file, reader.sheets()[i].name);
    if (problems.empty()) continue;
    const auto width = width_of(reader, i);
    if (!width) return tl::unexpected(width.error());
    // The first row of the sheet is the writer's header; the rows of the table follow as they were.
    bool begun = false;
    const auto sink = [&](const Cells& cells) -> base::Result<void> {
      if (begun) return writer->write_row(views(cells));
      begun = true;
      base::XlsxSheet sheet{.name = name, .columns = {}};
      for (const std::string& cell : cells) sheet.columns.push_back({cell, 14});
      sheet.columns[*width].heading = "エラー";
      sheet.columns[*width + 1].heading = "提案";
      return writer->begin_sheet(sheet);
    };
    if (auto ok = copy_sheet(reader, i, *width, problems, sink); !ok) return ok;
  }
  return writer->close();
}

base::Result<void> write_csv(base::TableReader& reader, const ImportedFile& file, const base::Sink& out) {
  base::CsvWriter writer(out, {.bom = true, .crlf = true});
  for (std::size_t i = 0; i < reader.sheets().size(); ++i) {
    const auto problems = problems_of(file, reader.sheets()[i].name);
    if (problems.empty()) continue;
    const auto width = width_of(reader, i);
    if (!width) return tl::unexpected(width.error());
    bool is_first = true;
    const auto sink = [&](const Cells& cells) {
      std::vector<std::string_view> fields = views(cells);
      if (std::exchange(is_first, false)) fields[*width] = "エラー", fields[*width + 1] = "提案";
      return writer.write_row(fields);
    };
    if (auto ok = copy_sheet(reader, i, *width, problems, sink); !ok) return ok;
  }
  return {};
}

}  // namespace

base::Result<void> write_corrections(base::TableReader& reader, const ImportedFile& file, base::AtomicFile& out,
                                     bool as_xlsx) {
  if (as_xlsx) return write_xlsx(reader, file, out.temp_path());
  return write_csv(reader, file, [&out](std::string_view bytes) { return out.write(bytes); });
}

}  // namespace hyojun::app
