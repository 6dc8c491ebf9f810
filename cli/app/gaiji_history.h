// The recorded decisions on certain gaiji, by their codes as people write them.
#ifndef HYOJUN_CLI_APP_GAIJI_HISTORY_H_
#define HYOJUN_CLI_APP_GAIJI_HISTORY_H_

#include <string>
#include <vector>

#include "hyojun/charmap/repertoire.h"
#include "hyojun/core/decision_history.h"

namespace hyojun::app {

struct GaijiChoice {
  std::vector<std::string> codes{};  // "F040", "0xF040", "U+E000" in any encoding; empty: every gaiji
  std::string system{};              // empty: every system
  std::string encoding{};            // the same
};

// Keeps what is chosen, in its order. Errors: usage (nothing was ever recorded of one of the codes, or at all).
base::Result<std::vector<core::DecisionEntry>> choose_decisions(std::vector<core::DecisionEntry> all,
                                                                const GaijiChoice& choice,
                                                                const charmap::Repertoire& repertoire);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GAIJI_HISTORY_H_
