#include "decision_file.h"

#include <algorithm>

#include "decision_reader.h"
#include "hyojun/base/csv.h"
#include "hyojun/base/xlsx_writer.h"
#include "sheet_form.h"

namespace hyojun::app {
namespace {

constexpr std::uint32_t kMostTitleRows = 20;

base::Result<void> read_sheet(base::TableReader& reader, std::size_t sheet, const DecisionRequest& request,
                              DecisionFile& file, bool& recognised) {
  SheetProblems problems;
  DecisionReader decisions(request, problems);
  bool has_header = false;
  const auto end = reader.read(sheet, [&](const base::Row& row) -> base::Result<void> {
    if (base::interrupted()) return tl::unexpected(base::interrupted_error());
    if (!has_header) {
      if (row.number <= kMostTitleRows) has_header = decisions.take_header(row);
      return {};
    }
    const bool is_blank =
        std::ranges::all_of(row.cells, [&](const base::Cell& c) { return cell_text(row, c.column).empty(); });
    if (!is_blank) decisions.take(row);
    return {};
  });
  if (!end) return tl::unexpected(end.error());
  recognised = recognised || has_header;
  for (const SheetProblem& p : problems.listed())
    file.problems.push_back({base::ErrorCode::input_rejected, p.what, reader.where(sheet, p.row, p.column), p.next});
  file.problem_count += problems.count();
  file.open += decisions.open();
  std::ranges::move(decisions.rows(), std::back_inserter(file.rows));
  std::ranges::copy(decisions.unread_headings(), std::back_inserter(file.unread_headings));
  return {};
}

base::Result<void> write_xlsx(const std::vector<DecisionSheetRow>& rows, const charmap::Repertoire& repertoire,
                              const std::string& path) {
  auto writer = base::XlsxWriter::open(path);
  if (!writer) return tl::unexpected(writer.error());
  base::XlsxSheet sheet{.name = "外字の決定", .columns = {}};
  for (const DecisionHeading& heading : decision_headings())
    sheet.columns.push_back({std::string(heading.name), heading.width});
  auto& categories = sheet.columns[static_cast<std::size_t>(DecisionColumn::category)].choices;
  for (const core::GaijiCategory category : core::kAllGaijiCategories) categories.emplace_back(core::name_of(category));
  sheet.columns[static_cast<std::size_t>(DecisionColumn::state)].choices = {"案", "決定", "確認済"};
  if (auto ok = writer->begin_sheet(sheet); !ok) return ok;
  for (const DecisionSheetRow& row : rows) {
    const std::vector<std::string> cells = decision_cells(row, repertoire);
    if (auto ok = writer->write_row(std::vector<std::string_view>(cells.begin(), cells.end())); !ok) return ok;
  }
  return writer->close();
}

}  // namespace

base::Result<DecisionFile> read_decisions(base::TableReader& reader, const DecisionRequest& request) {
  DecisionFile file{.name = reader.name(), .digest = reader.digest()};
  bool recognised = false;
  for (std::size_t sheet = 0; sheet < reader.sheets().size(); ++sheet) {
    if (auto ok = read_sheet(reader, sheet, request, file, recognised); !ok) return tl::unexpected(ok.error());
  }
  if (!recognised) {
    return base::fail(base::ErrorCode::input_rejected, {"外字コードの列がありません", "there is no column 外字コード"},
                      {.file = reader.name()},
                      {"hyojun gaiji review か scan --draft が作る様式で渡してください",
                       "give a file as hyojun gaiji review or scan --draft writes it"});
  }
  if (file.problem_count > 0) file.rows.clear();
  return file;
}

base::Result<void> write_decisions(const std::vector<DecisionSheetRow>& rows, const charmap::Repertoire& repertoire,
                                   base::AtomicFile& out, bool plain) {
  if (out.target().ends_with(".xlsx")) return write_xlsx(rows, repertoire, out.temp_path());
  base::CsvWriter writer([&](std::string_view bytes) { return out.write(bytes); }, {.bom = !plain, .crlf = !plain});
  std::vector<std::string_view> headings;
  for (const DecisionHeading& heading : decision_headings()) headings.push_back(plain ? heading.key : heading.name);
  if (auto ok = writer.write_row(headings); !ok) return ok;
  for (const DecisionSheetRow& row : rows) {
    const std::vector<std::string> cells = decision_cells(row, repertoire);
    if (auto ok = writer.write_row(std::vector<std::string_view>(cells.begin(), cells.end())); !ok) return ok;
  }
  return {};
}

}  // namespace hyojun::app
