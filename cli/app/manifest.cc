#include "manifest.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hyojun/base/number.h"

namespace hyojun::app {

namespace {

using charmap::Action;
using nlohmann::ordered_json;

ordered_json text_or_null(std::string_view text) {
  return text.empty() ? ordered_json(nullptr) : ordered_json(std::string(text));
}

ordered_json table_json(const Report& report) {
  ordered_json layers = ordered_json::array();
  for (const charmap::Layer& layer : report.repertoire->layers()) {
    layers.push_back({{"title", layer.title()}, {"version", layer.version()}, {"digest", layer.digest()}});
  }
  const auto& table = report.repertoire->table();
  return {{"version", table.version()}, {"digest", table.digest()}, {"layers", layers}};
}

ordered_json gaiji_json(const ConvertOptions& options, const Report& report) {
  if (!report.gaiji) return nullptr;
  return {{"file", options.source.gaiji},
          {"digest", report.gaiji->digest},
          {"rows", report.gaiji->rows},
          {"mapped", report.gaiji->mapped},
          {"unchecked", report.gaiji->unchecked}};
}

ordered_json file_and_digest(const std::string& file, const std::string& digest) {
  if (file.empty()) return nullptr;
  return {{"file", file}, {"digest", digest}};
}

ordered_json code_maps_json(const std::vector<std::string>& files, const std::vector<std::string>& digests) {
  ordered_json list = ordered_json::array();
  for (std::size_t i = 0; i < digests.size(); ++i) list.push_back(file_and_digest(files[i], digests[i]));
  return list;
}

ordered_json format_json(const std::optional<Format>& format) {
  constexpr std::string_view kFormats[] = {"csv", "tsv", "text"};
  return format ? ordered_json(kFormats[static_cast<std::size_t>(*format)]) : ordered_json(nullptr);
}

ordered_json folds_json(charmap::Folds folds) {
  ordered_json list = ordered_json::array();
  for (std::size_t i = 0; i < charmap::kFoldKeys.size(); ++i) {
    if ((folds & fold_bit(static_cast<charmap::Fold>(i))) != 0) list.push_back(charmap::kFoldKeys[i]);
  }
  return list;
}

ordered_json options_json(const ConvertOptions& options) {
  const IdentifyOptions& source = options.source;
  const charmap::ConverterOptions& c = options.converter;
  ordered_json exceptions = ordered_json::array();
  for (const char32_t cp : source.shape_exceptions) exceptions.push_back(base::format_code_points({&cp, 1}));
  const std::u32string delimiter = source.delimiter ? std::u32string{*source.delimiter} : std::u32string();
  return {{"system", text_or_null(source.system)},
          {"encoding", source.encoding ? ordered_json(encoding_name(*source.encoding)) : ordered_json(nullptr)},
          {"shapes", shapes_key(source.shapes)},
          {"shape_exceptions", exceptions},
          {"format", format_json(source.format)},
          {"delimiter", text_or_null(base::format_code_points(delimiter))},
          {"header", source.header},
          {"columns", source.columns},
          {"to", target_key(c.to)},
          {"bom", options.bom},
          {"newline", newline_key(options.newline)},
          {"form", form_key(c.form)},
          {"shrink", c.shrink ? ordered_json(shrink_rule_key(*c.shrink)) : ordered_json(nullptr)},
          {"shrink_to", shrink_to_key(c.shrink_to)},
          {"unfit", c.low_line ? ordered_json("fullwidth-low-line") : ordered_json(nullptr)},
          {"unidentified", unidentified_key(c.unidentified)},
          {"fold", folds_json(c.folds)},
          {"gaiji_first", source.gaiji_first ? ordered_json(base::format_code_points({&*source.gaiji_first, 1}))
                                             : ordered_json(nullptr)},
          {"juki_columns", source.juki_columns},
          {"koseki_columns", source.koseki_columns}};
}

ordered_json file_json(const ConvertReport& report, std::size_t i) {
  const FileReport& file = report.source.files[i];
  const ConvertReport::Input& input = report.inputs[i];
  const ConvertReport::Output& output = report.outputs[i];
  return {{"name", file.name},
          {"encoding", encoding_name(file.encoding)},
          {"bytes", file.bytes},
          {"sha256", input.sha256},
          {"bom", input.bom},
          {"line_ends", {{"lf", input.line_ends.lf}, {"crlf", input.line_ends.crlf}, {"cr", input.line_ends.cr}}},
          {"records", file.records},
          {"output", {{"name", output.name}, {"bytes", output.bytes}, {"sha256", output.sha256}}}};
}

void add_counts(const ConvertReport& report, ordered_json& out) {
  const charmap::ScanCounts& counts = report.source.counts;
  out["characters"] = counts.characters();
  for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
    out["outcomes"][std::string(charmap::kOutcomeKeys[i])] = counts.outcomes[i];
  }
  std::uint64_t replaced = 0;
  for (std::size_t i = 0; i < charmap::kActions; ++i) replaced += report.replacements.count(static_cast<Action>(i));
  out["carried"] = counts.characters() + report.outside - replaced;
  for (std::size_t i = 0; i < charmap::kActions; ++i) {
    out["actions"][std::string(charmap::kActionKeys[i])] = report.replacements.count(static_cast<Action>(i));
  }
  out["outside"] = report.outside;
  out["tagged_brackets"] = report.replacements.brackets();
  out["default_glyphs"] = counts.outcomes[static_cast<std::size_t>(charmap::Outcome::default_glyph)];
}

ordered_json replacements_json(const ConvertReport& report) {
  ordered_json list = ordered_json::array();
  for (const auto& [key, tally] : report.replacements.sorted()) {
    list.push_back(
        {{"action", action_key(key.action)},
         {"source", base::format_hex(key.source.source())},
         {"text", text_or_null(base::format_code_points(key.source.text()))},
         {"outcome", outcome_key(key.source.outcome)},
         {"target", text_or_null(base::format_code_points(key.target_text()))},
         {"relation", key.relation ? ordered_json(shrink_relation_key(*key.relation)) : ordered_json(nullptr)},
         {"category", text_or_null(report.category(key))},
         {"decision", text_or_null(report.decision(key))},
         {"count", tally->count}});
  }
  return list;
}

// A manifest of a version that did not write the decisions yet.
bool lacks_decisions(const nlohmann::json& manifest) {
  const auto entries = manifest.is_object() ? manifest.find("replacements") : manifest.end();
  if (!manifest.is_object() || entries == manifest.end() || !entries->is_array()) return false;
  return std::ranges::none_of(*entries, [](const auto& entry) { return entry.contains("decision"); });
}

}  // namespace

std::string manifest_text(const ConvertOptions& options, const ConvertReport& report) {
  const charmap::ShrinkMap* const map = report.shrink_map.get();
  ordered_json out = {{"schema", "hyojun.manifest/1"},
                      {"table", table_json(report.source)},
                      {"gaiji", gaiji_json(options, report.source)},
                      {"shrink_map", file_and_digest(options.shrink_map, map == nullptr ? "" : map->digest())},
                      {"rules", file_and_digest(options.rules, report.rules_digest)},
                      {"code_maps", code_maps_json(options.source.code_maps, report.code_map_digests)},
                      {"layout", file_and_digest(options.source.layout, report.layout_digest)},
                      {"options", options_json(options)},
                      {"files", ordered_json::array()}};
  for (std::size_t i = 0; i < report.source.files.size(); ++i) out["files"].push_back(file_json(report, i));
  add_counts(report, out);
  out["replacements"] = replacements_json(report);
  // File names may hold any bytes; JSON may not.
  return out.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace) + "\n";
}

std::vector<std::string> manifest_differences(const std::string& a, const std::string& b) {
  const auto left = nlohmann::json::parse(a, nullptr, false);
  const auto right = nlohmann::json::parse(b, nullptr, false);
  const bool is_earlier = lacks_decisions(left);
  std::vector<std::string> places;
  for (const auto& change : nlohmann::json::diff(left, right)) {
    const auto path = change.at("path").get<std::string>();
    const bool is_newer_key = path.ends_with("/decision") || path == "/gaiji/unchecked";
    if (!is_earlier || !is_newer_key || change.at("op") != "add") places.push_back(path);
  }
  return places;
}

}  // namespace hyojun::app
