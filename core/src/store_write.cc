// Recording: one transaction an import, so that it is whole or absent however the process ends.
#include <fmt/format.h>
#include <hyojun/base/atomic_file.h>

#include <algorithm>

#include "hyojun/core/state.h"
#include "store_state.h"

namespace hyojun::core {
namespace {

using base::ErrorCode;

// Now, but never earlier than the last import: the clock of an office PC is set back now and then.
base::Result<std::string> time_to_record(const Database& database, const StoreOptions& options) {
  auto last = database.text("SELECT recorded_at FROM import ORDER BY id DESC LIMIT 1");
  if (!last) return last;
  return std::max(*last, base::timestamp_in_japan(options.clock()));
}

base::Result<std::int64_t> insert_import(const Database& database, const ImportDraft& draft, const std::string& time) {
  auto statement = database.prepare(
      "INSERT INTO import (uid, recorded_at, as_of, form, source, file, sha256, actor, tool, schema, origin, sheet) "
      "VALUES (coalesce(?1, lower(hex(randomblob(16)))), ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)");
  if (!statement) return tl::unexpected(statement.error());
  const std::string as_of = draft.as_of.iso();
  statement->bind_or_null(1, draft.uid);
  statement->bind(2, time);
  statement->bind(3, as_of);
  statement->bind(4, draft.form);
  statement->bind(5, draft.source);
  statement->bind_or_null(6, draft.file);
  statement->bind_or_null(7, draft.sha256);
  statement->bind(8, draft.actor);
  statement->bind(9, draft.tool);
  statement->bind(10, Store::schema_version());
  statement->bind_or_null(11, draft.origin);
  statement->bind_or_null(12, draft.sheet);
  if (auto ok = statement->run(); !ok) return tl::unexpected(ok.error());
  return database.last_id();
}

base::Result<void> insert_lines(const Database& database, std::int64_t import, const ImportDraft& draft) {
  auto statement = database.prepare("INSERT INTO survey_line VALUES (?1, ?2, ?3, ?4)");
  if (!statement) return tl::unexpected(statement.error());
  statement->bind(1, import);
  for (const SurveyLine& line : draft.lines) {
    statement->bind(2, key_of(line.indicator));
    statement->bind(3, line.body);
    statement->bind(4, line.cells);
    if (auto ok = statement->run(); !ok) return ok;
  }
  return {};
}

void bind_business(Statement& statement, int parameter, std::size_t business) {
  if (business == 0) {
    statement.bind_null(parameter);
  } else {
    statement.bind(parameter, static_cast<std::int64_t>(business));
  }
}

base::Result<void> insert_facts(const Database& database, std::int64_t import, const ImportDraft& draft) {
  auto statement = database.prepare(
      "INSERT INTO fact (import_id, body, business, kind, value, reason, person) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)");
  if (!statement) return tl::unexpected(statement.error());
  statement->bind(1, import);
  for (const Fact& fact : draft.facts) {
    statement->bind(2, fact.body);
    bind_business(*statement, 3, fact.business);
    statement->bind(4, fact.kind);
    statement->bind_or_null(5, fact.value ? std::string_view(*fact.value) : std::string_view());
    statement->bind_or_null(6, fact.reason);
    statement->bind_or_null(7, fact.person);
    if (auto ok = statement->run(); !ok) return ok;
  }
  return {};
}

base::Result<void> insert_notes(const Database& database, std::int64_t import, const ImportDraft& draft) {
  auto statement = database.prepare(
      "INSERT INTO note (import_id, key, body, business, theme, text, next_action, person, open) VALUES "
      "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9)");
  if (!statement) return tl::unexpected(statement.error());
  statement->bind(1, import);
  for (const Note& note : draft.notes) {
    statement->bind(2, note.key);
    statement->bind(3, note.body);
    bind_business(*statement, 4, note.business);
    statement->bind(5, note.theme);
    statement->bind(6, note.text);
    statement->bind_or_null(7, note.next_action);
    statement->bind_or_null(8, note.person);
    statement->bind(9, std::int64_t{note.open ? 1 : 0});
    if (auto ok = statement->run(); !ok) return ok;
  }
  return {};
}

base::Result<void> insert_coverage(const Database& database, std::int64_t import, const ImportDraft& draft) {
  auto statement = database.prepare("INSERT INTO coverage VALUES (?1, ?2, ?3, ?4, ?5)");
  if (!statement) return tl::unexpected(statement.error());
  statement->bind(1, import);
  for (const Coverage& coverage : draft.coverage) {
    statement->bind(2, coverage.indicator);
    statement->bind(3, coverage.body);
    statement->bind(4, std::int64_t{coverage.whole_prefecture ? 1 : 0});
    statement->bind(5, coverage.businesses);
    if (auto ok = statement->run(); !ok) return ok;
  }
  return {};
}

base::Result<void> insert_decisions(const Database& database, std::int64_t import, const ImportDraft& draft) {
  auto statement = database.prepare(
      "INSERT INTO decision (import_id, system, encoding, code, state, category, target, substitute, reason, "
      "criterion, "
      "glyph, decided_by, decided_on, checked_by, checked_on, table_version, font, added_searched, comment) VALUES "
      "(?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19)");
  if (!statement) return tl::unexpected(statement.error());
  statement->bind(1, import);
  for (const Decision& d : draft.decisions) {
    statement->bind(2, d.gaiji.system);
    statement->bind(3, d.gaiji.encoding);
    statement->bind(4, d.gaiji.code);
    statement->bind(5, static_cast<std::int64_t>(d.state));
    statement->bind_or_null(6, d.category ? key_of(*d.category) : std::string_view());
    int parameter = 7;
    for (const std::string* text : {&d.target, &d.substitute, &d.reason, &d.criterion, &d.glyph, &d.decided_by,
                                    &d.decided_on, &d.checked_by, &d.checked_on, &d.table_version, &d.font})
      statement->bind_or_null(parameter++, *text);
    statement->bind(18, std::int64_t{d.added_searched ? 1 : 0});
    statement->bind_or_null(19, d.comment);
    if (auto ok = statement->run(); !ok) return ok;
  }
  return {};
}

base::Result<void> insert_all(const Database& database, std::int64_t import, const ImportDraft& draft) {
  for (const auto insert : {insert_lines, insert_facts, insert_notes, insert_coverage, insert_decisions}) {
    if (auto ok = insert(database, import, draft); !ok) return ok;
  }
  return {};
}

base::Result<ImportInfo> info_of(const Database& database, std::int64_t id) {
  auto imports = read_imports(database);
  if (!imports) return tl::unexpected(imports.error());
  return *std::ranges::find(*imports, id, &ImportInfo::id);
}

base::Result<void> check_withdrawable(const Database& database, std::int64_t import) {
  const auto imports = read_imports(database);
  if (!imports) return tl::unexpected(imports.error());
  if (std::ranges::find(*imports, import, &ImportInfo::id) == imports->end()) {
    return base::fail(ErrorCode::usage,
                      {fmt::format("取込 {} はありません", import), fmt::format("there is no import {}", import)}, {},
                      {"hyojun history で番号を確かめてください", "see the numbers with hyojun history"});
  }
  const auto by = std::ranges::find(*imports, import, &ImportInfo::withdraws);
  if (by == imports->end()) return {};
  // A withdrawal that was taken back, and so on: the last of the chain is the one to take back.
  auto last = by;
  bool is_withdrawn = true;
  for (;;) {
    const auto next = std::ranges::find(*imports, last->id, &ImportInfo::withdraws);
    if (next == imports->end()) break;
    last = next;
    is_withdrawn = !is_withdrawn;
  }
  const std::string undo = fmt::format("hyojun undo {}", last->id);
  return base::fail(ErrorCode::usage,
                    {fmt::format("取込 {} は取込 {} で取り消し済みです", import, by->id),
                     fmt::format("import {} was withdrawn by import {}", import, by->id)},
                    {},
                    is_withdrawn ? base::Text{"取消しを取り消すには " + undo, "to take the withdrawal back: " + undo}
                                 : base::Text{"その取消しは戻されています。もう一度取り消すには " + undo,
                                              "that was taken back; to withdraw it again: " + undo});
}

base::Result<void> insert_withdrawal(const Database& database, std::int64_t id, std::int64_t withdrawn,
                                     const std::string& reason) {
  auto statement = database.prepare("INSERT INTO withdrawal VALUES (?1, ?2, ?3)");
  if (!statement) return tl::unexpected(statement.error());
  statement->bind(1, id);
  statement->bind(2, withdrawn);
  statement->bind_or_null(3, reason);
  return statement->run();
}

base::Result<void> withdraw_by_uid(const Database& database, std::int64_t id, const ImportDraft& draft) {
  if (draft.withdraws.empty()) return {};
  auto statement = database.prepare("SELECT id FROM import WHERE uid = ?1");
  if (!statement) return tl::unexpected(statement.error());
  statement->bind(1, draft.withdraws);
  const auto row = statement->step();
  if (!row) return tl::unexpected(row.error());
  const std::int64_t withdrawn = *row ? statement->number(0) : 0;
  if (auto ok = check_withdrawable(database, withdrawn); !ok) return ok;
  return insert_withdrawal(database, id, withdrawn, draft.reason);
}

// Tells which drafts of a batch were recorded before: the same uid, or the same sheet of the same file for the same
// day. Each import answers for one draft at most, since the first schema kept no names of sheets.
class KnownImports {
 public:
  static base::Result<KnownImports> read(const Database& database) {
    auto imports = read_imports(database);
    if (!imports) return tl::unexpected(imports.error());
    return KnownImports(standing_imports(*imports, std::nullopt));
  }

  std::optional<ImportInfo> take(const ImportDraft& draft) {
    const std::string as_of = draft.as_of.iso();
    const auto is_same = [&](const ImportInfo& import) {
      if (!draft.uid.empty() && import.uid == draft.uid) return true;
      return !draft.sha256.empty() && import.sha256 == draft.sha256 && import.form == draft.form &&
             import.as_of == as_of && (import.sheet.empty() || import.sheet == draft.sheet);
    };
    const auto found = std::ranges::find_if(standing_, is_same);
    if (found == standing_.end()) return std::nullopt;
    std::optional<ImportInfo> known(std::move(*found));
    standing_.erase(found);
    return known;
  }

 private:
  explicit KnownImports(std::vector<ImportInfo> standing) : standing_(std::move(standing)) {}
  std::vector<ImportInfo> standing_;
};

base::Result<Recorded> record_one(const Database& database, const StoreOptions& options, const ImportDraft& draft,
                                  KnownImports& known) {
  if (auto same = known.take(draft)) return Recorded{std::move(*same), true};
  const auto time = time_to_record(database, options);
  if (!time) return tl::unexpected(time.error());
  const auto id = insert_import(database, draft, *time);
  if (!id) return tl::unexpected(id.error());
  if (auto ok = insert_all(database, *id, draft); !ok) return tl::unexpected(ok.error());
  if (auto ok = withdraw_by_uid(database, *id, draft); !ok) return tl::unexpected(ok.error());
  auto info = info_of(database, *id);
  if (!info) return tl::unexpected(info.error());
  return Recorded{std::move(*info), false};
}

}  // namespace

base::Result<Recorded> Store::record(const ImportDraft& draft) {
  auto recorded = record_all({draft});
  if (!recorded) return tl::unexpected(recorded.error());
  return std::move(recorded->front());
}

base::Result<std::vector<Recorded>> Store::record_all(const std::vector<ImportDraft>& drafts) {
  auto transaction = Transaction::begin(state_->database, Transaction::Kind::write);
  if (!transaction) return tl::unexpected(transaction.error());
  auto known = KnownImports::read(state_->database);
  if (!known) return tl::unexpected(known.error());
  std::vector<Recorded> all;
  for (const ImportDraft& draft : drafts) {
    auto recorded = record_one(state_->database, state_->options, draft, *known);
    if (!recorded) return tl::unexpected(recorded.error());
    all.push_back(std::move(*recorded));
  }
  if (auto ok = transaction->commit(); !ok) return tl::unexpected(ok.error());
  return all;
}

base::Result<ImportInfo> Store::withdraw(std::int64_t import, const ImportDraft& how, const std::string& reason) {
  const Database& database = state_->database;
  auto transaction = Transaction::begin(database, Transaction::Kind::write);
  if (!transaction) return tl::unexpected(transaction.error());
  if (auto ok = check_withdrawable(database, import); !ok) return tl::unexpected(ok.error());
  const auto time = time_to_record(database, state_->options);
  if (!time) return tl::unexpected(time.error());
  const auto id = insert_import(database, how, *time);
  if (!id) return tl::unexpected(id.error());
  if (auto ok = insert_withdrawal(database, *id, import, reason); !ok) return tl::unexpected(ok.error());
  auto info = info_of(database, *id);
  if (!info) return info;
  if (auto ok = transaction->commit(); !ok) return tl::unexpected(ok.error());
  return info;
}

base::Result<void> Store::backup(const std::string& path) const {
  auto file = base::AtomicFile::open(path, base::Overwrite::refuse);
  if (!file) return tl::unexpected(file.error());
  if (auto ok = state_->database.copy_to(file->temp_path()); !ok) return ok;
  return file->commit();
}

}  // namespace hyojun::core
