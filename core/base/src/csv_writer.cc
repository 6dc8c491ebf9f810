#include <array>
#include <utility>

#include "hyojun/base/csv.h"

namespace hyojun::base {
namespace {

// What Excel takes for the beginning of a formula (OWASP, "CSV Injection").
bool looks_like_formula(std::string_view field) {
  return !field.empty() && std::string_view("=+-@\t\r").find(field.front()) != std::string_view::npos;
}

bool loses_its_zero(std::string_view field) {
  return field.size() > 1 && field.front() == '0' && field.find_first_not_of("0123456789") == std::string_view::npos;
}

}  // namespace

CsvWriter::CsvWriter(Sink sink, const CsvWriterOptions& options) : sink_(std::move(sink)), options_(options) {}

void CsvWriter::append_field(std::string_view field, bool alone) {
  if (options_.keep_zeros && loses_its_zero(field)) {
    line_.append("\"=\"\"").append(field).append("\"\"\"");
    return;
  }
  const std::array<char, 4> special = {options_.delimiter, '"', '\n', '\r'};
  // A record of one empty field must not look like a line with nothing in it.
  const bool quoted = field.find_first_of(std::string_view(special.data(), special.size())) != std::string_view::npos ||
                      (alone && field.empty());
  if (quoted) line_.push_back('"');
  if (options_.guard_formulas && looks_like_formula(field)) line_.push_back('\'');
  for (const char c : field) {
    if (c == '"') line_.push_back('"');
    line_.push_back(c);
  }
  if (quoted) line_.push_back('"');
}

Result<void> CsvWriter::write_row(std::span<const std::string_view> fields) {
  line_.clear();
  if (options_.bom && !begun_) line_ = "\xEF\xBB\xBF";
  begun_ = true;
  for (std::size_t i = 0; i < fields.size(); ++i) {
    if (i > 0) line_.push_back(options_.delimiter);
    append_field(fields[i], fields.size() == 1);
  }
  line_.append(options_.crlf ? "\r\n" : "\n");
  return sink_(line_);
}

Result<void> CsvWriter::write_row(std::initializer_list<std::string_view> fields) {
  return write_row(std::span(fields.begin(), fields.size()));
}

}  // namespace hyojun::base
