// XLSX files for people: text cells only, so that Excel changes no code, by libxlsxwriter.
#ifndef HYOJUN_BASE_XLSX_WRITER_H_
#define HYOJUN_BASE_XLSX_WRITER_H_

#include <cstdint>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::base {

// Cells of another sheet (or the same) that hold the choices of a drop-down: rows below the header, from 0.
struct XlsxChoiceList {
  std::string sheet;
  std::uint32_t column = 0;  // from 0
  std::uint32_t rows = 0;    // from the first row below the header on; 0: no list
};

struct XlsxColumn {
  std::string heading;
  double width = 12;  // in digits of the default font; a full-width character takes two
  // A drop-down in every cell below the header: these words (255 UTF-16 units with their commas at most, no comma and
  // no space at the end of a word), or those of a list. Excel then refuses anything else; an empty cell is allowed.
  std::vector<std::string> choices{};
  XlsxChoiceList choice_list{};  // of a sheet without a note
  std::string comment{};         // shown when the pointer rests on the heading; at most 32,767 UTF-16 units
};

// How a sheet is to be printed and signed: A4 landscape, one page wide, the header on every page, "page / pages" at the
// foot.
struct XlsxPrint {
  std::vector<std::string> approvals{};  // 決裁欄: a box to be stamped below each word, at the right above the header
  double row_height = 0;                 // of the rows below the header, in points; 0: as the text needs it
  std::string foot{};                    // at the left of the foot of every page; at most 60 characters
};

struct XlsxSheet {
  std::string name;  // at most 31 characters, none of []:*?/\, unique without regard to case
  std::vector<XlsxColumn> columns;
  std::string note{};                // a line above the header; none if empty
  std::optional<XlsxPrint> print{};  // with at least as many columns as approvals
};

// A picture in a cell of the row that is written.
struct XlsxImage {
  std::uint32_t column;      // from 0
  std::string_view png;      // a PNG file; copied
  double scale;              // of its size at 96 dots an inch
  std::string_view meaning;  // for readers who cannot see it
  std::int32_t x = 3;        // pixels at 96 dots an inch from the left of the cell
  std::int32_t y = 3;        // the same from its top
};

// Writes sheets row by row in constant memory: header bold, frozen and with a filter. The same calls give the same
// bytes. Cells go through a nameless owner-only temporary file in the folder of `path`. One thread at a time. Without
// close() the file is not to be used; the destructor writes nothing.
class XlsxWriter {
 public:
  // Rows of a sheet in the format, note and header included.
  static constexpr std::uint32_t kMaxRows = 1'048'576;

  // `path` is usually AtomicFile::temp_path(); it is written in close(). Fails with environment.
  static Result<XlsxWriter> open(const std::string& path);
  ~XlsxWriter();
  XlsxWriter(XlsxWriter&&) noexcept;
  XlsxWriter& operator=(XlsxWriter&&) noexcept;

  // Starts a sheet; the one before is complete. Fails with bug for a name, choices or a comment the format refuses.
  Result<void> begin_sheet(const XlsxSheet& sheet);
  // One row of the current sheet, one cell a column. Cells are UTF-8; what XML cannot hold (NUL, control characters,
  // U+FFFE) is written in the format's escape _xHHHH_. Fails with input_rejected past kMaxRows or 32,767 UTF-16 units
  // in a cell (next step: CSV), with environment when the disk is full, with bug without a sheet or for a wrong number
  // of cells.
  Result<void> write_row(std::span<const std::string_view> cells);
  Result<void> write_row(std::initializer_list<std::string_view> cells);
  // The same with pictures on top of the cells. Fails with bug for a picture that is no PNG.
  Result<void> write_row(std::span<const std::string_view> cells, std::span<const XlsxImage> images);
  // Assembles the file. Fails with environment. At most once, after at least one sheet.
  Result<void> close();

 private:
  struct State;
  explicit XlsxWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_XLSX_WRITER_H_
