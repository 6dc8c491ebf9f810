// Converts resident files to UTF-8 in a chosen form, and accounts for every character that was not carried over.
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
#include "parallel_convert.h"

namespace hyojun::app {

struct ConvertOptions {
  IdentifyOptions source;  // as for identify(); key, default_glyphs and the name columns are not used
  charmap::ConverterOptions converter;
  std::string output;  // a file; an existing folder (one file for each input, under its name); "-": the stream
  base::Overwrite overwrite = base::Overwrite::refuse;
};

struct ConvertReport {
  Report source;  // files, counts; no tally of exceptions: `replacements` has them
  charmap::ConverterOptions options;
  charmap::ReplacementTally replacements;
  struct Output {
    std::string name;
    std::uint64_t bytes = 0;  // of a stream that ended early: what it took
  };
  std::vector<Output> outputs;                 // of the inputs, in their order
  bool written = false;                        // false: something was refused
  std::vector<std::string> removed_leftovers;  // temporary files of killed runs
  std::uint64_t bytes_written() const;
  bool used_policy() const;  // something unidentified was kept, replaced or tagged, or there are warnings: exit code 1
};

// The path that each input is converted to, or {"-"}. Errors: usage (several inputs and no folder, two inputs of one
// name, standard input and a folder).
base::Result<std::vector<std::string>> convert_targets(const std::vector<std::string>& files,
                                                       const std::string& output);

// `stream` takes the bytes where the output is "-". Errors: as identify(); usage (targets, an output exists); what the
// stream fails with. A refused input is no error: the report says it all, with written == false.
base::Result<ConvertReport> convert(const ConvertOptions& options,
                                    std::shared_ptr<const charmap::Repertoire> repertoire, const OutputSink& stream,
                                    const Progress& progress = {});

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_CONVERT_H_
