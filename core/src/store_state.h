// What the parts of Store share.
#ifndef HYOJUN_CORE_SRC_STORE_STATE_H_
#define HYOJUN_CORE_SRC_STORE_STATE_H_

#include <string>
#include <vector>

#include "hyojun/core/store.h"
#include "sqlite.h"

namespace hyojun::core {

struct Store::State {
  Database database;
  StoreOptions options;
  Scope scope{};
  Catalog catalog{std::vector<Body>{}};
};

// All imports in the order of their ids.
base::Result<std::vector<ImportInfo>> read_imports(const Database& database);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_SRC_STORE_STATE_H_
