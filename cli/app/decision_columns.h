// The columns of a file of decisions, the same for reading and for writing.
//
// CSV (UTF-8) or XLSX, one row a gaiji, columns in any order, with the Japanese heading or the key:
//   system システム, encoding 文字コード, code 外字コード     the key of the gaiji
//   glyph 字形の要約値                                      SHA-256 of its outline
//   target 文字図形名, text 文字                             the answer, and the same as characters: damage shows
//   category 区分, substitute 代替文字, reason 代替の理由, criterion 基準
//   decided_by 決定者, decided_on 決定日, checked_by 確認者, checked_on 確認日, state 状態
//   table 文字表, font 字形検索のフォント, added 追加文字     what was looked at: versions; 検索済 or 未検索
//   comment コメント
//   reading 読み, count 件数, basis 根拠                     for people, not read
#ifndef HYOJUN_CLI_APP_DECISION_COLUMNS_H_
#define HYOJUN_CLI_APP_DECISION_COLUMNS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/charmap/repertoire.h"
#include "hyojun/core/decision.h"

namespace hyojun::app {

enum class DecisionColumn : std::uint8_t {
  system,
  encoding,
  code,
  reading,
  count,
  target,
  text,
  category,
  state,
  substitute,
  reason,
  criterion,
  comment,
  basis,
  decided_by,
  decided_on,
  checked_by,
  checked_on,
  glyph,
  table,
  font,
  added,
};
inline constexpr std::size_t kDecisionColumns = 22;

struct DecisionHeading {
  std::string_view key;
  std::string_view name;
  double width;  // of the column in XLSX, in digits
};
// In the order of DecisionColumn, which is the order of the files that are written.
const std::array<DecisionHeading, kDecisionColumns>& decision_headings();
// By key or Japanese name, compared as labels.
std::optional<DecisionColumn> find_decision_column(std::string_view heading);

// One row of a file that people fill in.
struct DecisionSheetRow {
  core::Decision decision;
  std::string reading{};
  std::string count{};
  std::string basis{};
};
// The cells of a row, in the order of the headings.
std::vector<std::string> decision_cells(const DecisionSheetRow& row, const charmap::Repertoire& repertoire);

// "006.02 93ab23cd1f00 + GJ 2026-08 …": version and digest of the table and of each layer, as decisions record it.
std::string table_label(const charmap::Repertoire& repertoire);

inline constexpr std::string_view kAddedSearched = "検索済";
inline constexpr std::string_view kAddedMissing = "未検索";

// The preferred way to write a character as text; empty where it has none or the name is unknown.
std::string text_of_name(const charmap::Repertoire& repertoire, std::string_view name);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_DECISION_COLUMNS_H_
