// hyojun char: everything the list says of a character.
#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "character_query.h"
#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "hyojun/base/number.h"
#include "hyojun/base/text.h"
#include "json_text.h"
#include "parse.h"
#include "printable.h"
#include "table_option.h"
#include "table_view.h"

namespace hyojun::cli {
namespace {

using app::CharacterAnswer;
using charmap::CharacterRecord;
using charmap::Reference;
using nlohmann::ordered_json;

base::Text relation_of(const Reference& r) {
  if (r.kind == Reference::Kind::radical) return {"部首の統合漢字", "unified ideograph of the radical"};
  const std::string table = r.kind == Reference::Kind::notice582_1 ? "一" : "二";
  return {fmt::format("告示582号別表第四 {} 順位 {}", table, r.rank),
          fmt::format("告示582号別表第四 {} 順位 {}", table, r.rank)};
}

ordered_json to_json(const app::CharacterMatch& match) {
  const CharacterRecord& r = match.record;
  ordered_json text = ordered_json::array();
  for (const std::u32string& t : r.text) text.push_back(base::format_code_points(t));
  ordered_json radicals = ordered_json::array();
  for (const auto& [radical, strokes] : r.radicals) radicals.push_back({{"radical", radical}, {"strokes", strokes}});
  ordered_json out = {{"name", r.name},
                      {"text", text},
                      {"ucs", text_or_null(r.ucs)},
                      {"ivs", r.ivs.empty() ? ordered_json(nullptr) : ordered_json(r.ivs.front())},
                      {"svs", text_or_null(r.svs)},
                      {"koseki", text_or_null(r.koseki)},
                      {"juki", text_or_null(r.juki)},
                      {"toki", text_or_null(r.toki)},
                      {"x0213", text_or_null(r.x0213)},
                      {"strokes", r.strokes == 0 ? ordered_json(nullptr) : ordered_json(r.strokes)},
                      {"radicals", radicals},
                      {"readings", r.readings}};
  out["implemented"] = text_or_null(r.implemented);
  out["duplicate_ivs"] = r.ivs.size() > 1 ? ordered_json(r.ivs.back()) : ordered_json(nullptr);
  out["compat"] = text_or_null(r.compat);
  out["nyukan_seiji"] = text_or_null(r.nyukan_seiji);
  out["nyukan_gaiji"] = text_or_null(r.nyukan_gaiji);
  out["policy"] = text_or_null(r.policy);
  out["x0213_class"] = text_or_null(r.x0213_class);
  out["x0213_unification"] = text_or_null(r.x0213_unification);
  out["x0212"] = text_or_null(r.x0212);
  out["note"] = text_or_null(r.note);
  out["origin"] = text_or_null(r.origin);
  out["default_glyph"] = match.is_default;
  return out;
}

ordered_json to_json(const CharacterAnswer& answer) {
  ordered_json records = ordered_json::array();
  for (const auto& match : answer.matches) records.push_back(to_json(match));
  ordered_json out = {{"schema", "hyojun.char/1"}, {"query", answer.query}, {"records", records}};
  if (answer.outcome) out["outcome"] = outcome_key(*answer.outcome);
  if (!answer.collection.empty()) out["collection"] = answer.collection;
  for (const Reference& r : answer.references) {
    out["references"].push_back(reference_json(r));
  }
  return out;
}

std::string join(const std::vector<std::string>& list, std::string_view separator) {
  std::string text;
  for (const std::string& entry : list) text += (text.empty() ? std::string() : std::string(separator)) + entry;
  return text;
}

// A record as label and value; what the list does not say is left out.
std::vector<std::pair<base::Text, std::string>> facts(const CharacterRecord& r) {
  std::vector<std::string> radicals;
  for (const auto& [radical, strokes] : r.radicals) radicals.push_back(fmt::format("{}.{}", radical, strokes));
  return {
      {{"対応するUCS", "対応するUCS"}, r.ucs},
      {{"IVS", "IVS"}, join(r.ivs, ", ")},
      {{"SVS", "SVS"}, r.svs},
      {{"互換漢字", "互換漢字"}, r.compat},
      {{"戸籍統一文字番号", "戸籍統一文字番号"}, r.koseki},
      {{"住基ネット統一文字コード", "住基ネット統一文字コード"}, r.juki},
      {{"登記統一文字番号", "登記統一文字番号"}, r.toki},
      {{"入管正字", "入管正字"}, r.nyukan_seiji},
      {{"入管外字", "入管外字"}, r.nyukan_gaiji},
      {{"漢字施策", "漢字施策"}, r.policy},
      {{"JIS X 0213", "JIS X 0213"}, r.x0213.empty() ? "" : fmt::format("{}（包摂区分 {}）", r.x0213, r.x0213_class)},
      {{"JIS X 0212", "JIS X 0212"}, r.x0212},
      {{"総画数", "strokes"}, r.strokes == 0 ? "" : fmt::format("{}", r.strokes)},
      {{"部首.内画数", "radical.strokes"}, join(radicals, ", ")},
      {{"読み", "readings"}, join(r.readings, " ")},
      {{"備考", "備考"}, r.note},
      {{"由来", "origin"}, r.origin}};
}

void print(const app::CharacterMatch& match, Context& context) {
  const CharacterRecord& r = match.record;
  const std::u32string shown = r.text.empty() ? std::u32string() : r.text.front();
  std::string title = fmt::format("{} {} {}", shown.empty() ? "-" : base::to_utf8(shown),
                                  shown.empty() ? "-" : base::format_code_points(shown), r.name);
  if (match.is_default) title += context.say({"（既定字形）", " (既定字形: the default glyph)"});
  context.out.line(title);
  TableView view({{""}, {"", Align::left, Fit::wrap}});
  for (const auto& [label, value] : facts(r)) {
    if (!value.empty()) view.add_row({context.say(label), value});
  }
  if (!view.empty()) context.out.write(view.render(table_style(context, 2)));
}

void print(const CharacterAnswer& answer, Context& context) {
  for (const auto& match : answer.matches) print(match, context);
  if (answer.matches.empty()) {
    const std::string outcome = answer.outcome ? std::string(outcome_name_ja(*answer.outcome)) : std::string();
    const std::string query = printable(answer.query);
    context.out.line(context.say({fmt::format("{}: 標準文字表にありません {}", query, outcome),
                                  fmt::format("{}: not in the standard table {}", query, outcome)}));
  }
  if (!answer.collection.empty()) {
    context.out.line(context.say({"  登録: " + answer.collection, "  registered in: " + answer.collection}));
  }
  for (const Reference& r : answer.references) {
    context.out.line(fmt::format("  → {} {} {}", base::to_utf8(std::u32string{r.target}),
                                 base::format_code_points({&r.target, 1}), context.say(relation_of(r))));
  }
}

int run_char(const ParsedArguments& arguments, Context& context) {
  const auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  bool all_found = true;
  for (const std::string& query : arguments.positionals()) {
    const auto answer = app::look_up(**repertoire, query);
    if (!answer) return fail(context, answer.error());
    all_found = all_found && !answer->matches.empty();
    if (arguments.has("json")) {
      context.out.line(json_text(to_json(*answer)));
    } else {
      print(*answer, context);
    }
  }
  return all_found ? kExitDone : kExitFound;
}

}  // namespace

const Command& char_command() {
  static const Command command{
      .path = "char",
      .summary = {"文字を調べる: 字、符号、番号、読み、部首と画数から",
                  "Look a character up by itself, code, number, reading, or radical"},
      .description =
          {"QUERY は 1文字、U+9089、\"U+9089 U+E010F\"、MJ026190、J+9089、戸籍統一文字番号 "
           "(6桁)、登記統一文字番号 (8桁)、読み (2字以上のかな、または よみ:あ)、部首番号.画数 (162.15) "
           "のいずれかです。\n\n終了コード 1: 見つからないものがありました",
           "QUERY is one character, U+9089, \"U+9089 U+E010F\", MJ026190, J+9089, a 戸籍 number (6 digits), a "
           "reading (two kana or more, or よみ:あ), a 登記 number (8 digits), or radical.strokes "
           "(162.15).\n\nExit code 1: something was not found"},
      .positionals = {.usage = "QUERY...", .min = 1, .max = kUnbounded, .summary = {"調べるもの", "what to look up"}},
      .examples = {{{"hyojun char 邉 U+8FBB", {"2つの文字を調べる", "look two characters up"}},
                    {"hyojun char MJ026190 --json", {"文字図形名から、JSON で", "by name, as JSON"}}}},
      .options = {{.name = "json", .summary = {"1件1行の JSON で書く", "Write one JSON object a line"}},
                  table_option()},
      .run = run_char,
  };
  return command;
}

}  // namespace hyojun::cli
