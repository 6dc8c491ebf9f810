#include "sqlite.h"

#include <fmt/format.h>
#include <hyojun/base/platform.h>

#include <utility>

namespace hyojun::core {
namespace {

using base::Error;
using base::ErrorCode;
using base::Text;

constexpr std::chrono::milliseconds kPoll{10};
constexpr std::chrono::milliseconds kSayAfter{200};

ErrorCode code_of(int result) {
  switch (result & 0xFF) {
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_FORMAT:
      return ErrorCode::damaged;
    case SQLITE_INTERRUPT:
      return ErrorCode::interrupted;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_READONLY:
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
    case SQLITE_TOOBIG:
      return ErrorCode::environment;
    default:
      return ErrorCode::bug;
  }
}

Text what_of(int result, const std::string& reason) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
      return {"データベースがほかの処理に使われています", "the database is locked by another process"};
    case SQLITE_FULL:
      return {"ディスクに空きがありません", "the disk is full"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return {"データベースに書き込めません", "the database cannot be written"};
    case SQLITE_CANTOPEN:
      return {"データベースを開けません", "the database cannot be opened"};
    case SQLITE_CORRUPT:
      return {"データベースが壊れています", "the database is damaged"};
    case SQLITE_NOTADB:
      return {"hyojun のデータベースではありません", "this is no database"};
    default:
      return {fmt::format("データベースの処理に失敗しました ({})", reason),
              fmt::format("the database failed ({})", reason)};
  }
}

Text next_of(int result) {
  switch (result & 0xFF) {
    case SQLITE_BUSY:
      return {"ほかの hyojun が終わってから、もう一度実行してください", "run it again when the other hyojun has ended"};
    case SQLITE_FULL:
      return {"空きを作って、もう一度実行してください。データベースは元のままです",
              "make room and run it again; the database is as it was"};
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_CANTOPEN:
      return {"フォルダーとファイルの権限を確かめてください", "check the permissions of the file and its folder"};
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
      return {"バックアップから戻してください", "go back to a backup"};
    default:
      return {"", ""};
  }
}

Error error_of(int result, const std::string& reason, const std::string& file) {
  if ((result & 0xFF) == SQLITE_INTERRUPT) return base::interrupted_error();
  return {code_of(result), what_of(result, reason), {.file = file}, next_of(result)};
}

tl::unexpected<Error> failure(sqlite3* connection, const std::string& file) {
  return tl::unexpected(error_of(sqlite3_extended_errcode(connection), sqlite3_errmsg(connection), file));
}

int flags_of(Database::Mode mode) {
  switch (mode) {
    case Database::Mode::immutable:
      return SQLITE_OPEN_READONLY | SQLITE_OPEN_URI;
    case Database::Mode::read:
    case Database::Mode::write:
      return SQLITE_OPEN_READWRITE | SQLITE_OPEN_URI;
    case Database::Mode::create:
      break;
  }
  return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_URI;
}

// A path as SQLite's URI, so that "?", "#" and "%" in names stay what they are.
std::string uri_of(const std::string& path, bool immutable) {
  std::string uri = path.starts_with('/') ? "file://" : "file:";
  for (const char c : path) {
    if (c == '?' || c == '#' || c == '%') {
      uri += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    } else {
      uri += c;
    }
  }
  if (immutable) uri += "?immutable=1";
  return uri;
}

}  // namespace

void Statement::bind(int parameter, std::string_view text) {
  sqlite3_bind_text64(statement_.get(), parameter, text.data(), text.size(), SQLITE_STATIC, SQLITE_UTF8);
}

void Statement::bind(int parameter, std::int64_t number) { sqlite3_bind_int64(statement_.get(), parameter, number); }

void Statement::bind_null(int parameter) { sqlite3_bind_null(statement_.get(), parameter); }

void Statement::bind_or_null(int parameter, std::string_view text) {
  if (text.empty()) {
    bind_null(parameter);
  } else {
    bind(parameter, text);
  }
}

base::Result<bool> Statement::step() {
  const int result = sqlite3_step(statement_.get());
  if (result == SQLITE_ROW) return true;
  if (result == SQLITE_DONE) return false;
  auto failed = failure(sqlite3_db_handle(statement_.get()), file_);
  reset();
  return failed;
}

base::Result<void> Statement::run() {
  for (;;) {
    const auto row = step();
    if (!row) return tl::unexpected(row.error());
    if (!*row) break;
  }
  reset();
  return {};
}

void Statement::reset() { sqlite3_reset(statement_.get()); }

std::string_view Statement::text(int column) const {
  const auto* text = reinterpret_cast<const char*>(sqlite3_column_text(statement_.get(), column));
  if (text == nullptr) return {};
  return {text, static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column))};
}

std::int64_t Statement::number(int column) const { return sqlite3_column_int64(statement_.get(), column); }

bool Statement::is_null(int column) const { return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL; }

struct Database::Patience {
  Waiting waiting;
  std::chrono::milliseconds limit;
  std::chrono::steady_clock::time_point since{};
  bool said = false;

  // SQLite's busy handler; `tries` counts from 0 for each wait.
  static int wait(void* self, int tries) {
    auto& patience = *static_cast<Patience*>(self);
    const auto now = std::chrono::steady_clock::now();
    if (tries == 0) patience.since = now;
    if (now - patience.since >= patience.limit || base::interrupted()) return 0;
    if (!patience.said && now - patience.since >= kSayAfter) {
      patience.said = true;
      if (patience.waiting) patience.waiting();
    }
    sqlite3_sleep(static_cast<int>(kPoll.count()));
    return 1;
  }
};

Database::Database() = default;
Database::~Database() = default;
Database::Database(Database&&) noexcept = default;
Database& Database::operator=(Database&&) noexcept = default;

base::Result<Database> Database::open(const std::string& path, Mode mode, Waiting waiting,
                                      std::chrono::milliseconds patience) {
  Database database;
  database.file_ = path;
  database.patience_ = std::make_unique<Patience>(Patience{std::move(waiting), patience});
  sqlite3* connection = nullptr;
  const int result =
      sqlite3_open_v2(uri_of(path, mode == Mode::immutable).c_str(), &connection, flags_of(mode), nullptr);
  database.connection_.reset(connection);
  if (result != SQLITE_OK) {
    return tl::unexpected(error_of(result, connection ? sqlite3_errmsg(connection) : "memory", path));
  }
  sqlite3_extended_result_codes(connection, 1);
  sqlite3_busy_handler(connection, Patience::wait, database.patience_.get());
  sqlite3_db_config(connection, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  if (auto ok = database.run("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON; PRAGMA cache_size = -16000;"); !ok)
    return tl::unexpected(ok.error());
  // A connection that may write clears the -wal and -shm files away when it is the last; query_only keeps it a reader.
  if (mode == Mode::read) {
    if (auto ok = database.run("PRAGMA query_only = ON"); !ok) return tl::unexpected(ok.error());
  }
  return database;
}

base::Result<Database> Database::copy_in_memory(const Database& source) {
  Database copy;
  copy.file_ = source.file_;
  copy.patience_ = std::make_unique<Patience>(Patience{{}, std::chrono::milliseconds(0)});
  sqlite3* connection = nullptr;
  const int opened = sqlite3_open_v2(":memory:", &connection, SQLITE_OPEN_READWRITE | SQLITE_OPEN_MEMORY, nullptr);
  copy.connection_.reset(connection);
  if (opened != SQLITE_OK) return tl::unexpected(error_of(opened, "memory", copy.file_));
  sqlite3_backup* backup = sqlite3_backup_init(connection, "main", source.connection_.get(), "main");
  if (backup == nullptr) return failure(connection, copy.file_);
  const int copied = sqlite3_backup_step(backup, -1);
  sqlite3_backup_finish(backup);
  if (copied != SQLITE_DONE) return tl::unexpected(error_of(copied, sqlite3_errstr(copied), copy.file_));
  sqlite3_extended_result_codes(connection, 1);
  if (auto ok = copy.run("PRAGMA trusted_schema = OFF; PRAGMA foreign_keys = ON"); !ok)
    return tl::unexpected(ok.error());
  return copy;
}

base::Result<void> Database::run(std::string_view script) const {
  const std::string text(script);
  if (sqlite3_exec(connection_.get(), text.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK) return {};
  return failure(connection_.get(), file_);
}

base::Result<Statement> Database::prepare(std::string_view sql) const {
  sqlite3_stmt* statement = nullptr;
  if (sqlite3_prepare_v2(connection_.get(), sql.data(), static_cast<int>(sql.size()), &statement, nullptr) !=
      SQLITE_OK) {
    return failure(connection_.get(), file_);
  }
  return Statement(statement, file_);
}

base::Result<std::int64_t> Database::number(std::string_view sql) const {
  auto statement = prepare(sql);
  if (!statement) return tl::unexpected(statement.error());
  const auto row = statement->step();
  if (!row) return tl::unexpected(row.error());
  return *row ? statement->number(0) : 0;
}

base::Result<std::string> Database::text(std::string_view sql) const {
  auto statement = prepare(sql);
  if (!statement) return tl::unexpected(statement.error());
  const auto row = statement->step();
  if (!row) return tl::unexpected(row.error());
  return *row ? std::string(statement->text(0)) : std::string();
}

std::int64_t Database::last_id() const { return sqlite3_last_insert_rowid(connection_.get()); }

base::Result<void> Database::copy_to(const std::string& path) const {
  auto statement = prepare("VACUUM INTO ?1");
  if (!statement) return tl::unexpected(statement.error());
  statement->bind(1, path);
  return statement->run();
}

bool Database::has_waited() const { return patience_->said; }

base::Result<Transaction> Transaction::begin(const Database& database, Kind kind) {
  if (auto ok = database.run(kind == Kind::write ? "BEGIN IMMEDIATE" : "BEGIN"); !ok) return tl::unexpected(ok.error());
  return Transaction(database);
}

Transaction::Transaction(Transaction&& other) noexcept : database_(std::exchange(other.database_, nullptr)) {}

Transaction::~Transaction() {
  // After some errors (disk full) SQLite has rolled back by itself; a second ROLLBACK then fails, which is as well.
  if (database_ != nullptr) static_cast<void>(database_->run("ROLLBACK"));
}

base::Result<void> Transaction::commit() {
  auto ok = database_->run("COMMIT");
  if (ok) database_ = nullptr;
  return ok;
}

std::string sqlite_library_version() { return sqlite3_libversion(); }

}  // namespace hyojun::core
