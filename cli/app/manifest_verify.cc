#include "hyojun/base/platform.h"
#include "hyojun/base/sha256.h"
#include "manifest_check.h"

namespace hyojun::app {

namespace {

base::Result<std::string> digest_of_file(const std::string& path) {
  auto file = base::InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  base::Sha256 digest;
  std::vector<std::uint8_t> buffer(1U << 18U);
  for (;;) {
    const auto n = file->read(buffer);
    if (!n) return tl::unexpected(n.error());
    if (*n == 0) return digest.digest();
    digest.update(std::span<const std::uint8_t>(buffer).first(*n));
  }
}

}  // namespace

base::Result<VerifyReport> verify_conversion(const Manifest& manifest, unsigned threads,
                                             const std::shared_ptr<const charmap::Repertoire>& repertoire,
                                             const Progress& progress) {
  ConvertOptions options = manifest.options;
  options.source.threads = threads;
  options.account = true;
  std::vector<std::string> targets;
  for (const Manifest::File& file : manifest.files) targets.push_back(file.output.name);
  const auto report = convert_to_nothing(options, repertoire, targets, progress);
  if (!report) return tl::unexpected(report.error());
  VerifyReport out;
  out.characters = report->source.counts.characters();
  out.files = targets.size();
  out.differences = manifest_differences(manifest.text, manifest_text(options, *report));
  for (const Manifest::File& file : manifest.files) {
    if (file.output.name == "-") continue;
    const auto digest = digest_of_file(file.output.name);
    if (!digest && digest.error().code == base::ErrorCode::interrupted) return tl::unexpected(digest.error());
    if (!digest || *digest != file.output.sha256) out.changed.push_back(file.output.name);
  }
  return out;
}

}  // namespace hyojun::app
