// SQLite behind three small values: a connection, a statement, a transaction. Nothing outside core/src sees
// <sqlite3.h>.
//
// Errors: environment (cannot open, locked, disk full, read-only, I/O), damaged (no database, corrupt), interrupted,
// bug (everything else: a constraint of the schema that the caller should have kept). Messages name the file and
// SQLite's reason, which quotes names of the schema but no value. One thread at a time for each connection.
#ifndef HYOJUN_CORE_SRC_SQLITE_H_
#define HYOJUN_CORE_SRC_SQLITE_H_

#include <hyojun/base/error.h>
#include <sqlite3.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace hyojun::core {

class Statement {
 public:
  // Parameters count from 1. Text is copied by SQLite when `step` needs it: it must live until reset().
  void bind(int parameter, std::string_view text);
  void bind(int parameter, std::int64_t number);
  void bind_null(int parameter);
  // Empty text as NULL.
  void bind_or_null(int parameter, std::string_view text);

  // True while there is a row.
  base::Result<bool> step();
  // Runs to the end and makes the statement ready for the next values.
  base::Result<void> run();
  void reset();

  // Columns count from 0; a view lives until the next step() or reset(). NULL is empty text and 0.
  std::string_view text(int column) const;
  std::int64_t number(int column) const;
  bool is_null(int column) const;

 private:
  friend class Database;
  struct Finalize {
    void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
  };
  Statement(sqlite3_stmt* statement, std::string file) : statement_(statement), file_(std::move(file)) {}

  std::unique_ptr<sqlite3_stmt, Finalize> statement_;
  std::string file_;
};

class Database {
 public:
  enum class Mode : std::uint8_t {
    read,       // never writes the file
    immutable,  // a file on a medium that nobody can write: no lock, no -shm file
    write,      // an existing file
    create,     // a file that may be missing or empty
  };
  // Called once, from inside a call that has to wait for another process.
  using Waiting = std::function<void()>;

  // Defensive, without trusted schema, foreign keys on, extended result codes. Waits for locks up to `patience`.
  static base::Result<Database> open(const std::string& path, Mode mode, Waiting waiting,
                                     std::chrono::milliseconds patience);
  // A copy in memory, of one consistent state, under the same name. Nothing that is done to it reaches the file.
  static base::Result<Database> copy_in_memory(const Database& source);
  ~Database();
  Database(Database&&) noexcept;
  Database& operator=(Database&&) noexcept;

  base::Result<void> run(std::string_view script) const;
  base::Result<Statement> prepare(std::string_view sql) const;
  // The first column of the first row; 0 and empty without one.
  base::Result<std::int64_t> number(std::string_view sql) const;
  base::Result<std::string> text(std::string_view sql) const;
  std::int64_t last_id() const;
  // Copies the whole database to a new file, page by page, while others read and write.
  base::Result<void> copy_to(const std::string& path) const;
  // True once a call has waited for another process.
  bool has_waited() const;
  const std::string& file() const { return file_; }

 private:
  struct Close {
    void operator()(sqlite3* connection) const { sqlite3_close_v2(connection); }
  };
  struct Patience;

  Database();

  std::string file_;
  std::unique_ptr<Patience> patience_;  // outlives the connection, which calls it
  std::unique_ptr<sqlite3, Close> connection_;
};

// BEGIN … COMMIT; rolled back by the destructor unless committed.
class Transaction {
 public:
  enum class Kind : std::uint8_t { read, write };
  static base::Result<Transaction> begin(const Database& database, Kind kind);
  ~Transaction();
  Transaction(Transaction&& other) noexcept;
  Transaction& operator=(Transaction&&) = delete;
  base::Result<void> commit();

 private:
  explicit Transaction(const Database& database) : database_(&database) {}
  const Database* database_;  // null: over
};

// The version of the SQLite library, "3.40.1".
std::string sqlite_library_version();

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_SRC_SQLITE_H_
