#include "hyojun/base/xlsx_writer.h"

#include <fmt/format.h>
#include <xlsxwriter.h>

#include <cctype>
#include <cstdio>
#include <ctime>

#include "hyojun/base/cell.h"
#include "hyojun/base/text.h"

namespace hyojun::base {
namespace {

constexpr std::size_t kMaxCellUnits = 32'767;  // UTF-16 units in a cell, by the format
constexpr double kTitleHeight = 18;            // points: rows above the data of a sheet to be printed
constexpr std::uint8_t kTextFormat = 49;       // the built-in number format "@"
constexpr std::time_t kCreated = 946'684'800;  // 2000-01-01: the same calls give the same bytes

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? "." : path.substr(0, slash + 1);
}

tl::unexpected<Error> cannot_write(const std::string& path, std::string_view detail) {
  return fail(ErrorCode::environment,
              {fmt::format("XLSX を書けません ({})", detail), fmt::format("cannot write the XLSX file ({})", detail)},
              {.file = path},
              {"空き容量と出力先のフォルダーの権限を確かめてください",
               "check the free space and the permissions of the output folder"});
}

// ECMA-376 Part 1, 22.4.2.4 (bstr) and 22.9.2.19 (ST_Xstring): what XML cannot hold is written _xHHHH_, so text that
// looks like that has its underscore escaped.
bool looks_escaped(std::u32string_view text) {
  if (text.size() < 7 || text[0] != U'_' || text[1] != U'x' || text[6] != U'_') return false;
  for (const char32_t c : text.substr(2, 4)) {
    if (c > 0x7F || std::isxdigit(static_cast<int>(c)) == 0) return false;
  }
  return true;
}

bool must_be_escaped(char32_t c) { return (c < 0x20 && c != U'\t' && c != U'\n') || c == 0xFFFE || c == 0xFFFF; }

// A list of words is one text with commas between them, in quotes.
bool is_choice(std::string_view word) {
  return !word.empty() && word.find_first_of(",\"") == std::string_view::npos && word.back() != ' ' && is_utf8(word);
}

tl::unexpected<Error> bad_choices(std::string_view detail) {
  return fail(ErrorCode::bug, {fmt::format("XLSX の選択肢を作れません ({})", detail),
                               fmt::format("choices of an XLSX column cannot be made ({})", detail)});
}

// ='一覧'!$A$2:$A$42
std::string formula_of(const XlsxChoiceList& list) {
  std::string sheet;
  for (const char c : list.sheet) sheet.append(c == '\'' ? 2 : 1, c);
  const std::string column = column_letters(list.column + 1);
  return fmt::format("='{}'!${}$2:${}${}", sheet, column, column, list.rows + 1);
}

struct CellText {
  std::string utf8;
  std::size_t units = 0;  // in UTF-16
};

Result<CellText> cell_text(std::string_view cell) {
  const auto decoded = decode_utf8(cell);
  if (!decoded) return fail(ErrorCode::bug, {"XLSX のセルが UTF-8 ではありません", "an XLSX cell is not UTF-8"});
  CellText out;
  out.utf8.reserve(cell.size());
  const std::u32string_view text = *decoded;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char32_t c = text[i];
    if (must_be_escaped(c) || (c == U'_' && looks_escaped(text.substr(i)))) {
      out.utf8 += fmt::format("_x{:04X}_", static_cast<std::uint32_t>(c));
      out.units += 7;
    } else {
      append_utf8(out.utf8, c);
      out.units += c > 0xFFFF ? 2 : 1;
    }
  }
  return out;
}

}  // namespace

struct XlsxWriter::State {
  explicit State(std::string path_of_file) : path(std::move(path_of_file)) {}
  ~State() {
    if (workbook != nullptr) lxw_workbook_free(workbook);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Result<void> write_cells(std::span<const std::string_view> cells, lxw_format* format);
  Result<void> start_sheet(const XlsxSheet& sheet);
  Result<void> write_header(const XlsxSheet& sheet);
  Result<void> write_approvals(const std::vector<std::string>& words);
  void set_print(const XlsxPrint& print);
  Result<void> add_images(std::span<const XlsxImage> images);
  Result<void> add_choices(lxw_col_t column, const XlsxColumn& wanted);
  Result<void> add_list(lxw_col_t column, lxw_data_validation& rule);
  Result<void> add_comment(lxw_col_t column, const std::string& comment);
  Result<void> finish_sheet();
  Result<void> check_temporary() const;
  Where place(std::size_t column) const;

  std::string path;
  lxw_workbook* workbook = nullptr;
  lxw_worksheet* worksheet = nullptr;
  lxw_format* text_format = nullptr;
  lxw_format* header_format = nullptr;
  lxw_format* box_format = nullptr;
  lxw_format* picture_format = nullptr;  // of texts beside pictures, and their headings
  lxw_format* framed_header_format = nullptr;
  double row_height = 0;
  std::size_t columns = 0;
  lxw_row_t header_row = 0;
  lxw_row_t next_row = 0;
};

Where XlsxWriter::State::place(std::size_t column) const {
  return {.file = path, .record = std::uint64_t{next_row} + 1, .field = column + 1};
}

// libxlsxwriter does not look whether its writes to the temporary file of a sheet succeed.
Result<void> XlsxWriter::State::check_temporary() const {
  if (worksheet->optimize_tmpfile == nullptr || std::ferror(worksheet->optimize_tmpfile) != 0) {
    return cannot_write(path, "temporary file");
  }
  return {};
}

Result<void> XlsxWriter::State::write_cells(std::span<const std::string_view> cells, lxw_format* format) {
  if (next_row >= kMaxRows) {
    return fail(ErrorCode::input_rejected,
                {fmt::format("XLSX の行数の上限 {} を超えました", kMaxRows),
                 fmt::format("more than the {} rows an XLSX sheet holds", kMaxRows)},
                {.file = path}, {"出力先を .csv にしてください", "choose a .csv file as output"});
  }
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const auto text = cell_text(cells[i]);
    if (!text) return tl::unexpected<Error>(text.error());
    if (text->units > kMaxCellUnits) {
      return fail(ErrorCode::input_rejected,
                  {fmt::format("XLSX のセルの上限 {} 文字を超えました", kMaxCellUnits),
                   fmt::format("longer than the {} characters an XLSX cell holds", kMaxCellUnits)},
                  place(i), {"出力先を .csv にしてください", "choose a .csv file as output"});
    }
    const auto status =
        worksheet_write_string(worksheet, next_row, static_cast<lxw_col_t>(i), text->utf8.c_str(), format);
    if (status != LXW_NO_ERROR) return cannot_write(path, lxw_strerror(status));
  }
  ++next_row;
  return check_temporary();
}

Result<void> XlsxWriter::State::start_sheet(const XlsxSheet& sheet) {
  const auto status = workbook_validate_sheet_name(workbook, sheet.name.c_str());
  if (sheet.name.empty() || sheet.columns.empty() || status != LXW_NO_ERROR) {
    return fail(ErrorCode::bug, {fmt::format("シート「{}」は作れません", sheet.name),
                                 fmt::format("a sheet \"{}\" cannot be made", sheet.name)});
  }
  worksheet = workbook_add_worksheet(workbook, sheet.name.c_str());
  if (worksheet == nullptr) return cannot_write(path, "sheet");
  columns = sheet.columns.size();
  next_row = 0;
  row_height = 0;
  return check_temporary();
}

Result<void> XlsxWriter::State::write_header(const XlsxSheet& sheet) {
  std::vector<std::string_view> headings;
  for (std::size_t i = 0; i < columns; ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    worksheet_set_column(worksheet, column, column, sheet.columns[i].width, text_format);
    headings.emplace_back(sheet.columns[i].heading);
  }
  if (!sheet.note.empty()) {
    const std::string_view note = sheet.note;
    if (sheet.print) worksheet_set_row(worksheet, next_row, kTitleHeight, nullptr);
    if (auto done = write_cells({&note, 1}, text_format); !done) return done;
  }
  if (sheet.print && !sheet.print->approvals.empty()) {
    if (auto done = write_approvals(sheet.print->approvals); !done) return done;
  }
  header_row = next_row;
  worksheet_freeze_panes(worksheet, header_row + 1, 0);
  // The end of a picture is computed from the default height: in constant memory the rows are gone by then.
  if (sheet.print && sheet.print->row_height > 0) {
    worksheet_set_default_row(worksheet, sheet.print->row_height, LXW_FALSE);
    worksheet_set_row(worksheet, next_row, kTitleHeight, nullptr);
  }
  if (auto done = write_cells(headings, sheet.print ? framed_header_format : header_format); !done) return done;
  if (sheet.print) set_print(*sheet.print);
  for (std::size_t i = 0; i < columns; ++i) {
    const auto column = static_cast<lxw_col_t>(i);
    const XlsxColumn& wanted = sheet.columns[i];
    auto done = add_choices(column, wanted).and_then([&] { return add_comment(column, wanted.comment); });
    if (!done) return done;
  }
  return {};
}

// A row of words and a row of boxes below them, then an empty row.
Result<void> XlsxWriter::State::write_approvals(const std::vector<std::string>& words) {
  constexpr double kBoxHeight = 52;
  if (words.size() > columns) return bad_choices("approvals");
  const std::size_t first = columns - words.size();
  worksheet_set_row(worksheet, next_row, kTitleHeight, nullptr);
  for (std::size_t i = 0; i < words.size(); ++i)
    worksheet_write_string(worksheet, next_row, static_cast<lxw_col_t>(first + i), words[i].c_str(), box_format);
  ++next_row;
  worksheet_set_row(worksheet, next_row, kBoxHeight, nullptr);
  for (std::size_t i = 0; i < words.size(); ++i)
    worksheet_write_blank(worksheet, next_row, static_cast<lxw_col_t>(first + i), box_format);
  worksheet_set_row(worksheet, ++next_row, kTitleHeight, nullptr);  // empty
  ++next_row;
  return check_temporary();
}

void XlsxWriter::State::set_print(const XlsxPrint& print) {
  constexpr std::uint8_t kA4 = 9;
  worksheet_set_landscape(worksheet);
  worksheet_set_paper(worksheet, kA4);
  worksheet_fit_to_pages(worksheet, 1, 0);
  worksheet_repeat_rows(worksheet, header_row, header_row);
  std::string foot;
  for (const char c : print.foot) foot += c == '&' ? "&&" : std::string(1, c);  // & begins a command
  worksheet_set_footer(worksheet, (foot.empty() ? "&C&P / &N" : "&L" + foot + "&C&P / &N").c_str());
  row_height = print.row_height;
}

Result<void> XlsxWriter::State::add_images(std::span<const XlsxImage> images) {
  for (const XlsxImage& image : images) {
    std::string meaning(image.meaning);
    lxw_image_options options{};
    options.x_offset = image.x;
    options.y_offset = image.y;
    options.x_scale = options.y_scale = image.scale;
    options.description = meaning.data();
    options.object_position = LXW_OBJECT_MOVE_DONT_SIZE;
    const auto status = worksheet_insert_image_buffer_opt(worksheet, next_row, static_cast<lxw_col_t>(image.column),
                                                          reinterpret_cast<const unsigned char*>(image.png.data()),
                                                          image.png.size(), &options);
    if (status != LXW_NO_ERROR)
      return fail(ErrorCode::bug, {fmt::format("XLSX の画像を作れません ({})", lxw_strerror(status)),
                                   fmt::format("a picture in an XLSX file cannot be made ({})", lxw_strerror(status))});
  }
  return {};
}

Result<void> XlsxWriter::State::add_choices(lxw_col_t column, const XlsxColumn& wanted) {
  lxw_data_validation rule{};
  if (wanted.choice_list.rows > 0) {
    std::string formula = formula_of(wanted.choice_list);
    rule.validate = LXW_VALIDATION_TYPE_LIST_FORMULA;
    rule.value_formula = formula.data();
    return add_list(column, rule);
  }
  if (wanted.choices.empty()) return {};
  std::vector<std::string> words = wanted.choices;
  std::vector<char*> pointers;
  for (std::string& word : words) {
    if (!is_choice(word)) return bad_choices("word");
    pointers.push_back(word.data());
  }
  pointers.push_back(nullptr);
  rule.validate = LXW_VALIDATION_TYPE_LIST;
  rule.value_list = pointers.data();
  return add_list(column, rule);
}

// Below the header to the last row of the format, so that rows which people add have the drop-down too.
Result<void> XlsxWriter::State::add_list(lxw_col_t column, lxw_data_validation& rule) {
  std::string title = "選択";
  std::string message = "一覧から選んでください";
  rule.error_title = title.data();
  rule.error_message = message.data();
  const auto status = worksheet_data_validation_range(worksheet, header_row + 1, column, kMaxRows - 1, column, &rule);
  if (status != LXW_NO_ERROR) return bad_choices(lxw_strerror(status));
  return {};
}

Result<void> XlsxWriter::State::add_comment(lxw_col_t column, const std::string& comment) {
  if (comment.empty()) return {};
  const auto status = worksheet_write_comment(worksheet, header_row, column, comment.c_str());
  if (status == LXW_NO_ERROR) return {};
  return fail(ErrorCode::bug, {fmt::format("XLSX の注釈を作れません ({})", lxw_strerror(status)),
                               fmt::format("a comment in an XLSX file cannot be made ({})", lxw_strerror(status))});
}

Result<void> XlsxWriter::State::finish_sheet() {
  if (worksheet == nullptr) return {};
  worksheet_autofilter(worksheet, header_row, 0, next_row - 1, static_cast<lxw_col_t>(columns - 1));
  lxw_worksheet_write_single_row(worksheet);  // the last row too, while its failure can still be seen
  std::fflush(worksheet->optimize_tmpfile);
  auto done = check_temporary();
  worksheet = nullptr;
  return done;
}

Result<XlsxWriter> XlsxWriter::open(const std::string& path) {
  auto state = std::make_unique<State>(path);
  std::string folder = folder_of(path);
  lxw_workbook_options options = {.constant_memory = LXW_TRUE, .tmpdir = folder.data(), .use_zip64 = LXW_FALSE};
  state->workbook = workbook_new_opt(path.c_str(), &options);
  if (state->workbook == nullptr) return cannot_write(path, "workbook");
  lxw_doc_properties properties{};
  properties.created = kCreated;
  workbook_set_properties(state->workbook, &properties);
  state->text_format = workbook_add_format(state->workbook);
  format_set_num_format_index(state->text_format, kTextFormat);
  state->header_format = workbook_add_format(state->workbook);
  format_set_num_format_index(state->header_format, kTextFormat);
  format_set_bold(state->header_format);
  state->box_format = workbook_add_format(state->workbook);
  state->picture_format = workbook_add_format(state->workbook);
  format_set_num_format_index(state->picture_format, kTextFormat);
  format_set_align(state->picture_format, LXW_ALIGN_VERTICAL_CENTER);
  format_set_text_wrap(state->picture_format);
  format_set_border(state->picture_format, LXW_BORDER_THIN);
  state->framed_header_format = workbook_add_format(state->workbook);
  format_set_num_format_index(state->framed_header_format, kTextFormat);
  format_set_bold(state->framed_header_format);
  format_set_border(state->framed_header_format, LXW_BORDER_THIN);
  format_set_border(state->box_format, LXW_BORDER_THIN);
  format_set_align(state->box_format, LXW_ALIGN_CENTER);
  return XlsxWriter(std::move(state));
}

XlsxWriter::XlsxWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
XlsxWriter::~XlsxWriter() = default;
XlsxWriter::XlsxWriter(XlsxWriter&&) noexcept = default;
XlsxWriter& XlsxWriter::operator=(XlsxWriter&&) noexcept = default;

Result<void> XlsxWriter::begin_sheet(const XlsxSheet& sheet) {
  return state_->finish_sheet().and_then([&] { return state_->start_sheet(sheet); }).and_then([&] {
    return state_->write_header(sheet);
  });
}

Result<void> XlsxWriter::write_row(std::span<const std::string_view> cells) {
  if (state_->worksheet == nullptr || cells.size() != state_->columns) {
    return fail(ErrorCode::bug, {"XLSX の行の列数が違います", "an XLSX row has the wrong number of cells"});
  }
  return state_->write_cells(cells, state_->text_format);
}

Result<void> XlsxWriter::write_row(std::span<const std::string_view> cells, std::span<const XlsxImage> images) {
  if (state_->worksheet != nullptr) {
    if (state_->row_height > 0) worksheet_set_row(state_->worksheet, state_->next_row, state_->row_height, nullptr);
    if (auto done = state_->add_images(images); !done) return done;
  }
  if (state_->worksheet == nullptr || cells.size() != state_->columns) return write_row(cells);
  return state_->write_cells(cells, state_->picture_format);
}

Result<void> XlsxWriter::write_row(std::initializer_list<std::string_view> cells) {
  return write_row(std::span(cells.begin(), cells.size()));
}

Result<void> XlsxWriter::close() {
  if (state_->workbook == nullptr || state_->columns == 0) {
    return fail(ErrorCode::bug, {"シートのない XLSX は書けません", "an XLSX file without a sheet cannot be written"});
  }
  if (auto done = state_->finish_sheet(); !done) return done;
  const auto status = workbook_close(std::exchange(state_->workbook, nullptr));  // frees it, whatever happens
  if (status != LXW_NO_ERROR) return cannot_write(state_->path, lxw_strerror(status));
  return {};
}

}  // namespace hyojun::base
