#include "hyojun/charmap/gaiji_table.h"

#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/csv.h"
#include "hyojun/base/number.h"
#include "hyojun/base/read_file.h"
#include "hyojun/base/sha256.h"
#include "hyojun/base/text.h"
#include "with_decoder.h"

namespace hyojun::charmap {

namespace {

using base::CsvTable;
using base::ErrorCode;
using base::Text;

constexpr std::size_t kMaxBytes = 512U << 20U;

struct Columns {
  std::optional<std::size_t> system, encoding, category, decision, substitute;
  std::size_t code, target;
};

struct Reader {
  const CsvTable& csv;
  const GaijiTable::Expected& expected;
  const Repertoire& repertoire;
  Columns columns;

  tl::unexpected<base::Error> reject(std::size_t row, std::size_t column, Text what, Text next) const {
    return base::fail(ErrorCode::input_rejected, std::move(what), csv.where(row, column), std::move(next));
  }

  base::Result<char32_t> code(std::size_t row) const;
  base::Result<void> target(std::size_t row, GaijiRow& out) const;
  base::Result<void> substitute(std::size_t row, GaijiRow& out) const;
  base::Result<void> source(std::size_t row, std::string& system) const;
};

std::optional<char32_t> decode_whole(const GaijiTable::Expected& expected, const StandardTable& table,
                                     std::span<const std::uint8_t> bytes) {
  if (bytes.empty()) return std::nullopt;
  if (has_code_table(expected.encoding)) {
    const auto codes = expected.codes != nullptr ? expected.codes : CodeTable::bundled(expected.encoding);
    const std::u32string text = codes->decode(bytes);
    return text.size() == 1 ? std::optional(text[0]) : std::nullopt;
  }
  return with_decoder(expected.encoding, table.cp932(), nullptr, [&](const auto& decoder) -> std::optional<char32_t> {
    const Decoded d = decoder.decode(bytes.data(), bytes.size(), true);
    if (d.malformed || d.length != bytes.size()) return std::nullopt;
    return d.code_point;
  });
}

base::Result<char32_t> Reader::code(std::size_t row) const {
  const std::string_view cell = csv.cell(row, columns.code);
  const auto is_gaiji = [&](std::optional<char32_t> c) {
    return c && (repertoire.table().class_of(*c) & kClassMask) == static_cast<std::uint8_t>(CodeClass::gaiji);
  };
  std::optional<char32_t> cp;
  if (const auto bytes = base::parse_hex_bytes(cell)) cp = decode_whole(expected, repertoire.table(), *bytes);
  const bool is_code_point = cell.starts_with("U+") || cell.starts_with("u+");
  if (!cp && is_code_point && is_unicode(expected.encoding)) {
    const auto text = base::parse_code_points(cell);
    if (text && text->size() == 1) cp = (*text)[0];
  }
  if (!is_gaiji(cp)) {
    return reject(row, columns.code,
                  {fmt::format("{} の外字領域の符号ではありません", encoding_name(expected.encoding)),
                   fmt::format("this is no gaiji code of {}", encoding_name(expected.encoding))},
                  {"符号は 0xF040 のように元のバイト列を16進で書きます（Unicode なら U+E000）",
                   "write the source bytes in hex, as 0xF040 (for Unicode U+E000)"});
  }
  return *cp;
}

base::Result<void> Reader::target(std::size_t row, GaijiRow& out) const {
  const std::string_view cell = csv.cell(row, columns.target);
  if (cell.empty()) return {};
  out.target = repertoire.find_name(cell);
  if (!out.target && (cell.starts_with("U+") || cell.starts_with("u+"))) {
    const auto text = base::parse_code_points(cell);
    if (text && text->size() <= 2 && (text->size() == 1 || repertoire.forms_sequence((*text)[0], (*text)[1]))) {
      out.target_text = *text;
      out.target = repertoire.identify((*text)[0], text->size() == 2 ? (*text)[1] : U'\0').id;
    }
  }
  if (out.target) return {};
  return reject(
      row, columns.target, {"標準文字の名前でも符号でもありません", "this names no standard character"},
      {"MJ026190 のような文字図形名か U+9089 U+E010F を書きます。追加文字（GJ）なら --table で層を指定してください",
       "write a name as MJ026190, or U+9089 U+E010F; for added characters (GJ) give their layer with --table"});
}

base::Result<void> Reader::substitute(std::size_t row, GaijiRow& out) const {
  const std::string_view cell = columns.substitute ? csv.cell(row, *columns.substitute) : std::string_view();
  if (cell.empty()) return {};
  const bool is_code = cell.starts_with("U+") || cell.starts_with("u+");
  const auto text = is_code ? base::parse_code_points(cell) : base::decode_utf8(cell);
  const auto is_character = [&](char32_t cp) {
    const auto kind = static_cast<CodeClass>(repertoire.table().class_of(cp) & kClassMask);
    return kind != CodeClass::control && kind != CodeClass::gaiji && kind != CodeClass::unassigned;
  };
  if (text && text->size() <= GaijiRow::kLongestSubstitute && std::ranges::all_of(*text, is_character)) {
    out.substitute = *text;
    return {};
  }
  return reject(row, *columns.substitute, {"代わりの文字ではありません", "this is no substitute text"},
                {"8文字までの文字か符号位置（U+3055 U+3044）で書きます",
                 "write up to eight characters or code points (U+3055 U+3044)"});
}

base::Result<void> Reader::source(std::size_t row, std::string& system) const {
  if (columns.system) {
    const std::string_view cell = csv.cell(row, *columns.system);
    if (row == 0 && expected.system.empty()) system = cell;
    if (cell != system) {
      return reject(
          row, *columns.system,
          {fmt::format("別のシステム（{}）の外字対応表です（必要なもの: {}）", cell, system),
           fmt::format("this is the gaiji table of another system ({}; wanted: {})", cell, system)},
          {"このデータを作ったシステムの表を指定してください", "give the table of the system that wrote the data"});
    }
  }
  if (columns.encoding) {
    const std::string_view cell = csv.cell(row, *columns.encoding);
    const auto encoding = parse_encoding(cell);
    if (encoding != expected.encoding) {
      return reject(row, *columns.encoding,
                    {fmt::format("別の文字コード（{}）の外字対応表です（必要なもの: {}）", cell,
                                 encoding_name(expected.encoding)),
                     fmt::format("this is a gaiji table for {}, not for {}", cell, encoding_name(expected.encoding))},
                    {"データと同じ文字コードの表を指定してください", "give a table in the encoding of the data"});
    }
  }
  return {};
}

}  // namespace

base::Result<GaijiTable> GaijiTable::from_bytes(std::string_view bytes, const std::string& name,
                                                const Expected& expected, const Repertoire& repertoire) {
  const auto csv = base::parse_csv(std::string(bytes), name);
  if (!csv) return tl::unexpected(csv.error());
  const auto code = csv->require_column({"code", "外字コード", "コード"});
  if (!code) return tl::unexpected(code.error());
  const auto target = csv->require_column({"target", "同定先", "文字図形名"});
  if (!target) return tl::unexpected(target.error());
  const Reader reader{*csv,
                      expected,
                      repertoire,
                      {csv->find_column({"system", "システム"}), csv->find_column({"encoding", "文字コード"}),
                       csv->find_column({"category", "区分"}), csv->find_column({"decision", "決定"}),
                       csv->find_column({"substitute", "代わりの文字", "代替文字"}), *code, *target}};
  GaijiTable table;
  table.system_ = expected.system;
  table.digest_ = base::sha256_hex(bytes);
  std::vector<std::pair<char32_t, std::size_t>> seen;
  for (std::size_t row = 0; row < csv->row_count(); ++row) {
    if (auto ok = reader.source(row, table.system_); !ok) return tl::unexpected(ok.error());
    const auto cp = reader.code(row);
    if (!cp) return tl::unexpected(cp.error());
    GaijiRow out{*cp, std::nullopt, {}, {}, {}, {}};
    if (auto ok = reader.target(row, out); !ok) return tl::unexpected(ok.error());
    if (auto ok = reader.substitute(row, out); !ok) return tl::unexpected(ok.error());
    if (reader.columns.category) out.category = csv->cell(row, *reader.columns.category);
    if (reader.columns.decision) out.decision = csv->cell(row, *reader.columns.decision);
    table.mapped_ += out.target.has_value();
    table.rows_.push_back(std::move(out));
    seen.emplace_back(*cp, row);
  }
  table.states_system_ = reader.columns.system.has_value() && !table.system_.empty();
  std::ranges::sort(seen);
  const auto twin = std::ranges::adjacent_find(seen, {}, [](const auto& s) { return s.first; });
  if (twin != seen.end()) {
    return reader.reject(std::next(twin)->second, *code,
                         {"同じ外字コードが2度あります", "the same gaiji code stands twice"},
                         {"どちらか一方を残してください", "keep one of the two rows"});
  }
  std::ranges::sort(table.rows_, {}, &GaijiRow::code_point);
  return table;
}

base::Result<GaijiTable> GaijiTable::open(const std::string& path, const Expected& expected,
                                          const Repertoire& repertoire) {
  const auto bytes = base::read_file(path, kMaxBytes);
  if (!bytes) return tl::unexpected(bytes.error());
  return from_bytes(*bytes, path, expected, repertoire);
}

std::size_t GaijiTable::unchecked() const noexcept {
  return static_cast<std::size_t>(std::ranges::count_if(
      rows_, [](const GaijiRow& row) { return row.target && row.decision.find(kUncheckedMark) != std::string::npos; }));
}

const GaijiRow* GaijiTable::find(char32_t cp) const noexcept {
  const auto it = std::ranges::lower_bound(rows_, cp, {}, &GaijiRow::code_point);
  return it != rows_.end() && it->code_point == cp ? &*it : nullptr;
}

}  // namespace hyojun::charmap
