// The main job: say for every character of resident files which standard character it is.
//
// A use case without printing and without a command line: files in, a Report out; per-occurrence rows go to a sink as
// they are found. Constant memory: blocks of 1 MiB, the tally of distinct exceptional characters, and at most one
// record of pending rows. The same files give the same report on any number of threads.
#ifndef HYOJUN_CLI_APP_IDENTIFY_H_
#define HYOJUN_CLI_APP_IDENTIFY_H_

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/name_check.h"
#include "hyojun/charmap/profile.h"
#include "hyojun/charmap/tally.h"

namespace hyojun::app {

// How the input is cut into records and fields. Absent, the file's name says it: *.tsv is TSV, *.txt is text, anything
// else (standard input, too) is CSV.
enum class Format : std::uint8_t { csv, tsv, text };

struct IdentifyOptions {
  std::vector<std::string> files;                     // "-" is standard input
  std::optional<charmap::Encoding> encoding;          // absent: a BOM says it, else the input must be UTF-8
  std::string system;                                 // of the source; may be empty
  std::string gaiji;                                  // path of the gaiji table; may be empty
  charmap::Shapes shapes = charmap::Shapes::unknown;  // as the profile states them: reported, they change no outcome
  std::vector<char32_t> shape_exceptions;
  std::optional<Format> format;
  std::optional<char32_t> delimiter;      // instead of the format's own; makes an unstated format CSV
  bool header = true;                     // CSV and TSV begin with a header record
  std::vector<std::string> columns;       // by heading or number from 1; empty: all
  std::vector<std::string> name_columns;  // columns to look for damaged names in
  std::vector<std::string> kana_columns;
  std::vector<std::string> juki_columns{};    // columns of 住基ネット統一文字コード (number_column.h)
  std::vector<std::string> koseki_columns{};  // columns of 戸籍統一文字番号
  std::vector<std::string> folds{};           // of convert: what the profile wants normalised (charmap::kFoldKeys)
  std::vector<std::string> rule_columns;      // of convert: columns with rules of their own
  std::string key;                            // column whose value goes into each row; empty: none
  bool default_glyphs = false;                // list default_glyph as if they were exceptions
  std::vector<std::string> code_maps;         // paths; for encodings that are read by table
  std::string layout;                         // path; the files are dumps of a host, not text
  std::optional<char32_t> gaiji_first;        // code point of the first gaiji; the same
  unsigned threads = 1;
  charmap::Kernel kernel = charmap::best_kernel();  // must be one of available_kernels()
};

// One row of the exceptions file: one occurrence. Views live until the sink returns.
struct OccurrenceRow {
  charmap::Position position;  // file is an index into Report::files
  std::string_view file;
  std::string_view column;   // heading; empty where there is none
  std::string source;        // hex
  std::string text;          // code points; empty if malformed
  std::string_view outcome;  // key of the outcome, or "suspicion:" + kind
  std::string collection;
  std::string_view key;  // value of the --key column
};
using RowSink = std::function<base::Result<void>(const OccurrenceRow&)>;

// Suspicions of damaged names, by kind and source bytes (hex).
struct SuspicionKey {
  charmap::SuspicionKind kind;
  std::string source;
  auto operator<=>(const SuspicionKey&) const = default;
};
struct SuspicionTally {
  std::u32string text;
  charmap::ExceptionTally tally;
};

struct FileReport {
  std::string name;
  charmap::Encoding encoding = charmap::Encoding::utf8;
  charmap::Structure structure{};
  std::uint64_t bytes = 0;
  std::uint64_t records = 0;
  std::vector<base::Text> warnings;  // e.g. a quote that is never closed, a BOM that contradicts
};

// The gaiji table of a run, as far as a report tells.
struct GaijiSummary {
  std::string digest;  // SHA-256 of the file, hex
  std::uint64_t rows = 0;
  std::uint64_t mapped = 0;     // rows with a target
  std::uint64_t unchecked = 0;  // of these, decided by one person and checked by nobody
  bool operator==(const GaijiSummary&) const = default;
};

// What was looked at and listed, as the options say it: reports of different scopes have no common sum.
struct Scope {
  std::vector<std::string> columns;
  std::vector<std::string> name_columns;
  std::vector<std::string> kana_columns;
  bool default_glyphs = false;
  std::vector<std::string> juki_columns{};
  std::vector<std::string> koseki_columns{};
  bool operator==(const Scope&) const = default;
};

struct Report {
  std::shared_ptr<const charmap::Repertoire> repertoire;
  std::optional<GaijiSummary> gaiji;  // of the last file
  Scope scope;
  std::string system;
  charmap::Shapes shapes = charmap::Shapes::unknown;
  std::vector<char32_t> shape_exceptions;
  std::vector<base::Text> notes;  // worth saying, but nothing found
  std::vector<FileReport> files;
  charmap::ScanCounts counts;  // records: the sum over files
  charmap::Tally tally;        // exceptions; default glyphs where asked
  std::map<SuspicionKey, SuspicionTally> suspicions;
  std::map<char32_t, std::uint64_t> font_dependent;  // default glyphs whose shape depends on the source's font
  std::uint64_t bytes() const;
  bool found_something() const;  // exceptions, suspicions or warnings: exit code 1
};

// The structure that the options give a file of this name.
charmap::Structure structure_of(const IdentifyOptions& options, std::string_view file);

// Called with the bytes done so far, from the calling thread, at least once per block.
using Progress = std::function<void(std::uint64_t)>;

// Errors: usage (an encoding must be stated; a column is not there), input_rejected (not the stated encoding's text at
// all, gaiji table refused), environment, interrupted. Nothing is reported of a run that failed.
base::Result<Report> identify(const IdentifyOptions& options, std::shared_ptr<const charmap::Repertoire> repertoire,
                              const RowSink& rows = {}, const Progress& progress = {});

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_IDENTIFY_H_
