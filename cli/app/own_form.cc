// hyojun's own sheets: any of the columns of own_columns.h, in any order.
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "hyojun/base/sha256.h"
#include "hyojun/base/text.h"
#include "own_columns.h"
#include "sheet_form.h"

namespace hyojun::app {
namespace {

using Role = OwnColumn::Role;
constexpr std::string_view kTakenBack = "取消";

class Own final : public SheetForm {
 public:
  Own(const SheetContext& context, std::vector<std::optional<OwnColumn>> columns, std::vector<std::string> unread)
      : context_(context), columns_(std::move(columns)), unread_(std::move(unread)) {}

  std::string_view key() const override { return "own"; }
  std::string_view source() const override { return "hyojun の様式"; }
  std::uint32_t last_column() const override { return static_cast<std::uint32_t>(columns_.size()); }
  std::vector<std::string> unread_headings() const override { return unread_; }

  void read(const base::Row& row) override {
    if (!says_something(row)) return;
    const auto body = body_of(row);
    if (!body) return;
    const auto business = business_of(row);
    if (!business || !context_.bodies.is_in_scope(*body)) return;
    place_ = {.body = *body,
              .business = *business,
              .reason = std::string(text_of(row, Role::reason)),
              .person = std::string(text_of(row, Role::person))};
    for (std::uint32_t column = 1; column <= columns_.size(); ++column) {
      const base::Cell* cell = row.find(column);
      const auto& own = columns_[column - 1];
      if (cell == nullptr || !own || !own->is_data() || cell_text(row, column).empty()) continue;
      if (check_cell(*cell, row.number, context_.problems)) read_cell(row, *cell, *own);
    }
  }

  void finish(core::ImportDraft& draft) override {
    for (LineSet* lines : {&steps_, &finished_, &late_}) lines->finish(draft);
    for (core::Fact& fact : facts_) draft.facts.push_back(std::move(fact));
    for (core::Note& note : notes_) draft.notes.push_back(std::move(note));
    for (auto& [key, businesses] : fact_coverage_) draft.coverage.push_back({key.first, key.second, false, businesses});
  }

 private:
  struct Place {
    std::size_t body = 0;
    std::size_t business = 0;  // 0: the row names none
    std::string reason{};
    std::string person{};
  };

  std::uint32_t column_of(Role role) const {
    for (std::uint32_t i = 0; i < columns_.size(); ++i) {
      if (columns_[i] && columns_[i]->role == role) return i + 1;
    }
    return 0;
  }

  std::string_view text_of(const base::Row& row, Role role) const {
    const std::uint32_t column = column_of(role);
    return column == 0 ? std::string_view() : cell_text(row, column);
  }

  // A prefilled template has rows in which nobody wrote anything.
  bool says_something(const base::Row& row) const {
    return std::ranges::any_of(row.cells, [&](const base::Cell& cell) {
      return cell.column <= columns_.size() && columns_[cell.column - 1] && columns_[cell.column - 1]->is_data() &&
             !cell_text(row, cell.column).empty();
    });
  }

  std::optional<std::size_t> body_of(const base::Row& row) {
    const std::uint32_t code = column_of(Role::code);
    if (code != 0) {
      const auto body = context_.bodies.by_code(cell_text(row, code), row.number, code);
      const std::uint32_t name = column_of(Role::name);
      if (!body || name == 0 || context_.bodies.check_name(*body, cell_text(row, name), row.number, name)) return body;
      return std::nullopt;
    }
    const std::uint32_t municipality = column_of(Role::municipality);
    return context_.bodies.by_name(text_of(row, Role::prefecture), cell_text(row, municipality), row.number,
                                   municipality);
  }

  std::optional<std::size_t> business_of(const base::Row& row) {
    const std::string_view text = text_of(row, Role::business);
    if (text.empty()) return 0;
    const core::Business* business = core::Catalog::find_business(text);
    if (business != nullptr) return business->no;
    context_.problems.add(
        row.number, column_of(Role::business),
        {fmt::format("業務「{}」はありません", shown_label(text)),
         fmt::format("there is no business \"{}\"", shown_label(text))},
        {"標準化対象の20業務か共通機能の名称を書いてください", "write the name of a business or 共通機能"});
    return std::nullopt;
  }

  // True if the row names one of the first `most` businesses.
  bool check_business(std::uint32_t row, std::size_t most) {
    if (place_.business >= 1 && place_.business <= most) return true;
    context_.problems.add(row, column_of(Role::business),
                          place_.business == 0
                              ? base::Text{"業務の列が空です", "the business is not given"}
                              : base::Text{"共通機能に手順の状況はありません", "共通機能 has no steps"},
                          {"業務の名称を書いてください", "write the name of a business"});
    return false;
  }

  void read_cell(const base::Row& row, const base::Cell& cell, const OwnColumn& own) {
    switch (own.role) {
      case Role::kind:
        return read_fact(row, cell, own);
      case Role::step:
        return read_step(row.number, cell, own.index);
      case Role::finished:
        return read_finished(row.number, cell);
      case Role::late:
        return read_late(row.number, cell);
      default:
        return read_note(row, cell);
    }
  }

  void read_fact(const base::Row& row, const base::Cell& cell, const OwnColumn& own) {
    const core::Kind& kind = core::kinds()[own.index];
    if (kind.of_business && !check_business(row.number, core::kAllBusinesses)) return;
    const std::string_view text = cell_text(row, cell.column);
    core::Fact fact{context_.catalog.bodies()[place_.body].code,
                    kind.of_business ? place_.business : 0,
                    std::string(kind.key),
                    std::nullopt,
                    place_.reason.empty() ? own.note : place_.reason,
                    place_.person};
    if (text != kTakenBack) {
      auto value = core::parse_value(kind, text);
      if (!value) return context_.problems.add(row.number, cell.column, value.error().what, value.error().next);
      fact.value = std::move(*value);
    }
    if (!said_.insert({fact.body, fact.business, fact.kind}).second) return twice(row.number, cell.column);
    std::string& businesses =
        fact_coverage_.try_emplace({fact.kind, fact.body}, core::kAllBusinesses, '0').first->second;
    if (fact.business > 0) businesses[fact.business - 1] = '1';
    facts_.push_back(std::move(fact));
  }

  void twice(std::uint32_t row, std::uint32_t column) {
    context_.problems.add(row, column, {"同じことが二つの行に書かれています", "two rows speak of the same thing"},
                          {"一方を除いてください", "remove one of them"});
  }

  // Writes `value` into a line; a cell that was said before in this sheet is a problem.
  void put(LineSet& lines, std::size_t at, std::string_view value, std::uint32_t row, std::uint32_t column) {
    std::string& cells = lines.cells(context_.catalog, place_.body);
    if (cells[at] != '.') return twice(row, column);
    cells.replace(at, value.size(), value);
  }

  void read_step(std::uint32_t row, const base::Cell& cell, std::size_t step) {
    if (!check_business(row, core::kBusinesses)) return;
    const auto status = cell.text == kTakenBack ? core::StepStatus::unreported : core::find_status(cell.text);
    if (!status) {
      return context_.problems.add(
          row, cell.column,
          {fmt::format("状況「{}」はありません", shown_label(cell.text)),
           fmt::format("there is no status \"{}\"", shown_label(cell.text))},
          {"完了済み・作業中・未着手・対象外のいずれかを書いてください", "write 完了済み, 作業中, 未着手 or 対象外"});
    }
    const char sign = static_cast<char>(*status);
    put(steps_, (place_.business - 1) * core::kSteps + step - 1, {&sign, 1}, row, cell.column);
  }

  void read_finished(std::uint32_t row, const base::Cell& cell) {
    if (!check_business(row, core::kBusinesses)) return;
    const std::string label = base::nfkc_label(cell.text);
    const bool is_number =
        !label.empty() && label.size() <= 2 && label.find_first_not_of("0123456789") == std::string::npos;
    if (!is_number || std::stoul(label) > core::kSteps) {
      return context_.problems.add(row, cell.column, {"完了手順数ではありません", "this is no number of steps"},
                                   {"0 から 40 の整数を書いてください", "write a whole number, 0 to 40"});
    }
    put(finished_, (place_.business - 1) * 2, fmt::format("{:02}", std::stoul(label)), row, cell.column);
  }

  void read_late(std::uint32_t row, const base::Cell& cell) {
    if (!check_business(row, core::kAllBusinesses)) return;
    const auto value = core::parse_value(*core::find_kind("undecided"), cell.text);
    if (!value || !*value) {
      return context_.problems.add(row, cell.column,
                                   {"特定移行支援の該当が読めません", "whether it is flagged cannot be read"},
                                   {"はい か いいえ を書いてください", "write はい or いいえ"});
    }
    put(late_, place_.business - 1, **value, row, cell.column);
  }

  void read_note(const base::Row& row, const base::Cell& cell) {
    core::Note note{.key = std::string(text_of(row, Role::note_key)),
                    .body = context_.catalog.bodies()[place_.body].code,
                    .business = place_.business,
                    .theme = std::string(text_of(row, Role::note_theme)),
                    .text = std::string(cell_text(row, cell.column)),
                    .next_action = std::string(text_of(row, Role::note_next)),
                    .person = std::string(text_of(row, Role::note_person)),
                    .open = text_of(row, Role::note_state) != "完了"};
    if (note.theme.empty()) {
      return context_.problems.add(row.number, column_of(Role::note_theme), {"主題が空です", "the theme is not given"},
                                   {"例えば 文字同定 と書いてください", "write for example 文字同定"});
    }
    constexpr std::size_t kKeyLength = 12;
    if (note.key.empty()) {
      note.key = base::sha256_hex(note.body + std::to_string(note.business) + note.theme + "\n" + note.text)
                     .substr(0, kKeyLength);
    }
    if (!keys_.insert(note.key).second) return twice(row.number, cell.column);
    notes_.push_back(std::move(note));
  }

  SheetContext context_;
  std::vector<std::optional<OwnColumn>> columns_;
  std::vector<std::string> unread_;
  Place place_{};
  LineSet steps_{core::Indicator::steps};
  LineSet finished_{core::Indicator::finished};
  LineSet late_{core::Indicator::late};
  std::vector<core::Fact> facts_;
  std::vector<core::Note> notes_;
  std::set<std::tuple<std::string, std::size_t, std::string>> said_;
  std::set<std::string> keys_;
  std::map<std::pair<std::string, std::string>, std::string> fact_coverage_;  // (kind, body) → businesses
};

}  // namespace

std::unique_ptr<SheetForm> own_form(const base::Row& row, const SheetContext& context) {
  std::vector<std::optional<OwnColumn>> columns;
  std::vector<std::string> unread;
  std::set<std::pair<Role, std::size_t>> seen;
  bool has_body = false;
  bool has_data = false;
  for (const std::string& label : header_labels(row)) {
    const auto& own = columns.emplace_back(label.empty() ? std::nullopt : find_own_column(label));
    if (!own && !label.empty()) unread.push_back(shown_label(label));
    if (!own) continue;
    has_body = has_body || own->role == Role::code || own->role == Role::municipality;
    has_data = has_data || own->is_data();
  }
  if (!has_body || !has_data) return nullptr;
  for (std::uint32_t i = 0; i < columns.size(); ++i) {
    if (!columns[i] || columns[i]->role == Role::ignored || seen.insert({columns[i]->role, columns[i]->index}).second)
      continue;
    context.problems.add(row.number, i + 1, {"同じ見出しが二つあります", "the same heading occurs twice"},
                         {"一方を除いてください", "remove one of them"});
  }
  return std::make_unique<Own>(context, std::move(columns), std::move(unread));
}

}  // namespace hyojun::app
