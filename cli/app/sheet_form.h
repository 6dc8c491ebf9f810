// The layouts of sheets that can be imported: recognised by their header row, read row by row.
//
//   mic-rates  総務省 進捗状況: 都道府県, 市区町村, 全体完了率, 20 businesses; rates are n/40, the total is only
//   compared mic-steps  総務省 業務別ステップ別進捗一覧: 都道府県名, 市区町村名, 業務名, 40 steps with the words of the
//   statuses da-late    デジタル庁 結果一覧: 団体コード, 自治体名, 自治体区分, 20 businesses and 共通機能; ● is
//   flagged. Who is missing from
//              the list is not flagged: it speaks of every body of each prefecture that occurs in it
//   own        hyojun's own sheets: 団体コード (or 都道府県 and 市区町村), 業務, and columns named as in own_columns.h
//
// tracker.md §4. Labels are compared after NFKC, without spaces. Rows are checked completely; problems are collected.
#ifndef HYOJUN_CLI_APP_SHEET_FORM_H_
#define HYOJUN_CLI_APP_SHEET_FORM_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "body_finder.h"
#include "hyojun/base/cell.h"
#include "hyojun/core/facts.h"
#include "sheet_problems.h"

namespace hyojun::app {

// What a form needs to read rows. Lives as long as the form.
struct SheetContext {
  const core::Catalog& catalog;
  const core::Scope& scope;
  BodyFinder& bodies;
  SheetProblems& problems;
};

class SheetForm {
 public:
  virtual ~SheetForm() = default;
  // "mic-rates" …; ImportDraft::form.
  virtual std::string_view key() const = 0;
  // 出典 where the sheet names none.
  virtual std::string_view source() const = 0;
  // One row below the header.
  virtual void read(const base::Row& row) = 0;
  // After the last row: adds lines, facts, notes and coverage to the draft. `draft.as_of` is set.
  virtual void finish(core::ImportDraft& draft) = 0;
  // The columns that hold data, 1…n: merged cells there are refused.
  virtual std::uint32_t last_column() const = 0;
  // Headings that were not read.
  virtual std::vector<std::string> unread_headings() const { return {}; }
};

// The form whose header this row is; null if it is no header. Problems of the header (a business that does not exist,
// a missing column) are added to the context.
std::unique_ptr<SheetForm> recognise(const base::Row& row, const SheetContext& context);

// The four makers, each null if the row is not its header.
std::unique_ptr<SheetForm> mic_rates_form(const base::Row& row, const SheetContext& context);
std::unique_ptr<SheetForm> mic_steps_form(const base::Row& row, const SheetContext& context);
std::unique_ptr<SheetForm> da_late_form(const base::Row& row, const SheetContext& context);
std::unique_ptr<SheetForm> own_form(const base::Row& row, const SheetContext& context);

// What the forms share -----------------------------------------------------------------------------------------------

// The text of a cell without spaces around it; empty if there is no cell.
std::string_view cell_text(const base::Row& row, std::uint32_t column);
// True if the cell may be read as a value: no formula, no error value. Otherwise a problem.
bool check_cell(const base::Cell& cell, std::uint32_t row, SheetProblems& problems);
// Labels of a header row by column; empty where there is no heading.
std::vector<std::string> header_labels(const base::Row& row);

// Survey lines of many bodies while they are filled.
class LineSet {
 public:
  explicit LineSet(core::Indicator indicator) : indicator_(indicator) {}
  std::string& cells(const core::Catalog& catalog, std::size_t body);
  bool contains(std::size_t body) const { return lines_.contains(body); }
  bool empty() const { return lines_.empty(); }
  // Moves the lines into the draft, with a coverage of each body and the businesses its line speaks of.
  void finish(core::ImportDraft& draft);

 private:
  core::Indicator indicator_;
  std::map<std::size_t, core::SurveyLine> lines_;
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_SHEET_FORM_H_
