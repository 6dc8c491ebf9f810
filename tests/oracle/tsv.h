// Reads a TSV of data/ into rows of text. Shares nothing with the table compiler.
#ifndef HYOJUN_TESTS_ORACLE_TSV_H_
#define HYOJUN_TESTS_ORACLE_TSV_H_

#include <map>
#include <string>
#include <vector>

namespace hyojun::oracle {

using Row = std::map<std::string, std::string>;  // heading → cell

// Throws std::runtime_error if the file cannot be read or a row has another number of cells than the header.
std::vector<Row> read_tsv(const std::string& file);

// "U+9089 U+E010F" → its code points; empty for an empty cell.
std::u32string code_points(const std::string& cell);

// "a,b" → a, b; empty for an empty cell.
std::vector<std::string> split(const std::string& text, char separator);

// {0x9089, 0xE010F} → "U+9089 U+E010F".
std::string notation(const std::u32string& text);

}  // namespace hyojun::oracle

#endif  // HYOJUN_TESTS_ORACLE_TSV_H_
