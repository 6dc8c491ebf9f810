#include "parse.h"

#include <hyojun/base/number.h>

#include <algorithm>
#include <boost/program_options.hpp>
#include <stdexcept>
#include <utility>

#include "command_word.h"
#include "printable.h"

namespace hyojun::cli {
namespace {

namespace po = boost::program_options;
using base::ErrorCode;

constexpr int kStyle = po::command_line_style::unix_style & ~po::command_line_style::allow_guessing;

po::options_description describe(const std::vector<Option>& options) {
  po::options_description description;
  for (const Option& option : options) {
    const std::string names = option.short_name == '\0' ? option.name : option.name + "," + option.short_name;
    if (option.takes_value()) {
      description.add_options()(names.c_str(), po::value<std::string>());
    } else {
      description.add_options()(names.c_str(), "");
    }
  }
  return description;
}

po::positional_options_description describe(const Positionals& positionals) {
  po::positional_options_description description;
  const bool is_bounded = positionals.max != kUnbounded;
  // -1 is Boost's word for any number; no description at all would drop positionals in silence.
  if (positionals.max > 0) description.add("positional", is_bounded ? static_cast<int>(positionals.max) : -1);
  return description;
}

base::Error usage_error(base::Text what, base::Text next = {"--help を見る", "see --help"}) {
  return {ErrorCode::usage, std::move(what), {}, std::move(next)};
}

base::Error missing_value(const std::string& option) {
  return usage_error(
      {option + " には値が必要です", option + " needs a value"},
      {"「--」で始まる値は " + option + "=値 と書く", "write a value that begins with '--' as " + option + "=VALUE"});
}

base::Error syntax_error(const po::invalid_syntax& error) {
  const std::string option = printable(error.get_option_name());
  switch (error.kind()) {
    case po::invalid_syntax::missing_parameter:
    case po::invalid_syntax::empty_adjacent_parameter:
      return missing_value(option);
    case po::invalid_syntax::extra_parameter:
    case po::invalid_syntax::long_adjacent_not_allowed:
    case po::invalid_syntax::short_adjacent_not_allowed:
      return usage_error({option + " は値をとりません", option + " takes no value"});
    default:
      return usage_error({option + " を解釈できません", "cannot read " + option});
  }
}

base::Error too_many_positionals(std::size_t max) {
  if (max == 0)
    return usage_error({"引数が余分です: ここでは引数をとりません", "too many arguments: none is taken here"});
  const std::string count = std::to_string(max);
  return usage_error({"引数が多すぎます: " + count + " 個までです", "too many arguments: at most " + count},
                     {"空白を含む名前は引用符で囲む", "quote names that contain spaces"});
}

base::Result<std::vector<po::option>> run_boost(const std::vector<Option>& options, const Positionals& positionals,
                                                const std::vector<std::string>& words) {
  const po::options_description description = describe(options);
  const po::positional_options_description positional_description = describe(positionals);
  try {
    return po::basic_command_line_parser<char>(words)
        .options(description)
        .positional(positional_description)
        .style(kStyle)
        .run()
        .options;
  } catch (const po::unknown_option& error) {
    return tl::unexpected(unknown_option_error(options, error.get_option_name()));
  } catch (const po::too_many_positional_options_error&) {
    return tl::unexpected(too_many_positionals(positionals.max));
  } catch (const po::invalid_syntax& error) {
    return tl::unexpected(syntax_error(error));
  }
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// Refuses what Boost lets pass: a value that is the next option, a value that is none of the choices.
base::Result<void> check_value(const Option& option, const po::option& parsed) {
  if (!option.takes_value()) return {};
  const std::string name = "--" + option.name;
  const std::string& value = parsed.value.front();
  const bool is_adjacent = parsed.original_tokens.size() < 2;
  if (value.starts_with("--") && !is_adjacent) return tl::unexpected(missing_value(name));
  if (option.choices.empty()) return {};
  if (std::find(option.choices.begin(), option.choices.end(), value) != option.choices.end()) return {};
  const std::string choices = joined(option.choices);
  return tl::unexpected(usage_error({name + " の値が正しくありません", name + " does not know this value"},
                                    {"次のいずれか: " + choices, "one of: " + choices}));
}

// Gives an option that stands without its value the implied one. Boost's own implicit value would take the next word,
// a file, for it.
std::vector<std::string> with_implied(const std::vector<Option>& options, std::vector<std::string> words) {
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (!words[i].starts_with("--")) continue;
    const Option* option = find_option(options, std::string_view(words[i]).substr(2));
    if (option == nullptr || option->implied.empty()) continue;
    const bool has_value = i + 1 < words.size() && std::find(option->choices.begin(), option->choices.end(),
                                                             words[i + 1]) != option->choices.end();
    if (!has_value) words[i] += "=" + option->implied;
  }
  return words;
}

bool is_short_token(const po::option& parsed) {
  return parsed.original_tokens.empty() || !parsed.original_tokens.front().starts_with("--");
}

}  // namespace

ParsedArguments::ParsedArguments(std::vector<Option> declared, std::vector<Occurrence> occurrences,
                                 std::vector<std::string> positionals)
    : declared_(std::move(declared)), occurrences_(std::move(occurrences)), positionals_(std::move(positionals)) {}

const ParsedArguments::Occurrence* ParsedArguments::last(std::string_view name) const {
  if (find_option(declared_, name) == nullptr) throw std::logic_error("undeclared option " + std::string(name));
  const auto found =
      std::find_if(occurrences_.rbegin(), occurrences_.rend(), [&](const Occurrence& o) { return o.name == name; });
  return found == occurrences_.rend() ? nullptr : &*found;
}

bool ParsedArguments::has(std::string_view name) const { return last(name) != nullptr; }

std::optional<std::string> ParsedArguments::value(std::string_view name) const {
  const Occurrence* occurrence = last(name);
  return occurrence == nullptr ? std::nullopt : std::optional(occurrence->value);
}

std::vector<std::string> ParsedArguments::values(std::string_view name) const {
  std::vector<std::string> all;
  if (last(name) == nullptr) return all;
  for (const Occurrence& occurrence : occurrences_) {
    if (occurrence.name == name) all.push_back(occurrence.value);
  }
  return all;
}

base::Result<std::optional<std::uint64_t>> ParsedArguments::number(std::string_view name, std::uint64_t min,
                                                                   std::uint64_t max) const {
  const std::optional<std::string> text = value(name);
  if (!text) return std::optional<std::uint64_t>();
  base::Result<std::uint64_t> parsed = base::parse_unsigned(*text, min, max);
  if (parsed) return std::optional(*parsed);
  base::Error error = parsed.error();
  const std::string option = "--" + std::string(name) + ": ";
  error.what = {option + error.what.ja, option + error.what.en};
  if (error.next.en.empty()) error.next = {"--help を見る", "see --help"};
  return tl::unexpected(error);
}

bool ParsedArguments::given_short(std::string_view name) const {
  const Occurrence* occurrence = last(name);
  return occurrence != nullptr && occurrence->is_short;
}

base::Result<ParsedArguments> parse(const CommandTable& table, const Command* command,
                                    const std::vector<std::string>& words) {
  std::vector<Option> options = all_options(table, command);
  const auto parsed =
      run_boost(options, command == nullptr ? Positionals{} : command->positionals, with_implied(options, words));
  if (!parsed) return tl::unexpected(parsed.error());
  std::vector<ParsedArguments::Occurrence> occurrences;
  std::vector<std::string> positionals;
  for (const po::option& each : *parsed) {
    if (each.position_key != -1) {
      positionals.insert(positionals.end(), each.value.begin(), each.value.end());
      continue;
    }
    const Option* option = find_option(options, each.string_key);
    if (option == nullptr) throw std::logic_error("Boost knows an option that the table does not");
    if (const auto checked = check_value(*option, each); !checked) return tl::unexpected(checked.error());
    const bool is_repeated = std::any_of(occurrences.begin(), occurrences.end(),
                                         [&](const auto& earlier) { return earlier.name == option->name; });
    if (is_repeated && !option->repeatable) {
      const std::string name = "--" + option->name;
      return tl::unexpected(usage_error({name + " は一度しか指定できません", name + " can be given only once"}));
    }
    occurrences.push_back({option->name, option->takes_value() ? each.value.front() : "", is_short_token(each)});
  }
  return ParsedArguments(std::move(options), std::move(occurrences), std::move(positionals));
}

base::Result<void> check_positionals(const Command& command, const ParsedArguments& arguments) {
  if (arguments.positionals().size() >= command.positionals.min) return {};
  const std::string usage = "hyojun " + command.path + " " + command.positionals.usage;
  return tl::unexpected(
      usage_error({"引数が足りません: " + command.positionals.usage, "missing: " + command.positionals.usage},
                  {"書き方: " + usage, "write: " + usage}));
}

}  // namespace hyojun::cli
