// What hyojun identify prints.
#ifndef HYOJUN_CLI_COMMAND_IDENTIFY_REPORT_H_
#define HYOJUN_CLI_COMMAND_IDENTIFY_REPORT_H_

#include "context.h"
#include "identify.h"

namespace hyojun::cli {

// `hyojun.identify/1` (the keys are a contract), written piece by piece: a report may hold 100,000 exceptions.
void write_identify_json(const app::Report& report, Output& out);

// One screen: outcomes, default glyphs assumed, exceptions by frequency, suspicions, what to do next.
void write_identify_text(const app::Report& report, Context& context);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_IDENTIFY_REPORT_H_
