// hyojun shrink: every candidate for a smaller set, and what a named rule picks.
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "commands.h"
#include "context.h"
#include "exit_code.h"
#include "hyojun/base/number.h"
#include "hyojun/base/platform.h"
#include "hyojun/base/text.h"
#include "json_text.h"
#include "parse.h"
#include "printable.h"
#include "shrink_query.h"
#include "table_option.h"
#include "table_view.h"

namespace hyojun::cli {
namespace {

using app::ShrinkAnswer;
using base::ErrorCode;
using nlohmann::ordered_json;

constexpr std::size_t kLongestLine = 1024;

ordered_json number_or_null(unsigned number) { return number == 0 ? ordered_json(nullptr) : ordered_json(number); }

ordered_json to_json(const ShrinkAnswer& answer) {
  ordered_json candidates = ordered_json::array();
  for (const auto& c : answer.candidates) {
    candidates.push_back({{"text", base::format_code_points({&c.target, 1})},
                          {"relation", shrink_relation_key(c.relation)},
                          {"rank", number_or_null(c.rank)},
                          {"hops", number_or_null(c.hops)},
                          {"note", text_or_null(answer.note)}});
  }
  return {{"input", answer.input},
          {"name", text_or_null(answer.name)},
          {"pick", text_or_null(base::format_code_points(answer.pick))},
          {"relation", text_or_null(answer.relation)},
          {"candidates", candidates}};
}

std::string relation_name(const std::string& key) {
  for (std::size_t i = 0; i < charmap::kShrinkRelations; ++i) {
    if (charmap::kShrinkRelationKeys[i] == key) return std::string(charmap::kShrinkRelationNamesJa[i]);
  }
  return key == "exception" ? "IPA の例外" : key == "map" ? "代替マップ" : key;
}

std::string shown(const std::u32string& text) {
  return fmt::format("{} {}", base::to_utf8(text), base::format_code_points(text));
}

void print(const ShrinkAnswer& answer, Context& context) {
  const std::string input = printable(answer.input);
  if (!answer.id && answer.pick.empty()) {
    context.out.line(
        context.say({input + ": 標準の1文字ではありません", input + ": not one character of the standard"}));
    return;
  }
  std::string title = answer.input == answer.name ? input : fmt::format("{} {}", input, answer.name);
  if (answer.pick.empty()) {
    title += context.say({" → 選べません", " → nothing is picked"});
  } else if (answer.relation == "within") {
    title += context.say({": そのまま", ": in the set itself"});
  } else {
    title += fmt::format(" → {} ({})", shown(answer.pick), relation_name(answer.relation));
  }
  context.out.line(title);
  TableView view({{context.say({"候補", "candidate"})},
                  {context.say({"関係", "relation"}), Align::left, Fit::wrap},
                  {context.say({"順位", "rank"}), Align::right},
                  {context.say({"ホップ", "hops"}), Align::right}});
  for (const auto& c : answer.candidates) {
    view.add_row({shown({c.target}), relation_name(std::string(shrink_relation_key(c.relation))),
                  c.rank == 0 ? "" : fmt::format("{}", c.rank), c.hops == 0 ? "" : fmt::format("{}", c.hops)});
  }
  if (!view.empty()) context.out.write(view.render(table_style(context, 2)));
  if (!answer.note.empty()) context.out.line(context.say({"  参考情報: ", "  note: "}) + answer.note);
}

// Answers go out as they are made; the exit code is kept.
class Answers {
 public:
  Answers(bool json, Context& context) : json_(json), context_(context) {}

  void write(const ShrinkAnswer& answer) {
    if (!answer.id && answer.pick.empty()) exit_code_ = kExitFound;
    if (json_) {
      context_.out.line(json_text(to_json(answer)));
    } else {
      print(answer, context_);
    }
  }
  int exit_code() const { return exit_code_; }

 private:
  const bool json_;
  Context& context_;
  int exit_code_ = kExitDone;
};

// One item a line, LF or CRLF. Each is answered before the next is read to its end.
base::Result<void> answer_lines(const app::ShrinkQuery& query, Answers& answers) {
  auto file = base::InputFile::open("-");
  if (!file) return tl::unexpected(file.error());
  std::vector<std::uint8_t> buffer(1U << 16U);
  std::string line;
  std::uint64_t number = 1;
  const auto take = [&] {
    if (line.ends_with('\r')) line.pop_back();
    answers.write(query.answer(line));
    line.clear();
    ++number;
  };
  for (;;) {
    const auto n = file->read(buffer);
    if (!n) return tl::unexpected(n.error());
    if (*n == 0) break;
    for (std::size_t i = 0; i < *n; ++i) {
      if (buffer[i] == '\n') {
        take();
      } else if (line.size() < kLongestLine) {
        line += static_cast<char>(buffer[i]);
      } else {
        return base::fail(ErrorCode::input_rejected, {"行が長すぎます", "a line is too long"},
                          {.file = "-", .record = number},
                          {"1行に1文字（または文字図形名）を書いてください", "write one character or name a line"});
      }
    }
  }
  if (!line.empty()) take();
  return {};
}

// The characters of an argument that is neither a name nor one character, each for itself.
std::vector<std::string> items_of(const charmap::Repertoire& repertoire, const std::string& argument) {
  const auto text = base::decode_utf8(argument);
  if (!text || argument.starts_with("U+") || repertoire.find_name(argument)) return {argument};
  std::vector<std::string> items;
  for (std::size_t i = 0; i < text->size(); ++i) {
    std::u32string item{(*text)[i]};
    if (i + 1 < text->size() && repertoire.forms_sequence(item[0], (*text)[i + 1])) item += (*text)[++i];
    items.push_back(base::to_utf8(item));
  }
  return items;
}

base::Result<std::shared_ptr<const charmap::ShrinkMap>> map_of(const ParsedArguments& arguments,
                                                               const charmap::Repertoire& repertoire) {
  if (!arguments.has("map")) return nullptr;
  auto map = charmap::ShrinkMap::open(*arguments.value("map"), repertoire);
  if (!map) return tl::unexpected(map.error());
  return std::make_shared<const charmap::ShrinkMap>(std::move(*map));
}

base::Result<void> check_items(const ParsedArguments& arguments) {
  const auto& items = arguments.positionals();
  const bool stream = std::ranges::find(items, "-") != items.end();
  const bool one_source = arguments.has("undecided") ? items.empty() : !items.empty() && (!stream || items.size() == 1);
  if (one_source) return {};
  return base::fail(ErrorCode::usage,
                    {"文字、- （標準入力）、--undecided のどれか1つを指定します",
                     "give characters, or - for standard input, or --undecided"},
                    {}, {"例: hyojun shrink 髙 --pick ipa", "for example hyojun shrink 髙 --pick ipa"});
}

template <typename Enum, typename Keys>
Enum choice(const ParsedArguments& arguments, const std::string& option, const Keys& keys) {
  const auto value = arguments.value(option);
  return value ? static_cast<Enum>(std::ranges::find(keys, *value) - keys.begin()) : Enum{};
}

int run_shrink(const ParsedArguments& arguments, Context& context) {
  if (auto ok = check_items(arguments); !ok) return fail(context, ok.error());
  const auto repertoire = repertoire_of(arguments);
  if (!repertoire) return fail(context, repertoire.error());
  const auto map = map_of(arguments, **repertoire);
  if (!map) return fail(context, map.error());
  const app::ShrinkQuery query(*repertoire, choice<charmap::ShrinkTo>(arguments, "to", charmap::kShrinkToKeys),
                               choice<charmap::ShrinkRule>(arguments, "pick", charmap::kShrinkRuleKeys), *map);
  const bool json = arguments.has("json");
  if (json && arguments.has("header")) {
    context.out.line(json_text({{"schema", "hyojun.shrink/1"},
                                {"table", (*repertoire)->table().digest()},
                                {"map", *map == nullptr ? ordered_json(nullptr) : ordered_json((*map)->digest())}}));
  }
  Answers answers(json, context);
  if (arguments.has("undecided")) {
    for (const ShrinkAnswer& answer : query.undecided()) answers.write(answer);
  } else if (arguments.positionals().front() == "-") {
    if (auto ok = answer_lines(query, answers); !ok) return fail(context, ok.error());
  } else {
    for (const std::string& argument : arguments.positionals()) {
      for (const std::string& item : items_of(**repertoire, argument)) answers.write(query.answer(item));
    }
  }
  return answers.exit_code();
}

}  // namespace

const Command& shrink_command() {
  static const Command command{
      .path = "shrink",
      .summary = {"縮退・代替: 小さな文字集合の候補と、規則が選ぶ文字",
                  "List what a character may be shrunk to, and what a rule picks"},
      .description =
          {"TEXT の1文字ごとに（- なら標準入力の1行ごとに）、MJ縮退マップの候補をすべて、関係・順位・ホップ数とともに"
           "示します。文字、異体字列、U+9089、MJ026190 のいずれでもかまいません。\n\n"
           "終了コード 1: 標準の1文字でないものがありました",
           "All that the MJ shrink map has for each character. With - each line of standard "
           "input is one item: a character, a sequence, U+9089 or MJ026190.\n\n"
           "Exit code 1: something was not one character of the standard"},
      .positionals = {.usage = "TEXT...|-", .min = 0, .max = kUnbounded, .summary = {"調べる文字", "the characters"}},
      .examples = {{{"hyojun shrink 髙 --pick ipa",
                     {"候補と、IPA の規則が選ぶ文字", "candidates, and what IPA's rule picks"}},
                    {"hyojun shrink - --to jisx0213 --pick ipa --json < names.txt",
                     {"1行に1つずつ、JSON で", "one item a line, as JSON"}}}},
      .options = {{.name = "to",
                   .choices = {charmap::kShrinkToKeys.begin(), charmap::kShrinkToKeys.end()},
                   .summary = {"縮退先の文字集合 (省くと jisx0213)", "The set to shrink to (default: jisx0213)"}},
                  {.name = "pick",
                   .choices = {charmap::kShrinkRuleKeys.begin(), charmap::kShrinkRuleKeys.end()},
                   .summary = {"選ぶ規則 (省くと strict)", "The rule that picks (default: strict)"}},
                  {.name = "map",
                   .value = "FILE",
                   .summary = {"自前の代替マップを先に使う (xlsx, csv)", "A map of your own, used first (xlsx, csv)"}},
                  {.name = "undecided",
                   .summary = {"候補が複数あり、規則が選ばない文字の一覧",
                               "List what has several candidates and no pick"}},
                  {.name = "json", .summary = {"1件1行の JSON で書く", "Write one JSON object a line"}},
                  {.name = "header",
                   .summary = {"--json の初めに版の行を書く", "Begin --json with a line of versions"}},
                  table_option()},
      .run = run_shrink,
  };
  return command;
}

}  // namespace hyojun::cli
