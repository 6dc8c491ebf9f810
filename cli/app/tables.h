// Opens the table and the layers that the user named.
#ifndef HYOJUN_CLI_APP_TABLES_H_
#define HYOJUN_CLI_APP_TABLES_H_

#include <memory>
#include <string>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/repertoire.h"

namespace hyojun::app {

// Each path is a layer, or one of them an image that stands instead of the bundled table. Every file is verified
// completely. Errors: environment, damaged, input_rejected (layers that disagree), usage (two images).
base::Result<std::shared_ptr<const charmap::Repertoire>> open_tables(const std::vector<std::string>& paths);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_TABLES_H_
