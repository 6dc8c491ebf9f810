// What an import changes, told before it is recorded: the same for a dry run and the real one.
#ifndef HYOJUN_CLI_APP_IMPORT_SUMMARY_H_
#define HYOJUN_CLI_APP_IMPORT_SUMMARY_H_

#include <cstddef>

#include "hyojun/core/state.h"

namespace hyojun::app {

// Cells: of surveys (a step, a business) and facts. Against what was known of the draft's day.
struct ImportSummary {
  std::size_t bodies = 0;
  std::size_t cells = 0;        // said
  std::size_t first = 0;        // of which nothing was known
  std::size_t changed = 0;      // that were otherwise
  std::size_t unchanged = 0;    // said again
  std::size_t regressions = 0;  // of the changed: steps that leave 完了済み or 対象外, rates that fall
  std::size_t notes = 0;
};

base::Result<ImportSummary> summarize(const core::Store& store, const core::ImportDraft& draft);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_IMPORT_SUMMARY_H_
