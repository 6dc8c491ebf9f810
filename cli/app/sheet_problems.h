// What is wrong with a sheet, all of it: each with its place and what to write instead.
#ifndef HYOJUN_CLI_APP_SHEET_PROBLEMS_H_
#define HYOJUN_CLI_APP_SHEET_PROBLEMS_H_

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::app {

struct SheetProblem {
  std::uint32_t row;     // from 1; 0: the sheet as a whole
  std::uint32_t column;  // from 1; 0: the row as a whole
  base::Text what;
  base::Text next;
};

// The problems of one sheet, in the order they were met. After kMost the rest is only counted: a wrong file has as many
// as it has cells. Never quotes more of a cell than a label.
class SheetProblems {
 public:
  static constexpr std::size_t kMost = 1000;

  void add(std::uint32_t row, std::uint32_t column, base::Text what, base::Text next = {"", ""}) {
    ++count_;
    if (listed_.size() < kMost) listed_.push_back({row, column, std::move(what), std::move(next)});
  }
  bool empty() const { return count_ == 0; }
  std::size_t count() const { return count_; }
  const std::vector<SheetProblem>& listed() const { return listed_; }

 private:
  std::vector<SheetProblem> listed_;
  std::size_t count_ = 0;
};

// A label of a sheet for a message: at most 20 characters of it.
std::string shown_label(std::string_view text);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_SHEET_PROBLEMS_H_
