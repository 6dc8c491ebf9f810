// Sheets to be filled in: hyojun's own form of each kind of fact, empty or with the last values.
#ifndef HYOJUN_CLI_APP_TEMPLATE_SHEET_H_
#define HYOJUN_CLI_APP_TEMPLATE_SHEET_H_

#include <optional>
#include <string>
#include <vector>

#include "hyojun/base/atomic_file.h"
#include "hyojun/core/state.h"
#include "own_columns.h"

namespace hyojun::app {

struct TemplateContent {
  std::string note;                               // a line above the header: what it is, and its 基準日 if stated
  std::vector<std::string> headings;              // 団体コード, 団体名, 業務 …
  std::vector<std::vector<std::string>> choices;  // drop-downs by column; empty: free text
  std::vector<std::vector<std::string>> rows;
};

// A template without rows.
TemplateContent empty_template(const TemplateKind& kind, const std::optional<base::Date>& as_of);
// Rows of these bodies with the values of `state`, read with all needs.
TemplateContent filled_template(const TemplateKind& kind, const std::optional<base::Date>& as_of,
                                const core::State& state, const std::vector<std::size_t>& bodies);

// XLSX with drop-downs, or CSV with BOM and CRLF (the note only if it states a day). The caller commits.
base::Result<void> write_template(const TemplateContent& content, const TemplateKind& kind, base::AtomicFile& out,
                                  bool as_xlsx);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_TEMPLATE_SHEET_H_
