// The reader of identify's reports. Input: JSON, with @VERSION@ and @DIGEST@ where those of the table stand.
#include <string>

#include "fuzz.h"
#include "report_reader.h"

using namespace hyojun;

namespace {

void replace(std::string& text, const std::string& mark, const std::string& value) {
  for (std::size_t at = text.find(mark); at != text.npos; at = text.find(mark, at + value.size())) {
    text.replace(at, mark.size(), value);
  }
}

// What is accepted adds up, and every place is one of a file of the report.
void check(const app::Report& report) {
  std::array<std::uint64_t, charmap::kOutcomeCount> listed{};
  for (const auto& [key, tally] : report.tally.sorted()) {
    listed[static_cast<std::size_t>(key.outcome)] += tally->count;
    for (std::size_t i = 0; i < tally->positions; ++i) fuzz::require(tally->at[i].file < report.files.size(), "places");
  }
  for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
    const bool exception = is_exception(static_cast<charmap::Outcome>(i));
    fuzz::require(!exception || listed[i] == report.counts.outcomes[i], "listed exceptions add up");
    fuzz::require(listed[i] <= report.counts.outcomes[i], "no more listed than counted");
  }
  std::uint64_t records = 0;
  for (const app::FileReport& file : report.files) records += file.records;
  fuzz::require(records == report.counts.records && report.bytes() <= app::kLargestCount, "sums of the files");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string text(reinterpret_cast<const char*>(data), size);
  const auto repertoire = fuzz::bundled_repertoire();
  replace(text, "@VERSION@", repertoire->table().version());
  replace(text, "@DIGEST@", repertoire->table().digest());
  const auto take = [](const app::Report& report, const base::Where&) -> base::Result<void> {
    check(report);
    return {};
  };
  const auto read = app::parse_reports(text, "fuzz.json", repertoire, take);
  fuzz::require(read || read.error().code == base::ErrorCode::input_rejected, "refused as input");
  return 0;
}
