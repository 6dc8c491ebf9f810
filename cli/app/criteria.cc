#include "criteria.h"

#include <algorithm>

#include "hyojun/base/csv.h"

namespace hyojun::app {

base::Result<std::vector<Criterion>> read_criteria(const std::string& path) {
  const auto csv = base::read_csv(path);
  if (!csv) return tl::unexpected(csv.error());
  const auto number = csv->require_column({"番号", "number"});
  if (!number) return tl::unexpected(number.error());
  const auto title = csv->find_column({"名称", "title"});
  const auto source = csv->find_column({"出典", "source"});
  const auto version = csv->find_column({"版", "version"});
  std::vector<Criterion> criteria;
  for (std::size_t row = 0; row < csv->row_count(); ++row) {
    const auto text = [&](const std::optional<std::size_t>& column) {
      return column ? std::string(csv->cell(row, *column)) : std::string();
    };
    Criterion criterion{text(*number), text(title), text(source), text(version)};
    if (criterion.number.empty() || std::ranges::find(criteria, criterion.number, &Criterion::number) != criteria.end())
      return base::fail(
          base::ErrorCode::input_rejected,
          {"同定基準の番号がないか、二度あります", "the number of a criterion is missing or stands twice"},
          csv->where(row, *number), {"番号を直してください", "mend the number"});
    criteria.push_back(std::move(criterion));
  }
  return criteria;
}

}  // namespace hyojun::app
