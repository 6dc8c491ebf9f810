// Special characters taken eight at a time, against one by one: every code point, every listed sequence and its
// neighbours, in order and shuffled, so that each stands beside others in every lane.
#include "sure_outcomes.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "engine.h"
#include "event_list.h"

namespace hyojun::charmap {
namespace {

using Base = ReadCharacter::Base;
using Characters = std::vector<ReadCharacter>;

constexpr std::uint64_t kMany = 1U << 30U;  // counted before, so that bases can be taken from it

struct Taken {
  std::vector<Event> events;
  ScanCounts counts;
  std::size_t at_once = 0;
};

ScanCounts many() {
  ScanCounts counts;
  counts.outcomes.fill(kMany);
  counts.shapes.fill(kMany);
  return counts;
}

void take_one(const Plan& plan, EventList& list, const ReadCharacter& c, std::size_t begin, const ScanState& state) {
  list.uncount_plain(c.first, c.base == Base::plain);
  if (c.length == 0) return;
  const bool joined = c.base != Base::special || plan.repertoire().forms_sequence(c.first, c.second);
  Event event{begin + c.unit,
              state.record + c.record,
              c.field + (c.record == 0 ? state.field : 0),
              c.length,
              Event::Kind::character,
              Outcome::standard,
              c.first,
              c.second};
  if (!joined) event.second = 0;  // the second for itself is left out here: nothing is taken at once with it
  list.take(event, true);
}

Taken take(const Plan& plan, const Characters& characters) {
  constexpr std::size_t kBegin = 100'000, kCall = 1000;
  ScanState state;
  state.record = 70'000;
  state.field = 5;
  Taken taken{std::vector<Event>(kCall + 8), many(), 0};
  std::vector<Event> events;
  for (std::size_t from = 0; from < characters.size(); from += kCall) {
    Characters part(characters.begin() + static_cast<std::ptrdiff_t>(from),
                    characters.begin() + static_cast<std::ptrdiff_t>(std::min(from + kCall, characters.size())));
    const std::size_t size = part.size();
    part.resize(size + 8);
    const auto read = std::span<const ReadCharacter>(part).first(size);
    EventList list(plan, taken.counts, taken.events);
    for (std::size_t i = 0; i < size;) {
      if (list.has_sure()) {
        const SureOutcomes sure = list.take_sure(read.subspan(i), kBegin, state);
        taken.at_once += sure.taken;
        std::size_t end = 0;
        for (const ReadCharacter& c : read.subspan(i, sure.taken)) {
          if (c.length != 0) end = std::max<std::size_t>(end, std::size_t{c.unit} + c.length);
        }
        EXPECT_EQ(sure.end, end);
        i += sure.taken;
      }
      for (const std::size_t to = std::min(i + 8, size); i < to; ++i) take_one(plan, list, read[i], kBegin, state);
    }
    events.insert(events.end(), list.written().begin(), list.written().end());
  }
  taken.events = std::move(events);
  return taken;
}

bool same(const Event& a, const Event& b) {
  return a.offset == b.offset && a.record == b.record && a.field == b.field && a.length == b.length &&
         a.kind == b.kind && a.outcome == b.outcome && a.first == b.first && a.second == b.second;
}

// With and without the kernel. Returns the share that was taken at once.
double expect_same(Characters characters, Limit limit = Limit::none,
                   std::shared_ptr<const GaijiTable> gaiji = nullptr) {
  std::mt19937 random(20261124);
  for (std::size_t i = 0; i < characters.size(); ++i) {
    ReadCharacter& c = characters[i];
    c.unit = static_cast<std::uint16_t>(random() % 60'000);
    c.record = static_cast<std::uint16_t>(random() % 3 == 0 ? 0 : random() % 65'536);
    c.field = static_cast<std::uint16_t>(random() % 65'536);
    if (random() % 50 == 0 && c.base != Base::plain) c.length = 0;
  }
  PlanOptions options;
  options.encoding = Encoding::utf8;
  options.limit = limit;
  options.kernel = Kernel::portable;
  const Taken one_by_one = take(Plan(options, bundled_repertoire(), gaiji), characters);
  options.kernel = Kernel::avx512;
  const Taken at_once = take(Plan(options, bundled_repertoire(), gaiji), characters);
  EXPECT_EQ(at_once.counts.outcomes, one_by_one.counts.outcomes);
  EXPECT_EQ(at_once.counts.shapes, one_by_one.counts.shapes);
  EXPECT_TRUE(std::ranges::equal(at_once.events, one_by_one.events, same));
  return static_cast<double>(at_once.at_once) / static_cast<double>(characters.size());
}

double expect_same_shuffled(Characters characters, Limit limit = Limit::none,
                            std::shared_ptr<const GaijiTable> gaiji = nullptr) {
  std::ranges::shuffle(characters, std::mt19937(7));
  return expect_same(std::move(characters), limit, std::move(gaiji));
}

ReadCharacter alone(char32_t cp) {
  const int length = cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
  return {cp, 0, 0, 0, 0, static_cast<std::uint8_t>(length), Base::none};
}

Characters all_code_points() {
  Characters characters;
  for (char32_t cp = 0; cp < 0x110000; ++cp) {
    if (cp < 0xD800 || cp > 0xDFFF) characters.push_back(alone(cp));
  }
  return characters;
}

// Of bases that a kernel may have counted, and of others; `all`: of these, those too that begin none.
Characters sequences(bool all) {
  Characters characters;
  const Plan plan({}, bundled_repertoire());
  const auto add = [&](char32_t first, char32_t second) {
    const std::uint8_t scan = first < 0x10000 ? plan.bmp_scan()[first] : kScanEvent;
    const bool plain = first >= 0x800 && first < 0x10000 && (scan < kScanEvent || scan >= kScanShape);
    if (!all && !plain && !plan.repertoire().forms_sequence(first, second)) return;
    characters.push_back({first, second, 0, 0, 0, static_cast<std::uint8_t>(alone(first).length + alone(second).length),
                          plain ? Base::plain : Base::special});
  };
  for (const image::SequenceRow& row : bundled_repertoire()->table().sections().sequences) {
    for (const char32_t second : {row.second, row.second + 1}) {
      const bool selector = (second - 0xE0100 < 240) | (second - 0xFE00 < 16);
      if (selector) add(row.first, second);
    }
  }
  for (char32_t cp = 0x80; cp < 0x110000; cp += cp < 0x3000 || cp - 0xE000 < 0x2000 ? 1 : 13) {
    if (cp < 0xD800 || cp > 0xDFFF) add(cp, 0xE0100 + cp % 240);
    if (cp < 0xD800 || cp > 0xDFFF) add(cp, 0xFE00 + cp % 16);
  }
  return characters;
}

bool has_kernel() { return std::ranges::count(available_kernels(), Kernel::avx512) != 0; }

TEST(SureOutcomes, AreThoseOfEachCodePoint) {
  if (!has_kernel()) GTEST_SKIP();
  EXPECT_GT(expect_same(all_code_points()), 0.99);
  EXPECT_GT(expect_same_shuffled(all_code_points()), 0.99);
  EXPECT_GT(expect_same_shuffled(all_code_points(), Limit::jisx0213), 0.99);
}

TEST(SureOutcomes, AreThoseOfEachSequence) {
  if (!has_kernel()) GTEST_SKIP();
  EXPECT_GT(expect_same(sequences(false)), 0.9);
  EXPECT_GT(expect_same_shuffled(sequences(false)), 0.9);
  EXPECT_GT(expect_same_shuffled(sequences(false), Limit::jisx0213), 0.9);
  expect_same(sequences(true));
}

TEST(SureOutcomes, AreThoseOfBothTogether) {
  if (!has_kernel()) GTEST_SKIP();
  Characters both = sequences(false);
  for (const ReadCharacter& c : all_code_points()) {
    if (c.first % 4 == 0 || c.first == 0x1B) both.push_back(c);
  }
  EXPECT_GT(expect_same_shuffled(std::move(both)), 0.5);
}

// A gaiji table says what private use is: no class does.
TEST(SureOutcomes, LeavePrivateUseToItsTable) {
  if (!has_kernel()) GTEST_SKIP();
  const auto gaiji = std::make_shared<const GaijiTable>(
      GaijiTable::from_bytes("code,target\nU+E000,MJ000001\n", "g.csv", {"x", Encoding::utf8}, *bundled_repertoire())
          .value());
  EXPECT_LT(expect_same(all_code_points(), Limit::none, gaiji), 0.9);
}

}  // namespace
}  // namespace hyojun::charmap
