// Creating and opening: what is no sound store of this or an older version is refused before SQLite touches it.
#include <fmt/format.h>
#include <hyojun/base/atomic_file.h>
#include <hyojun/base/sha256.h>

#include <algorithm>
#include <array>

#include "embedded_data.h"
#include "migrate.h"
#include "store_state.h"

namespace hyojun::core {
namespace {

using base::ErrorCode;

constexpr std::size_t kHeaderSize = 100;

// Words of the scope's text, beside codes of bodies.
constexpr std::string_view kDecisions = "decisions";  // always the last
constexpr std::string_view kAllOfJapan = "all";

std::uint32_t big_endian(const std::array<std::uint8_t, kHeaderSize>& bytes, std::size_t at) {
  return static_cast<std::uint32_t>(bytes[at]) << 24U | static_cast<std::uint32_t>(bytes[at + 1]) << 16U |
         static_cast<std::uint32_t>(bytes[at + 2]) << 8U | bytes[at + 3];
}

tl::unexpected<base::Error> no_store(const std::string& path) {
  return base::fail(
      ErrorCode::damaged, {"hyojun のデータベースではありません", "this is no database of hyojun"}, {.file = path},
      {"--db で hyojun init が作ったファイルを指定してください", "name a file made by hyojun init with --db"});
}

base::Result<void> check_version(std::int64_t version, const std::string& path) {
  if (version <= Store::schema_version()) return {};
  return base::fail(
      ErrorCode::damaged,
      {fmt::format("新しい hyojun が作ったデータベースです (スキーマ {}、この版は {} まで)", version,
                   Store::schema_version()),
       fmt::format("a newer hyojun made this database (schema {}, this one knows {})", version,
                   Store::schema_version())},
      {.file = path},
      {"hyojun を新しくしてください。ファイルには触れていません", "upgrade hyojun; the file was not touched"});
}

// The SQLite file header (sqlite.org/fileformat2.html §1.3): magic, user_version at 60, application_id at 68.
base::Result<void> check_header(const std::string& path) {
  auto kind = base::file_kind(path);
  if (kind && *kind == base::FileKind::none) {
    return base::fail(ErrorCode::environment, {"データベースがありません", "there is no database"}, {.file = path},
                      {"hyojun init で作るか、--db か HYOJUN_DB で指定してください",
                       "make one with hyojun init, or name it with --db or HYOJUN_DB"});
  }
  auto file = base::InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  std::array<std::uint8_t, kHeaderSize> header{};
  std::size_t size = 0;
  while (size < header.size()) {
    const auto read = file->read(std::span(header).subspan(size));
    if (!read) return tl::unexpected(read.error());
    if (*read == 0) break;
    size += *read;
  }
  constexpr std::string_view kMagic("SQLite format 3\0", 16);
  if (size < kHeaderSize || !std::equal(kMagic.begin(), kMagic.end(), header.begin())) return no_store(path);
  if (big_endian(header, 68) != static_cast<std::uint32_t>(Store::kApplicationId)) return no_store(path);
  return check_version(big_endian(header, 60), path);
}

std::string digest_of(const Catalog& catalog) {
  base::Sha256 digest;
  for (const Body& body : catalog.bodies()) {
    for (const std::string* part :
         {&body.code, &body.name, &body.kana, &body.class_name, &body.valid_from, &body.valid_to})
      digest.update(*part + "\n");
  }
  for (const std::string_view table :
       {embedded::businesses(), embedded::steps(), embedded::late_reasons(), embedded::deadlines()})
    digest.update(table);
  for (const std::string_view about : embedded::about()) digest.update(about);
  for (const Kind& kind : kinds()) digest.update(std::string(kind.key) + std::string(kind.meaning));
  return digest.digest();
}

base::Result<void> write_meta(const Database& database, std::string_view key, std::string_view value) {
  auto statement = database.prepare("INSERT INTO meta VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2");
  if (!statement) return tl::unexpected(statement.error());
  statement->bind(1, key);
  statement->bind(2, value);
  return statement->run();
}

// A catalog of another version is brought up to date when the file is opened for writing.
base::Result<void> refresh_catalog(const Database& database) {
  const auto digest = database.text("SELECT value FROM meta WHERE key = 'catalog'");
  if (!digest) return tl::unexpected(digest.error());
  const std::string wanted = digest_of(Catalog::bundled());
  if (*digest == wanted) return {};
  auto transaction = Transaction::begin(database, Transaction::Kind::write);
  if (!transaction) return tl::unexpected(transaction.error());
  if (auto ok = write_catalog(database, Catalog::bundled()); !ok) return ok;
  if (auto ok = write_meta(database, "catalog", wanted); !ok) return ok;
  return transaction->commit();
}

// On a network share no memory is shared between the computers: no WAL. Back on a local disk, WAL again, unless
// another process holds the file just now. Not persistent but for WAL, so set by each connection that writes.
base::Result<void> settle_journal(const Database& database, bool shared) {
  if (shared) return database.run("PRAGMA journal_mode = TRUNCATE; PRAGMA synchronous = FULL");
  const auto mode = database.text("PRAGMA journal_mode");
  if (!mode) return tl::unexpected(mode.error());
  if (*mode != "wal") static_cast<void>(database.run("PRAGMA journal_mode = WAL"));
  return database.run("PRAGMA synchronous = FULL");
}

base::Result<void> fill_new(const std::string& path, const Scope& scope, const StoreOptions& options) {
  auto database = Database::open(path, Database::Mode::create, options.waiting, options.patience);
  if (!database) return tl::unexpected(database.error());
  if (auto ok = database->run(fmt::format("PRAGMA application_id = {}", Store::kApplicationId)); !ok) return ok;
  if (auto ok = settle_journal(*database, options.is_shared(path)); !ok) return ok;
  if (auto ok = migrate(*database, embedded::migrations()); !ok) return ok;
  if (auto ok = write_meta(*database, "scope", scope.text()); !ok) return ok;
  return refresh_catalog(*database);
}

// A medium that cannot be written has no place for SQLite's -shm file; without a -wal file the file is complete.
base::Result<Database> open_database(const std::string& path, Store::Access access, const StoreOptions& options) {
  const auto mode = access == Store::Access::write ? Database::Mode::write : Database::Mode::read;
  if (mode == Database::Mode::read && options.is_shared(path)) {
    // A reader of a WAL file would need shared memory. Where the file cannot be changed, nobody writes it, either.
    const auto writer = Database::open(path, Database::Mode::write, options.waiting, options.patience);
    if (writer) static_cast<void>(settle_journal(*writer, true));
  }
  auto database = Database::open(path, mode, options.waiting, options.patience);
  if (database) {
    const auto tried = database->number("SELECT count(*) FROM sqlite_schema");
    if (tried) return database;
    database = tl::unexpected(tried.error());
  }
  const auto wal = base::file_kind(path + "-wal");
  if (access == Store::Access::write || database.error().code != ErrorCode::environment || !wal ||
      *wal != base::FileKind::none)
    return database;
  return Database::open(path, Database::Mode::immutable, options.waiting, options.patience);
}

base::Result<void> bring_up_to_date(const Database& database, const std::string& path, const StoreOptions& options) {
  if (auto ok = settle_journal(database, options.is_shared(path)); !ok) return ok;
  const std::vector<std::string_view> migrations = embedded::migrations();
  const auto copy = copy_before_migration(database, migrations.size());
  if (!copy) return tl::unexpected(copy.error());
  if (auto ok = migrate(database, migrations); !ok) return ok;
  if (!copy->empty() && options.migrated) options.migrated(*copy);
  return refresh_catalog(database);
}

}  // namespace

std::string Scope::text() const {
  std::string text = body;
  for (const std::string& code : prefectures) text += (text.empty() ? "" : ",") + code;
  if (!decisions) return text;
  if (text.empty() && tracker) text = kAllOfJapan;
  return (text.empty() ? "" : text + ",") + std::string(kDecisions);
}

Scope Scope::parse(std::string_view text) {
  Scope scope;
  bool all_of_japan = false;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string code(text.substr(0, comma));
    if (code == kDecisions) {
      scope.decisions = true;
      scope.tracker = !scope.prefectures.empty() || !scope.body.empty() || all_of_japan;
    } else if (code == kAllOfJapan) {
      all_of_japan = true;
    } else if (code.substr(2, 3) == "000") {
      scope.prefectures.push_back(code);
    } else {
      scope.body = code;
    }
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return scope;
}

bool Scope::contains(const Body& entry) const {
  if (!tracker) return false;
  if (!body.empty()) return entry.code == body;
  return prefectures.empty() || std::ranges::find(prefectures, entry.prefecture) != prefectures.end();
}

std::int64_t Store::schema_version() { return static_cast<std::int64_t>(embedded::migrations().size()); }

base::Result<Store> Store::create(const std::string& path, const Scope& scope, const StoreOptions& options) {
  auto file = base::AtomicFile::open(path, base::Overwrite::refuse);
  if (!file) return tl::unexpected(file.error());
  if (auto ok = fill_new(file->temp_path(), scope, options); !ok) {
    for (const char* suffix : {"-wal", "-shm"}) static_cast<void>(base::remove_file(file->temp_path() + suffix));
    return tl::unexpected(ok.error());
  }
  if (auto ok = file->commit(); !ok) return tl::unexpected(ok.error());
  return open(path, Access::write, options);
}

base::Result<Store> Store::open(const std::string& path, Access access, const StoreOptions& options) {
  if (auto ok = check_header(path); !ok) return tl::unexpected(ok.error());
  auto database = open_database(path, access, options);
  if (!database) return tl::unexpected(database.error());
  // The header may be older than what the -wal file holds.
  const auto version = database->number("PRAGMA user_version");
  if (!version) return tl::unexpected(version.error());
  if (auto ok = check_version(*version, path); !ok) return tl::unexpected(ok.error());
  if (options.shared && options.is_shared(path)) options.shared();
  if (access == Access::write) {
    if (auto ok = bring_up_to_date(*database, path, options); !ok) return tl::unexpected(ok.error());
  } else if (*version < schema_version()) {
    auto copy = Database::copy_in_memory(*database);
    if (!copy) return tl::unexpected(copy.error());
    database = std::move(copy);
    if (auto ok = migrate(*database, embedded::migrations()); !ok) return tl::unexpected(ok.error());
    if (auto ok = refresh_catalog(*database); !ok) return tl::unexpected(ok.error());
  }
  const auto scope = database->text("SELECT value FROM meta WHERE key = 'scope'");
  if (!scope) return tl::unexpected(scope.error());
  auto catalog = read_catalog(*database);
  if (!catalog) return tl::unexpected(catalog.error());
  return Store(
      std::make_unique<State>(State{std::move(*database), options, Scope::parse(*scope), std::move(*catalog)}));
}

Store::Store(std::unique_ptr<State> state) : state_(std::move(state)) {}
Store::~Store() = default;
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;

const std::string& Store::path() const { return state_->database.file(); }
const Scope& Store::scope() const { return state_->scope; }
const Catalog& Store::catalog() const { return state_->catalog; }

std::string sqlite_version() { return sqlite_library_version(); }

}  // namespace hyojun::core
