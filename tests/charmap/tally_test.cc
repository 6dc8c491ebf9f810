// Tallies: joined in file order or merged in any order, the same sums and the same first three places.
#include "hyojun/charmap/tally.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>

namespace hyojun::charmap {
namespace {

Event event_of(Outcome outcome, char32_t first = 0xE000, std::size_t length = 2) {
  return {0, 0, 0, static_cast<std::uint8_t>(length), Event::Kind::character, outcome, first, 0};
}

std::vector<std::uint8_t> source(std::uint8_t second) { return {0xF0, second}; }

std::string text(const Tally& tally) {
  std::string result;
  for (const auto& [key, t] : tally.sorted()) {
    result +=
        std::string(outcome_key(key.outcome)) + " " + std::to_string(key.bytes >> 48) + " x" + std::to_string(t->count);
    for (std::size_t i = 0; i < t->positions; ++i) {
      const Position& p = t->at[i];
      result += " " + std::to_string(p.file) + ":" + std::to_string(p.record) + "." + std::to_string(p.field) + "@" +
                std::to_string(p.byte);
    }
    result += "\n";
  }
  return result;
}

TEST(Tally, TakesWhatWasCountedElsewhere) {
  Tally whole;
  Tally parts;
  for (std::uint8_t i = 0; i < 9; ++i) {
    const Position at{i % 3U, 1, i + 1U, std::uint64_t{100} - i};
    whole.add(event_of(Outcome::gaiji_unmapped), source(i % 2), at);
    Tally one;
    one.add(event_of(Outcome::gaiji_unmapped), source(i % 2), at);
    for (const auto& [key, counted] : one.sorted()) parts.add(key, *counted);
  }
  EXPECT_EQ(text(parts), text(whole));
  EXPECT_EQ(parts.distinct(), 2U);
}

TEST(ExceptionKey, OrdersByOutcomeThenBytes) {
  const auto key = [](Outcome o, std::vector<std::uint8_t> b) {
    return ExceptionKey::of(event_of(o, 0xE000, b.size()), b);
  };
  EXPECT_LT(key(Outcome::control, {0xFF}), key(Outcome::malformed, {0x00}));
  EXPECT_LT(key(Outcome::malformed, {0x81}), key(Outcome::malformed, {0x81, 0x00}));
  EXPECT_LT(key(Outcome::malformed, {0x81, 0xFF}), key(Outcome::malformed, {0x82}));
  EXPECT_EQ(key(Outcome::malformed, {1, 2, 3, 4, 5, 6, 7, 8}).source(),
            (std::vector<std::uint8_t>{1, 2, 3, 4, 5, 6, 7, 8}));
  EXPECT_NE(key(Outcome::malformed, {0x00}), key(Outcome::malformed, {0x00, 0x00}));
}

TEST(ExceptionKey, TakesNoByteBehindTheEvent) {
  std::vector<std::uint8_t> text;
  for (std::uint8_t i = 0; i < 16; ++i) text.push_back(static_cast<std::uint8_t>(0xFF - i));
  for (std::size_t length = 1; length <= 8; ++length) {
    const Event event = event_of(Outcome::malformed, 0, length);
    const auto expected = std::vector<std::uint8_t>(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(length));
    for (std::size_t there = length; there <= text.size(); ++there) {
      EXPECT_EQ(ExceptionKey::of(event, std::span(text).first(there)).source(), expected) << there;
    }
  }
}

// Files of one run may have different encodings: the same bytes are then different characters.
TEST(Tally, KeepsTheSameBytesOfDifferentCharactersApart) {
  Tally tally;
  tally.add(event_of(Outcome::not_in_standard, 0x01AC), source(0x01), {0, 1, 1, 0});
  tally.add(event_of(Outcome::not_in_standard, 0xAC01), source(0x01), {1, 1, 1, 0});
  ASSERT_EQ(tally.distinct(), 2U);
  EXPECT_EQ(tally.sorted()[0].first.text(), U"\u01AC");
  EXPECT_EQ(tally.sorted()[1].first.text(), U"\uAC01");
}

TEST(Tally, KeepsTheFirstThreePlacesInAnyOrder) {
  std::vector<std::uint64_t> bytes = {50, 10, 40, 20, 30};
  do {
    Tally tally;
    for (const std::uint64_t b : bytes) tally.add(event_of(Outcome::gaiji_unmapped), source(0x40), {0, 1, b, b});
    EXPECT_EQ(text(tally), "gaiji_unmapped 61504 x5 0:10.1@10 0:20.1@20 0:30.1@30\n");
  } while (std::next_permutation(bytes.begin(), bytes.end()));
}

// What is counted, kept as plainly as can be.
using Places = std::map<ExceptionKey, std::vector<Position>>;

std::string text(Places places) {
  Tally tally;
  for (auto& [key, all] : places) {
    std::ranges::sort(all);
    ExceptionTally counted;
    counted.count = all.size();
    counted.positions = static_cast<std::uint8_t>(std::min(all.size(), ExceptionTally::kFirst));
    std::copy_n(all.begin(), counted.positions, counted.at.begin());
    tally.add(key, counted);
  }
  return text(tally);
}

TEST(Tally, CountsManyAtOnce) {
  std::mt19937 random(11);
  std::vector<std::uint8_t> bytes(40'000);
  for (std::uint8_t& b : bytes) b = static_cast<std::uint8_t>(random() % 20);
  constexpr unsigned kCounted = 0b10111000;
  Tally tally;
  Places places;
  std::uint64_t records = 0;
  for (std::size_t begin = 0; begin < bytes.size();) {
    const std::size_t size = std::min<std::size_t>(random() % 600, bytes.size() - begin);
    const auto part = std::span(bytes).subspan(begin, size);
    std::vector<Event> events;
    for (std::size_t at = 0; at + 2 <= part.size(); at += 2) {
      Event event = event_of(static_cast<Outcome>(random() % kOutcomeCount));
      event.offset = at;
      event.record = at / 7;
      event.field = static_cast<std::uint32_t>(at % 7);
      events.push_back(event);
      if ((kCounted >> static_cast<unsigned>(event.outcome) & 1) == 0) continue;
      places[ExceptionKey::of(event, part.subspan(at))].push_back(
          {4, event.field + 1, records + event.record + 1, begin + at});
    }
    tally.add(events, part, kCounted, {4, 1, records + 1, begin});
    records += size / 7;
    begin += size;
  }
  EXPECT_GT(places.size(), 1000U);
  EXPECT_EQ(text(tally), text(places));
}

TEST(Tally, KeepsTheFirstPlacesOfManyInAnyOrder) {
  std::mt19937 random(12);
  Tally tally;
  Places places;
  for (int i = 0; i < 40'000; ++i) {
    const Event event = event_of(Outcome::gaiji_unmapped);
    const auto bytes = source(static_cast<std::uint8_t>(random() % 40));
    const Position at{static_cast<std::uint32_t>(random() % 3), 1, 1, random()};
    tally.add(event, bytes, at);
    places[ExceptionKey::of(event, bytes)].push_back(at);
    if (i % 5'000 == 0) {
      EXPECT_EQ(text(tally), text(places)) << i;
    }
  }
  EXPECT_EQ(text(tally), text(places));
}

// What was handed out stays as long as nothing is counted.
TEST(Tally, CanBeListedTwice) {
  Tally tally;
  for (std::uint8_t i = 0; i < 9; ++i) tally.add(event_of(Outcome::control), source(i % 2), {0, 1, 1, i});
  const auto first = tally.sorted();
  EXPECT_EQ(tally.sorted(), first);
}

TEST(Tally, AppendedPartsAreTheWhole) {
  std::mt19937 random(7);
  for (int round = 0; round < 200; ++round) {
    Tally whole;
    Tally joined;
    Tally part;
    std::uint64_t part_record = 0;
    std::uint64_t part_byte = 0;
    for (std::uint64_t i = 0; i < 60; ++i) {
      const auto s = source(static_cast<std::uint8_t>(0x40 + random() % 5));
      const auto e = event_of(random() % 2 == 0 ? Outcome::gaiji_unmapped : Outcome::control);
      whole.add(e, s, {3, 2, 1 + i / 3, i * 7});
      part.add(e, s, {3, 2, 1 + i / 3 - part_record, i * 7 - part_byte});
      if (random() % 10 != 0 || i % 3 != 2) continue;
      joined.append(part, part_record, part_byte);
      part = {};
      part_record = (i + 1) / 3;
      part_byte = (i + 1) * 7;
    }
    joined.append(part, part_record, part_byte);
    ASSERT_EQ(text(joined), text(whole));
  }
}

TEST(Tally, FilesMergeInAnyOrder) {
  std::vector<Tally> files(4);
  for (std::uint32_t f = 0; f < files.size(); ++f) {
    for (std::uint64_t i = 0; i < 3; ++i) {
      files[f].add(event_of(Outcome::control), source(static_cast<std::uint8_t>(f % 2)), {f, 1, 1, 10 - i});
    }
  }
  std::vector<std::size_t> order = {0, 1, 2, 3};
  std::string first;
  do {
    Tally merged;
    for (const std::size_t f : order) merged.merge(files[f]);
    if (first.empty()) first = text(merged);
    EXPECT_EQ(text(merged), first);
    Tally moved;
    for (const std::size_t f : order) moved.merge(Tally(files[f]));
    EXPECT_EQ(text(moved), first);
    auto entries = moved.entries();
    std::ranges::sort(entries);
    EXPECT_EQ(entries, moved.sorted());
  } while (std::next_permutation(order.begin(), order.end()));
  EXPECT_EQ(first, "control 61440 x6 0:1.1@8 0:1.1@9 0:1.1@10\ncontrol 61441 x6 1:1.1@8 1:1.1@9 1:1.1@10\n");
}

}  // namespace
}  // namespace hyojun::charmap
