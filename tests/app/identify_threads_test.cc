// Files of many blocks: any number of threads, any line end, quotes across borders, the same report.
#include <random>

#include "run.h"
#include "test_volume.h"

namespace hyojun::app {
namespace {

using charmap::Encoding;

constexpr std::size_t kBig = (HYOJUN_TEST_VOLUME(3U, 2U) << 20U) + 12'345;

class IdentifyThreads : public IdentifyTest {
 protected:
  // The report is the same on 1, 2 and 7 threads and in file order, as rows are taken; that text.
  std::string expect_same(std::string_view bytes, const IdentifyOptions& options = {}) {
    std::string first;
    for (const unsigned threads : {1U, 2U, 7U}) {
      IdentifyOptions with = options;
      with.threads = threads;
      const auto report = run(bytes, with);
      EXPECT_TRUE(report.has_value()) << (report ? "" : report.error().what.en);
      if (!report) return {};
      if (first.empty()) first = text_of(*report);
      EXPECT_EQ(text_of(*report), first) << threads << " threads";
    }
    std::uint64_t rows = 0;
    const auto report = run(bytes, options, [&](const OccurrenceRow&) -> base::Result<void> {
      ++rows;
      return {};
    });
    EXPECT_TRUE(report.has_value());
    if (!report) return {};
    EXPECT_EQ(text_of(*report), first) << "in file order";
    std::uint64_t exceptions = 0;
    for (const auto& [key, tally] : report->tally.sorted()) exceptions += tally->count;
    for (const auto& [key, suspicion] : report->suspicions) exceptions += suspicion.tally.count;
    EXPECT_EQ(rows, exceptions) << "a row for each occurrence";
    return first;
  }

  static std::string repeat(std::string_view record, std::size_t size = kBig) {
    std::string bytes;
    while (bytes.size() < size) bytes += record;
    return bytes;
  }
};

TEST_F(IdentifyThreads, PlainRecords) {
  const std::string text = expect_same("番号,氏名\n" + repeat("1,辻张\xEE\x80\x80,\"x\"\n"));
  EXPECT_NE(text.find("not_in_standard"), std::string::npos);
}

// Most line ends stand inside quotes: blocks are cut inside quotes and the guess is wrong each time.
TEST_F(IdentifyThreads, QuotedLineEndsAcrossBlocks) {
  const std::string record = "1,\"a\n张\r\nb\n\"\"c\n\"\n";
  const std::string text = expect_same("h\n" + repeat(record));
  const std::size_t records = (kBig + record.size() - 1) / record.size();
  EXPECT_NE(text.find(std::to_string(records + 1) + " records"), std::string::npos) << text.substr(0, 200);
}

TEST_F(IdentifyThreads, OneQuoteOpenOverSeveralBlocks) {
  expect_same("h\na,\"" + repeat("张b\n", kBig) + "\"\nc,张\n");
  expect_same("h\na,\"" + repeat("张b\n", kBig)) /* never closed */;
}

TEST_F(IdentifyThreads, CarriageReturnsOnly) {
  const std::string text = expect_same("h\r" + repeat("辻,张,b\r"));
  EXPECT_NE(text.find(std::to_string((kBig + 9) / 10 + 1) + " records"), std::string::npos) << text.substr(0, 200);
}

TEST_F(IdentifyThreads, CarriageReturnLineFeed) { expect_same("h\r\n" + repeat("辻,张\r\n")); }

TEST_F(IdentifyThreads, NoLineEndAtAll) {
  expect_same(repeat("辻\U000E0100张か\u3099", kBig), {.header = false});
  expect_same(repeat("辻\U000E0100张か\u3099", kBig), {.format = Format::text});
}

TEST_F(IdentifyThreads, AllEncodings) {
  const std::string cp932 = repeat("\x92\xD2,\xF0\x40\x81\n\"\x83\x5C\n\xFF\",\x81\x0A\n");
  expect_same(cp932, {.encoding = Encoding::cp932});
  std::string le;
  std::string be;
  for (const char16_t unit : std::u16string(u"辻,张\"\n\xD83C\n\"\xDC00\"a\n\",b\u0A0A\u0A0D\n\uE000\uFE00\n")) {
    le += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
    be += {static_cast<char>(unit >> 8), static_cast<char>(unit & 0xFF)};
  }
  expect_same(repeat(le) + "x", {.encoding = Encoding::utf16le});
  expect_same(repeat(be) + "x", {.encoding = Encoding::utf16be});
}

TEST_F(IdentifyThreads, RandomBytes) {
  std::mt19937 random(8);
  for (const Encoding encoding : {Encoding::utf8, Encoding::cp932, Encoding::utf16le}) {
    std::string bytes((2U << 20U) + 77, '\0');
    for (char& c : bytes)
      c = static_cast<char>(random() % 16 == 0 ? "\n\",\r\0\x1B"[random() % 6] : static_cast<char>(random()));
    expect_same(bytes, {.encoding = encoding});
  }
}

TEST_F(IdentifyThreads, SelectedColumnsAndDefaultGlyphs) {
  expect_same("a,b,c\n" + repeat("辻,\"张\n张\",邉\n"), {.columns = {"b", "c"}, .default_glyphs = true});
}

TEST_F(IdentifyThreads, WatchedFieldsAcrossBlocks) {
  const std::string record = "1234567,\"山ロ\n太郎\",ジョ一ジ,张\n";
  const IdentifyOptions options{.name_columns = {"2"}, .kana_columns = {"3"}, .key = "1"};
  const std::string text = expect_same("番号,氏名,カナ,他\n" + repeat(record), options);
  const std::size_t records = (kBig + record.size() - 1) / record.size();
  EXPECT_NE(text.find("kanji_in_kana E4B880 x" + std::to_string(records)), std::string::npos) << text;
  EXPECT_NE(text.find("look_alike E383AD x" + std::to_string(records)), std::string::npos) << text;
}

}  // namespace
}  // namespace hyojun::app
