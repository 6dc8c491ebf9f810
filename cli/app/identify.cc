#include "identify.h"

#include <algorithm>

#include "block_scan.h"
#include "dump.h"
#include "occurrences.h"
#include "parallel_scan.h"
#include "source.h"

namespace hyojun::app {

namespace {

using charmap::Event;

std::uint64_t count_hangul(const charmap::Tally& tally) {
  std::uint64_t count = 0;
  for (const auto& [key, counted] : tally.entries()) count += is_hangul(key) ? counted->count : 0;
  return count;
}

// Scans one opened file and adds it to the report.
class FileRun {
 public:
  FileRun(Source& source, const std::string& name, const IdentifyOptions& options, const RowSink& rows,
          const Progress& progress, std::uint64_t bytes_before, Report& report)
      : source_(source),
        name_(name),
        file_(static_cast<std::uint32_t>(report.files.size())),
        options_(options),
        rows_(rows),
        progress_(progress),
        bytes_before_(bytes_before),
        report_(report) {}

  base::Result<void> run() {
    // Rows and fields are taken in file order as they come; only counting can be spread over threads.
    const bool in_order = rows_ || source_.follows_fields();
    const auto state = source_.layout != nullptr ? scan_records()
                       : in_order                ? scan_in_order()
                                  : scan_parallel(*source_.plan, source_.reader, file_, std::max(1U, options_.threads),
                                                  sum_, [this](std::uint64_t end) { return after_block(end); });
    if (!state) return tl::unexpected(state.error());
    add_warnings(source_, options_, *state, sum_.counts, [this] { return count_hangul(sum_.tally); });
    FileReport file{
        name_,         source_.plan->options().encoding, source_.plan->options().structure, source_.reader.bytes_read(),
        state->record, std::move(source_.warnings)};
    report_.files.push_back(std::move(file));
    for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) report_.counts.outcomes[i] += sum_.counts.outcomes[i];
    report_.counts.records += sum_.counts.records;
    report_.tally.merge(std::move(sum_.tally));
    if (report_.tally.distinct() > charmap::Tally::kTooMany) {
      return tl::unexpected(too_many_error(name_, source_.plan->options().encoding));
    }
    add_font_dependent(source_.plan->repertoire().table(), sum_.counts, report_.font_dependent);
    return {};
  }

 private:
  base::Result<void> after_block(std::uint64_t end) {
    if (sum_.doubt) return tl::unexpected(doubt_error(*sum_.doubt, name_));
    if (sum_.tally.distinct_at_least() > charmap::Tally::kTooMany) {
      return tl::unexpected(too_many_error(name_, source_.plan->options().encoding));
    }
    if (base::interrupted()) return tl::unexpected(base::interrupted_error());
    if (progress_) progress_(bytes_before_ + end);
    return {};
  }

  base::Result<charmap::ScanState> scan_records() {
    Occurrences occurrences(source_, name_, file_, rows_, report_.suspicions, sum_);
    return scan_dump(source_, name_, file_, sum_, occurrences,
                     [this](std::uint64_t end, std::span<const std::uint8_t>) { return after_block(end); });
  }

  base::Result<charmap::ScanState> scan_in_order() {
    charmap::ScanState state = start_of_file(*source_.plan);
    Occurrences occurrences(source_, name_, file_, rows_, report_.suspicions, sum_);
    for (bool more = true; more;) {
      auto block = source_.reader.next();
      if (!block) return tl::unexpected(block.error());
      more = block->end != charmap::End::file;
      base::Result<void> taken;
      const auto take = [&](const Event& event, auto) {
        if (event.kind == Event::Kind::character) {
          const charmap::Position origin{file_, 1, 1, block->offset};
          if (take_characters(*source_.plan, std::span(&event, 1), block->bytes, origin, sum_) == 0) {
            sum_.doubt->offset += block->offset;
            return false;
          }
        }
        taken = occurrences.take(event, block->offset, block->bytes);
        return taken.has_value();
      };
      const std::size_t read = scan_block(*source_.plan, state, block->bytes, block->end, sum_.counts, take);
      if (!taken) return tl::unexpected(taken.error());
      if (auto ok = after_block(block->offset + read); !ok) return tl::unexpected(ok.error());
      if (auto ok = occurrences.end_block(block->offset, block->bytes, read); !ok) return tl::unexpected(ok.error());
      source_.reader.give_back(block->bytes.subspan(read));
      source_.reader.reuse(std::move(*block));
    }
    return state;
  }

  Source& source_;
  const std::string& name_;
  const std::uint32_t file_;
  const IdentifyOptions& options_;
  const RowSink& rows_;
  const Progress& progress_;
  const std::uint64_t bytes_before_;
  Report& report_;
  PartTally sum_;
};

}  // namespace

charmap::Structure structure_of(const IdentifyOptions& options, std::string_view file) {
  const Format by_name = options.delimiter        ? Format::csv
                         : file.ends_with(".tsv") ? Format::tsv
                         : file.ends_with(".txt") ? Format::text
                                                  : Format::csv;
  const Format format = options.format.value_or(by_name);
  charmap::Structure structure;
  structure.kind = format == Format::text ? charmap::Structure::Kind::text : charmap::Structure::Kind::delimited;
  structure.delimiter = options.delimiter.value_or(format == Format::tsv ? U'\t' : U',');
  structure.header = options.header && format != Format::text;
  return structure;
}

std::uint64_t Report::bytes() const {
  std::uint64_t sum = 0;
  for (const FileReport& file : files) sum += file.bytes;
  return sum;
}

bool Report::found_something() const {
  for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
    if (is_exception(static_cast<charmap::Outcome>(i)) && counts.outcomes[i] != 0) return true;
  }
  const bool warned = std::ranges::any_of(files, [](const FileReport& file) { return !file.warnings.empty(); });
  return warned || !suspicions.empty();
}

base::Result<Report> identify(const IdentifyOptions& options, std::shared_ptr<const charmap::Repertoire> repertoire,
                              const RowSink& rows, const Progress& progress) {
  Report report;
  report.repertoire = repertoire;
  report.shapes = options.shapes;
  report.shape_exceptions = options.shape_exceptions;
  report.scope = {options.columns,        options.name_columns, options.kana_columns,
                  options.default_glyphs, options.juki_columns, options.koseki_columns};
  RunContext context{.options = options, .repertoire = std::move(repertoire), .gaiji = nullptr, .gaiji_encoding = {}};
  for (const std::string& name : options.files) {
    auto source = open_source(context, name);
    if (!source) return tl::unexpected(source.error());
    FileRun run(*source, name, options, rows, progress, report.bytes(), report);
    if (auto ok = run.run(); !ok) return tl::unexpected(ok.error());
  }
  add_gaiji(report, context);
  return report;
}

}  // namespace hyojun::app
