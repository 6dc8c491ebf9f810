// Scanning of the encodings that are read by table: the same events and counts as for the same text in UTF-8, at every
// split, with shift codes anywhere; and what is malformed.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

#include "conversion.h"
#include "engine.h"

namespace hyojun::charmap {
namespace {

constexpr Structure kCsv = {.kind = Structure::Kind::delimited, .header = false};

// One thing that a text is made of: its code in each of the sets that has it, and its UTF-8.
struct Unit {
  Bytes code;
  std::u32string text;
  bool doubles;  // stands in the set of double bytes
};

struct Family {
  Encoding encoding;
  std::string out, in;  // shift codes to double bytes and back; empty: none
};
const Family kFamilies[] = {{Encoding::euc_jp_ms, "", ""},
                            {Encoding::ibm33722, "", ""},
                            {Encoding::ibm954, "", ""},
                            {Encoding::euc_jis_2004, "", ""},
                            {Encoding::shift_jis_2004, "", ""},
                            {Encoding::iso_2022_jp, "\x1B$B", "\x1B(B"},
                            {Encoding::ibm930, "\x0E", "\x0F"},
                            {Encoding::ibm939, "\x0E", "\x0F"},
                            {Encoding::ibm1390, "\x0E", "\x0F"},
                            {Encoding::ibm1399, "\x0E", "\x0F"},
                            {Encoding::jips_j, "\x1A\x70", "\x1A\x71"},
                            {Encoding::juki_net_be, "", ""},
                            {Encoding::juki_net_le, "", ""}};

// Every code of the encoding, found by asking for all, once a process.
const std::vector<Unit>& units_of(const Family& family) {
  static std::map<Encoding, std::vector<Unit>> known;
  std::vector<Unit>& units = known[family.encoding];
  if (!units.empty()) return units;
  const auto table = CodeTable::bundled(family.encoding);
  const auto add = [&](Bytes code, bool doubles) {
    const std::u32string text = table->decode(code);
    if (!text.empty()) units.push_back({std::move(code), text, doubles});
  };
  const bool shifts = !family.out.empty();
  for (unsigned b = 0; b < 0x100; ++b) add({static_cast<std::uint8_t>(b)}, false);
  for (unsigned c = 0; c < 0x10000; ++c) {
    const auto high = static_cast<std::uint8_t>(c >> 8);
    const auto low = static_cast<std::uint8_t>(c & 0xFF);
    add({high, low}, shifts);
    if (!shifts && unit_of(family.encoding) == 1 && high >= 0xA1) add({0x8F, high, low}, false);
  }
  return units;
}

struct Sample {
  Bytes bytes;
  std::u32string text;
};

// Random text: much of it structure, shift codes where they are needed and where they are not.
Sample make_sample(const Family& family, const std::vector<Unit>& units, std::size_t length, std::minstd_rand& random) {
  Sample sample;
  std::vector<const Unit*> structure;
  for (const Unit& u : units) {
    if (u.text == U"," || u.text == U"\"" || u.text == U"\n" || u.text == U"\r") structure.push_back(&u);
  }
  bool doubles = false;
  const auto append = [&sample](const std::string& s) { sample.bytes.insert(sample.bytes.end(), s.begin(), s.end()); };
  for (std::size_t i = 0; i < length; ++i) {
    const Unit& u = random() % 3 == 0 ? *structure[random() % structure.size()] : units[random() % units.size()];
    // A shift code between CR and LF would make two line ends of them, in truth as here; UTF-8 has none to say so.
    if (!sample.text.empty() && sample.text.back() == U'\r' && u.text == U"\n") continue;
    const bool ends_line = u.text == U"\n" || u.text == U"\r";
    if (u.doubles != doubles && !(ends_line && doubles && random() % 2 == 0))
      append(u.doubles ? family.out : family.in);
    doubles = u.doubles && !ends_line;
    sample.bytes.insert(sample.bytes.end(), u.code.begin(), u.code.end());
    sample.text += u.text;
  }
  return sample;
}

// Text as residents' data have it: fields of ASCII and of plain double bytes, few of anything else. `rare`: one in how
// many characters is any that the encoding has; what is never plain, as CR and quotes, stands among these.
Sample make_plain_sample(const Family& family, const std::vector<Unit>& units, std::size_t length, unsigned rare,
                         std::minstd_rand& random) {
  std::vector<const Unit*> ascii, doubles;
  std::map<char32_t, const Unit*> structure;
  for (const Unit& u : units) {
    if (std::u32string_view(U",\n\r\"").find(u.text[0]) != std::u32string_view::npos) structure[u.text[0]] = &u;
    if (u.text[0] >= U'0' && u.text[0] <= U'z' && u.text.size() == 1) ascii.push_back(&u);
    if (u.text.size() == 1 && u.text[0] >= 0x3041 && u.text[0] < 0x9FA0 && u.code.size() == 2) doubles.push_back(&u);
  }
  Sample sample;
  bool shifted = false;
  const auto append = [&](const Unit& u) {
    const std::string& shift = u.doubles ? family.out : family.in;
    if (u.doubles != shifted) sample.bytes.insert(sample.bytes.end(), shift.begin(), shift.end());
    shifted = u.doubles && u.text != U"\n" && u.text != U"\r";
    sample.bytes.insert(sample.bytes.end(), u.code.begin(), u.code.end());
    sample.text += u.text;
  };
  const bool quotes = random() % 2 == 0;
  const bool crlf = random() % 2 == 0;
  while (sample.text.size() < length) {
    const bool quoted = quotes && random() % 8 != 0;
    if (quoted) append(*structure[U'"']);
    const auto& kind = random() % 2 == 0 ? ascii : doubles;
    for (auto n = random() % 24; n > 0; --n) append(*kind[random() % kind.size()]);
    if (quoted && random() % 8 == 0) append(*structure[U",\n"[random() % 2]]);
    if (quoted && random() % 8 == 0) {
      append(*structure[U'"']);
      append(*structure[U'"']);
    }
    const Unit& any = units[random() % units.size()];
    const bool splits_line_end = sample.text.ends_with(U'\r') || any.text == U"\n";
    if (random() % rare == 0 && !splits_line_end) append(any);
    if (sample.text.ends_with(U'\r')) continue;
    if (quoted) append(*structure[U'"']);
    const bool ends_record = random() % 7 == 0;
    if (ends_record && crlf) append(*structure[U'\r']);
    append(*structure[ends_record ? U'\n' : U',']);
  }
  return sample;
}

// Without what the encoding decides: place and length in bytes.
std::vector<EventSeen> without_bytes(std::vector<EventSeen> events) {
  for (EventSeen& e : events) e.offset = e.length = 0;
  return events;
}

Plan plan_with(Encoding encoding, Kernel kernel, bool header, std::vector<std::uint32_t> columns) {
  return Plan({.encoding = encoding, .structure = {.header = header}, .columns = std::move(columns), .kernel = kernel},
              bundled_repertoire());
}

Plan plan_of(Encoding encoding, bool field_events = true) {
  return Plan(
      {.encoding = encoding, .structure = kCsv, .default_glyph_events = field_events, .field_events = field_events},
      bundled_repertoire());
}

class TableScan : public testing::TestWithParam<Family> {};

// A gaiji of a vendor is a gaiji for the oracle, too: no layer is loaded.
TEST_P(TableScan, SeesWhatUtf8OfTheSameTextShows) {
  const std::vector<Unit>& units = units_of(GetParam());
  ASSERT_GT(units.size(), 6000U);
  std::minstd_rand random(1);
  for (const bool events : {true, false}) {
    const Plan plan = plan_of(GetParam().encoding, events);
    const Plan utf8 = plan_of(Encoding::utf8, events);
    for (int i = 0; i < HYOJUN_TEST_VOLUME(30, 5); ++i) {
      const Sample sample = make_sample(GetParam(), units, 1000, random);
      const Scanned ours = scan_all(plan, sample.bytes);
      const Scanned truth = expected(utf8, oracle::encode(oracle::Encoding::utf8, sample.text));
      ASSERT_EQ(without_bytes(ours.events), without_bytes(truth.events)) << i;
      ASSERT_EQ(ours.counts.outcomes, truth.counts.outcomes) << i;
      ASSERT_EQ(ours.counts.shapes, truth.counts.shapes) << i;
      ASSERT_EQ(ours.counts.records, truth.counts.records) << i;
    }
  }
}

TEST_P(TableScan, SeesTheSameAtEverySplitAndInNoise) {
  const std::vector<Unit>& units = units_of(GetParam());
  std::minstd_rand random(2);
  for (const bool events : {true, false}) {
    const Plan plan = plan_of(GetParam().encoding, events);
    for (int i = 0; i < HYOJUN_TEST_VOLUME(6, 2); ++i) {
      Bytes bytes = make_sample(GetParam(), units, 120, random).bytes;
      // Half of the samples have bytes that fit nowhere.
      for (std::size_t noise = 0; i % 2 == 1 && noise < bytes.size() / 10; ++noise) {
        bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random());
      }
      const Scanned whole = scan_all(plan, bytes);
      std::vector<std::size_t> all(bytes.size());
      std::iota(all.begin(), all.end(), std::size_t{0});
      std::vector<std::vector<std::size_t>> feeds = {all};
      for (std::size_t cut = 0; cut <= bytes.size(); ++cut) feeds.push_back({cut});
      for (const auto& cuts : feeds) {
        const Scanned cut = scan_all(plan, bytes, {cuts, kEventRoom + 1});
        ASSERT_EQ(cut.events, whole.events) << hex(bytes) << " at " << cuts.front();
        ASSERT_EQ(cut.counts.outcomes, whole.counts.outcomes);
        ASSERT_EQ(cut.counts.records, whole.counts.records);
      }
    }
  }
}

// What is kept is written as the code points that were read, at any split and with any room for output.
TEST_P(TableScan, IsConvertedToTheSameText) {
  const std::vector<Unit>& units = units_of(GetParam());
  std::minstd_rand random(3);
  const auto converter = Converter::make({.unidentified = Unidentified::keep},
                                         {.encoding = GetParam().encoding, .structure = kCsv}, bundled_repertoire());
  ASSERT_TRUE(converter.has_value());
  for (int i = 0; i < HYOJUN_TEST_VOLUME(10, 3); ++i) {
    const Sample sample = make_sample(GetParam(), units, 400, random);
    std::vector<std::size_t> cuts;
    for (std::size_t at = 0; i % 2 == 1 && at < sample.bytes.size(); at += 1 + random() % 40) cuts.push_back(at);
    const Output out = convert_all(*converter, sample.bytes, cuts, kConvertRoom + random() % 4096);
    ASSERT_EQ(out.bytes, oracle::encode(oracle::Encoding::utf8, sample.text)) << hex(sample.bytes);
  }
}

TEST_P(TableScan, ReadsPlainTextAsUtf8OfItWithEveryKernel) {
  const std::vector<Unit>& units = units_of(GetParam());
  std::minstd_rand random(4);
  for (int i = 0; i < HYOJUN_TEST_VOLUME(60, 8); ++i) {
    const Sample sample = make_plain_sample(GetParam(), units, 3000, i % 3 == 0 ? 2 : 40, random);
    const bool header = i % 2 == 0;
    const std::vector<std::uint32_t> columns = i % 4 < 2 ? std::vector<std::uint32_t>{} : std::vector{0U, 2U};
    const Scanned truth = expected(plan_with(Encoding::utf8, Kernel::portable, header, columns),
                                   oracle::encode(oracle::Encoding::utf8, sample.text));
    for (const Kernel kernel : available_kernels()) {
      const Scanned ours = scan_all(plan_with(GetParam().encoding, kernel, header, columns), sample.bytes);
      ASSERT_EQ(without_bytes(ours.events), without_bytes(truth.events)) << kernel_name(kernel) << " " << i;
      ASSERT_EQ(ours.counts.outcomes, truth.counts.outcomes) << kernel_name(kernel) << " " << i;
      ASSERT_EQ(ours.counts.shapes, truth.counts.shapes) << kernel_name(kernel) << " " << i;
      ASSERT_EQ(ours.counts.records, truth.counts.records) << kernel_name(kernel) << " " << i;
    }
  }
}

// What fits nowhere, at every place of a block: what one byte after the other gives, which no run and no block sees.
TEST_P(TableScan, ReadsNoiseTheSameWithEveryKernel) {
  const std::vector<Unit>& units = units_of(GetParam());
  std::minstd_rand random(5);
  for (int i = 0; i < HYOJUN_TEST_VOLUME(200, 20); ++i) {
    Bytes bytes = make_plain_sample(GetParam(), units, 200, 40, random).bytes;
    for (int noise = 0; noise < 1 + i % 3; ++noise) {
      bytes[random() % bytes.size()] = static_cast<std::uint8_t>(random() % 4 == 0 ? random() % 0x20 : random());
    }
    std::vector<std::size_t> all(bytes.size());
    std::iota(all.begin(), all.end(), std::size_t{0});
    const Scanned slow = scan_all(plan_with(GetParam().encoding, Kernel::portable, false, {}), bytes, {all});
    for (const Kernel kernel : available_kernels()) {
      const Scanned fast = scan_all(plan_with(GetParam().encoding, kernel, false, {}), bytes);
      ASSERT_EQ(fast.events, slow.events) << kernel_name(kernel) << " " << hex(bytes);
      ASSERT_EQ(fast.counts.outcomes, slow.counts.outcomes) << kernel_name(kernel) << " " << hex(bytes);
      ASSERT_EQ(fast.counts.records, slow.counts.records) << kernel_name(kernel) << " " << hex(bytes);
      ASSERT_EQ(fast.unclosed_quote, slow.unclosed_quote) << kernel_name(kernel) << " " << hex(bytes);
    }
  }
}

TEST_P(TableScan, ConvertsTheSameWithEveryKernel) {
  const std::vector<Unit>& units = units_of(GetParam());
  std::minstd_rand random(6);
  for (int i = 0; i < HYOJUN_TEST_VOLUME(40, 6); ++i) {
    const Sample sample = make_plain_sample(GetParam(), units, 3000, i % 3 == 0 ? 2 : 40, random);
    const Bytes truth = oracle::encode(oracle::Encoding::utf8, sample.text);
    std::vector<std::size_t> cuts;
    for (std::size_t at = 0; i % 2 == 1 && at < sample.bytes.size(); at += 1 + random() % 300) cuts.push_back(at);
    for (const Kernel kernel : available_kernels()) {
      const PlanOptions plan{.encoding = GetParam().encoding, .structure = kCsv, .kernel = kernel};
      const auto converter = Converter::make({.unidentified = Unidentified::keep}, plan, bundled_repertoire());
      const Output out = convert_all(*converter, sample.bytes, cuts, kConvertRoom + random() % 9000);
      ASSERT_EQ(out.bytes, truth) << kernel_name(kernel) << " " << i;
    }
  }
}

// Whatever the encoding has: nothing is written that the target cannot hold, and nothing is lost without being told.
TEST_P(TableScan, WritesNothingThatTheTargetLacks) {
  for (const TargetEncoding to : {TargetEncoding::cp932, TargetEncoding::euc_jp_ms}) {
    const PlanOptions plan{.encoding = GetParam().encoding, .structure = {.kind = Structure::Kind::text}};
    const auto converter = Converter::make({.unidentified = Unidentified::geta, .to = to}, plan, bundled_repertoire());
    const Encoder& encoder = converter->encoder();
    for (const Unit& u : units_of(GetParam())) {
      if (u.text.size() != 1 || u.text[0] < 0x20 || (u.text[0] >= 0x7F && u.text[0] < 0xA0)) continue;
      Bytes bytes;
      if (u.doubles) bytes.assign(GetParam().out.begin(), GetParam().out.end());
      bytes.insert(bytes.end(), u.code.begin(), u.code.end());
      const Output out = convert_all(*converter, bytes);
      const Bytes same = oracle::encode(oracle::Encoding::utf8, u.text);
      if (out.bytes != same) {
        ASSERT_EQ(out.replacements.size(), 1U) << hex(u.code);
      } else {
        ASSERT_TRUE(encoder.holds(u.text[0])) << hex(u.code);
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Encodings, TableScan, testing::ValuesIn(kFamilies), [](const auto& family) {
  std::string name(encoding_name(family.param.encoding));
  std::ranges::replace(name, '-', '_');
  return name;
});

// The lengths of what is malformed, in order, and the code points between.
std::string read(Encoding encoding, const Bytes& bytes) {
  const Plan plan({.encoding = encoding,
                   .structure = {.kind = Structure::Kind::text},
                   .default_glyph_events = true,
                   .field_events = true},
                  bundled_repertoire());
  std::string result;
  for (const std::string& e : lines_of(scan_all(plan, bytes).events)) {
    const std::string at = e.substr(e.find(" at ") + 4, e.find(" record") - e.find(" at ") - 4);
    const bool bad = e.find("malformed") != e.npos;
    result += at + (bad ? "x" : e.starts_with("record_end") ? "|" : "") + " ";
  }
  return result;
}

TEST(TableScanMalformed, IsOneByteOfABadPairAndAllOfAnUnassignedOne) {
  EXPECT_EQ(read(Encoding::euc_jp_ms, {0xB0, 0x41, 0x0A}), "0+1x 2+1| ") << "A is read anew";
  EXPECT_EQ(read(Encoding::euc_jp_ms, {0xA9, 0xA1, 0x0A}), "0+2x 2+1| ") << "row 9 is empty";
  EXPECT_EQ(read(Encoding::euc_jp_ms, {0x8F, 0xA1, 0xA1, 0x0A}), "0+3x 3+1| ");
  EXPECT_EQ(read(Encoding::euc_jp_ms, {0x8F, 0xB0, 0x41, 0x0A}), "0+1x 1+1x 3+1| ");
  EXPECT_EQ(read(Encoding::euc_jp_ms, {0x8F, 0xB0}), "0+1x 1+1x 2+0| ") << "the file ends in it";
  EXPECT_EQ(read(Encoding::euc_jp_ms, {0xB0}), "0+1x 1+0| ");
  EXPECT_EQ(read(Encoding::shift_jis_2004, {0x80, 0xA0, 0xFD}), "0+1x 1+1x 2+1x 3+0| ");
  EXPECT_EQ(read(Encoding::juki_net_be, {0xAC, 0x00, 0x30}), "0+2x 2+1x 3+0| ");
}

TEST(TableScanMalformed, IsAControlInADoubleByteStateButLinesEnd) {
  EXPECT_EQ(read(Encoding::ibm930, {0x0E, 0x05, 0x15, 0xC1}), "1+1x 2+1| 4+0| ") << "A again in the single-byte state";
  EXPECT_EQ(read(Encoding::ibm930, {0x0E, 0x45, 0x15, 0xC1}), "1+1x 2+1| 4+0| ") << "the line ends inside a pair";
  EXPECT_EQ(read(Encoding::iso_2022_jp, {0x1B, '$', 'B', 0x30, 0x0A, 'a'}), "3+1x 4+1| 6+0| ");
  EXPECT_EQ(read(Encoding::iso_2022_jp, {0x1B, '$', 'X', 0x0A}), "0+1 3+1| ") << "ESC alone is a control";
  EXPECT_EQ(read(Encoding::iso_2022_jp, {'a', 0x1B}), "1+1 2+0| ");
}

TEST(TableScan, GivesGaijiTheirConventionalCodePoints) {
  const auto decode = [](Encoding e, const Bytes& b) { return CodeTable::bundled(e)->decode(b); };
  EXPECT_EQ(decode(Encoding::euc_jp_ms, {0xF5, 0xA1}), U"\uE000");
  EXPECT_EQ(decode(Encoding::euc_jp_ms, {0xFE, 0xFE}), U"\uE3AB");
  EXPECT_EQ(decode(Encoding::euc_jp_ms, {0x8F, 0xF5, 0xA1}), U"\uE3AC");
  EXPECT_EQ(decode(Encoding::ibm954, {0x8F, 0xFE, 0xFE}), U"\uE757");
  EXPECT_EQ(decode(Encoding::ibm930, {0x69, 0x41}), U"\uE000");
  EXPECT_EQ(decode(Encoding::ibm939, {0x7F, 0xFE}), U"\uF111");
  EXPECT_EQ(decode(Encoding::ibm1399, {0x89, 0xBD}), U"\uF83C");
  EXPECT_EQ(decode(Encoding::jef, {0x80, 0xA1}), U"\uE000");
  EXPECT_EQ(decode(Encoding::jef, {0xA0, 0xFE}), U"\uEC1D");
  EXPECT_EQ(decode(Encoding::keis83, {0x81, 0xA1}), U"\uE000");
  EXPECT_EQ(decode(Encoding::keis78, {0xA0, 0xFE}), U"\uEBBF");
  EXPECT_EQ(decode(Encoding::jips_j, {0x74, 0x21}), U"\uE000");
  EXPECT_EQ(decode(Encoding::jips_j, {0x7E, 0x7E}), U"\uE409");
  EXPECT_EQ(decode(Encoding::jips_j, {0xE0, 0xA1}), U"\uE40A");
  EXPECT_EQ(decode(Encoding::jips_j, {0xFE, 0xFE}), U"\uEF6B");
}

}  // namespace
}  // namespace hyojun::charmap
