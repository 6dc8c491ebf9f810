// The strict reader of data/*.tsv: LF, no BOM, one header line, the same number of cells in every line. Anything else
// ends the compiler with a message: the tables are reviewed text and a doubt about them is an error.
#ifndef HYOJUN_CHARMAP_COMPILER_TSV_H_
#define HYOJUN_CHARMAP_COMPILER_TSV_H_

#include <cstdint>
#include <functional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace hyojun::charmap::compiler {

// Thrown for anything wrong in the tables; main() prints it. The compiler is a build tool, so it may throw.
struct TableError : std::runtime_error {
  using std::runtime_error::runtime_error;
};

using Cells = std::vector<std::string_view>;

// Calls `row` for each line below the header, which must name exactly `columns` in this order. A TableError thrown by
// `row` is rethrown with file and line before it.
void read_tsv(const std::string& folder, const std::string& file, const std::vector<std::string_view>& columns,
              const std::function<void(const Cells&)>& row);

char32_t code_point(std::string_view cell);                     // "U+8FBB"; 0 for an empty cell
std::pair<char32_t, char32_t> sequence(std::string_view cell);  // "U+9089 U+E010F", or one code point and 0
std::uint32_t decimal(std::string_view cell, std::uint32_t if_empty);
std::uint32_t hex(std::string_view cell, std::string_view prefix);  // "0xFA10", "J+8FBB"; 0 for an empty cell

}  // namespace hyojun::charmap::compiler

#endif  // HYOJUN_CHARMAP_COMPILER_TSV_H_
