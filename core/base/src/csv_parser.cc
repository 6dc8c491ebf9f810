// Splits and unquotes CSV in one pass, in place: a field's text is never longer than the field.
#include <fmt/format.h>

#include <set>

#include "hyojun/base/csv.h"
#include "hyojun/base/platform.h"
#include "hyojun/base/text.h"

namespace hyojun::base {

class CsvParser {
 public:
  CsvParser(std::string bytes, std::string name, const CsvOptions& options) : options_(options) {
    table_.text_ = std::move(bytes);
    table_.name_ = std::move(name);
  }

  Result<CsvTable> run();
  Result<std::uint32_t> run_records(const RowHandler& handler);

 private:
  using Failure = tl::unexpected<Error>;

  Result<void> read_all();
  Result<void> check_bytes();
  Result<void> read_record();
  Result<void> read_field();
  Result<void> read_quoted();
  void read_plain();
  bool at_field_end() const;
  void skip_line_end();
  bool is_blank() const;
  Result<void> keep_record();
  Result<void> keep_header();
  Result<void> hand_over();

  Failure reject(Text what, Text next) const { return reject_at(at_, std::move(what), std::move(next)); }
  Failure reject_at(std::size_t byte, Text what, Text next) const;
  Failure too_large(const Text& what) const;

  CsvOptions options_;
  CsvTable table_;
  std::size_t at_ = 0;
  const RowHandler* handler_ = nullptr;    // of run_records()
  std::vector<hyojun::base::Cell> row_{};  // for it
  std::uint32_t record_ = 0;               // the current one
  std::vector<CsvTable::Cell> fields_{};   // of the current record
};

CsvParser::Failure CsvParser::reject_at(std::size_t byte, Text what, Text next) const {
  Where where{.file = table_.name_, .byte = byte};
  if (record_ > 0) {
    where.record = record_;
    where.field = fields_.size() + 1;
  }
  return fail(ErrorCode::input_rejected, std::move(what), std::move(where), std::move(next));
}

CsvParser::Failure CsvParser::too_large(const Text& what) const {
  return fail(ErrorCode::input_rejected, what, {.file = table_.name_},
              {"表を分けてください", "split the table into several files"});
}

Result<void> CsvParser::check_bytes() {
  const std::string& text = table_.text_;
  if (text.size() > options_.max_bytes) {
    return too_large({fmt::format("表が {} バイトを超えています", options_.max_bytes),
                      fmt::format("the table is larger than {} bytes", options_.max_bytes)});
  }
  if (const auto byte = first_ill_formed(text)) {
    const bool is_utf16 = text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF");
    const std::string_view found = is_utf16 ? "UTF-16" : "Shift_JIS";
    return reject_at(*byte, {"UTF-8 ではありません", "the table is not UTF-8"},
                     {fmt::format("Excel が {} で保存したのかもしれません。「CSV UTF-8」で保存し直してください", found),
                      fmt::format("Excel may have saved it in {}: save it again as \"CSV UTF-8\"", found)});
  }
  if (const std::size_t nul = text.find('\0'); nul != std::string::npos) {
    return reject_at(nul, {"NUL (0x00) があります", "there is a NUL (0x00)"},
                     {"CSV のファイルか確かめてください", "check that this is a CSV file"});
  }
  return {};
}

bool CsvParser::at_field_end() const {
  if (at_ >= table_.text_.size()) return true;
  const char c = table_.text_[at_];
  return c == options_.delimiter || c == '\n' || c == '\r';
}

void CsvParser::read_plain() {
  const std::size_t begin = at_;
  const std::string& text = table_.text_;
  while (at_ < text.size() && text[at_] != options_.delimiter && text[at_] != '\n' && text[at_] != '\r' &&
         text[at_] != '"') {
    ++at_;
  }
  const auto start = static_cast<std::uint32_t>(begin);
  fields_.push_back({start, start, static_cast<std::uint32_t>(at_ - begin)});
}

Result<void> CsvParser::read_quoted() {
  std::string& text = table_.text_;
  const std::size_t quote = at_;
  std::size_t out = quote + 1;
  for (++at_; at_ < text.size(); ++at_) {
    if (text[at_] == '"') {
      if (at_ + 1 == text.size() || text[at_ + 1] != '"') break;
      ++at_;
    }
    text[out++] = text[at_];
  }
  if (at_ >= text.size()) {
    return reject_at(quote, {"引用符 \" が閉じられていません", "a quote is not closed"},
                     {"閉じる \" を補ってください", "add the closing quote"});
  }
  ++at_;
  fields_.push_back({static_cast<std::uint32_t>(quote), static_cast<std::uint32_t>(quote + 1),
                     static_cast<std::uint32_t>(out - quote - 1)});
  return {};
}

Result<void> CsvParser::read_field() {
  if (at_ < table_.text_.size() && table_.text_[at_] == '"') {
    if (auto done = read_quoted(); !done) return done;
  } else {
    read_plain();
  }
  if (at_field_end()) return {};
  fields_.pop_back();  // the error is in this field, not in the next
  return reject({"引用符 \" の位置が正しくありません", "a quote stands where none may"},
                {"項目の全体を \" で囲み、中の \" は \"\" と書いてください",
                 "enclose the whole field in quotes and write a quote inside as two"});
}

void CsvParser::skip_line_end() {
  if (at_ >= table_.text_.size()) return;
  const bool is_crlf = table_.text_.compare(at_, 2, "\r\n") == 0;
  at_ += is_crlf ? 2 : 1;
}

Result<void> CsvParser::read_record() {
  fields_.clear();
  if (++record_ > options_.max_records) {
    return too_large({fmt::format("表が {} 行を超えています", options_.max_records),
                      fmt::format("the table has more than {} records", options_.max_records)});
  }
  while (true) {
    if (auto done = read_field(); !done) return done;
    if (fields_.size() > options_.max_columns) {
      return too_large({fmt::format("表が {} 列を超えています", options_.max_columns),
                        fmt::format("the table has more than {} columns", options_.max_columns)});
    }
    if (at_ >= table_.text_.size() || table_.text_[at_] != options_.delimiter) break;
    ++at_;
  }
  skip_line_end();
  return {};
}

bool CsvParser::is_blank() const {
  return fields_.size() == 1 && fields_[0].length == 0 && fields_[0].begin == fields_[0].byte;
}

Result<void> CsvParser::keep_header() {
  std::set<std::string> seen;
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const auto& field = fields_[i];
    std::string heading = table_.text_.substr(field.begin, field.length);
    if (!heading.empty() && !seen.insert(heading).second) {
      // Not quoted: a file without a header may have been given, and its first record is a resident.
      return fail(ErrorCode::input_rejected, {"同じ見出しが二度あります", "the same heading occurs twice"},
                  {.file = table_.name_, .record = record_, .field = i + 1, .byte = field.byte},
                  {"一方の名前を変えるか、列を除いてください", "rename or remove one of the columns"});
    }
    table_.header_.push_back(std::move(heading));
  }
  return {};
}

Result<void> CsvParser::keep_record() {
  if (is_blank()) return {};
  if (handler_ != nullptr) return hand_over();
  if (table_.header_.empty()) return keep_header();
  const std::size_t columns = table_.header_.size();
  if (fields_.size() != columns) {
    const std::size_t count = fields_.size();
    // The first field too many, or the last there is.
    const std::size_t index = std::min(count, columns + 1) - 1;
    return fail(ErrorCode::input_rejected,
                {fmt::format("項目が {} 個あります (見出しは {} 個)", count, columns),
                 fmt::format("the record has {} fields, the header {}", count, columns)},
                {.file = table_.name_, .record = record_, .field = index + 1, .byte = fields_[index].byte},
                {"区切り文字と引用符を確かめてください", "check the delimiters and quotes of this record"});
  }
  table_.cells_.insert(table_.cells_.end(), fields_.begin(), fields_.end());
  table_.records_.push_back(record_);
  return {};
}

Result<void> CsvParser::hand_over() {
  row_.clear();
  for (std::size_t i = 0; i < fields_.size(); ++i) {
    const std::string_view text = std::string_view(table_.text_).substr(fields_[i].begin, fields_[i].length);
    if (!text.empty()) row_.push_back({.text = text, .column = static_cast<std::uint32_t>(i + 1)});
  }
  if (row_.empty()) return {};
  auto done = (*handler_)({record_, row_});
  if (!done && done.error().where == Where{}) done.error().where = {.file = table_.name_, .record = record_};
  return done;
}

Result<void> CsvParser::read_all() {
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  if (auto done = check_bytes(); !done) return done;
  if (table_.text_.starts_with(kBom)) at_ = kBom.size();
  while (at_ < table_.text_.size()) {
    if (auto done = read_record().and_then([this] { return keep_record(); }); !done) return done;
  }
  return {};
}

Result<std::uint32_t> CsvParser::run_records(const RowHandler& handler) {
  handler_ = &handler;
  if (auto done = read_all(); !done) return Failure(std::move(done.error()));
  return record_;
}

Result<CsvTable> CsvParser::run() {
  if (auto done = read_all(); !done) return Failure(std::move(done.error()));
  if (table_.header_.empty()) {
    return fail(ErrorCode::input_rejected, {"表が空です", "the table is empty"}, {.file = table_.name_},
                {"1 行目に見出しが要ります", "the first record must be the header"});
  }
  return std::move(table_);
}

Result<CsvTable> parse_csv(std::string bytes, std::string name, const CsvOptions& options) {
  return CsvParser(std::move(bytes), std::move(name), options).run();
}

Result<std::uint32_t> read_csv_records(std::string bytes, std::string name, const RowHandler& handler,
                                       const CsvOptions& options) {
  return CsvParser(std::move(bytes), std::move(name), options).run_records(handler);
}

Result<CsvTable> read_csv(const std::string& path, const CsvOptions& options) {
  auto file = InputFile::open(path);
  if (!file) return tl::unexpected<Error>(std::move(file.error()));
  std::vector<std::uint8_t> block(std::size_t{64} << 10U);
  std::string bytes;
  // One block past the limit is enough for the parser to refuse.
  while (bytes.size() <= options.max_bytes) {
    const auto count = file->read(block);
    if (!count) return tl::unexpected<Error>(count.error());
    if (*count == 0) break;
    bytes.append(block.begin(), block.begin() + static_cast<std::ptrdiff_t>(*count));
  }
  return parse_csv(std::move(bytes), path, options);
}

}  // namespace hyojun::base
