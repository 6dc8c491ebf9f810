#include "hyojun/base/table_reader.h"

#include <algorithm>
#include <optional>

#include "hyojun/base/read_file.h"
#include "hyojun/base/sha256.h"

namespace hyojun::base {
namespace {

// A zip archive, or an OLE file: an .xls or a protected .xlsx, which the XLSX reader names.
bool is_spreadsheet(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04") || bytes.starts_with("PK\x05\x06") || bytes.starts_with("\xD0\xCF\x11\xE0");
}

}  // namespace

struct TableReader::State {
  std::string name;
  std::string digest;
  CsvOptions csv;
  std::string text;                // of CSV
  std::optional<XlsxReader> xlsx;  // else
  std::vector<XlsxSheetInfo> sheets;
};

TableReader::TableReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
TableReader::~TableReader() = default;
TableReader::TableReader(TableReader&&) noexcept = default;
TableReader& TableReader::operator=(TableReader&&) noexcept = default;

Result<TableReader> TableReader::open(const std::string& path, const TableOptions& options) {
  auto bytes = read_file(path, std::max<std::uint64_t>(options.csv.max_bytes, options.xlsx.max_file_bytes));
  if (!bytes) return tl::unexpected<Error>(std::move(bytes.error()));
  return from_bytes(std::move(*bytes), path, options);
}

Result<TableReader> TableReader::from_bytes(std::string bytes, std::string name, const TableOptions& options) {
  auto state = std::make_unique<State>();
  state->digest = sha256_hex(bytes);
  state->name = std::move(name);
  state->csv = options.csv;
  if (is_spreadsheet(bytes)) {
    auto xlsx = XlsxReader::from_bytes(std::move(bytes), state->name, options.xlsx);
    if (!xlsx) return tl::unexpected<Error>(std::move(xlsx.error()));
    state->sheets = xlsx->sheets();
    state->xlsx = std::move(*xlsx);
    return TableReader(std::move(state));
  }
  if (options.decode) {
    auto text = options.decode(std::move(bytes));
    if (!text) return tl::unexpected<Error>(std::move(text.error()));
    bytes = std::move(*text);
  }
  state->text = std::move(bytes);
  state->sheets.emplace_back();
  return TableReader(std::move(state));
}

TableFormat TableReader::format() const noexcept { return state_->xlsx ? TableFormat::xlsx : TableFormat::csv; }
const std::string& TableReader::name() const noexcept { return state_->name; }
const std::string& TableReader::digest() const noexcept { return state_->digest; }
const std::vector<XlsxSheetInfo>& TableReader::sheets() const noexcept { return state_->sheets; }

Result<XlsxSheetEnd> TableReader::read(std::size_t sheet, const RowHandler& handler) {
  if (state_->xlsx) return state_->xlsx->read(sheet, handler);
  XlsxSheetEnd end;
  const auto count = [&end, &handler](const Row& row) {
    end.last_row = row.number;
    end.cells += row.cells.size();
    return handler(row);
  };
  auto done = read_csv_records(state_->text, state_->name, count, state_->csv);
  if (!done) return tl::unexpected<Error>(std::move(done.error()));
  return end;
}

Where TableReader::where(std::size_t sheet, std::uint32_t row, std::uint32_t column) const {
  Where out{.file = state_->name};
  out.sheet = state_->sheets[sheet].name;
  if (row > 0) out.record = row;
  if (column > 0) out.field = column;
  return out;
}

}  // namespace hyojun::base
