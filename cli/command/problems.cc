#include "problems.h"

#include <fmt/format.h>

#include <algorithm>

namespace hyojun::cli {

void print_problems(Context& context, const std::vector<base::Error>& problems, std::size_t count) {
  constexpr std::size_t kShown = 20;
  const std::size_t shown = std::min(problems.size(), kShown);
  for (std::size_t i = 0; i < shown; ++i) print_error(context, problems[i]);
  if (count > shown)
    print_message(context, {fmt::format("ほかに {} 件", count - shown), fmt::format("and {} more", count - shown)});
}

void print_unread_headings(Context& context, const std::string& file, const std::vector<std::string>& headings) {
  for (const std::string& heading : headings)
    print_message(context, {fmt::format("{}: 列「{}」は読みません", file, heading),
                            fmt::format("{}: column \"{}\" is not read", file, heading)});
}

}  // namespace hyojun::cli
