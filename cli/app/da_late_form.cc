// デジタル庁 結果一覧: one row a body with a flagged system, ● in the column of the business.
#include <fmt/format.h>

#include <set>

#include "hyojun/base/text.h"
#include "sheet_form.h"
#include "sheet_header.h"

namespace hyojun::app {
namespace {

constexpr std::uint32_t kCode = 1;
constexpr std::uint32_t kName = 2;
constexpr std::uint32_t kClass = 3;

class DaLate final : public SheetForm {
 public:
  DaLate(const SheetContext& context, std::vector<std::size_t> businesses)
      : context_(context), businesses_(std::move(businesses)) {}

  std::string_view key() const override { return "da-late"; }
  std::string_view source() const override { return "デジタル庁 特定移行支援システムの該当見込み"; }
  std::uint32_t last_column() const override { return static_cast<std::uint32_t>(businesses_.size()); }

  void read(const base::Row& row) override {
    const auto body = context_.bodies.by_code(cell_text(row, kCode), row.number, kCode);
    if (!body || !context_.bodies.check_name(*body, cell_text(row, kName), row.number, kName)) return;
    if (!context_.bodies.is_in_scope(*body)) return;
    if (lines_.contains(*body)) {
      context_.problems.add(row.number, kCode, {"同じ団体の行が二つあります", "a second row for the same body"},
                            {"一方を除いてください", "remove one of them"});
      return;
    }
    prefectures_.insert(context_.catalog.prefecture_of(*body));
    std::string& cells = lines_.cells(context_.catalog, *body);
    for (std::uint32_t column = kClass + 1; column <= businesses_.size(); ++column) {
      const std::size_t business = businesses_[column - 1];
      if (business == 0) continue;
      cells[business - 1] = '0';
      const base::Cell* cell = row.find(column);
      if (cell != nullptr && is_flag(*cell, row.number)) cells[business - 1] = '1';
    }
  }

  // Every body of a prefecture that occurs is spoken of: absence is a fact.
  void finish(core::ImportDraft& draft) override {
    std::string said(core::kAllBusinesses, '0');
    for (const std::size_t business : businesses_) {
      if (business > 0) said[business - 1] = '1';
    }
    const std::string day = draft.as_of.iso();
    for (std::size_t body = 0; body < context_.catalog.bodies().size(); ++body) {
      const core::Body& entry = context_.catalog.bodies()[body];
      if (!prefectures_.contains(context_.catalog.prefecture_of(body)) || lines_.contains(body) ||
          !context_.scope.contains(entry) || !entry.exists_on(day))
        continue;
      std::string& cells = lines_.cells(context_.catalog, body);
      for (std::size_t i = 0; i < core::kAllBusinesses; ++i) cells[i] = said[i] == '1' ? '0' : '.';
    }
    lines_.finish(draft);
    if (context_.scope.body.empty()) {
      draft.coverage.clear();
      for (const std::size_t body : prefectures_)
        draft.coverage.push_back(
            {std::string(key_of(core::Indicator::late)), context_.catalog.bodies()[body].code, true, said});
    }
  }

 private:
  bool is_flag(const base::Cell& cell, std::uint32_t row) {
    static const std::set<std::string, std::less<>> flags = {"●", "○", "〇", "◯", "1", "該当"};
    if (!check_cell(cell, row, context_.problems)) return false;
    const std::string label = base::nfkc_label(cell.text);
    if (label.empty() || label == "-") return false;
    if (flags.contains(label)) return true;
    context_.problems.add(
        row, cell.column,
        {fmt::format("該当の印「{}」は読めません", shown_label(cell.text)),
         fmt::format("the mark \"{}\" cannot be read", shown_label(cell.text))},
        {"該当は ●、該当しなければ空欄にしてください", "write ● for a flagged system, nothing otherwise"});
    return false;
  }

  SheetContext context_;
  std::vector<std::size_t> businesses_;  // business number by column - 1; 0: none
  std::set<std::size_t> prefectures_;
  LineSet lines_{core::Indicator::late};
};

}  // namespace

std::unique_ptr<SheetForm> da_late_form(const base::Row& row, const SheetContext& context) {
  const std::vector<std::string> labels = header_labels(row);
  if (labels.size() < kClass || labels[0] != "団体コード" || labels[1] != "自治体名" || labels[2] != "自治体区分")
    return nullptr;
  // Lists before 2025-12 counted the 20 businesses only: 共通機能 may be missing.
  std::vector<std::size_t> businesses =
      business_columns(labels, row.number,
                       {.first = kClass,
                        .most = core::kAllBusinesses,
                        .label = &core::Business::label_da,
                        .wanted = {"20業務と共通機能の名称を、1列ずつ書いてください",
                                   "name each of the 20 businesses and 共通機能 once"}},
                       context.problems);
  return std::make_unique<DaLate>(context, std::move(businesses));
}

}  // namespace hyojun::app
