#include "hyojun/charmap/code_map.h"

#include <algorithm>
#include <optional>

#include "hyojun/base/csv.h"
#include "hyojun/base/number.h"
#include "hyojun/base/read_file.h"
#include "hyojun/base/sha256.h"

namespace hyojun::charmap {

namespace {

using base::CsvTable;
using base::ErrorCode;
using base::Text;

constexpr std::uint32_t kMaxBytes = 64U << 20U;
constexpr std::size_t kLongestCode = 3;

bool has_flag(std::string_view flags, std::string_view wanted) {
  while (!flags.empty()) {
    const std::size_t comma = std::min(flags.find(','), flags.size());
    if (flags.substr(0, comma) == wanted) return true;
    flags.remove_prefix(std::min(comma + 1, flags.size()));
  }
  return false;
}

struct Reader {
  const CsvTable& tsv;
  std::size_t code, unicode;
  std::optional<std::size_t> hd, flags;

  tl::unexpected<base::Error> reject(std::size_t row, std::size_t column, Text what, Text next) const {
    return base::fail(ErrorCode::input_rejected, std::move(what), tsv.where(row, column), std::move(next));
  }
  std::string_view flags_of(std::size_t row) const { return flags ? tsv.cell(row, *flags) : std::string_view(); }

  base::Result<CodeMapRow> read(std::size_t row) const {
    CodeMapRow out{};
    out.record = static_cast<std::uint32_t>(tsv.where(row, code).record.value_or(0));
    const auto bytes = base::parse_hex_bytes(tsv.cell(row, code));
    if (!bytes || bytes->size() > kLongestCode) {
      return reject(row, code, {"符号ではありません", "this is no code"},
                    {"1〜3バイトを 16 進で書きます（例: 41A1）", "write one to three bytes in hex, as 41A1"});
    }
    for (const std::uint8_t byte : *bytes) out.code = out.code << 8U | byte;
    out.bytes = static_cast<std::uint8_t>(bytes->size());
    auto text = base::parse_code_points(tsv.cell(row, unicode));
    if (text && hd && !tsv.cell(row, *hd).empty()) {
      const auto selector = base::parse_code_points(tsv.cell(row, *hd));
      if (!selector) text = tl::unexpected(selector.error());
      if (text) *text += selector.value_or(std::u32string());
    }
    if (!text || text->size() > 2) {
      return reject(row, unicode, {"Unicode の符号ではありません", "this is no code point"},
                    {"符号位置を 16 進で1つ、または2つの列で書きます（例: 9089 と hd の E010F）",
                     "write one code point in hex, or a sequence of two (as 9089, with E010F under hd)"});
    }
    out.first = (*text)[0];
    out.second = text->size() == 2 ? (*text)[1] : U'\0';
    return out;
  }
};

}  // namespace

base::Result<CodeMap> CodeMap::from_bytes(std::string_view bytes, const std::string& name) {
  const auto tsv = base::parse_csv(std::string(bytes), name, {.delimiter = '\t', .max_bytes = kMaxBytes});
  if (!tsv) return tl::unexpected(tsv.error());
  const auto code = tsv->require_column({"code", "符号", "コード"});
  if (!code) return tl::unexpected(code.error());
  const auto unicode = tsv->require_column({"unicode", "Unicode"});
  if (!unicode) return tl::unexpected(unicode.error());
  const Reader reader{*tsv, *code, *unicode, tsv->find_column({"hd"}), tsv->find_column({"flags"})};
  CodeMap map;
  map.name_ = name;
  map.digest_ = base::sha256_hex(bytes);
  std::vector<bool> other_form;  // by the row's number in the file: never a contradiction
  for (std::size_t row = 0; row < tsv->row_count(); ++row) {
    if (has_flag(reader.flags_of(row), "encode_only")) continue;
    const auto read = reader.read(row);
    if (!read) return tl::unexpected(read.error());
    map.rows_.push_back(*read);
    other_form.resize(read->record + 1);
    other_form[read->record] = has_flag(reader.flags_of(row), "cjk_ci");
  }
  const auto key = [](const CodeMapRow& r) { return std::pair(r.bytes, r.code); };
  std::ranges::stable_sort(map.rows_, {}, key);
  std::vector<CodeMapRow> once;
  for (const CodeMapRow& row : map.rows_) {
    if (once.empty() || key(once.back()) != key(row)) {
      once.push_back(row);
    } else if ((row.first != once.back().first || row.second != once.back().second) && !other_form[row.record]) {
      ++map.contradictions_;
    }
  }
  map.rows_ = std::move(once);
  return map;
}

base::Result<CodeMap> CodeMap::open(const std::string& path) {
  const auto bytes = base::read_file(path, kMaxBytes);
  if (!bytes) return tl::unexpected(bytes.error());
  return from_bytes(*bytes, path);
}

}  // namespace hyojun::charmap
