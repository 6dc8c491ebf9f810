#include "sheet_header.h"

#include <fmt/format.h>

#include <array>

namespace hyojun::app {

std::vector<std::size_t> business_columns(const std::vector<std::string>& labels, std::uint32_t row,
                                          const BusinessColumns& columns, SheetProblems& problems) {
  std::vector<std::size_t> businesses(labels.size());
  std::array<bool, core::kAllBusinesses + 1> seen{};
  for (std::size_t i = columns.first; i < labels.size(); ++i) {
    if (labels[i].empty()) continue;
    const core::Business* business = core::Catalog::find_business(labels[i]);
    if (business != nullptr && business->no <= columns.most && !seen[business->no]) {
      businesses[i] = business->no;
      seen[business->no] = true;
      continue;
    }
    problems.add(row, static_cast<std::uint32_t>(i + 1),
                 {fmt::format("業務「{}」はありません", shown_label(labels[i])),
                  fmt::format("there is no business \"{}\"", shown_label(labels[i]))},
                 columns.wanted);
  }
  for (const core::Business& business : core::Catalog::businesses().first(core::kBusinesses)) {
    if (seen[business.no]) continue;
    const std::string& label = business.*columns.label;
    problems.add(
        row, 0, {fmt::format("業務「{}」の列がありません", label), fmt::format("there is no column for \"{}\"", label)},
        {"公表された様式のまま取り込んでください", "import the sheet as it was published"});
  }
  return businesses;
}

}  // namespace hyojun::app
