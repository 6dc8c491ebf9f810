// What hyojun convert reports.
#ifndef HYOJUN_CLI_COMMAND_CONVERT_REPORT_H_
#define HYOJUN_CLI_COMMAND_CONVERT_REPORT_H_

#include "context.h"
#include "convert.h"

namespace hyojun::cli {

// `hyojun.convert/1` (the keys are a contract).
void write_convert_json(const app::ConvertReport& report, Output& out);

// One screen: files, outcomes, what was replaced by what, where the output is, what to do next.
void write_convert_text(const app::ConvertReport& report, const Context& context, Output& out);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_CONVERT_REPORT_H_
