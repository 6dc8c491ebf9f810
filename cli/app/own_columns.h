// The columns of hyojun's own sheets, the same for reading and for templates.
//
// A row speaks of one body (団体コード, or 都道府県 and 市区町村) and, where a column is of a business, of one 業務. An
// empty cell says nothing; 取消 takes back what was said before. Beside the kinds of core/facts.h there are
//   完了手順数 finished, 特定移行支援 late, one column for each step, 理由 reason and 報告者 person of the row's facts,
//   and for notes 覚書番号, 主題, 内容, 次の対応, 担当, 状態 (継続 or 完了).
#ifndef HYOJUN_CLI_APP_OWN_COLUMNS_H_
#define HYOJUN_CLI_APP_OWN_COLUMNS_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/core/facts.h"

namespace hyojun::app {

struct OwnColumn {
  enum class Role : std::uint8_t {
    code,
    prefecture,
    municipality,
    name,
    business,
    kind,  // core::kinds()[index]
    step,  // step number index
    finished,
    late,
    reason,
    person,
    note_key,
    note_theme,
    note_text,
    note_next,
    note_person,
    note_state,
    ignored,  // エラー and 提案 of a correction sheet
  };
  Role role;
  std::size_t index = 0;
  // What the heading says of its values, the reason of a fact whose row gives none: "population_2023_12_01" says of
  // which day the 人口 is.
  std::string note{};

  // A column that says something.
  bool is_data() const {
    return role == Role::kind || role == Role::step || role == Role::finished || role == Role::late ||
           role == Role::note_text;
  }
};

// The column with this heading (Japanese or key), compared as labels; none if there is no such column.
std::optional<OwnColumn> find_own_column(std::string_view heading);

// The kinds of templates, and what `hyojun template KIND` writes.
struct TemplateKind {
  std::string_view key;
  std::string_view title;
  bool of_business;                   // one row a business, else one a body
  std::vector<std::string> headings;  // after 団体コード, 団体名 and 業務
};
const std::vector<TemplateKind>& template_kinds();
const TemplateKind* find_template_kind(std::string_view key);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_OWN_COLUMNS_H_
