#include "migrate.h"

#include <fmt/format.h>
#include <hyojun/base/atomic_file.h>
#include <hyojun/base/platform.h>

#include <functional>
#include <vector>

#include "embedded_data.h"
#include "hyojun/core/facts.h"

namespace hyojun::core {
namespace {

using Values = std::vector<std::string_view>;

base::Result<void> insert(const Database& database, std::string_view table, std::size_t columns,
                          const std::vector<Values>& rows) {
  std::string marks = "?";
  for (std::size_t i = 1; i < columns; ++i) marks += ",?";
  // An upsert, not REPLACE: rows that facts refer to must not go away for a moment.
  auto statement = database.prepare(fmt::format("INSERT INTO {} VALUES ({}) ON CONFLICT DO NOTHING", table, marks));
  if (!statement) return tl::unexpected(statement.error());
  for (const Values& row : rows) {
    for (std::size_t i = 0; i < columns; ++i) statement->bind_or_null(static_cast<int>(i + 1), row[i]);
    if (auto ok = statement->run(); !ok) return ok;
  }
  return {};
}

base::Result<void> write_bodies(const Database& database, const Catalog& catalog) {
  auto prefecture = database.prepare(
      "INSERT INTO prefecture VALUES (?1, ?2, ?3) ON CONFLICT (code) DO UPDATE SET name = ?2, kana = ?3");
  auto body = database.prepare(
      "INSERT INTO body VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT (code) DO UPDATE SET name = ?2, kana = ?3, "
      "class = ?5, valid_from = ?6, valid_to = ?7");
  if (!prefecture) return tl::unexpected(prefecture.error());
  if (!body) return tl::unexpected(body.error());
  for (const Body& entry : catalog.bodies()) {
    if (!entry.is_prefecture()) continue;
    prefecture->bind(1, entry.code);
    prefecture->bind(2, entry.name);
    prefecture->bind(3, entry.kana);
    if (auto ok = prefecture->run(); !ok) return ok;
  }
  for (const Body& entry : catalog.bodies()) {
    body->bind(1, entry.code);
    body->bind(2, entry.name);
    body->bind(3, entry.kana);
    body->bind(4, entry.prefecture);
    body->bind(5, entry.class_name);
    body->bind_or_null(6, entry.valid_from);
    body->bind_or_null(7, entry.valid_to);
    if (auto ok = body->run(); !ok) return ok;
  }
  return {};
}

base::Result<void> write_businesses(const Database& database) {
  auto statement = database.prepare("INSERT INTO business VALUES (?,?,?,?,?,?,?,?) ON CONFLICT DO NOTHING");
  if (!statement) return tl::unexpected(statement.error());
  for (const Business& b : Catalog::businesses()) {
    statement->bind(1, static_cast<std::int64_t>(b.no));
    statement->bind(2, b.key);
    statement->bind(3, b.name);
    statement->bind(4, static_cast<std::int64_t>(b.order_da));
    if (b.order_mic == 0) {
      statement->bind_null(5);
    } else {
      statement->bind(5, static_cast<std::int64_t>(b.order_mic));
    }
    statement->bind_or_null(6, b.label_mic);
    statement->bind(7, b.label_da);
    statement->bind(8, b.ministry);
    if (auto ok = statement->run(); !ok) return ok;
  }
  return {};
}

base::Result<void> write_steps(const Database& database) {
  auto statement = database.prepare("INSERT INTO step VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING");
  if (!statement) return tl::unexpected(statement.error());
  for (const Step& s : Catalog::steps()) {
    statement->bind(1, static_cast<std::int64_t>(s.no));
    statement->bind(2, s.item);
    statement->bind(3, static_cast<std::int64_t>(s.sub));
    statement->bind(4, s.phase);
    statement->bind(5, s.name);
    if (auto ok = statement->run(); !ok) return ok;
  }
  return {};
}

base::Result<void> write_lists(const Database& database) {
  std::vector<Values> deadlines;
  for (const Deadline& d : Catalog::deadlines()) deadlines.push_back({d.valid_from, d.date, d.name, d.source});
  if (auto ok = insert(database, "deadline", 4, deadlines); !ok) return ok;
  auto reason = database.prepare("INSERT INTO late_reason VALUES (?1, ?2) ON CONFLICT (no) DO UPDATE SET name = ?2");
  if (!reason) return tl::unexpected(reason.error());
  for (std::size_t i = 0; i < Catalog::late_reasons().size(); ++i) {
    reason->bind(1, static_cast<std::int64_t>(i + 1));
    reason->bind(2, Catalog::late_reasons()[i]);
    if (auto ok = reason->run(); !ok) return ok;
  }
  auto kind = database.prepare("INSERT INTO kind VALUES (?,?,?,?,?) ON CONFLICT DO NOTHING");
  if (!kind) return tl::unexpected(kind.error());
  for (const Kind& k : kinds()) {
    kind->bind(1, k.key);
    kind->bind(2, k.name);
    kind->bind(3, std::int64_t{k.of_business ? 1 : 0});
    kind->bind(4, key_of(k.type));
    kind->bind(5, k.meaning);
    if (auto ok = kind->run(); !ok) return ok;
  }
  return {};
}

// The explanation has empty cells that are not NULL.
base::Result<void> write_about(const Database& database) {
  auto statement = database.prepare("INSERT INTO about VALUES (?,?,?,?) ON CONFLICT DO NOTHING");
  if (!statement) return tl::unexpected(statement.error());
  for (const std::string_view about : embedded::about()) {
    for (const auto& row : embedded::rows(about)) {
      for (int i = 0; i < 4; ++i) statement->bind(i + 1, row[static_cast<std::size_t>(i)]);
      if (auto ok = statement->run(); !ok) return ok;
    }
  }
  return {};
}

}  // namespace

base::Result<std::string> copy_before_migration(const Database& database, std::size_t newest) {
  const auto version = database.number("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  if (*version == 0 || static_cast<std::size_t>(*version) >= newest) return std::string();
  const std::string name = fmt::format("{}.v{}.bak", database.file(), *version);
  auto file = base::AtomicFile::open(name, base::Overwrite::replace);
  if (!file) return tl::unexpected(file.error());
  if (auto ok = database.copy_to(file->temp_path()); !ok) return tl::unexpected(ok.error());
  // Another process may have migrated before the copy began: then it has made the copy, and this one is none.
  const auto now = database.number("PRAGMA user_version");
  if (!now) return tl::unexpected(now.error());
  if (*now != *version) return std::string();
  if (auto ok = file->commit(); !ok) return tl::unexpected(ok.error());
  return name;
}

base::Result<void> migrate(const Database& database, std::span<const std::string_view> migrations) {
  const auto version = database.number("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  for (auto i = static_cast<std::size_t>(*version); i < migrations.size(); ++i) {
    auto transaction = Transaction::begin(database, Transaction::Kind::write);
    if (!transaction) return tl::unexpected(transaction.error());
    // Another process may have migrated while this one waited.
    const auto now = database.number("PRAGMA user_version");
    if (!now) return tl::unexpected(now.error());
    if (static_cast<std::size_t>(*now) != i) continue;
    if (auto ok = database.run(migrations[i]); !ok) return ok;
    if (auto ok = database.run(fmt::format("PRAGMA user_version = {}", i + 1)); !ok) return ok;
    if (auto ok = transaction->commit(); !ok) return ok;
  }
  return {};
}

base::Result<void> write_catalog(const Database& database, const Catalog& catalog) {
  for (const auto& write : {std::function(write_businesses), std::function(write_steps), std::function(write_lists),
                            std::function(write_about)}) {
    if (auto ok = write(database); !ok) return ok;
  }
  return write_bodies(database, catalog);
}

base::Result<Catalog> read_catalog(const Database& database) {
  auto statement =
      database.prepare("SELECT code, name, kana, prefecture, class, valid_from, valid_to FROM body ORDER BY code");
  if (!statement) return tl::unexpected(statement.error());
  std::vector<Body> bodies;
  for (;;) {
    const auto row = statement->step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) break;
    const auto text = [&](int column) { return std::string(statement->text(column)); };
    bodies.push_back({text(0), text(1), text(2), text(3), text(4), text(5), text(6)});
  }
  return Catalog(std::move(bodies));
}

}  // namespace hyojun::core
