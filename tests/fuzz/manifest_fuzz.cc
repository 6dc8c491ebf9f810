// The reader of conversion manifests. Input: JSON.
#include <string>

#include "fuzz.h"
#include "manifest.h"

using namespace hyojun;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = app::parse_manifest(std::string(reinterpret_cast<const char*>(data), size), "fuzz.json");
  if (!read) {
    fuzz::require(read.error().code == base::ErrorCode::input_rejected, "refused as input");
    fuzz::require(!read.error().next.en.empty(), "says what to do next");
    return 0;
  }
  fuzz::require(!read->files.empty() && read->files.size() == read->options.source.files.size(), "a file each");
  for (const app::ManifestEntry& entry : read->entries) {
    fuzz::require(!entry.source.empty() && entry.source.size() <= 8 && entry.count != 0, "something was replaced");
    fuzz::require(entry.target.size() <= charmap::ReplacementText{}.size(), "a target that can be");
  }
  fuzz::require(app::manifest_differences(read->text, read->text).empty(), "the same as itself");
  return 0;
}
