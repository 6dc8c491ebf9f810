// convert() on files of many blocks: any number of threads, quotes across blocks, streams, whole or nothing.
#include "convert.h"

#include <filesystem>

#include "hyojun/base/text.h"
#include "run.h"

namespace hyojun::app {
namespace {

using charmap::Action;
using charmap::Encoding;
using charmap::Form;
using charmap::ShrinkRule;
using charmap::Unidentified;

constexpr std::size_t kBig = (2U << 20U) + 12'345;

std::string repeat(std::string_view record, std::size_t size = kBig) {
  std::string bytes;
  while (bytes.size() < size) bytes += record;
  return bytes;
}

// What a report says, without the names of files.
std::string account_of(const ConvertReport& report) {
  std::string text = text_of(report.source);
  for (const auto& [key, tally] : report.replacements.sorted()) {
    text += std::string(action_key(key.action)) + " " + std::to_string(key.source.bytes) + " x" +
            std::to_string(tally->count) + " @" + std::to_string(tally->at[0].record) + "." +
            std::to_string(tally->at[0].field) + "@" + std::to_string(tally->at[0].byte) + "\n";
  }
  return text + std::to_string(report.replacements.brackets()) + (report.written ? " written" : " refused");
}

class Convert : public IdentifyTest {
 protected:
  base::Result<ConvertReport> run_files(ConvertOptions options, const OutputSink& stream = refuse()) {
    return convert(options, bundled_repertoire(), stream);
  }
  static OutputSink refuse() {
    return [](std::span<const std::uint8_t>) -> base::Result<void> {
      return base::fail(base::ErrorCode::bug, {"", ""});
    };
  }
  ConvertOptions options_for(std::string_view bytes, charmap::ConverterOptions converter) {
    ConvertOptions options;
    options.source.files = {put("input.csv", bytes)};
    options.converter = converter;
    options.output = folder_.file("out");
    options.overwrite = base::Overwrite::replace;
    return options;
  }

  // The output of 1, 2 and 7 threads and of a stream is the same; that output.
  std::string expect_same(std::string_view bytes, charmap::ConverterOptions converter, IdentifyOptions source = {}) {
    ConvertOptions options = options_for(bytes, converter);
    source.files = options.source.files;
    options.source = source;
    std::string first;
    std::string account;
    for (const unsigned threads : {1U, 2U, 7U}) {
      options.source.threads = threads;
      const auto report = run_files(options);
      EXPECT_TRUE(report.has_value()) << (report ? "" : report.error().what.en);
      if (!report) return {};
      EXPECT_TRUE(report->written);
      const std::string out = base::file_bytes(options.output);
      EXPECT_EQ(out.size(), report->bytes_written());
      if (threads == 1) {
        first = out;
        account = account_of(*report);
      }
      EXPECT_TRUE(out == first) << threads << " threads";
      EXPECT_EQ(account_of(*report), account) << threads << " threads";
    }
    std::string streamed;
    options.output = "-";
    const auto report = run_files(options, [&](std::span<const std::uint8_t> part) -> base::Result<void> {
      streamed.append(part.begin(), part.end());
      return {};
    });
    EXPECT_TRUE(report && streamed == first);
    return first;
  }
};

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

TEST_F(Convert, PlainTextComesOutAsItWentIn) {
  const std::string bytes = "番号,氏名\r\n" + repeat("1,\"辻山\n\"\"田\",ｱ\r\n");
  EXPECT_TRUE(expect_same(bytes, {}) == bytes);
  EXPECT_TRUE(expect_same("\xEF\xBB\xBF" + bytes, {}) == bytes) << "without the BOM";
  EXPECT_EQ(expect_same("", {}), "");
  EXPECT_EQ(expect_same("a", {}), "a");
}

// Blocks are cut inside quotes: the guess is wrong each time. A 〓 must be written by field, in the selected column.
TEST_F(Convert, QuotesAcrossBlocks) {
  const std::string record = "张,\"a\n张,\r\nb\"\"\n\",张\n";
  const std::string out =
      expect_same("x,y,z\n" + repeat(record), {.unidentified = Unidentified::geta}, {.columns = {"y"}});
  EXPECT_TRUE(out == "x,y,z\n" + replaced(repeat(record), "\"a\n张", "\"a\n〓"));
  expect_same("h\na,\"" + repeat("张b\n") + "\"\nc,张\n", {.unidentified = Unidentified::tag});
  expect_same("h\na,\"" + repeat("张b\n"), {.unidentified = Unidentified::keep});
}

TEST_F(Convert, NoLineEndAtAll) {
  const std::string bytes = repeat("辻\U000E0102张か\u3099渡\u9089\U000E010F");
  for (const auto u : {Unidentified::keep, Unidentified::geta, Unidentified::tag}) {
    expect_same(bytes, {.form = Form::base, .unidentified = u}, {.format = Format::text});
    expect_same(bytes, {.shrink = ShrinkRule::ipa, .unidentified = u}, {.header = false});
  }
}

TEST_F(Convert, AllEncodings) {
  const std::string text = "辻,髙\"\n〔\"𠮷\"a\n\",b\uE000\n";
  const std::string cp932 = repeat("\x92\xD2,\xFB\xFC\"\n\x81\x6B\"\xB1\"a\n\",b\xF0\x40\n");
  const std::string out = expect_same(cp932, {.unidentified = Unidentified::keep}, {.encoding = Encoding::cp932});
  EXPECT_TRUE(out.starts_with("辻,髙\"\n〔\"ｱ\"a\n\",b\uE000\n辻,")) << out.substr(0, 100);
  expect_same(cp932, {.shrink = ShrinkRule::strict, .unidentified = Unidentified::tag}, {.encoding = Encoding::cp932});
  std::string le;
  std::string be;
  for (const char16_t unit : std::u16string(u"辻,髙\"\n〔\"𠮷\"a\n\",b\uE000\n")) {
    le += {static_cast<char>(unit & 0xFF), static_cast<char>(unit >> 8)};
    be += {static_cast<char>(unit >> 8), static_cast<char>(unit & 0xFF)};
  }
  const std::size_t times = (kBig + le.size() - 1) / le.size();
  const std::string expected = repeat(text, times * text.size());
  EXPECT_TRUE(expect_same(repeat(le), {.unidentified = Unidentified::keep}, {.encoding = Encoding::utf16le}) ==
              expected);
  EXPECT_TRUE(expect_same("\xFE\xFF" + repeat(be), {.unidentified = Unidentified::keep}) == expected);
}

TEST_F(Convert, ManyDistinctReplacements) {
  std::string bytes = "h\n";
  for (char32_t cp = 0x10000; bytes.size() < kBig; ++cp) {
    base::append_utf8(bytes, cp % 0x30000 + 0x3400);
    base::append_utf8(bytes, 0xE01E0);
    if (cp % 16 == 0) bytes += '\n';
  }
  expect_same(bytes, {.unidentified = Unidentified::geta});
}

TEST_F(Convert, RefusedMeansNothingIsWritten) {
  const std::string bytes = "h\n" + repeat("山\n") + "\uE000\n" + repeat("山\n") + "한\n";
  for (const unsigned threads : {1U, 3U}) {
    ConvertOptions options = options_for(bytes, {});
    options.source.threads = threads;
    base::put_file(options.output, "old");
    const auto report = run_files(options);
    ASSERT_TRUE(report.has_value());
    EXPECT_FALSE(report->written);
    EXPECT_EQ(report->replacements.count(Action::refused), 2U) << "all are reported";
    EXPECT_EQ(report->bytes_written(), 0U);
    EXPECT_EQ(base::file_bytes(options.output), "old");
    options.output = "-";
    const auto streamed = run_files(options);  // the stream would fail if it were asked
    ASSERT_TRUE(streamed.has_value());
    EXPECT_FALSE(streamed->written);
    EXPECT_EQ(streamed->replacements.count(Action::refused), 2U);
  }
  EXPECT_EQ(std::distance(std::filesystem::directory_iterator(folder_.file(".")), {}), 2) << "no temporary file";
}

TEST_F(Convert, KeptStreamsEndBeforeMalformedBytes) {
  ConvertOptions options = options_for("h\n" + repeat("山\n") + "\xFF\n", {.unidentified = Unidentified::keep});
  options.source.encoding = Encoding::utf8;
  options.output = "-";
  std::string streamed;
  const auto report = run_files(options, [&](std::span<const std::uint8_t> part) -> base::Result<void> {
    streamed.append(part.begin(), part.end());
    return {};
  });
  ASSERT_TRUE(report.has_value());
  EXPECT_FALSE(report->written);
  EXPECT_EQ(streamed.find('\xFF'), std::string::npos);
}

TEST_F(Convert, SeveralFilesAppearTogether) {
  const std::string folder = folder_.file("out");
  std::filesystem::create_directory(folder);
  ConvertOptions options;
  options.source.files = {put("a.csv", "h\n山\n"), put("b.csv", "h\n\uE000\n")};
  options.output = folder;
  auto report = run_files(options);
  ASSERT_TRUE(report.has_value());
  EXPECT_FALSE(report->written);
  EXPECT_TRUE(std::filesystem::is_empty(folder));
  options.converter.unidentified = Unidentified::geta;
  report = run_files(options);
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(base::file_bytes(folder + "/a.csv"), "h\n山\n");
  EXPECT_EQ(base::file_bytes(folder + "/b.csv"), "h\n〓\n");
  EXPECT_EQ(report->source.files.size(), 2U);
  EXPECT_EQ(report->replacements.sorted().at(0).second->at[0].file, 1U);
  const auto again = run_files(options);
  ASSERT_FALSE(again.has_value());
  EXPECT_EQ(again.error().code, base::ErrorCode::usage) << "exists";
}

TEST_F(Convert, TargetsThatCannotBe) {
  const std::string folder = folder_.file("f");
  std::filesystem::create_directory(folder);
  for (const auto& [files, output] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{"a", "b"}, "-"}, {{"a", "b"}, "file"}, {{"x/a", "y/a"}, folder}, {{"-"}, folder}}) {
    const auto targets = convert_targets(files, output);
    ASSERT_FALSE(targets.has_value()) << output;
    EXPECT_EQ(targets.error().code, base::ErrorCode::usage);
    EXPECT_FALSE(targets.error().next.ja.empty());
  }
  EXPECT_EQ(convert_targets({"x/a", "b"}, folder + "/").value(), (std::vector{folder + "/a", folder + "/b"}));
  EXPECT_EQ(convert_targets({"-"}, "o").value(), std::vector<std::string>{"o"});
}

TEST_F(Convert, AnUnstatedEncodingMustBeUtf8) {
  for (const char* bytes : {"h\n\x92\xD2\n", "h\na\x1B$B\n"}) {
    const auto report = run_files(options_for(bytes, {.unidentified = Unidentified::geta}));
    ASSERT_FALSE(report.has_value());
    EXPECT_EQ(report.error().code, base::ErrorCode::input_rejected);
    EXPECT_EQ(report.error().where.record, 2U);
    EXPECT_FALSE(std::filesystem::exists(folder_.file("out")));
  }
}

TEST_F(Convert, GaijiInOtherColumnsAreReported) {
  const auto report = run_files(options_for("a,b\n\uE000,山\n", {}));
  ASSERT_TRUE(report && !report->written);
  ConvertOptions options = options_for("a,b\n\uE000,山\n", {});
  options.source.columns = {"b"};
  const auto selected = run_files(options);
  ASSERT_TRUE(selected && selected->written);
  EXPECT_EQ(selected->replacements.count(Action::unselected), 1U);
  EXPECT_TRUE(selected->used_policy());
  EXPECT_EQ(base::file_bytes(options.output), "a,b\n\uE000,山\n");
}

}  // namespace
}  // namespace hyojun::app
