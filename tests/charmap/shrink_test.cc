// The MJ縮退マップ in the table, the picking rules for all MJ characters, and who is outside JIS X 0213.
#include "hyojun/charmap/shrink.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <iconv.h>

#include "engine.h"
#include "oracle/conversion.h"
#include "oracle/tsv.h"

namespace hyojun::charmap {
namespace {

const StandardTable& table() { return *StandardTable::bundled(); }

CharacterId mj(const std::string& name) { return table().find_name(name).value(); }

TEST(Shrink, EveryRowOfTheMapIsThere) {
  std::map<std::string, std::multiset<std::string>> expected;
  for (const auto& row : oracle::read_tsv("mj_shrink.tsv")) {
    const auto number = [&](const char* column) { return row.at(column).empty() ? "0" : row.at(column); };
    expected[row.at("name")].insert(fmt::format("{} {} {} {} {}", row.at("relation"), row.at("target"), number("rank"),
                                                number("hops"), row.at("x0213")));
  }
  std::size_t none = 0;
  for (const auto& row : oracle::read_tsv("mj.tsv")) {
    std::multiset<std::string> found;
    for (const ShrinkCandidate& c : table().shrink_candidates(mj(row.at("name")))) {
      found.insert(fmt::format("{} U+{:04X} {} {} {}-{:02}-{:02}", shrink_relation_key(c.relation),
                               static_cast<unsigned>(c.target), c.rank, c.hops, c.x0213.men, c.x0213.ku, c.x0213.ten));
    }
    none += found.empty();
    ASSERT_EQ(found, expected[row.at("name")]) << row.at("name");
  }
  EXPECT_EQ(none, 23'011U);
}

TEST(Shrink, CandidatesStandInTheOrderOfTheRelations) {
  for (const auto& row : oracle::read_tsv("mj.tsv")) {
    const auto list = table().shrink_candidates(mj(row.at("name")));
    for (std::size_t i = 1; i < list.size(); ++i) ASSERT_LE(list[i - 1].relation, list[i].relation);
  }
}

TEST(Shrink, EveryNoteIsThere) {
  std::map<std::string, std::string> expected;
  for (const auto& row : oracle::read_tsv("mj_shrink_notes.tsv")) expected[row.at("name")] = row.at("note");
  EXPECT_EQ(expected.size(), 1'776U);
  for (const auto& row : oracle::read_tsv("mj.tsv")) {
    ASSERT_EQ(table().shrink_note(mj(row.at("name"))), expected[row.at("name")]);
  }
}

TEST(Shrink, EveryRulePicksAsTheOracleDoes) {
  std::map<std::string, std::size_t> by_relation;
  for (const auto& row : oracle::read_tsv("mj.tsv")) {
    const std::string name = row.at("name");
    for (const ShrinkRule rule : {ShrinkRule::strict, ShrinkRule::ipa, ShrinkRule::none}) {
      const auto pick = table().pick(mj(name), rule);
      const auto expected = oracle::pick(std::string(shrink_rule_key(rule)), name);
      ASSERT_EQ(pick.has_value(), expected.has_value()) << name << " " << shrink_rule_key(rule);
      if (!pick) continue;
      ASSERT_EQ(pick->target, expected->target) << name;
      ASSERT_EQ(pick->relation ? shrink_relation_key(*pick->relation) : "", expected->relation) << name;
      ASSERT_TRUE(oracle::in_x0213(pick->target));
    }
    const auto pick = table().pick(mj(name), ShrinkRule::ipa);
    ++by_relation[!pick ? "none" : pick->relation ? "relation" : "exception"];
  }
  EXPECT_EQ(by_relation["relation"], 27'578U);
  EXPECT_EQ(by_relation["exception"], 6U);
  EXPECT_EQ(by_relation["none"], 31'278U);
}

TEST(Shrink, StrictDoesNotChooseBetweenTwo) {
  std::size_t ambiguous = 0;
  for (const auto& row : oracle::read_tsv("mj.tsv")) {
    std::set<char32_t> targets;
    for (const auto& c : table().shrink_candidates(mj(row.at("name")))) {
      if (c.relation == ShrinkRelation::jis_unification) targets.insert(c.target);
    }
    if (targets.size() < 2) continue;
    ++ambiguous;
    EXPECT_FALSE(table().pick(mj(row.at("name")), ShrinkRule::strict).has_value());
  }
  EXPECT_EQ(ambiguous, 2U);
}

TEST(Shrink, OtherListsHaveNoCandidates) {
  for (const char* name : {"U+3042", "MJ090001"}) {
    const auto id = table().find_name(name).value();
    EXPECT_TRUE(table().shrink_candidates(id).empty());
    EXPECT_EQ(table().shrink_note(id), "");
    EXPECT_FALSE(table().pick(id, ShrinkRule::ipa).has_value());
  }
}

TEST(OutsideX0213, IsMarkedOnEveryStandardCodePointAndNoOther) {
  std::size_t outside = 0;
  for (char32_t cp = 0; cp <= 0x10FFFF; ++cp) {
    const bool standard = oracle::Standard::get().plain().count(cp) != 0;
    const bool marked = (table().class_of(cp) & kOutsideX0213) != 0;
    ASSERT_EQ(marked, standard && !oracle::in_x0213(cp)) << std::hex << static_cast<unsigned>(cp);
    outside += marked;
  }
  EXPECT_EQ(outside, oracle::Standard::get().plain().size() - 10'054 - 1'317) << "kanji and single non-kanji inside";
}

// Not from data/: glibc's EUC-JISX0213 holds exactly the kanji that are not marked.
TEST(OutsideX0213, AgreesWithGlibcForKanji) {
  const iconv_t converter = iconv_open("EUC-JISX0213", "UCS-4LE");
  if (converter == reinterpret_cast<iconv_t>(-1)) GTEST_SKIP() << "glibc's EUC-JISX0213 is not installed";
  std::size_t kanji = 0;
  for (const auto& [cp, name] : oracle::Standard::get().plain()) {
    if (!name.starts_with("MJ") || name.starts_with("MJ09")) continue;
    char32_t source = cp;
    char* in = reinterpret_cast<char*>(&source);
    char bytes[16];
    char* out = bytes;
    std::size_t in_left = sizeof source;
    std::size_t out_left = sizeof bytes;
    iconv(converter, nullptr, nullptr, nullptr, nullptr);
    const bool ok = iconv(converter, &in, &in_left, &out, &out_left) == 0 &&
                    iconv(converter, nullptr, nullptr, &out, &out_left) == 0 && out != bytes;
    EXPECT_EQ(ok, (table().class_of(cp) & kOutsideX0213) == 0) << std::hex << static_cast<unsigned>(cp);
    kanji += ok;
  }
  EXPECT_EQ(kanji, 10'054U);
  iconv_close(converter);
}

// The scanner: every standard code point outside is an event, also in the supplementary planes; nothing else changes.
TEST(OutsideX0213, IsAnEventUnderTheLimit) {
  std::u32string text;
  std::size_t outside = 0;
  for (const auto& [cp, name] : oracle::Standard::get().plain()) {
    if (cp == U'"' || cp == U',') continue;
    text += cp;
    outside += !oracle::in_x0213(cp);
    if (text.size() % 50 == 0) text += U"\n";
  }
  const Bytes bytes = oracle::encode(oracle::Encoding::utf8, text);
  const Structure structure{.header = false};
  const auto events = [&](Limit limit) {
    return scan_all(Plan({.structure = structure, .limit = limit}, bundled_repertoire()), bytes);
  };
  const auto with = events(Limit::jisx0213);
  const auto without = events(Limit::none);
  EXPECT_EQ(with.counts.outcomes, without.counts.outcomes);
  EXPECT_EQ(with.counts.shapes, without.counts.shapes);
  const auto lines = lines_of(with.events);
  const std::set<std::string> all(lines.begin(), lines.end());
  std::size_t in_both = 0;
  for (const EventSeen& e : without.events) in_both += all.count(e.text());
  EXPECT_EQ(in_both, without.events.size());
  EXPECT_EQ(with.events.size() - without.events.size(), outside);
}

}  // namespace
}  // namespace hyojun::charmap
