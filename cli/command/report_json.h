// The JSON that every report on resident files has in common.
#ifndef HYOJUN_CLI_COMMAND_REPORT_JSON_H_
#define HYOJUN_CLI_COMMAND_REPORT_JSON_H_

#include <nlohmann/json.hpp>
#include <string_view>

#include "identify.h"

namespace hyojun::cli {

// schema, table, source, scope, files, bytes, records, characters, outcomes.
nlohmann::ordered_json report_head(std::string_view schema, const app::Report& report);

// At most three places: [{"file","record","field","byte"}].
nlohmann::ordered_json positions_json(const app::Report& report, const charmap::ExceptionTally& tally);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_REPORT_JSON_H_
