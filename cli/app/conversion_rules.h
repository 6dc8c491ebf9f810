// Rules for single columns, from one small JSON file:
//
//   {"schema":"hyojun.rules/1","columns":[
//     {"column":"氏名","form":"ivs"},
//     {"column":"住所","shrink":"ipa","unidentified":"geta"},
//     {"column":"カナ","fold":["halfwidth-kana"]}]}
//
// `column`: a heading or a number from 1, each once. `form`, `shrink` (null: none), `unidentified`, `fold` as the
// options of that name; what a rule leaves out, and every column without a rule, is as the options say.
#ifndef HYOJUN_CLI_APP_CONVERSION_RULES_H_
#define HYOJUN_CLI_APP_CONVERSION_RULES_H_

#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/converter.h"

namespace hyojun::app {

struct ConversionRules {
  std::vector<std::string> columns;
  std::vector<charmap::Treatment> treatments;  // of the columns, in their order
  std::string digest;                          // SHA-256 of the file, hex
};

// `otherwise`: what a rule leaves out. Errors: environment; input_rejected (no JSON, another schema, an unknown key or
// value, a column twice).
base::Result<ConversionRules> open_rules(const std::string& path, const charmap::Treatment& otherwise);
base::Result<ConversionRules> parse_rules(std::string_view json, const std::string& path,
                                          const charmap::Treatment& otherwise);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_CONVERSION_RULES_H_
