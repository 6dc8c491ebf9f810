#include "exceptions_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/text.h"

namespace hyojun::app {

namespace {

constexpr std::string_view kColumns[] = {"file",   "record", "field",   "column",     "byte",
                                         "source", "text",   "outcome", "collection", "key"};

std::vector<base::XlsxColumn> xlsx_columns(bool with_key) {
  std::vector<base::XlsxColumn> columns = {{"ファイル", 24}, {"レコード", 10},   {"項目", 6},
                                           {"列名", 14},     {"バイト位置", 12}, {"元のバイト", 18},
                                           {"符号位置", 18}, {"同定結果", 18},   {"登録コレクション", 16}};
  if (with_key) columns.push_back({"キー", 16});
  return columns;
}

// File names may hold any bytes; the list is UTF-8.
std::string utf8_name(std::string_view name) {
  std::string out;
  for (; !base::is_utf8(name); name.remove_prefix(1)) {
    const std::size_t good = *base::first_ill_formed(name);
    out.append(name.substr(0, good)).append("\uFFFD");
    name.remove_prefix(good);
  }
  return out.append(name);
}

// The personal-data notice, in both languages because the file may travel. One line, whatever the heading holds.
std::string key_notice(const std::string& key) {
  if (key.empty()) return {};
  std::string heading = utf8_name(key);
  std::ranges::replace_if(
      heading, [](char c) { return c >= 0 && c < 0x20; }, ' ');
  return fmt::format("# 個人データを含みます: 列 key は「{0}」の値です / personal data: column key holds \"{0}\"",
                     heading);
}

std::string outcome_name(std::string_view key) {
  for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
    if (charmap::kOutcomeKeys[i] == key) return std::string(charmap::kOutcomeNamesJa[i]);
  }
  for (std::size_t i = 0; i < charmap::kSuspicionKinds; ++i) {
    if (key.ends_with(charmap::kSuspicionKeys[i])) return fmt::format("疑い: {}", charmap::kSuspicionNamesJa[i]);
  }
  return std::string(key);
}

}  // namespace

struct ExceptionsFile::State {
  base::AtomicFile file;
  bool with_key;
  std::optional<base::CsvWriter> csv;
  std::optional<base::XlsxWriter> xlsx;
  std::string path;
  std::string notice;
  std::uint32_t sheets = 0;
  std::uint32_t rows = 0;  // in the current sheet, note and heading included

  // A sheet holds 1,048,576 rows; more occurrences go on in a second one.
  base::Result<void> begin_sheet() {
    ++sheets;
    rows = notice.empty() ? 1 : 2;
    const std::string name = sheets == 1 ? "例外" : fmt::format("例外 {}", sheets);
    return named(xlsx->begin_sheet({name, xlsx_columns(with_key), notice}));
  }

  // The user knows the file by this name, not by that of the temporary file.
  base::Result<void> named(base::Result<void> done) const {
    if (!done) done.error().where.file = path;
    return done;
  }
};

ExceptionsFile::ExceptionsFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
ExceptionsFile::~ExceptionsFile() = default;
ExceptionsFile::ExceptionsFile(ExceptionsFile&&) noexcept = default;
ExceptionsFile& ExceptionsFile::operator=(ExceptionsFile&&) noexcept = default;

base::Result<ExceptionsFile> ExceptionsFile::open(const std::string& path, const std::string& key,
                                                  base::Overwrite overwrite) {
  const bool csv = path.ends_with(".csv");
  if (!csv && !path.ends_with(".xlsx")) {
    return base::fail(base::ErrorCode::usage,
                      {"例外の一覧の名前は .csv か .xlsx で終わります", "the exceptions file ends in .csv or .xlsx"},
                      {.file = path}, {"例: --exceptions exceptions.csv", "for example --exceptions exceptions.csv"});
  }
  auto file = base::AtomicFile::open(path, overwrite);
  if (!file) return tl::unexpected(file.error());
  auto state = std::unique_ptr<State>(
      new State{std::move(*file), !key.empty(), std::nullopt, std::nullopt, path, key_notice(key)});
  if (csv) {
    State* const s = state.get();
    state->csv.emplace([s](std::string_view bytes) { return s->file.write(bytes); });
    if (!s->notice.empty()) {
      if (auto ok = s->file.write(s->notice + "\n"); !ok) return tl::unexpected(ok.error());
    }
    const std::span columns(kColumns);
    if (auto ok = s->csv->write_row(columns.first(columns.size() - (s->with_key ? 0 : 1))); !ok) {
      return tl::unexpected(ok.error());
    }
    return ExceptionsFile(std::move(state));
  }
  auto xlsx = base::XlsxWriter::open(state->file.temp_path());
  if (!xlsx) return tl::unexpected(xlsx.error());
  state->xlsx.emplace(std::move(*xlsx));
  if (auto ok = state->begin_sheet(); !ok) return tl::unexpected(ok.error());
  return ExceptionsFile(std::move(state));
}

base::Result<void> ExceptionsFile::write(const OccurrenceRow& row) {
  const std::string record = fmt::format("{}", row.position.record);
  const std::string field = fmt::format("{}", row.position.field);
  const std::string byte = fmt::format("{}", row.position.byte);
  const std::string outcome = state_->xlsx ? outcome_name(row.outcome) : std::string(row.outcome);
  const std::string file = utf8_name(row.file);
  const std::string_view cells[] = {file,       record,   field,   row.column,     byte,
                                    row.source, row.text, outcome, row.collection, row.key};
  const auto used = std::span(cells).first(std::size(cells) - (state_->with_key ? 0 : 1));
  if (state_->csv) return state_->csv->write_row(used);
  if (state_->rows == base::XlsxWriter::kMaxRows) {
    if (auto ok = state_->begin_sheet(); !ok) return ok;
  }
  ++state_->rows;
  return state_->named(state_->xlsx->write_row(used));
}

base::Result<void> ExceptionsFile::close() {
  if (state_->xlsx) {
    if (auto ok = state_->named(state_->xlsx->close()); !ok) return ok;
  }
  return state_->file.commit();
}

const std::vector<std::string>& ExceptionsFile::removed_leftovers() const noexcept {
  return state_->file.removed_leftovers();
}

}  // namespace hyojun::app
