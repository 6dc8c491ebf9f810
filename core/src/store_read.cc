#include "store_state.h"

namespace hyojun::core {
namespace {

class Snapshot final : public Reading {
 public:
  Snapshot(const Database& database, Transaction transaction, std::vector<ImportInfo> imports)
      : database_(database), transaction_(std::move(transaction)), imports_(std::move(imports)) {}

  const std::vector<ImportInfo>& imports() const override { return imports_; }

  base::Result<void> lines(std::int64_t import, Indicator indicator, const LineVisitor& visit) const override {
    auto statement = database_.prepare("SELECT body, cells FROM survey_line WHERE import_id = ?1 AND indicator = ?2");
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(1, import);
    statement->bind(2, key_of(indicator));
    for (;;) {
      const auto row = statement->step();
      if (!row) return tl::unexpected(row.error());
      if (!*row) return {};
      visit(statement->text(0), statement->text(1));
    }
  }

  base::Result<void> facts(std::string_view kind, const FactVisitor& visit) const override {
    auto statement = database_.prepare(
        kind.empty() ? "SELECT import_id, body, business, kind, value, reason, person FROM fact ORDER BY id"
                     : "SELECT import_id, body, business, kind, value, reason, person FROM fact WHERE kind = ?1 "
                       "ORDER BY import_id");
    if (!statement) return tl::unexpected(statement.error());
    if (!kind.empty()) statement->bind(1, kind);
    for (;;) {
      const auto row = statement->step();
      if (!row) return tl::unexpected(row.error());
      if (!*row) return {};
      const auto text = [&](int column) { return std::string(statement->text(column)); };
      Fact fact{text(1), static_cast<std::size_t>(statement->number(2)), text(3), std::nullopt, text(5), text(6)};
      if (!statement->is_null(4)) fact.value = text(4);
      visit(statement->number(0), fact);
    }
  }

  base::Result<void> notes(const NoteVisitor& visit) const override {
    auto statement = database_.prepare(
        "SELECT import_id, key, body, business, theme, text, next_action, person, open FROM note ORDER BY id");
    if (!statement) return tl::unexpected(statement.error());
    for (;;) {
      const auto row = statement->step();
      if (!row) return tl::unexpected(row.error());
      if (!*row) return {};
      const auto text = [&](int column) { return std::string(statement->text(column)); };
      visit(statement->number(0), {text(1), text(2), static_cast<std::size_t>(statement->number(3)), text(4), text(5),
                                   text(6), text(7), statement->number(8) == 1});
    }
  }

  base::Result<void> decisions(const DecisionVisitor& visit) const override {
    auto statement = database_.prepare(
        "SELECT id, import_id, system, encoding, code, state, category, target, substitute, reason, criterion, glyph, "
        "decided_by, decided_on, checked_by, checked_on, table_version, font, added_searched, comment FROM decision "
        "ORDER BY id");
    if (!statement) return tl::unexpected(statement.error());
    for (;;) {
      const auto row = statement->step();
      if (!row) return tl::unexpected(row.error());
      if (!*row) return {};
      const auto text = [&](int column) { return std::string(statement->text(column)); };
      Decision d{.gaiji = {text(2), text(3), text(4)},
                 .state = static_cast<DecisionState>(statement->number(5)),
                 .category = find_category(statement->text(6))};
      int column = 7;
      for (std::string* field : {&d.target, &d.substitute, &d.reason, &d.criterion, &d.glyph, &d.decided_by,
                                 &d.decided_on, &d.checked_by, &d.checked_on, &d.table_version, &d.font})
        *field = text(column++);
      d.added_searched = statement->number(18) == 1;
      d.comment = text(19);
      visit(statement->number(0), statement->number(1), d);
    }
  }

  base::Result<std::vector<Coverage>> coverage(std::int64_t import) const override {
    auto statement =
        database_.prepare("SELECT indicator, body, whole_prefecture, businesses FROM coverage WHERE import_id = ?1");
    if (!statement) return tl::unexpected(statement.error());
    statement->bind(1, import);
    std::vector<Coverage> found;
    for (;;) {
      const auto row = statement->step();
      if (!row) return tl::unexpected(row.error());
      if (!*row) return found;
      found.push_back({std::string(statement->text(0)), std::string(statement->text(1)), statement->number(2) == 1,
                       std::string(statement->text(3))});
    }
  }

 private:
  const Database& database_;
  Transaction transaction_;
  std::vector<ImportInfo> imports_;
};

}  // namespace

base::Result<std::vector<ImportInfo>> read_imports(const Database& database) {
  auto statement = database.prepare(
      "SELECT id, uid, recorded_at, as_of, form, source, file, sheet, sha256, actor, tool, origin, "
      "w.withdrawn, w.reason FROM import i LEFT JOIN withdrawal w ON w.import_id = i.id ORDER BY id");
  if (!statement) return tl::unexpected(statement.error());
  std::vector<ImportInfo> found;
  for (;;) {
    const auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) return found;
    const auto text = [&](int column) { return std::string(statement->text(column)); };
    found.push_back({statement->number(0), text(1), text(2), text(3), text(4), text(5), text(6), text(7), text(8),
                     text(9), text(10), text(11), statement->number(12), text(13)});
  }
}

base::Result<std::unique_ptr<Reading>> Store::read() const {
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::read);
  if (!transaction) return tl::unexpected(transaction.error());
  auto imports = read_imports(state_->database);  // the first read fixes the state that is seen
  if (!imports) return tl::unexpected(imports.error());
  return std::make_unique<Snapshot>(state_->database, std::move(*transaction), std::move(*imports));
}

}  // namespace hyojun::core
