#include <nlohmann/json.hpp>

#include "hyojun/base/number.h"
#include "identify_report.h"
#include "json_text.h"
#include "report_json.h"

namespace hyojun::cli {
namespace {

using charmap::ExceptionKey;
using charmap::ExceptionTally;
using charmap::Outcome;
using nlohmann::ordered_json;

ordered_json references_json(const app::Report& report, const ExceptionKey& key) {
  ordered_json list = ordered_json::array();
  for (const charmap::Reference& r : report.repertoire->table().references(key.first))
    list.push_back(reference_json(r));
  return list;
}

ordered_json exception_json(const app::Report& report, const ExceptionKey& key, const ExceptionTally& tally) {
  const auto identity = report.repertoire->identify(key.first, key.second);
  ordered_json out = {{"source", base::format_hex(key.source())},
                      {"text", text_or_null(base::format_code_points(key.text()))},
                      {"name", nullptr},
                      {"outcome", outcome_key(key.outcome)},
                      {"collection", nullptr},
                      {"count", tally.count},
                      {"first", positions_json(report, tally)}};
  if (key.outcome == Outcome::default_glyph && identity.id) out["name"] = report.repertoire->name(*identity.id);
  if (key.outcome == Outcome::unregistered_sequence) {
    out["collection"] = text_or_null(charmap::StandardTable::collection_names(identity.collections));
  }
  if (key.outcome == Outcome::not_in_standard) {
    if (ordered_json list = references_json(report, key); !list.empty()) out["references"] = std::move(list);
  }
  return out;
}

}  // namespace

void write_identify_json(const app::Report& report, Output& out) {
  const ordered_json head = report_head("hyojun.identify/1", report);
  std::string text = json_text(head);
  text.pop_back();  // the closing brace comes last
  out.write(text);
  out.write(",\"exceptions\":[");
  std::string_view comma;
  for (const auto& [key, tally] : report.tally.sorted()) {
    out.write(comma);
    out.write(json_text(exception_json(report, key, *tally)));
    comma = ",";
  }
  out.write("],\"suspicions\":[");
  comma = "";
  for (const auto& [key, suspicion] : report.suspicions) {
    out.write(comma);
    out.write(json_text({{"kind", charmap::kSuspicionKeys[static_cast<std::size_t>(key.kind)]},
                         {"source", key.source},
                         {"text", base::format_code_points(suspicion.text)},
                         {"count", suspicion.tally.count},
                         {"first", positions_json(report, suspicion.tally)}}));
    comma = ",";
  }
  out.write("],\"font_dependent\":[");
  comma = "";
  for (const auto& [code_point, count] : report.font_dependent) {
    out.write(comma);
    out.write(json_text({{"text", base::format_code_points({&code_point, 1})}, {"count", count}}));
    comma = ",";
  }
  out.line("]}");
}

}  // namespace hyojun::cli
