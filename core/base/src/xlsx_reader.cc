#include "hyojun/base/xlsx_reader.h"

#include "hyojun/base/read_file.h"
#include "xlsx/sheet_parser.h"
#include "xlsx/workbook.h"
#include "xlsx/zip_archive.h"

namespace hyojun::base {

struct XlsxReader::State {
  ZipArchive archive;
  Workbook workbook;
  XlsxLimits limits;
};

Result<XlsxReader> XlsxReader::open(const std::string& path, const XlsxLimits& limits) {
  auto bytes = read_file(path, limits.max_file_bytes);
  if (!bytes) return tl::unexpected<Error>(std::move(bytes.error()));
  return from_bytes(std::move(*bytes), path, limits);
}

Result<XlsxReader> XlsxReader::from_bytes(std::string bytes, std::string name, const XlsxLimits& limits) {
  auto archive = ZipArchive::open(std::move(bytes), std::move(name), limits);
  if (!archive) return tl::unexpected<Error>(std::move(archive.error()));
  auto workbook = read_workbook(*archive, limits);
  if (!workbook) return tl::unexpected<Error>(std::move(workbook.error()));
  return XlsxReader(std::make_unique<State>(State{std::move(*archive), std::move(*workbook), limits}));
}

XlsxReader::XlsxReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
XlsxReader::~XlsxReader() = default;
XlsxReader::XlsxReader(XlsxReader&&) noexcept = default;
XlsxReader& XlsxReader::operator=(XlsxReader&&) noexcept = default;

const std::string& XlsxReader::name() const noexcept { return state_->archive.name(); }
const std::vector<XlsxSheetInfo>& XlsxReader::sheets() const noexcept { return state_->workbook.sheets; }
ExcelDateSystem XlsxReader::date_system() const noexcept { return state_->workbook.date_system; }

Result<XlsxSheetEnd> XlsxReader::read(std::size_t sheet, const RowHandler& handler) {
  SheetParser parser(name(), sheets()[sheet].name, state_->workbook, state_->limits, handler);
  auto done = read_xml_part(state_->archive, state_->workbook.sheet_parts[sheet], state_->limits, parser);
  if (!done) {
    // A damaged part: the row before is the best place there is.
    if (done.error().where == Where{.file = name()}) done.error().where = parser.where();
    return tl::unexpected<Error>(std::move(done.error()));
  }
  if (!parser.is_worksheet()) {
    return reject_file(name(), {"シートの部品が表ではありません", "the part of a sheet is no worksheet"}, save_again());
  }
  return parser.take_end();
}

}  // namespace hyojun::base
