#include "table_option.h"

#include "hyojun/base/platform.h"
#include "tables.h"

namespace hyojun::cli {

Option table_option() {
  return {.name = "table",
          .value = "LAYER",
          .summary = {"追加文字などの層 (またはべつの標準文字表) を使う",
                      "Use a layer of added characters (or another table)"},
          .details = {"層は hyojun table import で作ります。環境変数 HYOJUN_TABLE でも指定できます (: で区切る)",
                      "A layer is made by hyojun table import. HYOJUN_TABLE names layers, too (separated by :)"},
          .repeatable = true,
          .group = OptionGroup::table};
}

std::vector<std::string> table_paths(const ParsedArguments& arguments) {
  if (arguments.has("table")) return arguments.values("table");
  std::vector<std::string> paths;
  std::string rest = base::environment_variable("HYOJUN_TABLE").value_or("");
  while (!rest.empty()) {
    const std::size_t colon = std::min(rest.find(':'), rest.size());
    if (colon != 0) paths.push_back(rest.substr(0, colon));
    rest.erase(0, colon + 1);
  }
  return paths;
}

base::Result<std::shared_ptr<const charmap::Repertoire>> repertoire_of(const ParsedArguments& arguments) {
  return app::open_tables(table_paths(arguments));
}

}  // namespace hyojun::cli
