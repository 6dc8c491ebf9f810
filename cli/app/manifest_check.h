// What a manifest is for: running the conversion again (verify) and taking it back (revert).
//
// verify  reads the inputs, the gaiji table, the map and the rules that the manifest names, converts without writing,
//         and compares the account and all digests with the manifest; then the digests of the outputs that are there.
// revert  reads the outputs and restores the inputs' bytes: plain characters by the source encoding (SourceWriter, with
//         the code maps), tags by the bytes they hold, every other replacement by its source, if that is the only one
//         its target can stand for. It is compared with the digest of the input before anything appears; what cannot
//         be restored is listed instead.
#ifndef HYOJUN_CLI_APP_MANIFEST_CHECK_H_
#define HYOJUN_CLI_APP_MANIFEST_CHECK_H_

#include <memory>
#include <string>
#include <vector>

#include "manifest.h"

namespace hyojun::app {

struct VerifyReport {
  std::vector<std::string> differences;  // places in the manifest (JSON pointers)
  std::vector<std::string> changed;      // outputs that are not as they were written, or not there
  std::uint64_t characters = 0;
  std::size_t files = 0;
  bool same() const { return differences.empty() && changed.empty(); }
};

// Errors: as convert(); of the manifest.
base::Result<VerifyReport> verify_conversion(const Manifest& manifest, unsigned threads,
                                             const std::shared_ptr<const charmap::Repertoire>& repertoire,
                                             const Progress& progress = {});

// Why something cannot be taken back.
enum class Irreversible : std::uint8_t {
  several_sources,  // other source bytes became the same
  also_text,        // the same text stands where nothing was replaced
  dropped,          // nothing in the output tells of it
  line_ends,        // there were several kinds
  encoding,         // a character of the output has no code in the source's encoding
  digest,           // the bytes restored are not those of the input
  several_codes,    // the source's encoding has several codes for the character, and another one stood there
  layout,           // a dump: nothing in the CSV tells of its fillers, padding, shift codes and forms of numbers
};
inline constexpr std::array<std::string_view, 8> kIrreversibleKeys = {
    "several_sources", "also_text", "dropped", "line_ends", "encoding", "digest", "several_codes", "layout"};

struct RevertReport {
  struct Loss {
    Irreversible reason;
    std::string action;  // of a replacement; else empty
    std::string source;  // hex
    std::u32string target;
    std::uint64_t count = 0;
    std::string file;  // where no replacement is to blame
  };
  struct File {
    std::string name;
    std::uint64_t bytes;
  };
  std::vector<Loss> losses;
  std::vector<File> files;  // restored
  bool restored() const { return losses.empty(); }
};

// `output`: a file, or a folder for several, as of convert(). Errors: usage (targets; an output of the conversion went
// to a stream), input_rejected (an output, or a code map, is not as it was), environment.
base::Result<RevertReport> revert_conversion(const Manifest& manifest, const std::string& output,
                                             base::Overwrite overwrite, const charmap::StandardTable& table);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_MANIFEST_CHECK_H_
