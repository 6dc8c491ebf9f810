#include "run.h"

#include <fmt/format.h>

namespace hyojun::app {

namespace {

std::string places(const charmap::ExceptionTally& tally) {
  std::string result = fmt::format(" x{}", tally.count);
  for (std::size_t i = 0; i < tally.positions; ++i) {
    const auto& p = tally.at[i];
    result += fmt::format(" {}:{}.{}@{}", p.file, p.record, p.field, p.byte);
  }
  return result + "\n";
}

}  // namespace

std::shared_ptr<const charmap::Repertoire> bundled_repertoire() {
  static const auto repertoire =
      std::make_shared<const charmap::Repertoire>(charmap::Repertoire::make(charmap::StandardTable::bundled()).value());
  return repertoire;
}

std::string text_of(const Report& report) {
  std::string text;
  for (const FileReport& f : report.files) {
    text += fmt::format("{} {} bytes {} records {} warnings\n", encoding_name(f.encoding), f.bytes, f.records,
                        f.warnings.size());
  }
  for (const std::uint64_t count : report.counts.outcomes) text += fmt::format("{} ", count);
  text += fmt::format("in {} records\n", report.counts.records);
  for (const auto& [key, tally] : report.tally.sorted()) {
    text += fmt::format("{} {:X}/{}", outcome_key(key.outcome), key.bytes, key.length) + places(*tally);
  }
  for (const auto& [key, suspicion] : report.suspicions) {
    text += fmt::format("{} {}", charmap::kSuspicionKeys[static_cast<std::size_t>(key.kind)], key.source) +
            places(suspicion.tally);
  }
  for (const auto& [cp, count] : report.font_dependent)
    text += fmt::format("{:X} x{}\n", static_cast<unsigned>(cp), count);
  return text;
}

base::Result<Report> IdentifyTest::run(std::string_view bytes, IdentifyOptions options, const RowSink& rows) {
  options.files = {put("input", bytes)};
  return identify(options, bundled_repertoire(), rows);
}

std::vector<std::string> IdentifyTest::rows_of(std::string_view bytes, IdentifyOptions options) {
  std::vector<std::string> rows;
  const auto report = run(bytes, std::move(options), [&](const OccurrenceRow& r) -> base::Result<void> {
    rows.push_back(fmt::format("{}.{}@{} {} {} {} {}", r.position.record, r.position.field, r.position.byte, r.column,
                               r.source, r.outcome, r.key));
    return {};
  });
  EXPECT_TRUE(report.has_value()) << (report ? "" : report.error().what.en);
  return rows;
}

}  // namespace hyojun::app
