// JSON on one line. File names and queries may hold any bytes; JSON may not: what is no UTF-8 becomes U+FFFD.
#ifndef HYOJUN_CLI_COMMAND_JSON_TEXT_H_
#define HYOJUN_CLI_COMMAND_JSON_TEXT_H_

#include <nlohmann/json.hpp>
#include <string>

namespace hyojun::cli {

inline std::string json_text(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_JSON_TEXT_H_
