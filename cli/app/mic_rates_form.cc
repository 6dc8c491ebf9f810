// 総務省 進捗状況: one row a municipality, a rate a business.
#include <fmt/format.h>

#include <charconv>
#include <cmath>

#include "hyojun/base/text.h"
#include "hyojun/core/rate.h"
#include "sheet_form.h"
#include "sheet_header.h"

namespace hyojun::app {
namespace {

constexpr std::uint32_t kPrefecture = 1;
constexpr std::uint32_t kName = 2;
constexpr std::uint32_t kTotal = 3;
constexpr double kTotalTolerance = 0.0001;  // the published totals are rounded both ways to four digits

std::optional<double> number_of(std::string_view text) {
  const bool is_percent = text.ends_with('%');
  if (is_percent) text.remove_suffix(1);
  double value = 0;
  const auto [end, status] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (status != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return is_percent ? value / 100 : value;
}

class MicRates final : public SheetForm {
 public:
  MicRates(const SheetContext& context, std::vector<std::size_t> businesses)
      : context_(context), businesses_(std::move(businesses)) {}

  std::string_view key() const override { return "mic-rates"; }
  std::string_view source() const override { return "総務省 標準準拠システムへの移行の進捗状況"; }
  std::uint32_t last_column() const override { return static_cast<std::uint32_t>(businesses_.size()); }

  void read(const base::Row& row) override {
    const std::string_view name = cell_text(row, kName);
    const auto body = context_.bodies.by_name(cell_text(row, kPrefecture), name, row.number, kName);
    if (!body || !context_.bodies.is_in_scope(*body)) return;
    if (lines_.contains(*body)) {
      context_.problems.add(row.number, kName, {"同じ団体の行が二つあります", "a second row for the same body"},
                            {"一方を除いてください", "remove one of them"});
      return;
    }
    std::string& cells = lines_.cells(context_.catalog, *body);
    int sum = 0;
    std::size_t said = 0;
    for (std::uint32_t column = kTotal + 1; column <= businesses_.size(); ++column) {
      const std::size_t business = businesses_[column - 1];
      const base::Cell* cell = row.find(column);
      if (business == 0 || cell == nullptr) continue;
      const auto steps = steps_of(*cell, row.number);
      if (!steps) continue;
      cells.replace((business - 1) * 2, 2, fmt::format("{:02}", *steps));
      sum += *steps;
      ++said;
    }
    if (said == core::kBusinesses) check_total(row, sum);
  }

  void finish(core::ImportDraft& draft) override { lines_.finish(draft); }

 private:
  std::optional<int> steps_of(const base::Cell& cell, std::uint32_t row) {
    if (!check_cell(cell, row, context_.problems)) return std::nullopt;
    if (cell.text == "-" || cell.text == "－") return std::nullopt;
    const auto rate = cell.kind == base::CellKind::date ? std::nullopt : number_of(cell.text);
    const auto steps = rate ? core::steps_of_rate(*rate) : std::nullopt;
    if (!steps) {
      context_.problems.add(row, cell.column,
                            cell.kind == base::CellKind::date
                                ? base::Text{"日付になっています", "the cell holds a date"}
                                : base::Text{"完了率が 40 分の整数になりません", "the rate is no n/40"},
                            {"0 から 1 までの、40 手順のうちの割合を書いてください (例 0.575)",
                             "write the part of 40 steps, 0 to 1, such as 0.575"});
    }
    return steps;
  }

  void check_total(const base::Row& row, int sum) {
    const base::Cell* cell = row.find(kTotal);
    if (cell == nullptr) return;
    const auto total = cell->kind == base::CellKind::date ? std::nullopt : number_of(cell->text);
    const double mean = sum / 800.0;
    if (total && std::abs(*total - mean) <= kTotalTolerance + 1e-9) return;
    context_.problems.add(row.number, kTotal,
                          {fmt::format("全体完了率が 20 業務の平均 {:.4f} と合いません", mean),
                           fmt::format("the total is not the mean of the 20 businesses, {:.4f}", mean)},
                          {"業務の完了率か全体完了率を直してください", "mend the rates or the total"});
  }

  SheetContext context_;
  std::vector<std::size_t> businesses_;  // business number by column - 1; 0: no business
  LineSet lines_{core::Indicator::finished};
};

}  // namespace

std::unique_ptr<SheetForm> mic_rates_form(const base::Row& row, const SheetContext& context) {
  const std::vector<std::string> labels = header_labels(row);
  if (labels.size() < kTotal || !labels[0].starts_with("都道府県") || !labels[1].starts_with("市区町村") ||
      labels[2] != "全体完了率")
    return nullptr;
  std::vector<std::size_t> businesses = business_columns(
      labels, row.number,
      {.first = kTotal,
       .most = core::kBusinesses,
       .label = &core::Business::label_mic,
       .wanted = {"標準化対象の20業務の名称を、1列ずつ書いてください", "name each of the 20 businesses once"}},
      context.problems);
  return std::make_unique<MicRates>(context, std::move(businesses));
}

}  // namespace hyojun::app
