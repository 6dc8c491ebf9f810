#include <nlohmann/json.hpp>

#include "convert_report.h"
#include "hyojun/base/number.h"
#include "json_text.h"
#include "report_json.h"

namespace hyojun::cli {
namespace {

using charmap::ExceptionTally;
using charmap::ReplacementKey;
using nlohmann::ordered_json;

ordered_json folds_json(charmap::Folds folds) {
  ordered_json list = ordered_json::array();
  for (std::size_t i = 0; i < charmap::kFoldKeys.size(); ++i) {
    if ((folds & fold_bit(static_cast<charmap::Fold>(i))) != 0) list.push_back(charmap::kFoldKeys[i]);
  }
  return list;
}

ordered_json options_json(const app::ConvertReport& report) {
  const charmap::ConverterOptions& options = report.options;
  ordered_json map = nullptr;
  if (report.shrink_map) map = {{"file", report.shrink_map->name()}, {"digest", report.shrink_map->digest()}};
  return {{"to", target_key(options.to)},
          {"form", form_key(options.form)},
          {"shrink", options.shrink ? ordered_json(shrink_rule_key(*options.shrink)) : ordered_json(nullptr)},
          {"unidentified", unidentified_key(options.unidentified)},
          {"shrink_to", shrink_to_key(options.shrink_to)},
          {"shrink_map", map},
          {"unfit", options.low_line ? ordered_json("fullwidth-low-line") : ordered_json(nullptr)},
          {"fold", folds_json(options.folds)},
          {"rules", text_or_null(report.rules_digest)}};
}

ordered_json outputs_json(const app::ConvertReport& report) {
  ordered_json list = ordered_json::array();
  for (const auto& output : report.outputs) list.push_back({{"name", output.name}, {"bytes", output.bytes}});
  return list;
}

ordered_json replacement_json(const app::ConvertReport& report, const ReplacementKey& key,
                              const ExceptionTally& tally) {
  return {{"action", action_key(key.action)},
          {"source", base::format_hex(key.source.source())},
          {"text", text_or_null(base::format_code_points(key.source.text()))},
          {"outcome", outcome_key(key.source.outcome)},
          {"target", text_or_null(base::format_code_points(key.target_text()))},
          {"relation", key.relation ? ordered_json(shrink_relation_key(*key.relation)) : ordered_json(nullptr)},
          {"category", text_or_null(std::string(report.category(key)))},
          {"decision", text_or_null(std::string(report.decision(key)))},
          {"count", tally.count},
          {"first", positions_json(report.source, tally)}};
}

}  // namespace

void write_convert_json(const app::ConvertReport& report, Output& out) {
  ordered_json head = report_head("hyojun.convert/1", report.source);
  head["options"] = options_json(report);
  head["written"] = report.written;
  head["outputs"] = outputs_json(report);
  for (std::size_t i = 0; i < charmap::kActions; ++i) {
    head["actions"][std::string(charmap::kActionKeys[i])] = report.replacements.count(static_cast<charmap::Action>(i));
  }
  head["tagged_brackets"] = report.replacements.brackets();
  head["outside"] = report.outside;
  head["affected"] = report.affected;
  std::string text = json_text(head);
  text.pop_back();  // the closing brace comes last
  out.write(text);
  out.write(",\"replacements\":[");
  std::string_view comma;
  for (const auto& [key, tally] : report.replacements.sorted()) {
    out.write(comma);
    out.write(json_text(replacement_json(report, key, *tally)));
    comma = ",";
  }
  out.line("]}");
}

}  // namespace hyojun::cli
