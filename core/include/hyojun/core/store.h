// The store: one SQLite file of append-only facts.
//
// File. application_id 0x68796F6A ("hyoj"), user_version = schema version, tables and columns explained inside (table
// about, views with Japanese names); core/sql/ holds the schema. WAL, so that readers never wait; any number of
// processes may read, one writes at a time, the others wait (and the caller is told, so that it can say so). On a
// network share WAL's shared memory would not reach the other computers: there the journal is TRUNCATE with FULL
// synchronisation, readers and a writer wait for each other, and a file that was WAL is changed when it is opened. At
// rest it is one file, readable by its owner only.
//
// Opening looks at the first 100 bytes before SQLite does, so that a file of another application, a newer schema or no
// database at all is refused (damaged) without being touched. A missing file is environment, naming `hyojun init`.
//
// Nothing is ever overwritten: record() adds, withdraw() adds. recorded_at never decreases: if the clock went back, the
// time of the last import is used again. A killed process leaves the import whole or absent.
//
// One object, one thread at a time; movable.
#ifndef HYOJUN_CORE_STORE_H_
#define HYOJUN_CORE_STORE_H_

#include <chrono>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hyojun/base/platform.h"
#include "hyojun/core/facts.h"

namespace hyojun::core {

struct StoreOptions {
  // Called once, after 0.2 s, when another process is writing.
  std::function<void()> waiting{};
  std::chrono::milliseconds patience = std::chrono::minutes(2);
  // Called once if the file lies on a network share: others there may be refused for longer, and the rule below holds.
  std::function<void()> shared{};
  // Called with the name of the copy when an older schema was brought up to date.
  std::function<void(const std::string& copy)> migrated{};
  // Does the file lie on a network share? Tests put their own.
  std::function<bool(const std::string& path)> is_shared = base::is_on_network_share;
  // Where recorded_at comes from; tests put their own.
  std::function<base::UtcTime()> clock = [] { return std::chrono::system_clock::now(); };
};

// What a store is about: the facts of bodies, decisions on gaiji, or on request both.
struct Scope {
  std::vector<std::string> prefectures{};  // codes; empty and no body: all of Japan
  std::string body{};                      // one municipality: a slice
  bool tracker = true;                     // facts of these bodies are kept here; else it contains none
  bool decisions = false;                  // decisions on gaiji are kept here

  std::string text() const;
  static Scope parse(std::string_view text);
  bool contains(const Body& body) const;
};

struct Recorded {
  ImportInfo import;
  bool already = false;  // the same file with the same form and day was recorded before: `import` is that one
};

// What check() found wrong.
struct Finding {
  base::Text what;  // of SQLite, or one of our own invariants, by name
};

// One consistent state of the file: what others record meanwhile is not seen.
class Reading {
 public:
  virtual ~Reading() = default;
  // In the order of their ids.
  virtual const std::vector<ImportInfo>& imports() const = 0;
  // Views live during the call of the visitor.
  using LineVisitor = std::function<void(std::string_view body, std::string_view cells)>;
  virtual base::Result<void> lines(std::int64_t import, Indicator indicator, const LineVisitor& visit) const = 0;
  // Facts of a kind, or of all kinds (empty), in the order they were recorded.
  using FactVisitor = std::function<void(std::int64_t import, const Fact& fact)>;
  virtual base::Result<void> facts(std::string_view kind, const FactVisitor& visit) const = 0;
  using NoteVisitor = std::function<void(std::int64_t import, const Note& note)>;
  virtual base::Result<void> notes(const NoteVisitor& visit) const = 0;
  // Every decision on a gaiji, in the order of their ids.
  using DecisionVisitor = std::function<void(std::int64_t id, std::int64_t import, const Decision& decision)>;
  virtual base::Result<void> decisions(const DecisionVisitor& visit) const = 0;
  virtual base::Result<std::vector<Coverage>> coverage(std::int64_t import) const = 0;
};

class Store {
 public:
  enum class Access : std::uint8_t { read, write };

  static constexpr std::int32_t kApplicationId = 0x68796F6A;
  // The schema this program writes.
  static std::int64_t schema_version();

  // Makes a new file, whole or not at all. Fails with usage if there is one already.
  static base::Result<Store> create(const std::string& path, const Scope& scope, const StoreOptions& options = {});
  // Opens an existing one. With write, an older schema is copied beside the file (`PATH.v1.bak`) and migrated; with
  // read, it is migrated in memory and the file stays as it is.
  static base::Result<Store> open(const std::string& path, Access access, const StoreOptions& options = {});
  ~Store();
  Store(Store&&) noexcept;
  Store& operator=(Store&&) noexcept;

  const std::string& path() const;
  const Scope& scope() const;
  // The bodies of the file, all of Japan.
  const Catalog& catalog() const;

  // Adds an import. `draft` must be valid (bodies known, cells well-formed): what is not is a bug.
  base::Result<Recorded> record(const ImportDraft& draft);
  // Several imports in one transaction: all or none.
  base::Result<std::vector<Recorded>> record_all(const std::vector<ImportDraft>& drafts);
  // Takes an import back by a new one. Fails with usage: no such import, or withdrawn already.
  base::Result<ImportInfo> withdraw(std::int64_t import, const ImportDraft& how, const std::string& reason);

  // Reads in one consistent state. The Reading ends with the object.
  base::Result<std::unique_ptr<Reading>> read() const;

  // Copies the file as it is now to a new one. Fails with usage if that exists.
  base::Result<void> backup(const std::string& path) const;
  // SQLite's own checks and our invariants; empty: sound.
  base::Result<std::vector<Finding>> check() const;

 private:
  struct State;
  explicit Store(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// "3.40.1", for --version.
std::string sqlite_version();

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_STORE_H_
