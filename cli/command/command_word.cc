#include "command_word.h"

#include "printable.h"
#include "suggestion.h"

namespace hyojun::cli {
namespace {

using base::ErrorCode;

bool is_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

// The name between "--" and "=".
std::string_view long_name(std::string_view word) { return word.substr(2, word.find('=') - 2); }

// The names that may stand where `group` (or nothing) has been read.
std::vector<std::string> known_words(const CommandTable& table, const CommandGroup* group) {
  std::vector<std::string> words;
  for (const Command* command : table.commands) {
    if (command->hidden) continue;
    const std::size_t space = command->path.find(' ');
    if (group == nullptr && space == std::string::npos) words.push_back(command->path);
    if (group != nullptr && command->path.starts_with(group->name + " "))
      words.push_back(command->path.substr(space + 1));
  }
  for (const CommandGroup& known : table.groups) {
    if (group == nullptr && !known.hidden) words.push_back(known.name);
  }
  return words;
}

base::Error unknown_command(const CommandTable& table, const CommandGroup* group, const std::string& word) {
  const std::string prefix = group == nullptr ? "" : group->name + " ";
  const std::string name = prefix + printable(word);
  base::Error error{ErrorCode::usage,
                    {"コマンド「" + name + "」はありません", "there is no command '" + name + "'"},
                    {},
                    {"`hyojun --help` でコマンドの一覧を見る", "`hyojun --help` lists the commands"}};
  if (const auto near = nearest(word, known_words(table, group))) {
    error.next = {"「" + prefix + *near + "」ではありませんか", "did you mean '" + prefix + *near + "'?"};
  }
  return error;
}

base::Error option_before_command(const CommandTable& table, std::string_view word) {
  const bool is_long = word.starts_with("--");
  const std::string shown = printable(is_long ? "--" + std::string(long_name(word)) : std::string(word.substr(0, 2)));
  for (const Command* command : table.commands) {
    const Option* known =
        is_long ? find_option(command->options, long_name(word)) : find_short_option(command->options, word[1]);
    if (known == nullptr) continue;
    return {ErrorCode::usage,
            {"オプション " + shown + " はコマンドの前には書けません", shown + " cannot stand before the command"},
            {},
            {"コマンドの後に書く: hyojun " + command->path + " " + shown,
             "write it after the command: hyojun " + command->path + " " + shown}};
  }
  return unknown_option_error(all_options(table, nullptr), std::string(word));
}

// How many words a global option takes here: 1, or 2 with its value; 0 if it is none.
std::size_t words_of_global(const CommandTable& table, std::string_view word) {
  if (word.starts_with("--")) {
    const Option* option = find_option(table.global_options, long_name(word));
    if (option == nullptr) return 0;
    return option->takes_value() && word.find('=') == std::string_view::npos ? 2 : 1;
  }
  for (std::size_t i = 1; i < word.size(); ++i) {
    const Option* option = find_short_option(table.global_options, word[i]);
    if (option == nullptr) return 0;
    if (option->takes_value()) return i + 1 == word.size() ? 2 : 1;
  }
  return 1;
}

}  // namespace

base::Error unknown_option_error(const std::vector<Option>& options, const std::string& word) {
  const bool is_long = word.starts_with("--");
  const std::string shown = printable(is_long ? "--" + std::string(long_name(word)) : word);
  base::Error error{ErrorCode::usage,
                    {"オプション " + shown + " はありません", "there is no option " + shown},
                    {},
                    {"--help でオプションの一覧を見る。「-」で始まる値は「--」の後に書く",
                     "--help lists the options; put arguments that begin with '-' after '--'"}};
  std::vector<std::string> names;
  for (const Option& option : options) names.push_back(option.name);
  // "-encoding": a long option with one dash missing is nearer than any short one.
  const std::string name(is_long ? long_name(word) : std::string_view(word).substr(1));
  if (name.size() < 2) return error;
  if (const auto near = nearest(name, names)) {
    error.next = {"--" + *near + " ではありませんか", "did you mean --" + *near + "?"};
  }
  return error;
}

base::Result<CommandWord> find_command_word(const CommandTable& table, const std::vector<std::string>& words) {
  CommandWord found;
  std::size_t i = 0;
  while (i < words.size() && found.command == nullptr) {
    const std::string& word = words[i];
    if (word == "--") {
      return base::fail(ErrorCode::usage, {"「--」の前にコマンドがありません", "there is no command before '--'"}, {},
                        {"`hyojun コマンド -- 引数` の順に書く", "write `hyojun COMMAND -- ARGUMENTS`"});
    }
    if (is_option(word)) {
      const std::size_t count = words_of_global(table, word);
      if (count == 0) return tl::unexpected(option_before_command(table, word));
      for (std::size_t end = i + count; i < end && i < words.size(); ++i) found.rest.push_back(words[i]);
      continue;
    }
    ++i;
    found.command = find_command(table, found.group == nullptr ? word : found.group->name + " " + word);
    if (found.command != nullptr) break;
    const CommandGroup* group = found.group == nullptr ? find_group(table, word) : nullptr;
    if (group == nullptr) return tl::unexpected(unknown_command(table, found.group, word));
    found.group = group;
  }
  found.rest.insert(found.rest.end(), words.begin() + static_cast<std::ptrdiff_t>(i), words.end());
  return found;
}

std::optional<std::string> early_value(const std::vector<std::string>& words, std::string_view name) {
  const std::string option = "--" + std::string(name);
  for (std::size_t i = 0; i < words.size() && words[i] != "--"; ++i) {
    if (words[i].starts_with(option + "=")) return words[i].substr(option.size() + 1);
    if (words[i] == option && i + 1 < words.size()) return words[i + 1];
  }
  return std::nullopt;
}

}  // namespace hyojun::cli
