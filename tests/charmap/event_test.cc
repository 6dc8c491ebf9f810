// What scan() reports and what it keeps to itself, by example.
#include <gtest/gtest.h>

#include <algorithm>
#include <numeric>

#include "engine.h"

namespace hyojun::charmap {
namespace {

Bytes utf8(const std::u32string& text) { return oracle::encode(oracle::Encoding::utf8, text); }

std::vector<std::string> events(PlanOptions options, const std::u32string& text) {
  return lines_of(scan_all(Plan(std::move(options), bundled_repertoire()), utf8(text)).events);
}

using Lines = std::vector<std::string>;

TEST(Counts, OfDefaultGlyphsWhoseShapeDependsOnTheFont) {
  // 辻 looks different in JIS90 and JIS2004 fonts; 邉 is shared by 16 glyphs but has one shape in both.
  const Plan plan({.structure = {.kind = Structure::Kind::text}}, bundled_repertoire());
  const Scanned scanned = scan_all(plan, utf8(U"辻邉亜辻\U000E0101辻"));
  const auto shapes = plan.repertoire().table().shapes();
  const auto number = static_cast<std::size_t>(std::ranges::find(shapes, U'辻') - shapes.begin());
  EXPECT_EQ(scanned.counts.shapes.at(number), 2U) << "a sequence has its own shape";
  EXPECT_EQ(std::accumulate(scanned.counts.shapes.begin(), scanned.counts.shapes.end(), std::uint64_t{0}), 2U);
  EXPECT_EQ(scanned.events.size(), 1U) << "the sequence";
}

TEST(Events, OfAllDefaultGlyphsOnRequest) {
  EXPECT_EQ(events({.structure = {.kind = Structure::Kind::text}, .default_glyph_events = true}, U"辻邉\U0002D020"),
            (Lines{"character at 0+3 record 0 field 0 default_glyph 8FBB 0",
                   "character at 3+3 record 0 field 0 default_glyph 9089 0",
                   "character at 6+4 record 0 field 0 default_glyph 2D020 0"}));
}

TEST(Events, OfTheWholeInputOnlyForMalformedBytesAndEscapes) {
  const PlanOptions options{.columns = {1}, .check_whole_input = true};
  Bytes bytes = utf8(U"张\x1B,\n\uE000");
  bytes.push_back(0xFF);
  const Scanned scanned = scan_all(Plan(options, bundled_repertoire()), bytes);
  EXPECT_EQ(lines_of(scanned.events), (Lines{"character at 3+1 record 0 field 0 control 1B 0",
                                             "character at 9+1 record 1 field 0 malformed 0 0"}));
  EXPECT_EQ(scanned.counts.characters(), 0U) << "an event does not count";
}

TEST(Events, OfFieldsAndRecords) {
  EXPECT_EQ(events({.structure = {.header = false}, .field_events = true}, U"a,\"b\r\nc\"\r\n,"),
            (Lines{"field_end at 1+1 record 0 field 0 - 0 0", "record_end at 8+2 record 0 field 1 - 0 0",
                   "field_end at 10+1 record 1 field 0 - 0 0", "record_end at 11+0 record 1 field 1 - 0 0"}));
}

TEST(Events, OfSelectedColumnsOnly) {
  const Plan plan({.columns = {1}}, bundled_repertoire());
  const Scanned scanned = scan_all(plan, utf8(U"张,张,张\n张,张,张\n"));
  EXPECT_EQ(lines_of(scanned.events), (Lines{"character at 16+3 record 1 field 1 not_in_standard 5F20 0"}));
  EXPECT_EQ(scanned.counts.characters(), 1U);
  EXPECT_EQ(scanned.counts.records, 2U);
}

TEST(Scan, OfAnEmptyFileFindsNothing) {
  const Scanned scanned = scan_all(make_plan(Encoding::utf8, {}), {});
  EXPECT_TRUE(scanned.events.empty());
  EXPECT_EQ(scanned.counts.records, 0U);
  EXPECT_EQ(scanned.counts.characters(), 0U);
}

TEST(Scan, TreatsTabAsControlUnlessItDelimits) {
  const auto control = static_cast<std::size_t>(Outcome::control);
  const auto count = [&](Structure s) { return scan_all(make_plan(Encoding::utf8, s), utf8(U"a\tb")).counts; };
  EXPECT_EQ(count({.kind = Structure::Kind::text}).outcomes[control], 1U);
  EXPECT_EQ(count({.header = false}).outcomes[control], 1U);
  EXPECT_EQ(count({.delimiter = U'\t', .header = false}).outcomes[control], 0U);
}

TEST(Scan, SaysThatAQuoteIsNotClosed) {
  EXPECT_TRUE(scan_all(make_plan(Encoding::utf8, {}), utf8(U"a\n\"b\n")).unclosed_quote);
  EXPECT_FALSE(scan_all(make_plan(Encoding::utf8, {}), utf8(U"a\n\"b\"\n")).unclosed_quote);
  EXPECT_FALSE(scan_all(make_plan(Encoding::utf8), utf8(U"a\n\"b\n")).unclosed_quote) << "text has no quotes";
}

}  // namespace
}  // namespace hyojun::charmap
