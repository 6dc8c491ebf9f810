// Tallies of replacements: parts of a file, and files of a run.
#include "hyojun/charmap/replacement_tally.h"

#include <gtest/gtest.h>

#include <map>
#include <random>
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

// Every action, relation, outcome, length and the highest code points, targets that are packed and longer ones.
TEST(ReplacementTally, CountsManyAtOnce) {
  std::mt19937 random(13);
  const auto one_of = [&](std::size_t count) { return static_cast<std::uint8_t>(random() % count); };
  const auto code_point = [&] { return static_cast<char32_t>(random() % 2 == 0 ? 0x10FFFF : 0x3013); };
  Bytes bytes(40'000);
  for (std::uint8_t& b : bytes) b = one_of(2);
  std::vector<Replacement> replacements;
  ReplacementTally tally;
  std::map<ReplacementKey, ExceptionTally> expected;
  std::array<std::uint64_t, kActions> counts{};
  for (std::size_t at = 0; at + 8 <= bytes.size();) {
    const std::size_t begin = at;
    replacements.clear();
    for (const std::size_t end = at + random() % 700; at < end && at + 8 <= bytes.size(); at += 4) {
      Replacement r{{at - begin, at, 2, static_cast<std::uint8_t>(1 + one_of(8)), Event::Kind::character,
                     static_cast<Outcome>(one_of(kOutcomeCount)), code_point(), code_point()},
                    static_cast<Action>(one_of(kActions)),
                    {},
                    {code_point(), one_of(2) == 0 ? U'\0' : code_point()}};
      if (one_of(3) == 0) r.relation = static_cast<ShrinkRelation>(one_of(11));
      if (one_of(9) == 0) r.target[2] = code_point();
      replacements.push_back(r);
      ExceptionTally& counted = expected[ReplacementKey::of(r, std::span(bytes).subspan(at))];
      ++counted.count;
      counted.add({1, 3, at + 1, at});
      ++counts[static_cast<std::size_t>(r.action)];
    }
    tally.add(replacements, std::span(bytes).subspan(begin), {1, 1, 1, begin});
  }
  EXPECT_GT(expected.size(), 5000U);
  const auto sorted = tally.sorted();
  ASSERT_EQ(sorted.size(), expected.size());
  auto next = sorted.begin();
  for (const auto& [key, counted] : expected) {
    ASSERT_EQ(next->first, key);
    EXPECT_EQ(next->second->count, counted.count);
    EXPECT_EQ(next->second->positions, counted.positions);
    EXPECT_EQ(next->second->at, counted.at);
    ++next;
  }
  for (std::size_t i = 0; i < kActions; ++i) EXPECT_EQ(tally.count(static_cast<Action>(i)), counts[i]);
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
