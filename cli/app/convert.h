// Converts resident files to another encoding and form, and accounts for every character that was not carried over.
//
// A use case without printing and without a command line. What is written for which character: converter.h. Constant
// memory: blocks of 1 MiB and their outputs, the tally of distinct replacements. The same files give the same bytes and
// the same report on any number of threads.
//
// Whole or nothing. Output files appear together, after the last input was converted; if anything was refused
// (Action::refused), none appears. All of them stay open until then. A stream cannot be taken back: with
// Unidentified::fail the inputs are read once to see whether anything would be refused, and only then converted, so
// they must be regular files; with keep, which refuses malformed bytes only, the stream ends before the first block
// that holds some.
#ifndef HYOJUN_CLI_APP_CONVERT_H_
#define HYOJUN_CLI_APP_CONVERT_H_

#include <string>
#include <vector>

#include "hyojun/base/platform.h"
#include "hyojun/charmap/converter.h"
#include "hyojun/charmap/replacement_tally.h"
#include "identify.h"
#include "line_ends.h"
#include "parallel_convert.h"

namespace hyojun::app {

struct ConvertOptions {
  IdentifyOptions source;  // as for identify(); default_glyphs and the name columns are not used. key: of `affected`
  charmap::ConverterOptions converter;  // shapes, map and columns are filled in from what follows and from `source`
  std::string output;  // a file; an existing folder (one file for each input, under its name); "-": the stream
  base::Overwrite overwrite = base::Overwrite::refuse;
  charmap::Newline newline = charmap::Newline::keep;
  bool bom = false;          // not of CP932 and EUC, which have none
  std::string shrink_map{};  // path of the user's map; empty: none
  std::string rules{};       // path of the rules for columns; empty: none
  std::string manifest{};    // path of the manifest to write; empty: none
  std::string affected{};    // path of the list of affected records (affected.h); empty: none
  bool stream_waits = true;  // the stream may wait for a reader: see convert_parallel()
  bool account = false;      // count line ends and digests, as where a manifest is written
};

struct ConvertReport {
  Report source;  // files, counts; no tally of exceptions: `replacements` has them
  charmap::ConverterOptions options;
  charmap::ReplacementTally replacements;
  std::uint64_t outside = 0;  // of them: in a header or in columns that are not selected, whose characters do not count
  std::shared_ptr<const charmap::GaijiTable> gaiji;  // of the last file; null without
  std::shared_ptr<const charmap::ShrinkMap> shrink_map;
  std::string rules_digest;                   // SHA-256, hex; empty without rules
  std::vector<std::string> code_map_digests;  // the same, of the code maps, with ConvertOptions::account
  std::string layout_digest;                  // the same; empty without a layout
  struct Input {                              // the same
    std::string sha256;
    std::size_t bom = 0;  // bytes
    LineEnds line_ends;
  };
  std::vector<Input> inputs;
  struct Output {
    std::string name;
    std::uint64_t bytes = 0;  // of a stream that ended early: what it took
    std::string sha256{};     // with ConvertOptions::account
  };
  std::vector<Output> outputs;                 // of the inputs, in their order
  bool written = false;                        // false: something was refused
  std::vector<std::string> removed_leftovers;  // temporary files of killed runs
  std::uint64_t affected = 0;                  // rows of the list of affected records
  std::uint64_t bytes_written() const;
  // The category that the gaiji table gives this character; empty if none.
  std::string_view category(const charmap::ReplacementKey& key) const;
  // What its column `decision` says: state, day and number of the decision; empty if none.
  std::string_view decision(const charmap::ReplacementKey& key) const;
  bool used_policy() const;  // something unidentified was kept, replaced or tagged, or there are warnings: exit code 1
};

// The path that each input is converted to, or {"-"}. Errors: usage (several inputs and no folder, two inputs of one
// name, standard input and a folder).
base::Result<std::vector<std::string>> convert_targets(const std::vector<std::string>& files,
                                                       const std::string& output);

// The same with no output: what would be written, with the digests. `targets` are the names to report.
base::Result<ConvertReport> convert_to_nothing(const ConvertOptions& options,
                                               std::shared_ptr<const charmap::Repertoire> repertoire,
                                               const std::vector<std::string>& targets, const Progress& progress = {});

// `stream` takes the bytes where the output is "-". Errors: as identify(); usage (targets, an output exists); what the
// stream fails with. A refused input is no error: the report says it all, with written == false.
base::Result<ConvertReport> convert(const ConvertOptions& options,
                                    std::shared_ptr<const charmap::Repertoire> repertoire, const OutputSink& stream,
                                    const Progress& progress = {});

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_CONVERT_H_
