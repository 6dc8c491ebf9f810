#include "version.h"

#include "exit_code.h"
#include "hyojun/base/text.h"
#include "hyojun/charmap/table.h"
#include "hyojun/core/store.h"
#include "kernel_option.h"

namespace hyojun::cli {

std::string_view program_version() { return HYOJUN_VERSION; }

std::string_view release_date() { return HYOJUN_RELEASE_DATE; }

std::vector<VersionLine> linked_versions() {
  const auto table = charmap::StandardTable::bundled()->info();
  std::vector<VersionLine> lines = {
      {.name = "hyojun", .version = std::string(program_version()), .licence = "Apache-2.0"},
      {.name = "standard table", .version = table.version, .digest = table.digest}};
  for (const auto& [source, licence] : table.sources)
    lines.push_back({.name = " ", .version = source, .licence = licence});
  lines.push_back({.name = "ICU", .version = base::icu_version()});
  lines.push_back({.name = "SQLite", .version = core::sqlite_version()});
  return lines;
}

int print_version(Context& context) {
  for (const VersionLine& part : linked_versions()) {
    std::string line = part.name + " " + part.version;
    if (!part.licence.empty()) line += " (" + part.licence + ")";
    if (!part.digest.empty()) line += " sha256:" + part.digest;
    context.out.line(line);
  }
  const auto kernel = kernel_of_environment();
  if (!kernel) return fail(context, kernel.error());
  std::string kernels = "kernels";
  for (const charmap::Kernel k : charmap::available_kernels()) kernels.append(" ").append(kernel_name(k));
  context.out.line(kernels + " (in use: " + std::string(kernel_name(*kernel)) + ")");
  return kExitDone;
}

}  // namespace hyojun::cli
