#include "suggestion.h"

#include <gtest/gtest.h>

namespace hyojun::cli {
namespace {

TEST(SuggestionTest, CountsEdits) {
  EXPECT_EQ(edit_distance("", "abc"), 3);
  EXPECT_EQ(edit_distance("json", "json"), 0);
  EXPECT_EQ(edit_distance("jsno", "json"), 1);  // a transposition is one edit
  EXPECT_EQ(edit_distance("jso", "json"), 1);
  EXPECT_EQ(edit_distance("jxxn", "json"), 2);
}

TEST(SuggestionTest, FindsTheNearestOrNothing) {
  EXPECT_EQ(nearest("conf", {"color", "config"}), "config");
  EXPECT_EQ(nearest("colour", {"color", "columns"}), "color");
  EXPECT_EQ(nearest("xyz", {"color", "columns"}), std::nullopt);
  EXPECT_EQ(nearest("", {"color"}), std::nullopt);
  EXPECT_EQ(nearest(std::string(100000, 'x'), {"color"}), std::nullopt);
}

}  // namespace
}  // namespace hyojun::cli
