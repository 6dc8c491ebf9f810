// What the JSON of all commands has in common.
#ifndef HYOJUN_CLI_COMMAND_JSON_TEXT_H_
#define HYOJUN_CLI_COMMAND_JSON_TEXT_H_

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "hyojun/base/number.h"
#include "hyojun/charmap/table.h"

namespace hyojun::cli {

// On one line. File names and queries may hold any bytes; JSON may not: what is no UTF-8 becomes U+FFFD.
inline std::string json_text(const nlohmann::ordered_json& value) {
  return value.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

inline nlohmann::ordered_json text_or_null(const std::string& text) {
  return text.empty() ? nlohmann::ordered_json(nullptr) : nlohmann::ordered_json(text);
}

// {"text","relation","rank"}: a character shown beside another, never applied.
inline nlohmann::ordered_json reference_json(const charmap::Reference& reference) {
  constexpr std::string_view kRelations[] = {"告示582号別表第四 一", "告示582号別表第四 二",
                                             "Unicode EquivalentUnifiedIdeograph"};
  return {{"text", base::format_code_points({&reference.target, 1})},
          {"relation", kRelations[static_cast<std::size_t>(reference.kind)]},
          {"rank", reference.rank}};
}

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_JSON_TEXT_H_
