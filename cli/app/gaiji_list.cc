#include "gaiji_list.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>

#include "hyojun/base/text.h"
#include "hyojun/charmap/gaiji_code.h"
#include "sheet_encoding.h"
#include "sheet_form.h"

namespace hyojun::app {
namespace {

using base::Text;

enum class ListColumn : std::uint8_t { code, reading, juki, koseki, toki, note };
constexpr std::size_t kListColumns = 6;
constexpr std::uint32_t kMostTitleRows = 20;

struct Synonyms {
  ListColumn column;
  std::string_view headings;  // separated by spaces, as nfkc_label() gives them
};

constexpr std::array<Synonyms, kListColumns> kSynonyms = {
    {{ListColumn::code, "外字コード コード 外字番号 code"},
     {ListColumn::reading, "読み よみ ヨミ 読み仮名 読みがな ふりがな フリガナ reading"},
     {ListColumn::juki,
      "住基ネット統一文字コード 住基ネット統一文字 住基統一文字コード 住基統一文字 住基コード J+ juki"},
     {ListColumn::koseki, "戸籍統一文字番号 戸籍統一文字 戸籍番号 koseki"},
     {ListColumn::toki, "登記統一文字番号 登記統一文字 登記番号 toki"},
     {ListColumn::note, "備考 摘要 メモ note"}}};

std::optional<ListColumn> find_list_column(const std::string& label) {
  for (const Synonyms& entry : kSynonyms) {
    std::string_view rest = entry.headings;
    while (!rest.empty()) {
      const std::size_t space = std::min(rest.find(' '), rest.size());
      if (base::nfkc_label(rest.substr(0, space)) == label) return entry.column;
      rest.remove_prefix(std::min(space + 1, rest.size()));
    }
  }
  return std::nullopt;
}

class ListReader {
 public:
  ListReader(charmap::Encoding encoding, const charmap::Repertoire& repertoire, GaijiList& list)
      : encoding_(encoding), repertoire_(repertoire), list_(list) {}

  bool has_header() const { return has_header_; }
  SheetProblems& problems() { return problems_; }

  base::Result<void> take(const base::Row& row) {
    if (!has_header_) {
      if (row.number <= kMostTitleRows) take_header(row);
      return {};
    }
    const bool is_blank =
        std::ranges::all_of(row.cells, [&](const base::Cell& c) { return cell_text(row, c.column).empty(); });
    GaijiListRow entry{.row = row.number};
    if (is_blank || !read_code(row, entry)) return {};
    entry.reading = text(row, ListColumn::reading);
    entry.note = text(row, ListColumn::note);
    read_number(row, ListColumn::juki, true, entry.numbers.juki);
    read_number(row, ListColumn::koseki, false, entry.numbers.koseki);
    read_number(row, ListColumn::toki, false, entry.numbers.toki);
    list_.rows.push_back(std::move(entry));
    return {};
  }

 private:
  void take_header(const base::Row& row) {
    const std::vector<std::string> labels = header_labels(row);
    std::vector<std::string> unread;
    for (std::uint32_t i = 0; i < labels.size(); ++i) {
      const auto column = find_list_column(labels[i]);
      if (column) {
        std::uint32_t& place = columns_[static_cast<std::size_t>(*column)];
        if (place != 0) problems_.add(row.number, i + 1, {"同じ見出しが二つあります", "the same heading occurs twice"});
        place = i + 1;
      }
      if (!column && !labels[i].empty()) unread.push_back(shown_label(labels[i]));
    }
    has_header_ = columns_[0] != 0;
    if (has_header_) list_.unread_headings = std::move(unread);
  }

  std::uint32_t column(ListColumn wanted) const { return columns_[static_cast<std::size_t>(wanted)]; }
  std::string_view text(const base::Row& row, ListColumn wanted) const {
    return column(wanted) == 0 ? std::string_view() : cell_text(row, column(wanted));
  }

  bool read_code(const base::Row& row, GaijiListRow& entry) {
    const base::Cell* cell = row.find(column(ListColumn::code));
    if (cell == nullptr || text(row, ListColumn::code).empty()) {
      problems_.add(row.number, column(ListColumn::code), {"外字コードがありません", "the gaiji code is missing"},
                    {"コードを書くか、行を消してください", "write the code, or remove the row"});
      return false;
    }
    if (cell->kind != base::CellKind::text) {
      problems_.add(row.number, cell->column, {"外字コードが数値になっています", "the gaiji code has become a number"},
                    {"セルを文字列にして 0x80E1 のように書いてください", "make the cell text and write 0x80E1"});
      return false;
    }
    const auto parsed = charmap::parse_gaiji_code(encoding_, repertoire_, text(row, ListColumn::code));
    if (!parsed) {
      problems_.add(row.number, cell->column, parsed.error().what, parsed.error().next);
      return false;
    }
    const auto [place, is_new] = seen_.emplace(parsed->text, row.number);
    if (!is_new) {
      problems_.add(row.number, cell->column,
                    {fmt::format("同じ外字が {} 行目にもあります", place->second),
                     fmt::format("row {} speaks of the same gaiji", place->second)},
                    {"一方を除いてください", "remove one of them"});
      return false;
    }
    entry.code = parsed->text;
    entry.code_point = parsed->code_point;
    return true;
  }

  // Digits, four of them hexadecimal for J+. Excel makes 5E02 the number 500.
  void read_number(const base::Row& row, ListColumn wanted, bool is_juki, std::string& out) {
    const std::string_view cell = text(row, wanted);
    if (cell.empty()) return;
    std::string_view digits = cell;
    if (is_juki && (digits.starts_with("J+") || digits.starts_with("j+"))) digits.remove_prefix(2);
    const std::string_view allowed = is_juki ? "0123456789ABCDEFabcdef" : "0123456789";
    constexpr std::size_t kMostDigits = 8;
    const bool is_number = !digits.empty() && digits.find_first_not_of(allowed) == std::string_view::npos &&
                           (is_juki ? digits.size() == 4 : digits.size() <= kMostDigits);
    if (is_number) {
      out = digits;
      return;
    }
    problems_.add(row.number, column(wanted), {"番号として読めません", "this is no such number"},
                  is_juki ? Text{"J+9089 のように16進4桁で書いてください（Excel は 5E02 を数値に変えます）",
                                 "write four hex digits, J+9089 (Excel makes 5E02 a number)"}
                          : Text{"数字だけで書いてください", "write digits only"});
  }

  charmap::Encoding encoding_;
  const charmap::Repertoire& repertoire_;
  GaijiList& list_;
  SheetProblems problems_;
  std::uint32_t columns_[kListColumns] = {};
  bool has_header_ = false;
  std::map<std::string, std::uint32_t> seen_;
};

}  // namespace

base::Result<base::TableReader> open_gaiji_list(const std::string& path, std::optional<charmap::Encoding> stated) {
  return base::TableReader::open(path, {.decode = [&](std::string bytes) {
                                   return decode_sheet(std::move(bytes), stated, path, "--list-encoding");
                                 }});
}

base::Result<GaijiList> read_gaiji_list(base::TableReader& reader, charmap::Encoding encoding,
                                        const charmap::Repertoire& repertoire) {
  GaijiList list{.name = reader.name()};
  for (std::size_t sheet = 0; sheet < reader.sheets().size(); ++sheet) {
    ListReader rows(encoding, repertoire, list);
    const auto end = reader.read(sheet, [&](const base::Row& row) { return rows.take(row); });
    if (!end) return tl::unexpected(end.error());
    if (!rows.has_header()) continue;
    list.problem_count = rows.problems().count();
    if (list.problem_count > 0) list.rows.clear();
    for (const SheetProblem& p : rows.problems().listed())
      list.problems.push_back({base::ErrorCode::input_rejected, p.what, reader.where(sheet, p.row, p.column), p.next});
    return list;
  }
  return base::fail(base::ErrorCode::input_rejected, {"外字コードの列がありません", "there is no column 外字コード"},
                    {.file = reader.name()},
                    {"見出しに「外字コード」を書いてください", "write the heading 外字コード"});
}

}  // namespace hyojun::app
