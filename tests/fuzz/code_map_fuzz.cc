// Code maps, and the tables that they are laid over. Input: encoding (1 byte), TSV.
#include <string_view>

#include "fuzz.h"
#include "hyojun/charmap/code_table.h"

using namespace hyojun;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 1) return 0;
  const std::string_view tsv(reinterpret_cast<const char*>(data + 1), size - 1);
  const auto map = charmap::CodeMap::from_bytes(tsv, "fuzz");
  if (!map) {
    fuzz::require(map.error().code == base::ErrorCode::input_rejected, "refused as input");
    return 0;
  }
  constexpr charmap::Encoding kEncodings[] = {charmap::Encoding::jef, charmap::Encoding::jips_e,
                                              charmap::Encoding::euc_jp_ms, charmap::Encoding::keis83};
  const auto table = charmap::CodeTable::make(kEncodings[data[0] % 4], {{*map}, {}}, charmap::StandardTable::bundled());
  if (!table) {
    fuzz::require(!table.error().what.en.empty(), "refused with a reason");
    return 0;
  }
  if (kEncodings[data[0] % 4] == charmap::Encoding::jips_e) return 0;  // its codes stand elsewhere
  for (const charmap::CodeMapRow& row : map->rows()) {
    std::vector<std::uint8_t> code;
    for (unsigned i = row.bytes; i > 0; --i) code.push_back(static_cast<std::uint8_t>(row.code >> (8 * (i - 1))));
    const std::u32string text = (*table)->decode(code);
    // Line ends and shift codes stand before the map.
    fuzz::require(row.bytes == 1 || (!text.empty() && text[0] == row.first), "a row decodes to its character");
  }
  return 0;
}
