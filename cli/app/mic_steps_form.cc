// 総務省 業務別ステップ別進捗一覧: one row a municipality and business, a status a step.
#include <fmt/format.h>

#include <array>
#include <map>
#include <set>

#include "hyojun/base/text.h"
#include "sheet_form.h"

namespace hyojun::app {
namespace {

constexpr std::uint32_t kPrefecture = 1;
constexpr std::uint32_t kName = 2;
constexpr std::uint32_t kBusiness = 3;

class MicSteps final : public SheetForm {
 public:
  MicSteps(const SheetContext& context, std::vector<std::size_t> steps) : context_(context), steps_(std::move(steps)) {}

  std::string_view key() const override { return "mic-steps"; }
  std::string_view source() const override { return "総務省 業務別ステップ別進捗一覧"; }
  std::uint32_t last_column() const override { return static_cast<std::uint32_t>(steps_.size()); }

  void read(const base::Row& row) override {
    const auto body = context_.bodies.by_name(cell_text(row, kPrefecture), cell_text(row, kName), row.number, kName);
    const std::size_t business = business_of(cell_text(row, kBusiness), row.number);
    if (!body || business == 0 || !context_.bodies.is_in_scope(*body)) return;
    if (!rows_.insert(*body * core::kAllBusinesses + business).second) {
      context_.problems.add(row.number, kBusiness,
                            {"同じ団体・業務の行が二つあります", "a second row for the same body and business"},
                            {"一方を除いてください", "remove one of them"});
      return;
    }
    std::string& cells = lines_.cells(context_.catalog, *body);
    for (const base::Cell& cell : row.cells) {
      if (cell.column <= kBusiness || cell.column > steps_.size() || steps_[cell.column - 1] == 0) continue;
      if (!check_cell(cell, row.number, context_.problems)) continue;
      const auto status = core::find_status(cell.text);
      if (status) {
        cells[(business - 1) * core::kSteps + steps_[cell.column - 1] - 1] = static_cast<char>(*status);
      } else {
        context_.problems.add(
            row.number, cell.column,
            {fmt::format("状況「{}」はありません", shown_label(cell.text)),
             fmt::format("there is no status \"{}\"", shown_label(cell.text))},
            {"完了済み・作業中・未着手・対象外のいずれかを書いてください", "write 完了済み, 作業中, 未着手 or 対象外"});
      }
    }
  }

  void finish(core::ImportDraft& draft) override { lines_.finish(draft); }

 private:
  std::size_t business_of(std::string_view text, std::uint32_t row) {
    const auto [place, is_new] = businesses_.try_emplace(std::string(text), 0);
    if (is_new) {
      const core::Business* business = core::Catalog::find_business(text);
      place->second = business != nullptr && business->no <= core::kBusinesses ? business->no : 0;
    }
    if (place->second == 0) {
      context_.problems.add(row, kBusiness,
                            {fmt::format("業務「{}」はありません", shown_label(text)),
                             fmt::format("there is no business \"{}\"", shown_label(text))},
                            {"標準化対象の20業務の名称を書いてください", "write the name of one of the 20 businesses"});
    }
    return place->second;
  }

  SheetContext context_;
  std::vector<std::size_t> steps_;  // step number by column - 1; 0: no step
  std::map<std::string, std::size_t, std::less<>> businesses_;
  std::set<std::size_t> rows_;
  LineSet lines_{core::Indicator::steps};
};

}  // namespace

std::unique_ptr<SheetForm> mic_steps_form(const base::Row& row, const SheetContext& context) {
  const std::vector<std::string> labels = header_labels(row);
  if (labels.size() < kBusiness || !labels[0].starts_with("都道府県") || !labels[1].starts_with("市区町村") ||
      !labels[2].starts_with("業務"))
    return nullptr;
  std::vector<std::size_t> steps(labels.size());
  std::array<bool, core::kSteps + 1> seen{};
  for (std::size_t i = kBusiness; i < labels.size(); ++i) {
    if (labels[i].empty()) continue;
    const core::Step* step = core::Catalog::find_step(labels[i]);
    if (step == nullptr || seen[step->no]) {
      context.problems.add(row.number, static_cast<std::uint32_t>(i + 1),
                           {fmt::format("手順「{}」はありません", shown_label(labels[i])),
                            fmt::format("there is no step \"{}\"", shown_label(labels[i]))},
                           {"公表された40手順の名称を、1列ずつ書いてください", "name each of the 40 steps once"});
      continue;
    }
    steps[i] = step->no;
    seen[step->no] = true;
  }
  for (const core::Step& step : core::Catalog::steps()) {
    if (seen[step.no]) continue;
    context.problems.add(row.number, 0,
                         {fmt::format("手順 {}「{}」の列がありません", step.no, shown_label(step.name)),
                          fmt::format("there is no column for step {}", step.no)},
                         {"公表された様式のまま取り込んでください", "import the sheet as it was published"});
  }
  return std::make_unique<MicSteps>(context, std::move(steps));
}

}  // namespace hyojun::app
