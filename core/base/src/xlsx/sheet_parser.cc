#include "sheet_parser.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>
#include <optional>

namespace hyojun::base {
namespace {

struct Address {
  std::uint32_t row = 0, column = 0;
};

// "AB12" at the beginning of `text`, which moves behind it; within the format.
std::optional<Address> take_address(std::string_view& text) {
  Address out;
  std::size_t at = 0;
  for (; at < text.size() && text[at] >= 'A' && text[at] <= 'Z'; ++at) {
    out.column = out.column * 26 + static_cast<std::uint32_t>(text[at] - 'A' + 1);
    if (out.column > XlsxReader::kMaxColumns) return std::nullopt;
  }
  const auto [stop, status] = std::from_chars(text.data() + at, text.data() + text.size(), out.row);
  if (out.column == 0 || status != std::errc() || out.row == 0 || out.row > XlsxReader::kMaxRows) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(stop - text.data()));
  return out;
}

std::optional<std::uint32_t> to_unsigned(std::string_view digits) {
  std::uint32_t value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, status] = std::from_chars(digits.data(), end, value);
  if (status != std::errc() || stop != end) return std::nullopt;
  return value;
}

std::optional<double> to_double(std::string_view digits) {
  double value = 0;
  const char* const end = digits.data() + digits.size();
  const auto [stop, status] = std::from_chars(digits.data(), end, value);
  if (status != std::errc() || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

Text not_a(std::string_view ja, std::string_view en) {
  return {fmt::format("{}として読めないセルです", ja), fmt::format("the cell is no {}", en)};
}

}  // namespace

Where SheetParser::where() const {
  Where out{.file = file_};
  out.sheet = sheet_;
  if (row_ > 0) out.record = row_;
  return out;
}

void SheetParser::refuse(const Text& what, bool at_cell) {
  Where place = where();
  if (at_cell && column_ > 0) place.field = column_;
  reject({ErrorCode::input_rejected, what, std::move(place), save_again()});
}

void SheetParser::count_one() {
  if (++seen_ <= limits_.max_cells) return;
  reject({ErrorCode::input_rejected,
          {fmt::format("シートのセルと行が {} を超えています", limits_.max_cells),
           fmt::format("the sheet has more than {} cells and rows", limits_.max_cells)},
          where(),
          {"空の行や書式だけのセルを除くか、シートを分けてください",
           "remove empty rows and cells that are only formatted, or split the sheet"}});
}

void SheetParser::start(std::string_view name, XmlAttributes attributes) {
  if (in_cell_) {
    if (name == "v") {
      capture_ = type_ != Type::inline_text;
    } else if (name == "t") {
      capture_ = type_ == Type::inline_text && !in_ruby_;
    } else if (name == "f") {
      formula_ = true;
    } else if (name == "rPh") {
      in_ruby_ = true;
    }
  } else if (in_data_ && name == "c") {
    start_cell(attributes);
  } else if (in_data_ && name == "row") {
    start_row(attributes);
  } else if (name == "sheetData") {
    in_data_ = true;
  } else if (name == "mergeCell") {
    start_merged(attributes);
  } else if (name == "worksheet") {
    is_worksheet_ = true;
  }
}

void SheetParser::end(std::string_view name) {
  capture_ = false;
  if (in_cell_) {
    if (name == "rPh") in_ruby_ = false;
    if (name == "c") end_cell();
  } else if (in_data_ && name == "row") {
    end_row();
  } else if (name == "sheetData") {
    in_data_ = false;
  }
}

void SheetParser::text(std::string_view piece) {
  if (!capture_) return;
  text_ += piece;
  if (text_.size() - begin_ <= limits_.max_text_bytes) return;
  refuse({fmt::format("セルが {} バイトを超えています", limits_.max_text_bytes),
          fmt::format("the cell is longer than {} bytes", limits_.max_text_bytes)},
         true);
}

void SheetParser::start_row(XmlAttributes attributes) {
  const char* const number = attributes.find("r");
  const auto next = number == nullptr ? row_ + 1 : to_unsigned(number).value_or(0);
  if (next <= row_ || next > XlsxReader::kMaxRows) {
    return refuse({"次の行の番号が正しくありません", "the number of the next row is wrong"}, false);
  }
  row_ = next;
  column_ = 0;
  text_.clear();
  cells_.clear();
  begins_.clear();
  count_one();
}

// Attributes: r (address), t (type), s (format).
void SheetParser::start_cell(XmlAttributes attributes) {
  const char* address = nullptr;
  const char* type = nullptr;
  const char* format = nullptr;
  for (const char* const* at = attributes.begin(); *at != nullptr; at += 2) {
    const std::string_view name = *at;
    if (name == "r") address = at[1];
    if (name == "t") type = at[1];
    if (name == "s") format = at[1];
  }
  in_cell_ = true;
  formula_ = false;
  in_ruby_ = false;
  begin_ = text_.size();
  is_date_ = false;
  if (format != nullptr) {
    const auto index = to_unsigned(format);
    is_date_ = index && *index < workbook_.date_formats.size() && workbook_.date_formats[*index];
  }
  place_cell(address);
  read_type(type);
  count_one();
}

void SheetParser::place_cell(const char* address) {
  std::uint32_t next = column_ + 1;
  if (address != nullptr) {
    std::string_view rest = address;
    const auto at = take_address(rest);
    if (!at || !rest.empty() || at->row != row_ || at->column <= column_) {
      return refuse({"次のセルの番地が正しくありません", "the address of the next cell is wrong"}, true);
    }
    next = at->column;
  }
  if (next > XlsxReader::kMaxColumns) {
    return refuse({fmt::format("{} 列を超えています", XlsxReader::kMaxColumns),
                   fmt::format("more than {} columns", XlsxReader::kMaxColumns)},
                  true);
  }
  column_ = next;
}

void SheetParser::read_type(const char* type) {
  const std::string_view word = type != nullptr ? type : "n";
  if (word == "n") {
    type_ = Type::number;
  } else if (word == "s") {
    type_ = Type::shared;
  } else if (word == "inlineStr") {
    type_ = Type::inline_text;
  } else if (word == "str") {
    type_ = Type::formula_text;
  } else if (word == "b") {
    type_ = Type::boolean;
  } else if (word == "e") {
    type_ = Type::error;
  } else if (word == "d") {
    type_ = Type::iso_date;
  } else {
    refuse({"セルの種類が正しくありません", "the type of the cell is unknown"}, true);
  }
}

void SheetParser::start_merged(XmlAttributes attributes) {
  const char* const range = attributes.find("ref");
  std::string_view rest = range != nullptr ? range : "";
  const auto first = take_address(rest);
  auto last = first;
  if (rest.starts_with(':')) {
    rest.remove_prefix(1);
    last = take_address(rest);
  }
  if (!first || !last || !rest.empty() || last->row < first->row || last->column < first->column) {
    return refuse({"結合されたセルの範囲が正しくありません", "the range of merged cells is wrong"}, false);
  }
  if (end_.merged.size() >= limits_.max_merged) {
    return refuse({fmt::format("結合されたセルが {} を超えています", limits_.max_merged),
                   fmt::format("more than {} merged ranges", limits_.max_merged)},
                  false);
  }
  end_.merged.push_back({first->row, first->column, last->row, last->column});
}

void SheetParser::end_cell() {
  in_cell_ = false;
  if (text_.size() == begin_) {
    if (formula_) keep(CellKind::empty, kShared, "");
    return;
  }
  const std::string_view value = std::string_view(text_).substr(begin_);
  switch (type_) {
    case Type::number:
      return keep_number(value);
    case Type::shared:
      return keep_shared(value);
    case Type::boolean:
      return keep_boolean(value);
    case Type::error:
      return keep(CellKind::error, begin_, value);
    case Type::iso_date:
      return keep_iso_date(value);
    case Type::formula_text:
    case Type::inline_text:
      resolve_escapes(text_, begin_);
      return keep(CellKind::text, begin_, std::string_view(text_).substr(begin_));
  }
}

// `text` is text_ from `begin` on, or stands elsewhere (kShared).
void SheetParser::keep(CellKind kind, std::size_t begin, std::string_view text) {
  cells_.push_back({text, column_, kind, formula_});
  begins_.push_back(begin);
}

void SheetParser::keep_number(std::string_view digits) {
  const auto value = to_double(digits);
  if (!value) return refuse(not_a("数", "number"), true);
  if (is_date_) return keep_date(*value, digits);
  keep(CellKind::number, begin_, digits);
}

// What is no day (a time, an Excel ####) stays the number it is.
void SheetParser::keep_date(double serial, std::string_view digits) {
  double day = std::floor(serial);
  double second = std::round((serial - day) * 86'400);
  if (second >= 86'400) {
    day += 1;
    second = 0;
  }
  const auto date = date_from_excel(day, workbook_.date_system);
  if (!date) return keep(CellKind::number, begin_, digits);
  const auto seconds = static_cast<std::uint32_t>(second);
  text_.resize(begin_);
  text_ += date->iso();
  if (seconds > 0) text_ += fmt::format("T{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
  keep(CellKind::date, begin_, std::string_view(text_).substr(begin_));
}

// ISO 8601 (18.18.11 ST_CellType d), without the time of day if that is midnight.
void SheetParser::keep_iso_date(std::string_view value) {
  if (!parse_iso_date(value.substr(0, 10)) || (value.size() > 10 && value[10] != 'T')) {
    return refuse(not_a("日付", "date"), true);
  }
  if (value.size() > 10 && value.find_first_not_of("0:.Z", 11) == std::string_view::npos) text_.resize(begin_ + 10);
  keep(CellKind::date, begin_, std::string_view(text_).substr(begin_));
}

void SheetParser::keep_boolean(std::string_view value) {
  const bool is_true = value == "1" || value == "true";
  if (!is_true && value != "0" && value != "false") return refuse(not_a("真偽値", "boolean"), true);
  keep(CellKind::boolean, kShared, is_true ? "TRUE" : "FALSE");
}

void SheetParser::keep_shared(std::string_view digits) {
  const auto index = to_unsigned(digits);
  if (!index || *index >= workbook_.strings.size()) {
    return refuse({"セルの指す文字列がありません", "the string that the cell refers to is not in the file"}, true);
  }
  text_.resize(begin_);
  const std::string_view text = workbook_.strings[*index];
  if (!text.empty() || formula_) keep(CellKind::text, kShared, text);
}

void SheetParser::end_row() {
  if (cells_.empty()) return;
  for (std::size_t i = 0; i < cells_.size(); ++i) {
    if (begins_[i] != kShared) cells_[i].text = {text_.data() + begins_[i], cells_[i].text.size()};
  }
  end_.last_row = row_;
  end_.cells += cells_.size();
  auto done = handler_({row_, cells_});
  if (done) return;
  Error error = std::move(done.error());
  if (error.where == Where{}) error.where = where();
  reject(std::move(error));
}

}  // namespace hyojun::base
