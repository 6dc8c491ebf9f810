#include "decision_columns.h"

#include "hyojun/base/text.h"

namespace hyojun::app {

const std::array<DecisionHeading, kDecisionColumns>& decision_headings() {
  static const std::array<DecisionHeading, kDecisionColumns> headings = {
      {{"system", "システム", 12},    {"encoding", "文字コード", 11}, {"code", "外字コード", 12},
       {"reading", "読み", 14},       {"count", "件数", 8},           {"target", "文字図形名", 12},
       {"text", "文字", 7},           {"category", "区分", 12},       {"state", "状態", 9},
       {"substitute", "代替文字", 9}, {"reason", "代替の理由", 20},   {"criterion", "基準", 12},
       {"comment", "コメント", 30},   {"basis", "根拠", 26},          {"decided_by", "決定者", 12},
       {"decided_on", "決定日", 12},  {"checked_by", "確認者", 12},   {"checked_on", "確認日", 12},
       {"glyph", "字形の要約値", 14}, {"table", "文字表", 22},        {"font", "字形検索のフォント", 26},
       {"added", "追加文字", 9}}};
  return headings;
}

std::optional<DecisionColumn> find_decision_column(std::string_view heading) {
  const std::string label = base::nfkc_label(heading);
  for (std::size_t i = 0; i < kDecisionColumns; ++i) {
    const DecisionHeading& known = decision_headings()[i];
    if (label == known.key || label == base::nfkc_label(known.name)) return static_cast<DecisionColumn>(i);
  }
  return std::nullopt;
}

std::vector<std::string> decision_cells(const DecisionSheetRow& row, const charmap::Repertoire& repertoire) {
  const core::Decision& d = row.decision;
  std::vector<std::string> cells(kDecisionColumns);
  const auto set = [&](DecisionColumn column, std::string_view text) {
    cells[static_cast<std::size_t>(column)] = text;
  };
  using enum DecisionColumn;
  set(system, d.gaiji.system), set(encoding, d.gaiji.encoding), set(code, d.gaiji.code);
  set(reading, row.reading), set(count, row.count), set(basis, row.basis);
  set(target, d.target), set(text, text_of_name(repertoire, d.target));
  if (d.category) set(category, core::name_of(*d.category));
  // A proposal that nobody set aside is left open: whoever signs the file makes it a decision.
  if (d.state != core::DecisionState::proposed) set(state, core::name_of(d.state));
  set(substitute, d.substitute), set(reason, d.reason), set(criterion, d.criterion), set(comment, d.comment);
  set(decided_by, d.decided_by), set(decided_on, d.decided_on);
  set(checked_by, d.checked_by), set(checked_on, d.checked_on);
  set(glyph, d.glyph), set(table, d.table_version), set(font, d.font);
  set(added, d.added_searched ? kAddedSearched : kAddedMissing);
  return cells;
}

std::string table_label(const charmap::Repertoire& repertoire) {
  constexpr std::size_t kShownDigest = 12;
  std::string label = repertoire.table().version() + " " + repertoire.table().digest().substr(0, kShownDigest);
  for (const charmap::Layer& layer : repertoire.layers())
    label += " + " + layer.title() + " " + layer.version() + " " + layer.digest().substr(0, kShownDigest);
  return label;
}

std::string text_of_name(const charmap::Repertoire& repertoire, std::string_view name) {
  const auto id = repertoire.find_name(name);
  if (!id) return "";
  const charmap::CharacterRecord record = repertoire.record(*id);
  return record.text.empty() ? "" : base::to_utf8(record.text.front());
}

}  // namespace hyojun::app
