// Every behaviour of Boost.Program_options 1.74 that would surprise has a test here.
#include "parse.h"

#include <gtest/gtest.h>

#include <stdexcept>

#include "command_word.h"
#include "sample_table.h"

namespace hyojun::cli {
namespace {

using Words = std::vector<std::string>;
using base::ErrorCode;

base::Result<ParsedArguments> parse_line(const Words& words) {
  const auto word = find_command_word(sample_table(), words);
  if (!word) return tl::unexpected(word.error());
  return parse(sample_table(), word->command, word->rest);
}

// The arguments of a call that must be accepted.
ParsedArguments accepted(const Words& words) {
  const auto arguments = parse_line(words);
  if (!arguments) throw std::runtime_error("refused: " + arguments.error().what.en);
  return *arguments;
}

// The error of a call that must be refused with exit code 2.
base::Error refused(const Words& words) {
  const auto arguments = parse_line(words);
  if (arguments) throw std::runtime_error("accepted");
  EXPECT_EQ(arguments.error().code, ErrorCode::usage);
  EXPECT_FALSE(arguments.error().what.ja.empty());
  EXPECT_FALSE(arguments.error().next.ja.empty());
  EXPECT_FALSE(arguments.error().next.en.empty());
  return arguments.error();
}

TEST(ParseTest, ReadsOptionsAndPositionals) {
  const ParsedArguments arguments = accepted({"identify", "--format", "csv", "a.csv", "-o", "out", "--json", "b.csv"});
  EXPECT_EQ(arguments.value("format"), "csv");
  EXPECT_EQ(arguments.value("output"), "out");
  EXPECT_TRUE(arguments.has("json"));
  EXPECT_FALSE(arguments.has("columns"));
  EXPECT_EQ(arguments.value("columns"), std::nullopt);
  EXPECT_EQ(arguments.positionals(), (Words{"a.csv", "b.csv"}));
}

TEST(ParseTest, RefusesAbbreviations) {
  EXPECT_EQ(refused({"identify", "--form", "csv", "a"}).next.en, "did you mean --format?");
  EXPECT_EQ(refused({"identify", "--js", "a"}).next.en, "did you mean --json?");
  EXPECT_EQ(refused({"identify", "--col=A", "a"}).what.en, "there is no option --col");
}

TEST(ParseTest, RefusesTheNextOptionAsValue) {
  EXPECT_EQ(refused({"identify", "--name", "--json"}).what.en, "--name needs a value");
  EXPECT_EQ(refused({"identify", "--name", "--unknown"}).what.en, "--name needs a value");
  EXPECT_EQ(refused({"identify", "-n", "--json"}).what.en, "--name needs a value");
  EXPECT_EQ(refused({"identify", "--name", "--", "a"}).what.en, "--name needs a value");
}

TEST(ParseTest, TakesAValueWithDashesAfterEquals) {
  const ParsedArguments arguments = accepted({"identify", "--name=--json", "a"});
  EXPECT_EQ(arguments.value("name"), "--json");
  EXPECT_FALSE(arguments.has("json"));
}

TEST(ParseTest, RefusesAMissingValue) {
  EXPECT_EQ(refused({"identify", "a", "--name"}).what.en, "--name needs a value");
  EXPECT_EQ(refused({"identify", "a", "--name="}).what.en, "--name needs a value");
  refused({"identify", "a", "-n"});
}

TEST(ParseTest, RefusesAValueForAFlag) {
  EXPECT_EQ(refused({"identify", "a", "--json=yes"}).what.en, "--json takes no value");
}

TEST(ParseTest, ReadsNegativeNumbersAsTextAndRefusesThemAsCounts) {
  const ParsedArguments arguments = accepted({"identify", "--offset", "-1", "a"});
  EXPECT_EQ(arguments.value("offset"), "-1");
  const auto number = arguments.number("offset", 0, 4294967295);
  ASSERT_FALSE(number);
  EXPECT_EQ(number.error().code, ErrorCode::usage);
  EXPECT_TRUE(number.error().what.en.starts_with("--offset: ")) << number.error().what.en;
  EXPECT_FALSE(accepted({"identify", "--offset=-1", "a"}).number("offset", 0, 10));
}

TEST(ParseTest, ChecksTheRangeOfNumbers) {
  EXPECT_EQ(accepted({"identify", "--offset", "10", "a"}).number("offset", 0, 10).value(), 10);
  EXPECT_EQ(accepted({"identify", "a"}).number("offset", 0, 10).value(), std::nullopt);
  EXPECT_FALSE(accepted({"identify", "--offset", "11", "a"}).number("offset", 0, 10));
  EXPECT_FALSE(accepted({"identify", "--offset", "1k", "a"}).number("offset", 0, 10));
}

TEST(ParseTest, KeepsSpacesAndJapaneseInPaths) {
  const ParsedArguments arguments = accepted({"identify", "-o", "out put/結果 一覧.csv", "住民 記録.csv", ""});
  EXPECT_EQ(arguments.value("output"), "out put/結果 一覧.csv");
  EXPECT_EQ(arguments.positionals(), (Words{"住民 記録.csv", ""}));
}

TEST(ParseTest, EndsOptionsAtTwoDashes) {
  const ParsedArguments arguments = accepted({"identify", "--json", "--", "--format", "-x", "--", "-"});
  EXPECT_FALSE(arguments.has("format"));
  EXPECT_EQ(arguments.positionals(), (Words{"--format", "-x", "--", "-"}));
}

TEST(ParseTest, TakesADashAsPositionalAndAsValue) {
  const ParsedArguments arguments = accepted({"identify", "-", "-o", "-"});
  EXPECT_EQ(arguments.positionals(), Words{"-"});
  EXPECT_EQ(arguments.value("output"), "-");
}

TEST(ParseTest, BoundsPositionals) {
  EXPECT_EQ(refused({"table", "info", "extra"}).what.en, "too many arguments: none is taken here");
  EXPECT_EQ(refused({"table", "diff", "a", "b", "c"}).what.en, "too many arguments: at most 2");
  refused({"table", "info", "--", "extra"});
  const Command* diff = find_command(sample_table(), "table diff");
  EXPECT_FALSE(check_positionals(*diff, accepted({"table", "diff", "a"})));
  EXPECT_TRUE(check_positionals(*diff, accepted({"table", "diff", "a", "b"})));
}

TEST(ParseTest, RefusesARepeatedOption) {
  EXPECT_EQ(refused({"identify", "--name", "a", "-n", "b", "f"}).what.en, "--name can be given only once");
  EXPECT_EQ(refused({"identify", "--json", "--json", "f"}).what.en, "--json can be given only once");
  EXPECT_EQ(refused({"--lang", "ja", "identify", "--lang", "ja"}).what.en, "--lang can be given only once");
  EXPECT_EQ(accepted({"identify", "--layer", "a", "--layer=b", "f"}).values("layer"), (Words{"a", "b"}));
}

TEST(ParseTest, GivesTheImpliedValue) {
  EXPECT_EQ(accepted({"identify", "--shrink", "f"}).value("shrink"), "strict");
  EXPECT_EQ(accepted({"identify", "--shrink", "f"}).positionals(), Words{"f"});
  EXPECT_EQ(accepted({"identify", "f", "--shrink"}).value("shrink"), "strict");
  EXPECT_EQ(accepted({"identify", "--shrink", "none", "f"}).value("shrink"), "none");
  EXPECT_EQ(accepted({"identify", "--shrink=none", "f"}).value("shrink"), "none");
  EXPECT_EQ(accepted({"identify", "--shrink", "--json", "f"}).value("shrink"), "strict");
  EXPECT_EQ(accepted({"identify", "--", "--shrink"}).positionals(), Words{"--shrink"});
  EXPECT_FALSE(accepted({"identify", "f"}).value("shrink").has_value());
  refused({"identify", "--shrink=other", "f"});
}

TEST(ParseTest, RefusesAnUnknownChoice) {
  EXPECT_EQ(refused({"identify", "--format", "xml", "f"}).next.en, "one of: csv, tsv, text");
  refused({"identify", "--lang", "fr", "f"});
  refused({"identify", "--format", "CSV", "f"});
}

TEST(ParseTest, SuggestsTheNearestOption) {
  EXPECT_EQ(refused({"identify", "--fromat", "csv", "f"}).next.en, "did you mean --format?");
  EXPECT_EQ(refused({"identify", "--jsno=1", "f"}).next.en, "did you mean --json?");
  EXPECT_EQ(refused({"identify", "--colour", "never", "f"}).next.en, "did you mean --color?");
  EXPECT_EQ(refused({"identify", "-json", "f"}).code, ErrorCode::usage);
  EXPECT_EQ(refused({"identify", "--zzzzzz", "f"}).next.en.find("did you mean"), std::string::npos);
  EXPECT_EQ(refused({"identify", "-x", "f"}).what.en, "there is no option -x");
  refused({"identify", "-あ", "f"});
  refused({"identify", "--JSON", "f"});
}

TEST(ParseTest, ReadsShortOptionsTogetherAndAdjacent) {
  const ParsedArguments arguments = accepted({"identify", "-jfcsv", "-oout", "f"});
  EXPECT_TRUE(arguments.has("json"));
  EXPECT_EQ(arguments.value("format"), "csv");
  EXPECT_EQ(arguments.value("output"), "out");
}

TEST(ParseTest, KnowsHowHelpWasAsked) {
  EXPECT_TRUE(accepted({"identify", "-h"}).given_short("help"));
  EXPECT_FALSE(accepted({"identify", "--help"}).given_short("help"));
  EXPECT_TRUE(accepted({"identify", "-jh"}).given_short("help"));
}

TEST(ParseTest, AskingForAnUndeclaredOptionIsABug) {
  EXPECT_THROW(accepted({"identify", "f"}).has("jsn"), std::logic_error);
}

}  // namespace
}  // namespace hyojun::cli
