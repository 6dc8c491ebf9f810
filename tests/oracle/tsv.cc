#include "tsv.h"

#include <cstdio>
#include <fstream>
#include <stdexcept>

namespace hyojun::oracle {

std::vector<std::string> split(const std::string& text, char separator) {
  std::vector<std::string> parts;
  if (text.empty()) return parts;
  for (std::size_t begin = 0;;) {
    const std::size_t end = text.find(separator, begin);
    parts.push_back(text.substr(begin, end - begin));  // to the end where none is left
    if (end == std::string::npos) return parts;
    begin = end + 1;
  }
}

std::vector<Row> read_tsv(const std::string& file) {
  std::ifstream in(std::string(HYOJUN_DATA_DIR) + "/" + file);
  std::string line;
  if (!std::getline(in, line)) throw std::runtime_error(file + ": cannot be read");
  const std::vector<std::string> headings = split(line, '\t');
  std::vector<Row> rows;
  while (std::getline(in, line)) {
    std::vector<std::string> cells = split(line, '\t');
    if (cells.size() != headings.size()) throw std::runtime_error(file + ": " + line);
    Row row;
    for (std::size_t i = 0; i < cells.size(); ++i) row[headings[i]] = std::move(cells[i]);
    rows.push_back(std::move(row));
  }
  return rows;
}

std::u32string code_points(const std::string& cell) {
  std::u32string text;
  for (const std::string& part : split(cell, ' ')) {
    if (part.substr(0, 2) != "U+") throw std::runtime_error("no code point: " + cell);
    text += static_cast<char32_t>(std::stoul(part.substr(2), nullptr, 16));
  }
  return text;
}

std::string notation(const std::u32string& text) {
  std::string result;
  for (const char32_t cp : text) {
    char buffer[16];
    std::snprintf(buffer, sizeof buffer, "U+%04X", static_cast<unsigned>(cp));
    result += (result.empty() ? "" : " ") + std::string(buffer);
  }
  return result;
}

}  // namespace hyojun::oracle
