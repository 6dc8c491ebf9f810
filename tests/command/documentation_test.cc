// What the table of the real program must hold, whatever commands are added to it.
#include <gtest/gtest.h>
#include <hyojun/base/text.h>

#include <set>

#include "commands.h"
#include "help.h"

namespace hyojun::cli {
namespace {

void expect_both(const base::Text& text, const std::string& name) {
  EXPECT_FALSE(text.ja.empty()) << name;
  EXPECT_FALSE(text.en.empty()) << name;
  EXPECT_TRUE(base::is_utf8(text.ja)) << name;
  EXPECT_TRUE(base::is_utf8(text.en)) << name;
}

void expect_both_or_none(const base::Text& text, const std::string& name) {
  EXPECT_EQ(text.ja.empty(), text.en.empty()) << name;
}

// One sentence: help sets it in a list, the manual page adds the full stop.
void expect_summary(const base::Text& text, const std::string& name) {
  expect_both(text, name);
  EXPECT_FALSE(text.ja.ends_with("。")) << name;
  EXPECT_FALSE(text.en.ends_with(".")) << name;
}

TEST(DocumentationTest, EveryCommandIsComplete) {
  for (const Command* command : command_table().commands) {
    expect_summary(command->summary, command->path);
    expect_both_or_none(command->description, command->path);
    ASSERT_NE(command->run, nullptr) << command->path;
    EXPECT_LE(command->positionals.min, command->positionals.max) << command->path;
    EXPECT_EQ(command->positionals.usage.empty(), command->positionals.max == 0) << command->path;
    if (command->positionals.max > 0) expect_both(command->positionals.summary, command->path);
    for (const Example& example : command->examples) {
      EXPECT_NE(example.command.find("hyojun"), std::string::npos) << command->path;
      expect_both(example.summary, command->path);
    }
  }
}

TEST(DocumentationTest, EveryOptionIsComplete) {
  for (const Command* command : command_table().commands) {
    for (const Option& option : all_options(command_table(), command)) {
      const std::string name = command->path + " --" + option.name;
      EXPECT_GE(option.name.size(), 2) << name;
      EXPECT_EQ(option.name.find_first_not_of("abcdefghijklmnopqrstuvwxyz0123456789-"), std::string::npos) << name;
      expect_summary(option.summary, name);
      expect_both_or_none(option.details, name);
    }
  }
}

TEST(DocumentationTest, NamesAreUnique) {
  std::set<std::string> paths;
  for (const Command* command : command_table().commands) {
    EXPECT_TRUE(paths.insert(command->path).second) << command->path;
    EXPECT_EQ(find_group(command_table(), command->path), nullptr) << command->path;
    std::set<std::string> names;
    for (const Option& option : all_options(command_table(), command)) {
      EXPECT_TRUE(names.insert(option.name).second) << command->path << " --" << option.name;
      if (option.short_name == '\0') continue;
      EXPECT_TRUE(names.insert(std::string(1, option.short_name)).second) << command->path << " -" << option.short_name;
    }
  }
}

TEST(DocumentationTest, EveryTwoWordCommandHasItsGroup) {
  for (const Command* command : command_table().commands) {
    const std::size_t space = command->path.find(' ');
    if (space == std::string::npos) continue;
    EXPECT_NE(find_group(command_table(), command->path.substr(0, space)), nullptr) << command->path;
  }
  for (const CommandGroup& group : command_table().groups) {
    expect_summary(group.summary, group.name);
    EXPECT_FALSE(commands_of(command_table(), group).empty()) << group.name;
  }
}

TEST(DocumentationTest, EveryVariableIsExplained) {
  for (const EnvironmentVariable& variable : command_table().environment)
    expect_summary(variable.summary, variable.name);
}

}  // namespace
}  // namespace hyojun::cli
