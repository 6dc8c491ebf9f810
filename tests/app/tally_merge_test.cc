// Reports joined without a process: which report is named, and what cannot be joined.
#include "tally_merge.h"

#include <fmt/format.h>

#include "run.h"

namespace hyojun::app {
namespace {

class TallyMerge : public testing::Test {
 protected:
  static std::string report(const std::string& file, std::uint64_t standard, std::uint64_t bytes = 9) {
    const auto& table = bundled_repertoire()->table();
    return fmt::format(
        R"({{"schema":"hyojun.identify/1","table":{{"version":"{}","digest":"{}","layers":[]}},)"
        R"("source":{{"system":null,"encoding":"utf-8","gaiji":null,"shapes":"unknown","shape_exceptions":[]}},)"
        R"("scope":{{"columns":[],"name_columns":[],"kana_columns":[],"default_glyphs":false}},)"
        R"("files":[{{"name":"{}","bytes":{},"records":2,"encoding":"utf-8","format":"delimited","delimiter":",",)"
        R"("header":true,"warnings":[]}}],"bytes":{},"records":2,"characters":{},"outcomes":{{"standard":{},)"
        R"("default_glyph":0,"gaiji_mapped":0,"gaiji_unmapped":0,"unregistered_sequence":0,"not_in_standard":0,)"
        R"("control":0,"malformed":0}},"exceptions":[],"suspicions":[],"font_dependent":[]}})"
        "\n",
        table.version(), table.digest(), file, bytes, bytes, standard, standard);
  }

  base::Result<Report> merge(const std::vector<std::string>& contents) {
    std::vector<std::string> paths;
    for (const std::string& content : contents) {
      paths.push_back(folder_.file(std::to_string(paths.size())));
      base::put_file(paths.back(), content);
    }
    return merge_reports(paths, bundled_repertoire());
  }

  base::TestFolder folder_;
};

TEST_F(TallyMerge, AddsInTheOrderGiven) {
  const auto report = merge({TallyMerge::report("b", 3) + TallyMerge::report("a", 4), TallyMerge::report("c", 5)});
  ASSERT_TRUE(report.has_value()) << report.error().what.en;
  ASSERT_EQ(report->files.size(), 3U);
  EXPECT_EQ(report->files[0].name + report->files[1].name + report->files[2].name, "bac");
  EXPECT_EQ(report->counts.characters(), 12U);
  EXPECT_EQ(report->counts.records, 6U);
  EXPECT_EQ(report->bytes(), 27U);
  EXPECT_FALSE(report->found_something());
}

TEST_F(TallyMerge, NamesTheReportThatIsWrong) {
  const auto report = merge({TallyMerge::report("a", 1), TallyMerge::report("b", 1) + TallyMerge::report("a", 1)});
  ASSERT_FALSE(report.has_value());
  EXPECT_EQ(report.error().code, base::ErrorCode::input_rejected);
  EXPECT_EQ(report.error().where.file, folder_.file("1"));
  EXPECT_EQ(report.error().where.record, 2U);
}

TEST_F(TallyMerge, RefusesSumsThatCouldNotBeReadAgain) {
  constexpr std::uint64_t kLargest = 1'000'000'000'000'000;
  EXPECT_TRUE(merge({TallyMerge::report("a", kLargest)}).has_value());
  EXPECT_FALSE(merge({TallyMerge::report("a", kLargest + 1)}).has_value());
  EXPECT_FALSE(merge({TallyMerge::report("a", kLargest), TallyMerge::report("b", 1)}).has_value());
  EXPECT_FALSE(merge({TallyMerge::report("a", 1, kLargest), TallyMerge::report("b", 1, 1)}).has_value());
}

}  // namespace
}  // namespace hyojun::app
