// The CSV reader of small tables, and the gaiji table on top of it. Input: encoding (1 byte), CSV.
#include <algorithm>
#include <string>

#include "fuzz.h"
#include "hyojun/base/csv.h"
#include "hyojun/charmap/gaiji_table.h"

using namespace hyojun;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string csv(data + 1, data + size);
  const auto rows = base::parse_csv(csv, "fuzz");
  if (rows) {
    for (std::size_t r = 0; r < rows->row_count(); ++r) {
      for (std::size_t c = 0; c < rows->header().size(); ++c) {
        const auto where = rows->where(r, c);
        fuzz::require(rows->cell(r, c).size() <= csv.size() && where.byte < csv.size() + 1, "a cell lies in the file");
      }
    }
  }
  const auto encoding = static_cast<charmap::Encoding>(data[0] % 4);
  const auto& repertoire = *fuzz::bundled_repertoire();
  const auto table = charmap::GaijiTable::from_bytes(csv, "fuzz", {"", encoding}, repertoire);
  if (!table) {
    fuzz::require(table.error().code == base::ErrorCode::input_rejected, "refused as input");
    return 0;
  }
  fuzz::require(rows.has_value() && rows->row_count() == table->rows().size(), "every row is read");
  std::size_t mapped = 0;
  for (const charmap::GaijiRow& row : table->rows()) {
    fuzz::require(table->find(row.code_point) == &row, "every row is found");
    if (!row.target) continue;
    ++mapped;
    fuzz::require(!repertoire.name(*row.target).empty(), "a target has a name");
  }
  fuzz::require(mapped == table->mapped(), "mapped rows");
  return 0;
}
