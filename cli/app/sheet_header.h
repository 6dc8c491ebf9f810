// The columns of a published sheet: which column is of which business.
#ifndef HYOJUN_CLI_APP_SHEET_HEADER_H_
#define HYOJUN_CLI_APP_SHEET_HEADER_H_

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "hyojun/core/catalog.h"
#include "sheet_form.h"

namespace hyojun::app {

// What a sheet calls the businesses, and how many of the 21 it may name. The 20 must be there; 共通機能 may be missing.
struct BusinessColumns {
  std::size_t first;  // columns before it are of no business
  std::size_t most;   // businesses 1 … most
  std::string core::Business::*label;
  base::Text wanted;  // the next step where a heading is none
};

// Business numbers by column - 1, 0 where there is none. Unknown, repeated and missing ones are problems of the header.
std::vector<std::size_t> business_columns(const std::vector<std::string>& labels, std::uint32_t row,
                                          const BusinessColumns& columns, SheetProblems& problems);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_SHEET_HEADER_H_
