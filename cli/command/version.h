// What the program is made of: `hyojun --version`.
#ifndef HYOJUN_CLI_COMMAND_VERSION_H_
#define HYOJUN_CLI_COMMAND_VERSION_H_

#include <string>
#include <string_view>
#include <vector>

#include "context.h"

namespace hyojun::cli {

// One part: the program, a table, a library. `digest` and `licence` are empty where they say nothing.
struct VersionLine {
  std::string name;
  std::string version;
  std::string digest{};
  std::string licence{};
};

// The program first, then tables, then libraries.
std::vector<VersionLine> linked_versions();

std::string_view program_version();
// The day this version was made, YYYY-MM-DD; fixed in the source so that a build can be repeated byte for byte.
std::string_view release_date();

// Prints linked_versions(), one a line, the program first as "hyojun X.Y.Z", and the kernels that this machine can run,
// the best first, with the one in use. Returns kExitDone, or kExitUsage where HYOJUN_KERNEL names no kernel.
int print_version(Context& context);

}  // namespace hyojun::cli

#endif  // HYOJUN_CLI_COMMAND_VERSION_H_
