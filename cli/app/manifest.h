// The manifest of a conversion (hyojun.manifest/1): what went in, what came out, with which tables and options, and
// what became of every character. From it a conversion can be run again and compared, and taken back.
//
//   {"schema":"hyojun.manifest/1",
//    "table":{"version","digest","layers":[{"title","version","digest"}]},
//    "gaiji":{"file","digest","rows","mapped","unchecked"} or null, "shrink_map":{"file","digest"} or null,
//    "rules":{"file","digest"} or null, "code_maps":[{"file","digest"}], "layout":{"file","digest"} or null,
//    "options":{"system","encoding","shapes","shape_exceptions","format","delimiter","header","columns","to","bom",
//               "newline","form","shrink","shrink_to","unfit","unidentified","fold","gaiji_first",
//               "juki_columns","koseki_columns"},
//    "files":[{"name","encoding","bytes","sha256","bom","line_ends":{"lf","crlf","cr"},"records",
//              "output":{"name","bytes","sha256"}}],
//    "characters","outcomes":{…},"carried","actions":{…},"outside","tagged_brackets","default_glyphs",
//    "replacements":[{"action","source","text","outcome","target","relation","category","decision","count"}]}
//
// carried + the sum of actions − outside = characters. `outside`: replacements in headers and columns that are not
// selected, whose characters do not count. `target` is null for tags. `decision` is the column of the gaiji table: the
// state, the day and the number under which the decision is recorded. No time stands in it: the same conversion gives
// the same manifest. What older versions did not write may be absent: unchecked, decision, code_maps, layout,
// gaiji_first, juki_columns, koseki_columns.
#ifndef HYOJUN_CLI_APP_MANIFEST_H_
#define HYOJUN_CLI_APP_MANIFEST_H_

#include <string>
#include <string_view>
#include <vector>

#include "convert.h"

namespace hyojun::app {

// One line of JSON and LF.
std::string manifest_text(const ConvertOptions& options, const ConvertReport& report);

// One replacement as the manifest has it.
struct ManifestEntry {
  std::string action, outcome, relation, category, decision;
  std::vector<std::uint8_t> source;
  std::u32string text;
  std::u32string target;  // empty for tags
  std::uint64_t count = 0;
};

struct Manifest {
  struct File {
    std::string name;
    charmap::Encoding encoding = charmap::Encoding::utf8;
    std::uint64_t bytes = 0;
    std::string sha256;
    std::uint64_t bom = 0;
    LineEnds line_ends;
    ConvertReport::Output output;
  };
  ConvertOptions options;  // as the conversion was asked for; no output, threads or kernel
  std::vector<File> files;
  std::vector<ManifestEntry> entries;
  std::uint64_t tagged_brackets = 0;
  std::string table_digest;
  std::vector<std::string> code_map_digests;
  std::string text;  // the whole file
};

// Errors: environment; input_rejected (no manifest, a key missing, unknown or wrong, counts that do not add up).
base::Result<Manifest> open_manifest(const std::string& path);
base::Result<Manifest> parse_manifest(std::string text, const std::string& name);

// The places (JSON pointers) where two manifests differ.
std::vector<std::string> manifest_differences(const std::string& a, const std::string& b);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_MANIFEST_H_
