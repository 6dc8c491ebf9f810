#include "command_word.h"

#include <gtest/gtest.h>

#include "sample_table.h"

namespace hyojun::cli {
namespace {

using Words = std::vector<std::string>;

std::string next_step(const Words& words) {
  const auto found = find_command_word(sample_table(), words);
  return found ? "accepted" : found.error().next.en;
}

TEST(CommandWordTest, FindsOneAndTwoWords) {
  const auto one = find_command_word(sample_table(), {"identify", "--json", "table"});
  ASSERT_TRUE(one);
  EXPECT_EQ(one->command->path, "identify");
  EXPECT_EQ(one->rest, (Words{"--json", "table"}));
  const auto two = find_command_word(sample_table(), {"table", "diff", "info", "identify"});
  ASSERT_TRUE(two);
  EXPECT_EQ(two->command->path, "table diff");
  EXPECT_EQ(two->rest, (Words{"info", "identify"}));
}

TEST(CommandWordTest, TakesGlobalOptionsBeforeBetweenAndAfter) {
  for (const Words& words : {Words{"--lang", "ja", "table", "info"}, Words{"--lang=ja", "table", "info"},
                             Words{"table", "--lang", "ja", "info"}, Words{"table", "info", "--lang", "ja"}}) {
    const auto found = find_command_word(sample_table(), words);
    ASSERT_TRUE(found) << words[0];
    EXPECT_EQ(found->command->path, "table info");
    EXPECT_EQ(early_value(words, "lang"), "ja");
  }
}

TEST(CommandWordTest, TheValueOfAGlobalOptionIsNoCommand) {
  const auto found = find_command_word(sample_table(), {"--color", "identify", "table", "info"});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->command->path, "table info");
}

TEST(CommandWordTest, RefusesACommandsOptionBeforeTheCommand) {
  EXPECT_EQ(next_step({"--format", "csv", "identify", "f"}), "write it after the command: hyojun identify --format");
  EXPECT_EQ(next_step({"-o", "out", "identify", "f"}), "write it after the command: hyojun identify -o");
  EXPECT_EQ(next_step({"--halp"}), "did you mean --help?");
  EXPECT_EQ(next_step({"-x"}), "--help lists the options; put arguments that begin with '-' after '--'");
}

TEST(CommandWordTest, SuggestsTheNearestCommand) {
  EXPECT_EQ(next_step({"identfy", "f"}), "did you mean 'identify'?");
  EXPECT_EQ(next_step({"idnetify"}), "did you mean 'identify'?");
  EXPECT_EQ(next_step({"ident"}), "did you mean 'identify'?");
  EXPECT_EQ(next_step({"tabel", "info"}), "did you mean 'table'?");
  EXPECT_EQ(next_step({"table", "inf"}), "did you mean 'table info'?");
  EXPECT_EQ(next_step({"zzzzzz"}), "`hyojun --help` lists the commands");
  EXPECT_EQ(next_step({"cras"}), "`hyojun --help` lists the commands") << "hidden commands are not suggested";
}

TEST(CommandWordTest, NamesTheGroupThatStandsAlone) {
  const auto found = find_command_word(sample_table(), {"table"});
  ASSERT_TRUE(found);
  EXPECT_EQ(found->command, nullptr);
  ASSERT_NE(found->group, nullptr);
  EXPECT_EQ(found->group->name, "table");
}

TEST(CommandWordTest, NothingAndDashes) {
  const auto none = find_command_word(sample_table(), {});
  ASSERT_TRUE(none);
  EXPECT_EQ(none->command, nullptr);
  EXPECT_EQ(none->group, nullptr);
  EXPECT_EQ(next_step({"--", "identify"}), "write `hyojun COMMAND -- ARGUMENTS`");
  EXPECT_EQ(next_step({"-"}), "`hyojun --help` lists the commands");
}

TEST(CommandWordTest, EarlyValueEndsAtTwoDashes) {
  EXPECT_EQ(early_value({"identify", "--", "--lang", "ja"}, "lang"), std::nullopt);
  EXPECT_EQ(early_value({"identify", "--lang"}, "lang"), std::nullopt);
  EXPECT_EQ(early_value({"identify", "--language=ja"}, "lang"), std::nullopt);
}

}  // namespace
}  // namespace hyojun::cli
