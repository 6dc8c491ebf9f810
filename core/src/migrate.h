// Numbered migrations: the schema of an empty or older file becomes that of this program.
#ifndef HYOJUN_CORE_SRC_MIGRATE_H_
#define HYOJUN_CORE_SRC_MIGRATE_H_

#include <hyojun/base/error.h>

#include <span>
#include <string>
#include <string_view>

#include "hyojun/core/catalog.h"
#include "sqlite.h"

namespace hyojun::core {

// Runs migrations[version] … and sets user_version, each in a transaction of its own.
base::Result<void> migrate(const Database& database, std::span<const std::string_view> migrations);

// Copies a file of an older schema to `<file>.v<version>.bak` (VACUUM INTO), readable by its owner only; a copy of an
// earlier try that failed is replaced. Nothing happens to a new file, to one that is up to date, and where another
// process has migrated meanwhile. Returns the name of the copy; empty: none was needed.
base::Result<std::string> copy_before_migration(const Database& database, std::size_t newest);

// Fills the tables of the catalog (bodies, businesses, steps, kinds, …) and of the schema's explanation, or brings
// those of an older program up to date; bodies that the catalog no longer has stay. Inside the caller's transaction.
base::Result<void> write_catalog(const Database& database, const Catalog& catalog);

// The bodies of a file.
base::Result<Catalog> read_catalog(const Database& database);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_SRC_MIGRATE_H_
