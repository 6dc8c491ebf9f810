#include "review_page.h"

#include <fmt/format.h>

#include <map>
#include <nlohmann/json.hpp>

#include "hyojun/base/number.h"
#include "hyojun/base/sha256.h"
#include "hyojun/base/text.h"

extern "C" const char hyojun_review_html[];
extern "C" const char hyojun_review_html_end[];
extern "C" const char hyojun_review_css[];
extern "C" const char hyojun_review_css_end[];
extern "C" const char hyojun_review_js[];
extern "C" const char hyojun_review_js_end[];

namespace hyojun::app {
namespace {

using charmap::Repertoire;
using nlohmann::ordered_json;

constexpr std::size_t kShownReadings = 6;

// RFC 4648 §4: what a CSP hash is written in.
std::string base64(const std::vector<std::uint8_t>& bytes) {
  constexpr std::string_view kLetters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    const auto at = [&](std::size_t n) { return i + n < bytes.size() ? std::uint32_t{bytes[i + n]} : 0U; };
    const std::uint32_t three = at(0) << 16U | at(1) << 8U | at(2);
    for (const unsigned shift : {18U, 12U, 6U, 0U}) text += kLetters[three >> shift & 0x3FU];
  }
  for (std::size_t missing = (3 - bytes.size() % 3) % 3, i = 0; i < missing; ++i) text[text.size() - 1 - i] = '=';
  return text;
}

std::string csp_hash(std::string_view content) {
  return "sha256-" + base64(*base::parse_hex_bytes(base::sha256_hex(content)));
}

std::string escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else
      out += c;
  }
  return out;
}

// JSON inside <script>: no "<" may stand there.
std::string script_json(const ordered_json& value) {
  std::string out;
  for (const char c : value.dump(-1, ' ', false, ordered_json::error_handler_t::replace)) {
    if (c == '<')
      out += "\\u003c";
    else
      out += c;
  }
  return out;
}

std::string numbers_text(const charmap::CharacterRecord& record) {
  std::string text;
  if (!record.juki.empty()) text += record.juki;
  if (!record.koseki.empty()) text += (text.empty() ? "戸籍 " : "　戸籍 ") + record.koseki;
  if (!record.toki.empty()) text += (text.empty() ? "登記 " : "　登記 ") + record.toki;
  return text;
}

ordered_json candidate_json(const ReviewCandidate& candidate, const Repertoire& repertoire) {
  ordered_json out = {{"name", candidate.name}, {"text", ""},    {"codes", ""},           {"readings", ""},
                      {"strokes", 0},           {"numbers", ""}, {"path", candidate.path}};
  if (const auto id = repertoire.find_name(candidate.name)) {
    const charmap::CharacterRecord record = repertoire.record(*id);
    if (!record.text.empty()) {
      out["text"] = base::to_utf8(record.text.front());
      out["codes"] = base::format_code_points(record.text.front());
    }
    std::string readings;
    for (std::size_t i = 0; i < std::min(record.readings.size(), kShownReadings); ++i)
      readings += (i == 0 ? "" : "・") + record.readings[i];
    out["readings"] = readings;
    out["strokes"] = record.strokes;
    out["numbers"] = numbers_text(record);
  }
  out["score"] = candidate.score ? ordered_json(*candidate.score) : ordered_json(nullptr);
  out["basis"] = candidate.basis;
  out["warnings"] = candidate.warnings;
  return out;
}

ordered_json gaiji_json(const ReviewGaiji& gaiji, const Repertoire& repertoire) {
  const core::Decision& d = gaiji.row.decision;
  const std::vector<std::string> texts = decision_cells(gaiji.row, repertoire);
  ordered_json cells = ordered_json::object();
  ordered_json answer = ordered_json::object();
  for (std::size_t i = 0; i < kDecisionColumns; ++i) {
    const auto column = static_cast<DecisionColumn>(i);
    const std::string key(decision_headings()[i].key);
    const bool is_key = column == DecisionColumn::system || column == DecisionColumn::encoding ||
                        column == DecisionColumn::code || column == DecisionColumn::reading ||
                        column == DecisionColumn::count || column == DecisionColumn::basis ||
                        column >= DecisionColumn::glyph;
    (is_key ? cells : answer)[key] = texts[i];
  }
  answer["category"] = d.category ? std::string(core::key_of(*d.category)) : "";
  ordered_json candidates = ordered_json::array();
  for (const ReviewCandidate& candidate : gaiji.candidates) candidates.push_back(candidate_json(candidate, repertoire));
  return {{"code", d.gaiji.code},
          {"codes", gaiji.code_points},
          {"path", gaiji.path},
          {"count", gaiji.count ? ordered_json(*gaiji.count) : ordered_json(nullptr)},
          {"reading", gaiji.row.reading},
          {"note", gaiji.note},
          {"numbers", gaiji.numbers},
          {"recorded", gaiji.recorded},
          {"warnings", gaiji.warnings},
          {"agreed", gaiji.agreed},
          {"candidates", candidates},
          {"cells", cells},
          {"answer", answer}};
}

ordered_json criteria_json(const std::vector<Criterion>& criteria) {
  ordered_json list = ordered_json::array();
  for (const Criterion& c : criteria) {
    std::string title = c.title;
    if (!c.source.empty() || !c.version.empty()) title += fmt::format("（{} {}）", c.source, c.version);
    list.push_back({c.number, title});
  }
  return list;
}

ordered_json page_json(const ReviewPage& page, const Repertoire& repertoire) {
  ordered_json columns = ordered_json::array();
  for (const DecisionHeading& heading : decision_headings()) columns.push_back({heading.key, heading.name});
  ordered_json categories = ordered_json::array();
  for (const core::GaijiCategory category : core::kAllGaijiCategories)
    categories.push_back({core::key_of(category), core::name_of(category), core::has_target(category)});
  ordered_json gaiji = ordered_json::array();
  std::map<std::string, std::string> texts;  // of every name that can be chosen here
  for (const ReviewGaiji& one : page.gaiji) {
    gaiji.push_back(gaiji_json(one, repertoire));
    texts.emplace(one.row.decision.target, text_of_name(repertoire, one.row.decision.target));
    for (const ReviewCandidate& candidate : one.candidates)
      texts.emplace(candidate.name, text_of_name(repertoire, candidate.name));
  }
  texts.erase("");
  return {{"file", page.file},
          {"basis", page.basis},
          {"unsearched", page.unsearched},
          {"criteria", criteria_json(page.criteria)},
          {"columns", columns},
          {"texts", texts},
          {"categories", categories},
          {"gaiji", gaiji}};
}

}  // namespace

std::string render_review(const ReviewPage& page, const Repertoire& repertoire) {
  const std::string_view style(hyojun_review_css, hyojun_review_css_end);
  const std::string_view script(hyojun_review_js, hyojun_review_js_end);
  const std::map<std::string, std::string, std::less<>> parts = {
      {"TITLE", escaped(page.title)},    {"STYLE", std::string(style)},
      {"SCRIPT", std::string(script)},   {"STYLE_HASH", csp_hash(style)},
      {"SCRIPT_HASH", csp_hash(script)}, {"DATA", script_json(page_json(page, repertoire))}};
  // One pass over the template, so that nothing inside a part is taken for a place.
  std::string html;
  std::string_view rest(hyojun_review_html, hyojun_review_html_end);
  for (std::size_t at = rest.find('@'); at != std::string_view::npos; at = rest.find('@')) {
    html += rest.substr(0, at);
    const std::size_t end = rest.find('@', at + 1);
    const auto part = end == std::string_view::npos ? parts.end() : parts.find(rest.substr(at + 1, end - at - 1));
    html += part == parts.end() ? "@" : part->second;
    rest.remove_prefix(part == parts.end() ? at + 1 : end + 1);
  }
  html += rest;
  return html;
}

}  // namespace hyojun::app
