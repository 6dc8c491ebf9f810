#include "tracker_import.h"

#include <fmt/format.h>

#include <algorithm>

#include "body_finder.h"
#include "hyojun/base/platform.h"
#include "sheet_form.h"

namespace hyojun::app {
namespace {

using base::ErrorCode;

constexpr std::uint32_t kMostTitleRows = 20;

struct OpenSheet {
  std::unique_ptr<SheetForm> form{};
  std::uint32_t header_row = 0;
  std::string titles{};  // texts above the header
  std::uint32_t last_row = 0;
};

std::string base_name(const std::string& path) { return path.substr(path.find_last_of('/') + 1); }

// The day the sheet itself names; none if it names none.
base::Result<std::optional<base::Date>> date_of_sheet(const std::string& titles, const std::string& name) {
  std::optional<base::Date> found;
  for (const std::string* text : {&titles, &name}) {
    const auto dates = base::find_dates(*text);
    if (!dates) return tl::unexpected(dates.error());
    if (dates->empty()) continue;
    const auto date = base::find_date(*text);
    if (!date) return tl::unexpected(date.error());
    const bool same_month = found && found->year() == date->date.year() && found->month() == date->date.month();
    if (found && *found != date->date && (date->precision == base::DatePrecision::day || !same_month)) {
      return base::fail(ErrorCode::input_rejected,
                        {fmt::format("表題の日付 {} とシート名の日付 {} が違います", found->iso(), date->date.iso()),
                         fmt::format("the title says {}, the name of the sheet {}", found->iso(), date->date.iso())},
                        {}, {"一方を直してください", "mend one of them"});
    }
    if (!found) found = date->date;
  }
  return found;
}

base::Result<base::Date> decide_date(const std::optional<base::Date>& stated, const std::optional<base::Date>& asked,
                                     const base::Where& where) {
  if (stated && asked && *stated != *asked) {
    return base::fail(
        ErrorCode::input_rejected,
        {fmt::format("--as-of {} は、表の日付 {}（{}）と違います", asked->iso(), stated->iso(), stated->wareki()),
         fmt::format("--as-of {} contradicts the sheet, which says {} ({})", asked->iso(), stated->iso(),
                     stated->wareki())},
        where, {"--as-of を外すか、正しいファイルを指定してください", "leave out --as-of, or name the right file"});
  }
  if (stated) return *stated;
  if (asked) return *asked;
  return base::fail(ErrorCode::usage,
                    {"この表には日付がありません。いつの時点の資料かを指定してください",
                     "the sheet carries no date: say which day it speaks of"},
                    where, {"例: --as-of 2026-01-31 または --as-of 令和8年1月31日", "for example --as-of 2026-01-31"});
}

class SheetReader {
 public:
  SheetReader(base::TableReader& reader, const core::Store& store, const ImportRequest& request, std::size_t sheet)
      : reader_(reader), store_(store), request_(request), sheet_(sheet) {}

  // Null if the sheet is of no form.
  base::Result<std::optional<ImportedSheet>> read(ImportedFile& file) {
    const auto end = reader_.read(sheet_, [this](const base::Row& row) { return take(row); });
    if (!end) return tl::unexpected(end.error());
    if (!open_.form) return std::optional<ImportedSheet>();
    refuse_merged(*end);
    if (problems_.empty() && open_.last_row == 0)
      problems_.add(open_.header_row, 0, {"見出しの下に行がありません", "there is no row below the header"});
    const std::string& name = reader_.sheets()[sheet_].name;
    const auto stated = date_of_sheet(open_.titles, name);
    if (!stated) {
      problems_.add(0, 0, stated.error().what, stated.error().next);
    } else {
      const auto date = decide_date(*stated, request_.as_of, reader_.where(sheet_, 0));
      if (!date) return tl::unexpected(date.error());
      if (problems_.empty()) {
        ImportedSheet sheet = finish(*date, stated->has_value());
        if (!sheet.draft.lines.empty() || !sheet.draft.facts.empty() || !sheet.draft.notes.empty())
          return std::optional(std::move(sheet));
        problems_.add(
            open_.header_row, 0,
            {"このデータベースの対象の団体について何も書かれていません", "nothing is said of a body of this database"},
            {"--db と表の都道府県を確かめてください", "check --db and the prefecture of the sheet"});
      }
    }
    list_problems(file);
    return std::optional<ImportedSheet>();
  }
  bool recognised() const { return open_.form != nullptr; }

 private:
  base::Result<void> take(const base::Row& row) {
    if (base::interrupted()) return tl::unexpected(base::interrupted_error());
    if (!open_.form) {
      if (row.number > kMostTitleRows) return {};
      open_.form = recognise(row, context_);
      open_.header_row = row.number;
      if (open_.form) {
        const auto stated = date_of_sheet(open_.titles, reader_.sheets()[sheet_].name);
        bodies_.set_day(stated && *stated ? *stated : request_.as_of);
        return {};
      }
      for (const base::Cell& cell : row.cells) open_.titles += std::string(cell.text) + "\n";
      return {};
    }
    const bool is_blank =
        std::ranges::all_of(row.cells, [&](const base::Cell& cell) { return cell_text(row, cell.column).empty(); });
    if (is_blank) return {};
    open_.last_row = row.number;
    open_.form->read(row);
    return {};
  }

  void refuse_merged(const base::XlsxSheetEnd& end) {
    for (const base::CellRange& range : end.merged) {
      if (range.last_row < open_.header_row || range.first_column > open_.form->last_column()) continue;
      if (range.first_row > open_.last_row) continue;
      problems_.add(range.first_row, range.first_column, {"セルが結合されています", "the cell is merged with others"},
                    {"結合を解いて、各セルに値を書いてください", "unmerge it and write a value into each cell"});
    }
  }

  ImportedSheet finish(const base::Date& date, bool dated_by_sheet) {
    const std::string source = request_.source.empty() ? std::string(open_.form->source()) : request_.source;
    ImportedSheet sheet{.sheet = sheet_,
                        .sheet_name = reader_.sheets()[sheet_].name,
                        .title = std::string(open_.form->source()),
                        .draft = {.as_of = date,
                                  .form = std::string(open_.form->key()),
                                  .source = source,
                                  .file = base_name(reader_.name()),
                                  .sheet = reader_.sheets()[sheet_].name,
                                  .sha256 = reader_.digest(),
                                  .actor = request_.actor,
                                  .tool = request_.tool},
                        .dated_by_sheet = dated_by_sheet,
                        .zeros_restored = bodies_.zeros_restored(),
                        .out_of_scope = bodies_.out_of_scope(),
                        .unread_headings = open_.form->unread_headings(),
                        .header_row = open_.header_row};
    open_.form->finish(sheet.draft);
    return sheet;
  }

  void list_problems(ImportedFile& file) {
    for (const SheetProblem& problem : problems_.listed()) {
      file.problems.push_back(
          {ErrorCode::input_rejected, problem.what, reader_.where(sheet_, problem.row, problem.column), problem.next});
    }
    file.problem_count += problems_.count();
  }

  base::TableReader& reader_;
  const core::Store& store_;
  const ImportRequest& request_;
  std::size_t sheet_;
  SheetProblems problems_;
  BodyFinder bodies_{store_.catalog(), store_.scope(), problems_};
  SheetContext context_{store_.catalog(), store_.scope(), bodies_, problems_};
  OpenSheet open_;
};

base::Result<void> check_found(const ImportedFile& file) {
  if (!file.sheets.empty() || !file.problems.empty()) return {};
  return base::fail(ErrorCode::input_rejected,
                    {"取り込める様式の表がありません", "no sheet in a form that can be imported"}, {.file = file.name},
                    {"総務省・デジタル庁の公表様式か、hyojun template の様式で渡してください",
                     "give a sheet as MIC or Digital Agency publish it, or in a form of hyojun template"});
}

}  // namespace

base::Result<ImportedFile> read_import(base::TableReader& reader, const core::Store& store,
                                       const ImportRequest& request) {
  ImportedFile file{.name = reader.name()};
  for (std::size_t i = 0; i < reader.sheets().size(); ++i) {
    SheetReader sheet(reader, store, request, i);
    auto read = sheet.read(file);
    if (!read) return tl::unexpected(read.error());
    if (*read) file.sheets.push_back(std::move(**read));
    if (!sheet.recognised()) file.other_sheets.push_back(reader.sheets()[i].name);
  }
  if (auto ok = check_found(file); !ok) return tl::unexpected(ok.error());
  if (!file.problems.empty()) file.sheets.clear();
  return file;
}

}  // namespace hyojun::app
