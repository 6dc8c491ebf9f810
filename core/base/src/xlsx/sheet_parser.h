// The rows of one worksheet part.
#ifndef HYOJUN_BASE_SRC_XLSX_SHEET_PARSER_H_
#define HYOJUN_BASE_SRC_XLSX_SHEET_PARSER_H_

#include <string>
#include <vector>

#include "workbook.h"
#include "xml_part.h"

namespace hyojun::base {

class SheetParser : public XmlHandler {
 public:
  // All must outlive the parser.
  SheetParser(const std::string& file, const std::string& sheet, const Workbook& workbook, const XlsxLimits& limits,
              const RowHandler& handler)
      : file_(file), sheet_(sheet), workbook_(workbook), limits_(limits), handler_(handler) {}

  void start(std::string_view name, XmlAttributes attributes) override;
  void end(std::string_view name) override;
  void text(std::string_view piece) override;

  XlsxSheetEnd take_end() { return std::move(end_); }
  // The place the parser has reached, for errors of the part as a whole.
  Where where() const;
  bool is_worksheet() const noexcept { return is_worksheet_; }

 private:
  enum class Type : std::uint8_t { number, shared, boolean, error, formula_text, inline_text, iso_date };
  static constexpr std::size_t kShared = static_cast<std::size_t>(-1);

  void start_row(XmlAttributes attributes);
  void start_cell(XmlAttributes attributes);
  void start_merged(XmlAttributes attributes);
  void place_cell(const char* address);
  void read_type(const char* type);
  void end_cell();
  void end_row();
  void keep(CellKind kind, std::size_t begin, std::string_view text);
  void keep_shared(std::string_view digits);
  void keep_number(std::string_view digits);
  void keep_date(double serial, std::string_view digits);
  void keep_iso_date(std::string_view value);
  void keep_boolean(std::string_view value);
  void count_one();
  void refuse(const Text& what, bool at_cell);

  const std::string& file_;
  const std::string& sheet_;
  const Workbook& workbook_;
  const XlsxLimits& limits_;
  const RowHandler& handler_;

  XlsxSheetEnd end_{};
  std::uint64_t seen_ = 0;    // rows and cells, blank ones included
  std::uint32_t row_ = 0;     // the current or last one
  std::uint32_t column_ = 0;  // in the current row
  Type type_ = Type::number;
  bool is_worksheet_ = false;
  bool in_data_ = false;
  bool in_cell_ = false;
  bool in_ruby_ = false;
  bool capture_ = false;
  bool formula_ = false;
  bool is_date_ = false;
  std::size_t begin_ = 0;              // of the current cell in text_
  std::string text_{};                 // of the current row
  std::vector<Cell> cells_{};          // of the current row
  std::vector<std::size_t> begins_{};  // parallel to cells_; kShared: the view stands already
};

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_SRC_XLSX_SHEET_PARSER_H_
