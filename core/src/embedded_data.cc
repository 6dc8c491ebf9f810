#include "embedded_data.h"

#include <algorithm>
#include <utility>

// NOLINTNEXTLINE: one declaration a table of embedded_data.S.
#define HYOJUN_EMBEDDED(name)                                                                   \
  extern "C" const char hyojun_core_##name[];                                                   \
  extern "C" const char hyojun_core_##name##_end[];                                             \
  namespace hyojun::core::embedded {                                                            \
  namespace {                                                                                   \
  std::string_view bytes_of_##name() { return {hyojun_core_##name, hyojun_core_##name##_end}; } \
  }                                                                                             \
  }

HYOJUN_EMBEDDED(prefectures)
HYOJUN_EMBEDDED(municipalities)
HYOJUN_EMBEDDED(wards)
HYOJUN_EMBEDDED(businesses)
HYOJUN_EMBEDDED(steps)
HYOJUN_EMBEDDED(late_reasons)
HYOJUN_EMBEDDED(deadlines)
HYOJUN_EMBEDDED(sql_0001)
HYOJUN_EMBEDDED(sql_0002)
HYOJUN_EMBEDDED(about)
HYOJUN_EMBEDDED(sql_0003)
HYOJUN_EMBEDDED(about_decisions)

namespace hyojun::core::embedded {

std::string_view prefectures() { return bytes_of_prefectures(); }
std::string_view municipalities() { return bytes_of_municipalities(); }
std::string_view wards() { return bytes_of_wards(); }
std::string_view businesses() { return bytes_of_businesses(); }
std::string_view steps() { return bytes_of_steps(); }
std::string_view late_reasons() { return bytes_of_late_reasons(); }
std::string_view deadlines() { return bytes_of_deadlines(); }
std::vector<std::string_view> migrations() { return {bytes_of_sql_0001(), bytes_of_sql_0002(), bytes_of_sql_0003()}; }
std::vector<std::string_view> about() { return {bytes_of_about(), bytes_of_about_decisions()}; }

std::vector<std::vector<std::string_view>> rows(std::string_view tsv) {
  std::vector<std::vector<std::string_view>> found;
  bool is_header = true;
  while (!tsv.empty()) {
    const std::size_t end = std::min(tsv.find('\n'), tsv.size());
    std::string_view line = tsv.substr(0, end);
    tsv.remove_prefix(std::min(end + 1, tsv.size()));
    if (std::exchange(is_header, false) || line.empty()) continue;
    std::vector<std::string_view>& row = found.emplace_back();
    for (std::size_t tab = line.find('\t'); tab != std::string_view::npos; tab = line.find('\t')) {
      row.push_back(line.substr(0, tab));
      line.remove_prefix(tab + 1);
    }
    row.push_back(line);
  }
  return found;
}

}  // namespace hyojun::core::embedded
