#include "report_json.h"

#include "hyojun/base/number.h"
#include "json_text.h"

namespace hyojun::cli {

using charmap::ExceptionTally;
using nlohmann::ordered_json;

namespace {

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
    gaiji = {{"digest", report.gaiji->digest},
             {"rows", report.gaiji->rows},
             {"mapped", report.gaiji->mapped},
             {"unchecked", report.gaiji->unchecked}};
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
  ordered_json out = {{"columns", scope.columns},
                      {"name_columns", scope.name_columns},
                      {"kana_columns", scope.kana_columns},
                      {"default_glyphs", scope.default_glyphs}};
  if (!scope.juki_columns.empty()) out["juki_columns"] = scope.juki_columns;
  if (!scope.koseki_columns.empty()) out["koseki_columns"] = scope.koseki_columns;
  return out;
}

ordered_json file_json(const app::FileReport& file) {
  ordered_json warnings = ordered_json::array();
  for (const base::Text& warning : file.warnings) warnings.push_back(warning.en);
  const auto& structure = file.structure;
  const bool text = structure.kind != charmap::Structure::Kind::delimited;
  const bool dump = structure.kind == charmap::Structure::Kind::field;
  return {{"name", file.name},
          {"bytes", file.bytes},
          {"records", file.records},
          {"encoding", encoding_name(file.encoding)},
          {"format", dump   ? "layout"
                     : text ? "text"
                            : "delimited"},
          {"delimiter",
           text ? ordered_json(nullptr) : ordered_json(std::string(1, static_cast<char>(structure.delimiter)))},
          {"header", structure.header},
          {"warnings", warnings}};
}

}  // namespace

ordered_json positions_json(const app::Report& report, const ExceptionTally& tally) {
  ordered_json first = ordered_json::array();
  for (std::size_t i = 0; i < tally.positions; ++i) {
    const charmap::Position& p = tally.at[i];
    first.push_back({{"file", report.files[p.file].name}, {"record", p.record}, {"field", p.field}, {"byte", p.byte}});
  }
  return first;
}

ordered_json report_head(std::string_view schema, const app::Report& report) {
  ordered_json head = {{"schema", schema},
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
  return head;
}

}  // namespace hyojun::cli
