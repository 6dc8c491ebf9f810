// Every code point and every sequence there is to know, engine against oracle.
#include <gtest/gtest.h>

#include <random>

#include "engine.h"

namespace hyojun::charmap {
namespace {

constexpr Encoding kUnicode[] = {Encoding::utf8, Encoding::utf16le, Encoding::utf16be};

oracle::Outcome outcome(Outcome o) { return static_cast<oracle::Outcome>(o); }

std::string name_of(const Identity& identity) {
  return identity.id ? bundled_repertoire()->name(*identity.id) : std::string();
}

// Names and outcome of one character; cheap enough for millions.
void expect_identity(char32_t first, char32_t second) {
  const oracle::Standard& standard = oracle::Standard::get();
  const Identity identity = bundled_repertoire()->identify(first, second);
  if (outcome(identity.outcome) != standard.classify(first, second) ||
      name_of(identity) != standard.name(first, second)) {
    ADD_FAILURE() << std::hex << "U+" << static_cast<unsigned>(first) << " U+" << static_cast<unsigned>(second) << ": "
                  << outcome_key(identity.outcome) << " " << name_of(identity);
  }
}

TEST(CodePoints, HaveTheOutcomeAndTheNameOfTheLists) {
  for (char32_t cp = 0; cp <= 0x10FFFF; cp = next_of_all(cp)) expect_identity(cp, 0);
}

TEST(CodePoints, AreScannedAsClassified) {
  constexpr std::size_t kChunk = 0x1000;
  for (const Encoding encoding : kUnicode) {
    const Plan plan = make_plan(encoding);
    for (char32_t cp = 0; cp <= 0x10FFFF;) {
      const char32_t begin = cp;
      std::u32string text;
      while (cp <= 0x10FFFF && text.size() < 2 * kChunk) {  // surrogates too: malformed
        text += {cp, U'a'};
        cp = next_of_all(cp);
      }
      expect_as_oracle(plan, oracle::encode(oracle_encoding(encoding), text), std::to_string(begin));
    }
  }
}

TEST(CodePoints, JoinExactlyWithTheirSeconds) {
  const oracle::Standard& standard = oracle::Standard::get();
  for (char32_t cp = 0; cp <= 0x10FFFF; cp = next_of_all(cp)) {
    for (const char32_t second : {0x3099U, 0x309AU, 0xFE00U, 0xFE0FU, 0xE0100U, 0xE01EFU, 0x0300U, 0x02E5U, 0x3042U}) {
      if (bundled_repertoire()->forms_sequence(cp, second) != standard.joins(cp, second)) {
        ADD_FAILURE() << std::hex << static_cast<unsigned>(cp) << " " << static_cast<unsigned>(second);
      }
    }
  }
}

// Scans every pair with an "a" between them, many in one buffer, in every Unicode encoding.
void expect_pairs(const std::vector<oracle::Sequence>& pairs, const std::string& what) {
  for (const Encoding encoding : kUnicode) {
    const Plan plan = make_plan(encoding);
    for (std::size_t begin = 0; begin < pairs.size(); begin += 4096) {
      std::u32string text;
      for (std::size_t i = begin; i < std::min(begin + 4096, pairs.size()); ++i) {
        text += {pairs[i].first, pairs[i].second, U'a'};
      }
      expect_as_oracle(plan, oracle::encode(oracle_encoding(encoding), text), what);
    }
  }
}

TEST(Sequences, OfTheListAreStandard) {
  std::vector<oracle::Sequence> pairs;
  for (const auto& [sequence, name] : oracle::Standard::get().sequences()) {
    expect_identity(sequence.first, sequence.second);
    EXPECT_EQ(bundled_repertoire()->identify(sequence.first, sequence.second).outcome, Outcome::standard);
    pairs.push_back(sequence);
  }
  ASSERT_GT(pairs.size(), 11'384U + 25U);
  expect_pairs(pairs, "listed sequences");
}

TEST(Sequences, OfOtherCollectionsAreUnregisteredAndNamed) {
  std::vector<oracle::Sequence> pairs;
  for (const auto& [sequence, collections] : oracle::Standard::get().collections()) {
    const auto [first, second] = sequence;
    expect_identity(first, second);
    std::string joined;
    for (const char c : collections) joined += c == ',' ? '/' : c;
    EXPECT_EQ(StandardTable::collection_names(bundled_repertoire()->table().collections(first, second)), joined);
    pairs.push_back(sequence);
  }
  ASSERT_EQ(pairs.size(), 18'966U);
  expect_pairs(pairs, "other collections");
}

TEST(Sequences, OfNoListAreUnregisteredOrFollowTheirBase) {
  std::mt19937 random(20261122);
  std::vector<char32_t> bases;
  for (const auto& [cp, name] : oracle::Standard::get().plain()) bases.push_back(cp);
  std::vector<oracle::Sequence> pairs;
  constexpr int kPairs = HYOJUN_TEST_VOLUME(240'000, 40'000);
  for (int i = 0; i < kPairs; ++i) {
    const char32_t base = i % 4 == 0 ? static_cast<char32_t>(random() % 0x110000) : bases[random() % bases.size()];
    const char32_t n = static_cast<char32_t>(random() % 256);
    const char32_t selector = n < 16 ? 0xFE00 + n : 0xE0100 + n - 16;
    if (base >= 0xD800 && base <= 0xDFFF) continue;
    expect_identity(base, selector);
    pairs.emplace_back(base, selector);
  }
  ASSERT_GE(pairs.size(), kPairs * 5U / 6);
  expect_pairs(pairs, "random pairs");
}

TEST(Sequences, OfKanaAndVoicedMarks) {
  std::vector<oracle::Sequence> pairs;
  for (char32_t cp = 0; cp <= 0x1FFFF; ++cp) {
    const bool near = oracle::Standard::is_kana(cp) || (cp >= 0x3000 && cp < 0x3100) || (cp >= 0xFF60 && cp < 0xFFA0);
    if (!near) continue;
    for (const char32_t mark : {char32_t{0x3099}, char32_t{0x309A}}) pairs.emplace_back(cp, mark);
  }
  ASSERT_GT(pairs.size(), 900U);
  expect_pairs(pairs, "kana");
  for (const auto& [first, second] : pairs) {
    if (oracle::Standard::is_kana(first)) expect_identity(first, second);
  }
}

TEST(Sequences, OfJisX0213AndTheirNearMisses) {
  std::vector<oracle::Sequence> pairs;
  for (const auto& [first, second] : oracle::Standard::get().x0213()) {
    expect_identity(first, second);
    for (int a = -2; a <= 2; ++a) {
      for (int b = -2; b <= 2; ++b) {
        pairs.emplace_back(static_cast<char32_t>(static_cast<int>(first) + a),
                           static_cast<char32_t>(static_cast<int>(second) + b));
      }
    }
    pairs.emplace_back(second, first);
    pairs.emplace_back(second, second);
  }
  expect_pairs(pairs, "JIS X 0213 and near misses");
}

// The first pair that fits is taken: ˩˥˩ is ˩˥ and ˩; か with two marks is が and a mark alone.
TEST(Sequences, TakeExactlyOneSecond) {
  const Plan plan = make_plan(Encoding::utf8);
  for (const std::u32string& text :
       {std::u32string(U"\u02E9\u02E5\u02E9\u02E5\u02E5"), std::u32string(U"か\u3099\u3099\u309A"),
        std::u32string(U"辻\U000E0100\U000E0100"), std::u32string(U"\uFE00\uFE00a\uFE00\u3099\uFE00"),
        std::u32string(U"\u00E6\u0300\u0300"), std::u32string(U"か\uFE00\u3099")}) {
    expect_as_oracle(plan, oracle::encode(oracle::Encoding::utf8, text), "chain");
  }
  EXPECT_EQ(scan_all(plan, oracle::encode(oracle::Encoding::utf8, U"か\u3099\u3099")).counts.outcomes,
            (std::array<std::uint64_t, 8>{1, 0, 0, 0, 0, 1, 0, 0}));
}

}  // namespace
}  // namespace hyojun::charmap
