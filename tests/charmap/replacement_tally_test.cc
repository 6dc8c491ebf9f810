// Tallies of replacements: parts of a file, and files of a run.
#include "hyojun/charmap/replacement_tally.h"

#include <gtest/gtest.h>

#include <vector>

namespace hyojun::charmap {
namespace {

using Bytes = std::vector<std::uint8_t>;

TEST(ReplacementTally, PartsJoinToTheWhole) {
  const auto event = [](std::uint64_t offset, std::uint64_t record) {
    return Event{offset, record, 1, 3, Event::Kind::character, Outcome::gaiji_unmapped, 0xE000, 0};
  };
  const Bytes source = {0xEE, 0x80, 0x80};
  ReplacementTally whole;
  ReplacementTally parts;
  ReplacementTally second;
  for (std::uint64_t i = 0; i < 5; ++i) {
    const Replacement r{event(i * 10, i), i % 2 == 0 ? Action::geta : Action::keep, {}, {0x3013, 0}};
    whole.add(r, source, {0, 2, i + 1, i * 10});
    if (i < 2) parts.add(r, source, {0, 2, i + 1, i * 10});
    if (i >= 2) second.add(r, source, {0, 2, i - 1, i * 10 - 20});
  }
  second.add_brackets(3);
  parts.append(second, 2, 20);
  EXPECT_EQ(parts.brackets(), 3U);
  EXPECT_EQ(parts.count(Action::geta), 3U);
  EXPECT_EQ(parts.count(Action::keep), 2U);
  const auto a = whole.sorted();
  const auto b = parts.sorted();
  ASSERT_EQ(a.size(), 2U);
  ASSERT_EQ(b.size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(a[i].first, b[i].first);
    EXPECT_EQ(a[i].second->count, b[i].second->count);
    for (std::size_t p = 0; p < a[i].second->positions; ++p) EXPECT_EQ(a[i].second->at[p], b[i].second->at[p]);
  }
  EXPECT_EQ(a[0].first.action, Action::keep);
}

TEST(ReplacementTally, FilesMergeByMovingAsByCopying) {
  ReplacementTally only_brackets;
  only_brackets.add_brackets(3);
  ReplacementTally files[2];
  for (std::uint32_t f = 0; f < 2; ++f) {
    const Event event{0, 0, 1, 3, Event::Kind::character, Outcome::gaiji_unmapped, 0xE000 + f, 0};
    files[f].add({event, Action::geta, {}, {0x3013, 0}}, Bytes{0xEE, 0x80, static_cast<std::uint8_t>(0x80 + f)},
                 {f, 1, 1, 0});
    files[f].add_brackets(1);
  }
  ReplacementTally copied, moved;
  for (const ReplacementTally* next : {&only_brackets, &files[0], &files[1]}) {
    copied.merge(*next);
    moved.merge(ReplacementTally(*next));
    EXPECT_EQ(moved.brackets(), copied.brackets());
    EXPECT_EQ(moved.count(Action::geta), copied.count(Action::geta));
    EXPECT_EQ(moved.distinct(), copied.distinct());
  }
  ASSERT_EQ(moved.sorted().size(), 2U);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(moved.sorted()[i].first, copied.sorted()[i].first);
    EXPECT_EQ(moved.sorted()[i].second->at[0], copied.sorted()[i].second->at[0]);
  }
  EXPECT_EQ(moved.entries().size(), 2U);
}

}  // namespace
}  // namespace hyojun::charmap
