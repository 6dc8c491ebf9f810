#include "language.h"

#include <gtest/gtest.h>

#include <map>

namespace hyojun::cli {
namespace {

EnvironmentLookup environment(std::map<std::string, std::string> variables) {
  return [variables](const std::string& name) -> std::optional<std::string> {
    const auto found = variables.find(name);
    return found == variables.end() ? std::nullopt : std::optional(found->second);
  };
}

TEST(LanguageTest, TheFlagComesFirst) {
  EXPECT_EQ(choose_language("en", environment({{"HYOJUN_LANG", "ja"}, {"LANG", "ja_JP.UTF-8"}})), Language::english);
  EXPECT_EQ(choose_language("ja", environment({{"LC_ALL", "C"}})), Language::japanese);
}

TEST(LanguageTest, ThenTheVariable) {
  EXPECT_EQ(choose_language({}, environment({{"HYOJUN_LANG", "ja"}, {"LC_ALL", "C"}})), Language::japanese);
  EXPECT_EQ(choose_language({}, environment({{"HYOJUN_LANG", "en"}, {"LANG", "ja_JP.UTF-8"}})), Language::english);
  EXPECT_EQ(choose_language({}, environment({{"HYOJUN_LANG", "fr"}, {"LANG", "ja"}})), Language::japanese);
}

TEST(LanguageTest, ThenTheLocaleInPosixOrder) {
  EXPECT_EQ(choose_language({}, environment({{"LANG", "ja_JP.UTF-8"}})), Language::japanese);
  EXPECT_EQ(choose_language({}, environment({{"LC_ALL", "C"}, {"LANG", "ja_JP.UTF-8"}})), Language::english);
  EXPECT_EQ(choose_language({}, environment({{"LC_ALL", ""}, {"LC_MESSAGES", "ja_JP"}, {"LANG", "C"}})),
            Language::japanese);
  EXPECT_EQ(choose_language({}, environment({{"LANG", "jam"}})), Language::english);
  EXPECT_EQ(choose_language({}, environment({})), Language::english);
}

}  // namespace
}  // namespace hyojun::cli
