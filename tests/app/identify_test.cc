// identify() through files: encodings, columns, warnings, and everything it refuses.
#include <fmt/format.h>

#include "run.h"

namespace hyojun::app {
namespace {

using base::ErrorCode;
using charmap::Encoding;
using charmap::Outcome;

std::uint64_t count(const Report& report, Outcome outcome) {
  return report.counts.outcomes[static_cast<std::size_t>(outcome)];
}

class Identify : public IdentifyTest {
 protected:
  base::Error refused(std::string_view bytes, IdentifyOptions options = {}) {
    const auto report = run(bytes, std::move(options));
    EXPECT_FALSE(report.has_value());
    return report ? base::Error{ErrorCode::bug, {"", ""}} : report.error();
  }
};

TEST_F(Identify, CountsBelowTheHeader) {
  const auto report = run("番号,氏名\n1,辻\n2,\xEE\x80\x80\n");
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(text_of(*report),
            "utf-8 26 bytes 3 records 0 warnings\n2 1 0 1 0 0 0 0 in 3 records\n"
            "gaiji_unmapped EE80800000000000/3 x1 0:3.2@22\n8FBB x1\n");
  EXPECT_TRUE(report->found_something());
}

TEST_F(Identify, ReadsWhatABomSays) {
  EXPECT_EQ(run("\xEF\xBB\xBF"
                "a\n\x79\n")
                ->files[0]
                .encoding,
            Encoding::utf8);
  const auto le =
      run(std::string_view("\xFF\xFE"
                           "a\0\n\0b\0",
                           8));
  ASSERT_TRUE(le.has_value());
  EXPECT_EQ(le->files[0].encoding, Encoding::utf16le);
  EXPECT_EQ(count(*le, Outcome::standard), 1U);
  EXPECT_EQ(count(*le, Outcome::control), 0U) << "the BOM is structure";
  EXPECT_EQ(le->files[0].bytes, 8U);
  EXPECT_EQ(run(std::string_view("\xFE\xFF\0a\0\n\0b", 8))->files[0].encoding, Encoding::utf16be);
}

TEST_F(Identify, WarnsOfABomThatContradicts) {
  const auto report =
      run("\xEF\xBB\xBF"
          "a\nb\n",
          {.encoding = Encoding::cp932});
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(report->files[0].warnings.size(), 1U);
  EXPECT_EQ(report->files[0].encoding, Encoding::cp932);
}

TEST_F(Identify, WarnsOfAQuoteThatIsNotClosed) {
  EXPECT_EQ(run("a\n\"b\nc\n")->files[0].warnings.size(), 1U);
  EXPECT_EQ(run("a\n\"b\"\nc\n")->files[0].warnings.size(), 0U);
}

TEST_F(Identify, ReportsAnEmptyFileTruly) {
  const auto report = run("");
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(text_of(*report), "utf-8 0 bytes 0 records 0 warnings\n0 0 0 0 0 0 0 0 in 0 records\n");
  EXPECT_FALSE(report->found_something());
}

TEST_F(Identify, StopsAtTheFirstDoubtThatItIsUtf8) {
  const base::Error error = refused("h\na,b\nc,d\x88\x9F\n");
  EXPECT_EQ(error.code, ErrorCode::input_rejected);
  EXPECT_EQ(error.where.byte, 9U);
  EXPECT_EQ(error.where.record, 3U);
  EXPECT_EQ(error.where.field, 2U);
  EXPECT_EQ(error.where.file, folder_.file("input"));
  EXPECT_NE(error.next.en.find("--encoding"), std::string::npos);
  EXPECT_EQ(refused("h\n\x1B$B\n").where.byte, 2U) << "ESC";
  EXPECT_EQ(refused("\x88\x9F\nb\n").where.byte, 0U) << "in the header";
  EXPECT_EQ(refused("a,b\n1,\xFF\n", {.columns = {"a"}}).where.byte, 6U) << "in a column that is not asked for";
}

TEST_F(Identify, StopsAtADoubtWithRowsAndThreadsAlike) {
  std::string bytes = "h\n";
  while (bytes.size() < 3U << 20U) bytes += "辻辻辻辻辻辻辻辻,\"a\nb\"\n";
  const std::size_t at = bytes.size();
  bytes += "\xFF\n";
  for (const unsigned threads : {1U, 2U, 7U}) EXPECT_EQ(refused(bytes, {.threads = threads}).where.byte, at);
  std::optional<base::Error> error;
  const auto report = run(bytes, {.key = "h"}, [](const OccurrenceRow&) -> base::Result<void> { return {}; });
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().where.byte, at);
}

TEST_F(Identify, CountsMalformedBytesWhereTheEncodingIsStated) {
  const auto report = run("h\na\xFF\x1B\n", {.encoding = Encoding::utf8});
  ASSERT_TRUE(report.has_value());
  EXPECT_EQ(count(*report, Outcome::malformed), 1U);
  EXPECT_EQ(count(*report, Outcome::control), 1U);
}

TEST_F(Identify, SelectsColumnsByHeadingAndNumber) {
  const std::string bytes = "番号,\"氏\"\"名\",住所\n1,张,aa\n22,张张,bbb\n";
  const auto characters = [&](std::vector<std::string> columns) {
    const auto report = run(bytes, {.columns = std::move(columns)});
    return report ? report->counts.characters() : 0;
  };
  EXPECT_EQ(characters({}), 11U);
  EXPECT_EQ(characters({"番号"}), 3U);
  EXPECT_EQ(characters({"氏\"名"}), 3U);
  EXPECT_EQ(characters({"3", "1"}), 8U);
  EXPECT_EQ(characters({"住所", "3"}), 5U) << "one column twice";
  EXPECT_EQ(run("ab,c\n", {.header = false, .columns = {"1"}})->counts.characters(), 2U);
}

TEST_F(Identify, RefusesColumnsThatAreNotThere) {
  for (const char* column : {"氏名", "4", "0", "-1", ""}) {
    const base::Error error = refused("a,b,c\n1,2,3\n", {.columns = {column}});
    EXPECT_EQ(error.code, ErrorCode::usage) << column;
    EXPECT_NE(error.next.en.find("3 columns"), std::string::npos) << error.next.en;
  }
  EXPECT_EQ(refused("a,a\n", {.columns = {"a"}}).code, ErrorCode::usage) << "ambiguous";
  EXPECT_EQ(refused("a,b\n", {.key = "x"}).code, ErrorCode::usage);
  EXPECT_EQ(refused("a,b\n", {.name_columns = {"x"}}).code, ErrorCode::usage);
  EXPECT_EQ(refused("a,b\n", {.header = false, .columns = {"a"}}).code, ErrorCode::usage);
}

TEST_F(Identify, UsesTheGaijiTableOfTheSystem) {
  const std::string table = put("gaiji.csv", "system,code,target\nA,0xF040,MJ026190\nA,0xF041,\n");
  const std::string bytes = "h\n\xF0\x40\xF0\x41\xF0\x42\n";
  const auto report = run(bytes, {.encoding = Encoding::cp932, .system = "A", .gaiji = table});
  ASSERT_TRUE(report.has_value()) << report.error().what.en;
  EXPECT_EQ(count(*report, Outcome::gaiji_mapped), 1U);
  EXPECT_EQ(count(*report, Outcome::gaiji_unmapped), 2U);
  EXPECT_EQ(report->system, "A");
  EXPECT_EQ(refused(bytes, {.encoding = Encoding::cp932, .system = "B", .gaiji = table}).code,
            ErrorCode::input_rejected);
  EXPECT_EQ(refused("h\n", {.encoding = Encoding::utf8, .system = "A", .gaiji = table}).code,
            ErrorCode::input_rejected);
  EXPECT_EQ(refused(bytes, {.encoding = Encoding::cp932, .gaiji = folder_.file("no")}).code, ErrorCode::environment);
}

TEST_F(Identify, AddsSeveralFilesUp) {
  const std::string one = put("one", "h\n张\n");
  const std::string two = put("two", "\xFF\xFEh");
  const auto report =
      identify({.files = {one, two, one}, .encoding = {}, .system = {}, .gaiji = {}}, bundled_repertoire());
  ASSERT_TRUE(report.has_value());
  ASSERT_EQ(report->files.size(), 3U);
  EXPECT_EQ(report->bytes(), 6U + 3U + 6U);
  EXPECT_EQ(count(*report, Outcome::not_in_standard), 2U);
  EXPECT_EQ(report->tally.sorted()[0].second->at[1].file, 2U);
  const auto missing =
      identify({.files = {one, folder_.file("no")}, .encoding = {}, .system = {}, .gaiji = {}}, bundled_repertoire());
  ASSERT_FALSE(missing.has_value());
  EXPECT_EQ(missing.error().code, ErrorCode::environment);
  EXPECT_EQ(missing.error().where.file, folder_.file("no"));
}

TEST_F(Identify, StopsWhenARowCannotBeWritten) {
  const auto report = run("h\n张\n", {}, [](const OccurrenceRow&) -> base::Result<void> {
    return base::fail(ErrorCode::environment, {"満杯", "full"});
  });
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().what.en, "full");
}

}  // namespace
}  // namespace hyojun::app
