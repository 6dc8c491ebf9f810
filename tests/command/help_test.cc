#include "help.h"

#include <gtest/gtest.h>
#include <hyojun/base/text.h>

#include <sstream>

#include "commands.h"
#include "sample_table.h"
#include "test_volume.h"

namespace hyojun::cli {
namespace {

// Every help text of a table in one style, with its name.
std::vector<std::pair<std::string, std::string>> all_help(const CommandTable& table, const HelpStyle& style) {
  std::vector<std::pair<std::string, std::string>> texts{{"hyojun", program_help(table, style)}};
  for (const CommandGroup& group : table.groups) texts.emplace_back(group.name, group_help(table, group, style));
  for (const Command* command : table.commands) texts.emplace_back(command->path, command_help(table, *command, style));
  return texts;
}

void expect_fits(const CommandTable& table, const HelpStyle& style) {
  for (const auto& [name, text] : all_help(table, style)) {
    EXPECT_TRUE(base::is_utf8(text)) << name;
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(base::display_width(line), style.width) << name << ": " << line;
      EXPECT_FALSE(line.ends_with(' ')) << name << ": " << line;
    }
  }
}

TEST(HelpTest, IsUtf8AndFitsEveryScreenInBothLanguages) {
  for (const Language language : {Language::japanese, Language::english}) {
    for (const HelpLength length : {HelpLength::brief, HelpLength::full}) {
      for (std::size_t width = 40; width <= 120; width += HYOJUN_TEST_VOLUME(1, 7)) {
        expect_fits(sample_table(), {language, length, width});
        expect_fits(command_table(), {language, length, width});
      }
    }
  }
}

TEST(HelpTest, FullHelpBeginsWithTwoExamples) {
  const Command& identify = *find_command(sample_table(), "identify");
  const std::string full = command_help(sample_table(), identify, {});
  EXPECT_LT(full.find("a long example"), full.find("a short example"));
  EXPECT_LT(full.find("a short example"), full.find("Usage:"));
  EXPECT_NE(full.find("Its schema names the"), std::string::npos);
  const std::string brief = command_help(sample_table(), identify, {.length = HelpLength::brief});
  EXPECT_EQ(brief.find("a long example"), std::string::npos);
  EXPECT_EQ(brief.find("Its schema names the"), std::string::npos);
}

TEST(HelpTest, NamesEveryOptionWithItsValue) {
  const std::string help = command_help(sample_table(), *find_command(sample_table(), "identify"), {});
  for (const char* part :
       {"-f, --format csv|tsv|text", "    --columns A,B", "-o, --output OUT", "-j, --json", "--lang ja|en",
        "A layer of added characters (repeatable)", "Usage:\n  hyojun identify [options] FILE..."}) {
    EXPECT_NE(help.find(part), std::string::npos) << part << "\n" << help;
  }
}

TEST(HelpTest, ListsCommandsButNoHiddenOnes) {
  const std::string help = program_help(sample_table(), {});
  EXPECT_NE(help.find("table diff"), std::string::npos);
  EXPECT_EQ(help.find("crash"), std::string::npos);
}

TEST(HelpTest, LongExamplesCanStillBePasted) {
  const std::string help = command_help(sample_table(), *find_command(sample_table(), "identify"), {.width = 60});
  EXPECT_NE(help.find(" \\\n"), std::string::npos) << help;
}

}  // namespace
}  // namespace hyojun::cli
