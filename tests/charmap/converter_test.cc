// The converter against the oracle: single characters, whole texts, every split, every size of output.
#include "hyojun/charmap/converter.h"

#include <gtest/gtest.h>

#include "conversion.h"
#include "structured_text.h"

namespace hyojun::charmap {
namespace {

constexpr Encoding kEncodings[] = {Encoding::utf8, Encoding::utf16le, Encoding::utf16be, Encoding::cp932};

constexpr Structure kText{.kind = Structure::Kind::text};

// Every code point, every listed sequence and some that are not, each on a line of its own.
TEST(Converter, EveryCharacterUnderEveryPolicy) {
  std::u32string text;
  for (char32_t cp = 0; cp <= 0x10FFFF; cp = next_of_all(cp)) {
    if (cp >= 0xD800 && cp <= 0xDFFF) continue;
    if (cp >= 0x30000 && cp / kNth % 64 != 0) continue;  // unassigned, private use
    (text += cp) += U'\n';
  }
  std::size_t number = 0;
  const auto append = [&](const oracle::Sequence& sequence) {
    if (number++ % kNth == 0) ((text += sequence.first) += sequence.second) += U'\n';
  };
  for (const auto& [sequence, name] : oracle::Standard::get().sequences()) append(sequence);
  for (const auto& [sequence, name] : oracle::Standard::get().collections()) append(sequence);
  const PlanOptions plan{.structure = kText};
  const Bytes bytes = oracle::encode(oracle::Encoding::utf8, text);
  for (const Case& c : some_cases()) {
    if (!check(c, plan, bytes)) return;
  }
}

TEST(Converter, EveryCodeOfCp932) {
  Bytes bytes;
  for (unsigned code = 0; code < 0x10000; ++code) {
    if (code > 0xFF) bytes.push_back(static_cast<std::uint8_t>(code >> 8));
    bytes.push_back(static_cast<std::uint8_t>(code & 0xFF));
    bytes.push_back('\n');
  }
  for (const Case& c : some_cases()) {
    if (!check(c, {.encoding = Encoding::cp932, .structure = kText}, bytes)) return;
  }
}

// Every character of CP932 on every unit of a block, beside others of two bytes, ASCII and half-width kana, with others
// between them that are written one by one; then nothing but kana, nothing but ASCII.
TEST(Converter, EveryCharacterOfCp932AtEveryPlace) {
  const PlanOptions plan{.encoding = Encoding::cp932, .structure = kText};
  const Case c{{.unidentified = Unidentified::keep}, {false, "", "keep"}};
  const Converter converter = make(c, plan);
  Bytes all;
  for (unsigned code = 0x8140; code < 0x10000; ++code) {
    if (converter.plan().cp932()[code] == 0) continue;
    all.push_back(static_cast<std::uint8_t>(code >> 8));
    all.push_back(static_cast<std::uint8_t>(code & 0xFF));
    if (code % 11 == 0) all.push_back('a');
    if (code / 192 % 4 == 3) all.push_back(static_cast<std::uint8_t>(0xA1 + code % 63));
  }
  for (unsigned i = 0; i < 400; ++i) all.push_back(static_cast<std::uint8_t>(i < 200 ? 0xA1 + i % 63 : 0x20 + i % 94));
  for (std::size_t shift = 0; shift < 64; shift += HYOJUN_TEST_VOLUME(1, 9)) {
    Bytes bytes(shift, 'x');
    bytes.insert(bytes.end(), all.begin(), all.end());
    const auto truth = expected(c, plan, bytes);
    for (const Kernel kernel : available_kernels()) {
      PlanOptions options = plan;
      options.kernel = kernel;
      if (!expect_same(convert_all(make(c, options), bytes), truth, bytes, c)) return;
    }
  }
}

// As a delimiter it is structure, and no kernel may take it for nothing.
TEST(Converter, TheDelimiterMayBeNul) {
  Bytes bytes;
  for (int i = 0; i < 1'000; ++i) {
    for (const int byte : {0x61, 0x00, 0x88, 0x9F, 0x00}) bytes.push_back(static_cast<std::uint8_t>(byte));
  }
  const Case c{{.unidentified = Unidentified::keep}, {false, "", "keep"}};
  for (const Kernel kernel : available_kernels()) {
    const Structure structure{.delimiter = U'\0', .header = false};
    check(c, {.encoding = Encoding::cp932, .structure = structure, .kernel = kernel}, bytes);
  }
}

TEST(Converter, EveryMjCharacterAsATarget) {
  // As gaiji of the private-use planes, by name: 58,862 decisions.
  std::string csv = "code,target\n";
  std::map<char32_t, oracle::Target> targets;
  std::u32string text;
  char32_t cp = 0xF0000;
  std::size_t number = 0;
  for (const auto& row : oracle::read_tsv("mj.tsv")) {
    if (number++ % kNth != 0) continue;
    csv += oracle::notation({cp}) + "," + row.at("name") + "\n";
    targets[cp] = {row.at("name"), U""};
    (text += cp) += U'\n';
    ++cp;
  }
  auto table = std::make_shared<const GaijiTable>(
      GaijiTable::from_bytes(csv, "gaiji.csv", {"", Encoding::utf8}, *bundled_repertoire()).value());
  const Bytes bytes = oracle::encode(oracle::Encoding::utf8, text);
  const PlanOptions plan{.structure = kText};
  for (const Case& c : some_cases()) {
    const auto converter = Converter::make(c.options, plan, bundled_repertoire(), table);
    const auto truth = oracle::convert(oracle::Encoding::utf8, format_of(plan), bytes, c.policy, targets);
    if (!expect_same(convert_all(*converter, bytes), truth, bytes, c)) return;
  }
}

PlanOptions random_plan(StructuredText& random, Encoding encoding) {
  const Structure structures[] = {
      kText, {}, {.header = false}, {.delimiter = U'\t', .header = false}, {.delimiter = U'|'}};
  PlanOptions plan{.encoding = encoding, .structure = structures[random.below(5)]};
  const auto kernels = available_kernels();
  plan.kernel = kernels[random.below(kernels.size())];
  if (random.below(3) == 0) plan.columns = {1};
  if (random.below(4) == 0) plan.columns = {0, 2, 5};
  return plan;
}

// StructuredText, with brackets.
Bytes random_text(StructuredText& random, Encoding encoding, std::size_t atoms, std::size_t plain = 0) {
  Bytes bytes;
  while (atoms > 0) {
    const std::size_t n = std::min<std::size_t>(atoms, 1 + random.below(9));
    const Bytes part = random.make(encoding, n, plain);
    bytes.insert(bytes.end(), part.begin(), part.end());
    const std::u32string extra = random.below(3) == 0   ? U"〔"
                                 : random.below(4) == 0 ? U"〔-:3014:816B〕"
                                 : random.below(6) == 0 ? U"〔〔MJ026190:9089:F0401〕a〔-:-:F0"
                                 : random.below(6) == 0 ? U"∑\uE001\u3099髙"
                                                        : U"";
    const Bytes more = oracle::encode(oracle_encoding(encoding), extra);
    bytes.insert(bytes.end(), more.begin(), more.end());
    atoms -= n;
  }
  return bytes;
}

TEST(Converter, RandomTextsAreWrittenAsTheOracleWritesThem) {
  StructuredText random(21);
  const auto all = cases();
  for (const Encoding encoding : kEncodings) {
    for (int i = 0; i < HYOJUN_TEST_VOLUME(3'000, 300); ++i) {
      const PlanOptions plan = random_plan(random, encoding);
      const Bytes bytes = random_text(random, encoding, 1 + random.below(80), random.below(2) * 40);
      const Case& c = all[random.below(all.size())];
      const Output whole = convert_all(make(c, plan), bytes);
      if (!expect_same(whole, expected(c, plan, bytes), bytes, c)) return;
      // The counts are the scanner's: nothing is lost between them.
      const auto scanned = scan_all(Plan(plan, bundled_repertoire(), gaiji(encoding)), bytes);
      ASSERT_EQ(whole.counts.outcomes, scanned.counts.outcomes);
      ASSERT_EQ(whole.counts.shapes, scanned.counts.shapes);
      ASSERT_EQ(whole.counts.records, scanned.counts.records);
    }
  }
}

// What a kernel writes of decisions made before, and where they stand beside each other.
TEST(Converter, WhatIsDecidedAgainIsWrittenTheSame) {
  const std::vector<Bytes> parts = {{0xF0, 0x40}, {0xF0, 0x41}, {0xF9, 0xFC}, {0xFB, 0xFC}, {0xFA, 0x40}, {0xED, 0x40},
                                    {0x81, 0x45}, {0x84, 0x40}, {0x81, 0x97}, {0x81, 0x60}, {0x88, 0x9F}, {0x92, 0xD2},
                                    {0x83, 0x4A}, {0xB6},       {0xDE},       {0xDF},       {0xCA},       {0x1B},
                                    {0x85, 0x45}, {0x41},       {0x2C},       {0x0A},       {0x81, 0x6B}};
  StructuredText random(24);
  const auto all = cases();
  for (int i = 0; i < HYOJUN_TEST_VOLUME(1'500, 150); ++i) {
    const PlanOptions plan = random_plan(random, Encoding::cp932);
    std::vector<Bytes> kinds;
    for (std::size_t n = 1 + random.below(6); n > 0; --n) kinds.push_back(parts[random.below(parts.size())]);
    Bytes bytes;
    while (bytes.size() < 900) {
      const Bytes& part = kinds[random.below(kinds.size())];
      bytes.insert(bytes.end(), part.begin(), part.end());
      bytes.insert(bytes.end(), random.below(3) == 0 ? random.below(70) : 0, 'x');
    }
    const Bytes once = bytes;
    for (int again = 0; again < 3; ++again) bytes.insert(bytes.end(), once.begin(), once.end());
    const Case& c = all[random.below(all.size())];
    if (!expect_same(convert_all(make(c, plan), bytes), expected(c, plan, bytes), bytes, c)) return;
  }
}

TEST(Converter, SplitsAndSmallOutputsChangeNothing) {
  StructuredText random(22);
  const auto all = cases();
  for (const Encoding encoding : kEncodings) {
    for (int i = 0; i < HYOJUN_TEST_VOLUME(120, 12); ++i) {
      const PlanOptions plan = random_plan(random, encoding);
      const Bytes bytes = random_text(random, encoding, 2 + random.below(8));
      const Case& c = all[random.below(all.size())];
      const Converter converter = make(c, plan);
      const auto truth = expected(c, plan, bytes);
      for (std::size_t one = 0; one <= bytes.size(); ++one) {
        for (std::size_t two = one; two <= bytes.size(); two += 1 + random.below(3)) {
          const Output parts = convert_all(converter, bytes, {one, two}, kConvertRoom, kReplacementRoom);
          if (!expect_same(parts, truth, bytes, c)) return;
        }
      }
    }
  }
}

TEST(Converter, LongTextThroughTheSmallestOutputs) {
  StructuredText random(23);
  const auto all = some_cases();
  for (const Encoding encoding : kEncodings) {
    const Bytes bytes = random_text(random, encoding, HYOJUN_TEST_VOLUME(4'000, 1'000), 30);
    for (const Case& c : all) {
      const PlanOptions plan{.encoding = encoding, .structure = {.header = false}};
      const auto truth = expected(c, plan, bytes);
      for (const std::size_t room : {kConvertRoom, kConvertRoom + 1 + random.below(5'000)}) {
        const Output small = convert_all(make(c, plan), bytes, {}, room, kReplacementRoom + random.below(300));
        if (!expect_same(small, truth, bytes, c)) return;
      }
    }
  }
}

// Of the encodings read by table: a code of two code points as the last of a piece, which the scan leaves without a
// look at what follows, and other characters behind it.
TEST(Converter, PiecesThatEndBehindAPairChangeNothing) {
  constexpr std::size_t kPiece = 64 * 1024, kRoom = 1U << 20U, kReplacements = 1000;
  const Bytes pair = {0x82, 0xF5};  // か゚
  for (const Kernel kernel : available_kernels()) {
    const PlanOptions plan{.encoding = Encoding::shift_jis_2004, .structure = {.header = false}, .kernel = kernel};
    const auto converter = Converter::make({.unidentified = Unidentified::geta}, plan, bundled_repertoire()).value();
    for (std::size_t before = 0; before < 4; ++before) {
      Bytes bytes = pair;
      for (const std::size_t end : {kPiece, 2 * kPiece}) {
        bytes.resize(end - 2 - before, 'a');
        bytes.insert(bytes.end(), pair.begin(), pair.end());
        for (const char c : std::string("bb\1cc\2dd\3ee")) bytes.push_back(static_cast<std::uint8_t>(c));
      }
      const Output whole = convert_all(converter, bytes, {}, kRoom, kReplacements);
      const Output parts = convert_all(converter, bytes, {kPiece - 100, kPiece + 8, kPiece + 9}, kRoom, kReplacements);
      EXPECT_EQ(whole.bytes, parts.bytes) << kernel_name(kernel) << before;
      EXPECT_EQ(whole.replacements, parts.replacements) << kernel_name(kernel) << before;
      EXPECT_EQ(std::ranges::count_if(whole.bytes, [](std::uint8_t b) { return b < 0x20; }), 0);
    }
  }
}

TEST(Converter, CharactersOfALayer) {
  const std::map<oracle::Sequence, std::string> layer = {
      {{0x10E000, 0}, "GJ000139"}, {{0x10E001, 0}, "GJ000140"},     {{0x10E002, 0}, "GJ000141"},
      {{U'℃', 0}, "GJH00001"},     {{0x1B002, 0x3099}, "MH000001"}, {{0x9089, 0xE01EF}, "GJ000142"},
      {{0x2E81, 0}, "GJH00002"}};
  const std::map<std::string, char32_t> base = {{"GJ000139", 0x9089}, {"GJ000140", 0},     {"GJ000141", 0x9AD9},
                                                {"GJH00001", 0},      {"MH000001", U'い'}, {"GJ000142", 0},
                                                {"GJH00002", 0}};
  std::vector<LayerCharacter> characters;
  std::u32string text = U"℃";
  for (const auto& [code, name] : layer) {
    if (code.first == U'℃') continue;  // plain already; a layer only names it
    characters.push_back({name, code.first, code.second, base.at(name)});
    (text += U"x") += code.first;
    if (code.second != 0) text += code.second;
  }
  auto made = Layer::make(characters, "layer", "1", *StandardTable::bundled());
  ASSERT_TRUE(made.has_value()) << made.error().what.en;
  std::vector<Layer> layers;
  layers.push_back(std::move(*made));
  const auto repertoire =
      std::make_shared<const Repertoire>(Repertoire::make(StandardTable::bundled(), std::move(layers)).value());
  auto known = layer;
  known.erase({U'℃', 0});
  auto bases = base;
  bases.erase("GJH00001");
  const Bytes bytes = oracle::encode(oracle::Encoding::utf8, text);
  for (const Case& c : cases()) {
    const PlanOptions plan{.structure = kText};
    const auto truth =
        oracle::convert(oracle::Encoding::utf8, format_of(plan), bytes, c.policy, decided(), known, bases);
    expect_same(convert_all(make(c, plan, repertoire), bytes), truth, bytes, c);
  }
}

TEST(Converter, NeverWritesASequenceForAPlainCodePoint) {
  std::u32string text;
  for (const char32_t cp : oracle::Standard::get().shared()) text += cp;
  const Bytes bytes = oracle::encode(oracle::Encoding::utf8, text);
  for (const Form form : {Form::ivs, Form::base}) {
    const auto converter = Converter::make({.form = form}, {.structure = kText}, bundled_repertoire());
    const Output out = convert_all(*converter, bytes);
    EXPECT_EQ(out.bytes, bytes);
    EXPECT_TRUE(out.replacements.empty());
  }
}

// Whatever is asked for: a plain code point that is identified comes out as it went in, and nothing else gets a
// sequence or a name. All code points; only a gaiji or what is not in the standard is ever tagged.
TEST(Converter, NoPlainCodePointGetsAShapeThatNobodyStated) {
  std::u32string text;
  std::u32string identified;
  const auto repertoire = bundled_repertoire();
  for (char32_t cp = 0x20; cp <= 0x10FFFF; cp = next_of_all(cp)) {
    if (cp >= 0xD800 && cp <= 0xDFFF) continue;
    (text += cp) += U'\n';
    if (!is_exception(repertoire->identify(cp).outcome)) (identified += cp) += U'\n';
  }
  for (const Form form : {Form::ivs, Form::base, Form::tag, Form::name}) {
    const auto convert = [&](const std::u32string& what, Unidentified policy) {
      const auto converter = Converter::make({.form = form, .unidentified = policy}, {.structure = kText}, repertoire);
      return convert_all(*converter, oracle::encode(oracle::Encoding::utf8, what));
    };
    const Output kept = convert(text, Unidentified::keep);
    EXPECT_TRUE(kept.bytes == oracle::encode(oracle::Encoding::utf8, text));
    const Output plain = convert(identified, Unidentified::tag);
    EXPECT_TRUE(plain.bytes == oracle::encode(oracle::Encoding::utf8, identified));
    EXPECT_EQ(plain.replacements, std::vector<std::string>{});
  }
}

TEST(Converter, TagsMustNotHoldTheDelimiter) {
  for (const char32_t delimiter : {U':', U'-', U'0', U'F', U'M', U'+'}) {
    const PlanOptions plan{.structure = {.delimiter = delimiter}};
    const auto made = Converter::make({.unidentified = Unidentified::tag}, plan, bundled_repertoire());
    ASSERT_FALSE(made.has_value());
    EXPECT_EQ(made.error().code, base::ErrorCode::usage);
    EXPECT_TRUE(Converter::make({.unidentified = Unidentified::geta}, plan, bundled_repertoire()).has_value());
  }
}

TEST(Converter, ExamplesByHand) {
  const auto run = [](std::u32string_view text, ConverterOptions options) {
    const auto converter = Converter::make(options, {.structure = {.header = false}}, bundled_repertoire());
    const Output out = convert_all(*converter, oracle::encode(oracle::Encoding::utf8, std::u32string(text)));
    return std::string(out.bytes.begin(), out.bytes.end());
  };
  const std::u32string text = U"\"渡\u9089\U000E010F\"\"\n\",髙\uE000か\u3099\u845B\U000E0102\n";
  EXPECT_EQ(run(text, {.form = Form::base, .unidentified = Unidentified::geta}), "\"渡邉\"\"\n\",髙〓か\u3099葛\n");
  EXPECT_EQ(run(text, {.shrink = ShrinkRule::strict, .unidentified = Unidentified::tag}),
            "\"渡邉\"\"\n\",高〔-:-:EE8080〕が葛\n");
  EXPECT_EQ(run(U"〔a\uE000", {.unidentified = Unidentified::tag}), "〔a〔-:-:EE8080〕") << "no tag";
  EXPECT_EQ(run(U"〔〔-:-:F040〕〔MJ000001:-:F04〕〔", {.unidentified = Unidentified::tag}),
            "〔〔-:3014:E38094〕-:-:F040〕〔MJ000001:-:F04〕〔");
}

}  // namespace
}  // namespace hyojun::charmap
