// Whole texts in every format, every split of small ones, malformed input at every position: engine against oracle.
#include "structured_text.h"

#include <gtest/gtest.h>

namespace hyojun::charmap {
namespace {

constexpr Encoding kEncodings[] = {Encoding::utf8, Encoding::utf16le, Encoding::utf16be, Encoding::cp932};

std::vector<Structure> formats() {
  using Kind = Structure::Kind;
  return {{.kind = Kind::text},
          {.kind = Kind::delimited, .delimiter = U',', .header = true},
          {.kind = Kind::delimited, .delimiter = U',', .header = false},
          {.kind = Kind::delimited, .delimiter = U'\t', .header = false},
          {.kind = Kind::delimited, .delimiter = U'|', .header = true}};  // 7C is a trail byte of CP932
}

const oracle::Above& above() {
  static const oracle::Above result{.gaiji = {{0xE000, true}, {0xE001, false}}, .layer = {}};
  return result;
}

std::shared_ptr<const GaijiTable> gaiji(Encoding encoding) {
  const std::string csv = encoding == Encoding::cp932 ? "code,target\n0xF040,MJ026190\n0xF041,\n"
                                                      : "code,target\nU+E000,MJ026190\nU+E001,\n";
  auto table = GaijiTable::from_bytes(csv, "gaiji.csv", {"", encoding}, *bundled_repertoire());
  return std::make_shared<const GaijiTable>(std::move(table.value()));
}

PlanOptions random_options(StructuredText& random, Encoding encoding) {
  PlanOptions options{.encoding = encoding, .structure = formats()[random.below(formats().size())]};
  if (random.below(3) == 0) options.columns = {1};
  if (random.below(4) == 0) options.columns = {0, 2, 5};
  options.default_glyph_events = random.below(3) == 0;
  options.check_whole_input = random.below(3) == 0;
  options.field_events = random.below(2) == 0;
  return options;
}

TEST(StructuredText, IsScannedAsTheOracleReadsIt) {
  StructuredText random(1);
  for (const Encoding encoding : kEncodings) {
    const auto table = gaiji(encoding);
    for (int i = 0; i < HYOJUN_TEST_VOLUME(12'000, 1'500); ++i) {
      const Plan plan(random_options(random, encoding), bundled_repertoire(), table);
      const Bytes bytes = random.make(encoding, 1 + random.below(120));
      expect_as_oracle(plan, bytes, std::string(encoding_name(encoding)) + " " + std::to_string(i), above());
      if (HasFailure()) return;
    }
  }
}

// Long runs of plain characters, as real files have them, end at anything, also at the end of a call.
TEST(StructuredText, MostlyPlainIsScannedAsTheOracleReadsIt) {
  StructuredText random(9);
  for (const Encoding encoding : kEncodings) {
    const auto table = gaiji(encoding);
    for (int i = 0; i < HYOJUN_TEST_VOLUME(6'000, 800); ++i) {
      const Plan plan(random_options(random, encoding), bundled_repertoire(), table);
      const Bytes bytes = random.make(encoding, 1 + random.below(12), 70);
      const Feed feed{{random.below(bytes.size() + 1)}, kEventRoom + random.below(20)};
      expect_as_oracle(plan, bytes, std::string(encoding_name(encoding)) + " " + std::to_string(i), above(), feed);
      if (HasFailure()) return;
    }
  }
}

TEST(StructuredText, EveryOutcomeIsReached) {
  StructuredText random(2);
  const Plan plan({.structure = {.header = false}}, bundled_repertoire(), gaiji(Encoding::utf8));
  const auto counts = scan_all(plan, random.make(Encoding::utf8, 20'000)).counts;
  for (std::size_t i = 0; i < kOutcomeCount; ++i) EXPECT_GT(counts.outcomes[i], 50U) << kOutcomeKeys[i];
}

bool same(const Scanned& a, const Scanned& b) {
  return a.events == b.events && a.counts.outcomes == b.counts.outcomes && a.counts.records == b.counts.records &&
         a.unclosed_quote == b.unclosed_quote;
}

// Two and three calls, cut at every pair of places, with the smallest room for events.
void expect_same_at_every_split(const Plan& plan, const Bytes& bytes) {
  const Scanned whole = expected(plan, bytes, above());
  for (std::size_t one = 0; one <= bytes.size(); ++one) {
    for (std::size_t two = one; two <= bytes.size(); ++two) {
      const Scanned parts = scan_all(plan, bytes, {{one, two}, kEventRoom});
      if (!same(parts, whole)) {
        ADD_FAILURE() << "cut at " << one << " and " << two << ": " << hex(bytes);
        return;
      }
    }
  }
}

TEST(Splits, AtEveryPlaceChangeNothing) {
  StructuredText random(3);
  for (const Encoding encoding : kEncodings) {
    const auto table = gaiji(encoding);
    for (int i = 0; i < HYOJUN_TEST_VOLUME(250, 40); ++i) {
      const Plan plan(random_options(random, encoding), bundled_repertoire(), table);
      expect_same_at_every_split(plan, random.make(encoding, 2 + random.below(10)));
    }
  }
}

TEST(Splits, ByteByByteChangeNothing) {
  StructuredText random(4);
  for (const Encoding encoding : kEncodings) {
    const auto table = gaiji(encoding);
    for (int i = 0; i < HYOJUN_TEST_VOLUME(2'000, 300); ++i) {
      const Plan plan(random_options(random, encoding), bundled_repertoire(), table);
      const Bytes bytes = random.make(encoding, 60);
      std::vector<std::size_t> cuts(bytes.size());
      for (std::size_t at = 0; at < cuts.size(); ++at) cuts[at] = at + 1;
      EXPECT_TRUE(same(scan_all(plan, bytes, {cuts, kEventRoom}), expected(plan, bytes, above()))) << hex(bytes);
    }
  }
}

// A sound text with one byte replaced, inserted, or everything behind it left out.
TEST(Malformed, AtEveryPosition) {
  const std::u32string text = U"番号,\"氏\"\"名\"\r\n1,\"\u9089\U000E010F\n𠮷\uE000\"\r2,か\u3099ｱ辻\n";
  for (const Encoding encoding : kEncodings) {
    const Plan plan({.encoding = encoding, .structure = {.header = false}, .field_events = true}, bundled_repertoire());
    const Bytes sound = oracle::encode(oracle_encoding(encoding), text);
    for (std::size_t at = 0; at < sound.size(); ++at) {
      const auto place = static_cast<std::ptrdiff_t>(at);
      expect_as_oracle(plan, Bytes(sound.begin(), sound.begin() + place), "truncated");
      for (auto byte = static_cast<unsigned>(at % kNth); byte < 0x100; byte += kNth) {
        Bytes broken = sound;
        broken[at] = static_cast<std::uint8_t>(byte);
        expect_as_oracle(plan, broken, "replaced");
        broken = sound;
        broken.insert(broken.begin() + place, static_cast<std::uint8_t>(byte));
        expect_as_oracle(plan, broken, "inserted");
        if (HasFailure()) return;
      }
    }
  }
}

// All strings of three bytes from the ends of every range that matters in UTF-8, alone and before an "a".
TEST(Malformed, EveryShortSequenceOfCriticalBytes) {
  const std::vector<std::uint8_t> critical = {0x00, 0x22, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0,
                                              0xC1, 0xC2, 0xCB, 0xCC, 0xDF, 0xE0, 0xE1, 0xE3, 0xEC, 0xED, 0xEE,
                                              0xEF, 0xF0, 0xF1, 0xF3, 0xF4, 0xF5, 0xFC, 0xFD, 0xFE, 0xFF};
  for (const Encoding encoding : {Encoding::utf8, Encoding::cp932}) {
    const Plan plan = make_plan(encoding);
    for (const std::uint8_t a : critical) {
      for (const std::uint8_t b : critical) {
        for (const std::uint8_t c : critical) {
          expect_as_oracle(plan, {a, b, c}, "three");
          expect_as_oracle(plan, {a, b, c, 0x80, 'a'}, "five");
        }
      }
    }
  }
}

TEST(Malformed, Utf16SurrogatesInEveryOrder) {
  const char32_t units[] = {0xD800, 0xDBFF, 0xDC00, 0xDFFF, U'a', U'\n', 0xDB40, 0xDD00};
  for (const bool big : {false, true}) {
    const Plan plan = make_plan(big ? Encoding::utf16be : Encoding::utf16le);
    for (unsigned code = 0; code < 8U * 8U * 8U; ++code) {
      Bytes bytes;
      for (unsigned rest = code, i = 0; i < 3; ++i, rest /= 8) {
        const char32_t unit = units[rest % 8];
        bytes.push_back(static_cast<std::uint8_t>(big ? unit >> 8 : unit & 0xFF));
        bytes.push_back(static_cast<std::uint8_t>(big ? unit & 0xFF : unit >> 8));
      }
      expect_as_oracle(plan, bytes, "units");
      bytes.push_back(0);
      expect_as_oracle(plan, bytes, "odd length");
    }
  }
}

}  // namespace
}  // namespace hyojun::charmap
