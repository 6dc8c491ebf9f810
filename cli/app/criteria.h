// Criteria of matching (同定基準) as an office loads them: none is built in, none is presumed complete.
#ifndef HYOJUN_CLI_APP_CRITERIA_H_
#define HYOJUN_CLI_APP_CRITERIA_H_

#include <string>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::app {

struct Criterion {
  std::string number;  // what a decision records
  std::string title{};
  std::string source{};
  std::string version{};
};

// CSV (UTF-8) with the columns 番号 and any of 名称, 出典, 版 (number, title, source, version). Errors: those of
// base::read_csv; input_rejected for an empty number or one that occurs twice.
base::Result<std::vector<Criterion>> read_criteria(const std::string& path);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_CRITERIA_H_
