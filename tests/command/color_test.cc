#include "color.h"

#include <gtest/gtest.h>

namespace hyojun::cli {
namespace {

EnvironmentLookup only(const std::string& set, const std::string& value) {
  return [=](const std::string& name) { return name == set ? std::optional(value) : std::nullopt; };
}

TEST(ColorTest, TheFlagDecides) {
  EXPECT_TRUE(choose_color("always", only("NO_COLOR", "1"), false));
  EXPECT_FALSE(choose_color("never", only("TERM", "xterm"), true));
}

TEST(ColorTest, AutoAsksTheTerminal) {
  EXPECT_TRUE(choose_color("auto", only("TERM", "xterm"), true));
  EXPECT_TRUE(choose_color({}, only("NO_COLOR", ""), true));
  EXPECT_FALSE(choose_color({}, only("TERM", "xterm"), false));
  EXPECT_FALSE(choose_color({}, only("NO_COLOR", "1"), true));
  EXPECT_FALSE(choose_color({}, only("TERM", "dumb"), true));
}

TEST(ColorTest, PaintsOnlyWhenAsked) {
  EXPECT_EQ(paint("未同定外字", Emphasis::bad, false), "未同定外字");
  EXPECT_EQ(paint("未同定外字", Emphasis::bad, true), "\x1b[31m未同定外字\x1b[0m");
  EXPECT_EQ(paint("text", Emphasis::none, true), "text");
}

}  // namespace
}  // namespace hyojun::cli
