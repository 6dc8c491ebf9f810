#include "tsv.h"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <sstream>

#include "hyojun/base/text.h"

namespace hyojun::charmap::compiler {

namespace {

std::string read_file(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream bytes;
  bytes << in.rdbuf();
  if (!in) throw TableError(fmt::format("{}: cannot be read", path));
  return std::move(bytes).str();
}

Cells split(std::string_view line) {
  Cells cells;
  for (;;) {
    const std::size_t tab = line.find('\t');
    cells.push_back(line.substr(0, tab));
    if (tab == std::string_view::npos) return cells;
    line.remove_prefix(tab + 1);
  }
}

std::uint32_t number(std::string_view digits, int radix) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, radix);
  if (error != std::errc() || end != digits.data() + digits.size()) throw TableError("not a number in some cell");
  return value;
}

}  // namespace

void read_tsv(const std::string& folder, const std::string& file, const std::vector<std::string_view>& columns,
              const std::function<void(const Cells&)>& row) {
  const std::string path = folder + "/" + file;
  const std::string content = read_file(path);
  if (!base::is_utf8(content) || content.find('\r') != std::string::npos || !content.ends_with('\n')) {
    throw TableError(fmt::format("{}: not UTF-8 text with LF", path));
  }
  std::string_view rest = content;
  for (std::size_t line = 1; !rest.empty(); ++line) {
    const std::size_t end = rest.find('\n');
    const Cells cells = split(rest.substr(0, end));
    rest.remove_prefix(end + 1);
    if (cells.size() != columns.size() || (line == 1 && cells != columns)) {
      throw TableError(fmt::format("{}:{}: columns are not the expected ones", path, line));
    }
    if (line == 1) continue;
    try {
      row(cells);
    } catch (const TableError& error) {
      throw TableError(fmt::format("{}:{}: {}", path, line, error.what()));
    }
  }
}

char32_t code_point(std::string_view cell) {
  const auto [first, second] = sequence(cell);
  if (second != 0) throw TableError("one code point expected");
  return first;
}

std::pair<char32_t, char32_t> sequence(std::string_view cell) {
  if (cell.empty()) return {0, 0};
  char32_t parts[2] = {0, 0};
  for (char32_t& part : parts) {
    const std::size_t end = cell.find(' ');
    part = hex(cell.substr(0, end), "U+");
    if (part == 0 || part > 0x10FFFF || (part >= 0xD800 && part <= 0xDFFF)) throw TableError("not a code point");
    if (end == std::string_view::npos) return {parts[0], parts[1]};
    cell.remove_prefix(end + 1);
  }
  throw TableError("a sequence has two code points");
}

std::uint32_t decimal(std::string_view cell, std::uint32_t if_empty) {
  return cell.empty() ? if_empty : number(cell, 10);
}

std::uint32_t hex(std::string_view cell, std::string_view prefix) {
  if (cell.empty()) return 0;
  if (!cell.starts_with(prefix)) throw TableError(fmt::format("{} expected", prefix));
  return number(cell.substr(prefix.size()), 16);
}

}  // namespace hyojun::charmap::compiler
