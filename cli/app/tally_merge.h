// Joins reports of parts (files, machines) into the report of one run over all of them.
#ifndef HYOJUN_CLI_APP_TALLY_MERGE_H_
#define HYOJUN_CLI_APP_TALLY_MERGE_H_

#include <memory>
#include <string>
#include <vector>

#include "identify.h"

namespace hyojun::app {

// The reports in `paths` ("-": standard input), each of which may hold several, joined in this order: exactly what
// identify() would report of all their files in this order. Reading: report_reader.h. Errors: as read_reports;
// input_rejected, naming the report, where there is no common sum: another table or layers, system, gaiji table,
// shapes or scope, a file name that an earlier report has (most likely the same file twice).
base::Result<Report> merge_reports(const std::vector<std::string>& paths,
                                   const std::shared_ptr<const charmap::Repertoire>& repertoire);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_TALLY_MERGE_H_
