// hyojun status --theme: the figures, the steps and the open notes of one theme on one page.
#ifndef HYOJUN_CLI_COMMAND_STATUS_THEME_H_
#define HYOJUN_CLI_COMMAND_STATUS_THEME_H_

#include <hyojun/core/state.h>

#include <string>

#include "report.h"

namespace hyojun::cli {

// 文字同定: steps 32 and 33 and what is reported of the identification of gaiji; 連携: step 5. Any other theme: its
// notes. `state` is read with progress, facts and notes.
Report theme_report(const core::State& state, const std::string& name);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_STATUS_THEME_H_
