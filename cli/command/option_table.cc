#include "option_table.h"

#include <algorithm>

namespace hyojun::cli {

std::string Option::value_label() const {
  if (!value.empty()) return value;
  std::string label;
  for (const std::string& choice : choices) label += (label.empty() ? "" : "|") + choice;
  return implied.empty() ? label : "[" + label + "]";
}

const Command* find_command(const CommandTable& table, std::string_view path) {
  const auto found =
      std::find_if(table.commands.begin(), table.commands.end(), [&](const Command* c) { return c->path == path; });
  return found == table.commands.end() ? nullptr : *found;
}

const CommandGroup* find_group(const CommandTable& table, std::string_view name) {
  const auto found =
      std::find_if(table.groups.begin(), table.groups.end(), [&](const CommandGroup& g) { return g.name == name; });
  return found == table.groups.end() ? nullptr : &*found;
}

const Option* find_option(const std::vector<Option>& options, std::string_view name) {
  const auto found = std::find_if(options.begin(), options.end(), [&](const Option& o) { return o.name == name; });
  return found == options.end() ? nullptr : &*found;
}

const Option* find_short_option(const std::vector<Option>& options, char short_name) {
  const auto found = std::find_if(options.begin(), options.end(),
                                  [&](const Option& o) { return o.short_name == short_name && short_name != '\0'; });
  return found == options.end() ? nullptr : &*found;
}

std::vector<const Command*> commands_of(const CommandTable& table, const CommandGroup& group) {
  std::vector<const Command*> members;
  const std::string prefix = group.name + " ";
  for (const Command* command : table.commands) {
    if (command->path.starts_with(prefix)) members.push_back(command);
  }
  return members;
}

std::vector<Option> all_options(const CommandTable& table, const Command* command) {
  std::vector<Option> options;
  if (command != nullptr) options = command->options;
  options.insert(options.end(), table.global_options.begin(), table.global_options.end());
  return options;
}

}  // namespace hyojun::cli
