// The correction sheet: the refused table again with two more columns, エラー and 提案, to be mended in Excel and
// imported.
#ifndef HYOJUN_CLI_APP_CORRECTIONS_H_
#define HYOJUN_CLI_APP_CORRECTIONS_H_

#include <string>

#include "hyojun/base/atomic_file.h"
#include "hyojun/base/table_reader.h"
#include "tracker_import.h"

namespace hyojun::app {

// Writes XLSX or CSV (with BOM and CRLF); the caller commits. Every sheet of the file that has a problem; rows above
// the header are kept. Fails as the writers do.
base::Result<void> write_corrections(base::TableReader& reader, const ImportedFile& file, base::AtomicFile& out,
                                     bool as_xlsx);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_CORRECTIONS_H_
