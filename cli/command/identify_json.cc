#include <nlohmann/json.hpp>

#include "hyojun/base/number.h"
#include "identify_report.h"
#include "json_text.h"

namespace hyojun::cli {
namespace {

using charmap::ExceptionKey;
using charmap::ExceptionTally;
using charmap::Outcome;
using nlohmann::ordered_json;

ordered_json table_json(const app::Report& report) {
  const auto& table = report.repertoire->table();
  ordered_json layers = ordered_json::array();
  for (const charmap::Layer& layer : report.repertoire->layers()) {
    layers.push_back({{"title", layer.title()}, {"version", layer.version()}, {"digest", layer.digest()}});
  }
  return {{"version", table.version()}, {"digest", table.digest()}, {"layers", layers}};
}

ordered_json source_json(const app::Report& report) {
  ordered_json gaiji = nullptr;
  if (report.gaiji) {
    gaiji = {{"digest", report.gaiji->digest}, {"rows", report.gaiji->rows}, {"mapped", report.gaiji->mapped}};
  }
  // Null where the files have several: each file has its own in "files".
  ordered_json encoding = std::string(encoding_name(report.files.front().encoding));
  for (const app::FileReport& file : report.files) {
    if (file.encoding != report.files.front().encoding) encoding = nullptr;
  }
  ordered_json exceptions = ordered_json::array();
  for (const char32_t c : report.shape_exceptions) exceptions.push_back(base::format_code_points({&c, 1}));
  return {{"system", text_or_null(report.system)},
          {"encoding", encoding},
          {"gaiji", gaiji},
          {"shapes", shapes_key(report.shapes)},
          {"shape_exceptions", exceptions}};
}

ordered_json scope_json(const app::Scope& scope) {
  return {{"columns", scope.columns},
          {"name_columns", scope.name_columns},
          {"kana_columns", scope.kana_columns},
          {"default_glyphs", scope.default_glyphs}};
}

ordered_json file_json(const app::FileReport& file) {
  ordered_json warnings = ordered_json::array();
  for (const base::Text& warning : file.warnings) warnings.push_back(warning.en);
  const auto& structure = file.structure;
  const bool text = structure.kind == charmap::Structure::Kind::text;
  return {{"name", file.name},
          {"bytes", file.bytes},
          {"records", file.records},
          {"encoding", encoding_name(file.encoding)},
          {"format", text ? "text" : "delimited"},
          {"delimiter",
           text ? ordered_json(nullptr) : ordered_json(std::string(1, static_cast<char>(structure.delimiter)))},
          {"header", structure.header},
          {"warnings", warnings}};
}

ordered_json positions_json(const app::Report& report, const ExceptionTally& tally) {
  ordered_json first = ordered_json::array();
  for (std::size_t i = 0; i < tally.positions; ++i) {
    const charmap::Position& p = tally.at[i];
    first.push_back({{"file", report.files[p.file].name}, {"record", p.record}, {"field", p.field}, {"byte", p.byte}});
  }
  return first;
}

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
  ordered_json head = {{"schema", "hyojun.identify/1"},
                       {"table", table_json(report)},
                       {"source", source_json(report)},
                       {"scope", scope_json(report.scope)}};
  head["files"] = ordered_json::array();
  for (const app::FileReport& file : report.files) head["files"].push_back(file_json(file));
  head["bytes"] = report.bytes();
  head["records"] = report.counts.records;
  head["characters"] = report.counts.characters();
  for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
    head["outcomes"][std::string(charmap::kOutcomeKeys[i])] = report.counts.outcomes[i];
  }
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
