// The reader of the user's shrink map. Input: CSV, or XLSX.
#include <string>

#include "fuzz.h"
#include "hyojun/charmap/shrink_map.h"

using namespace hyojun;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto repertoire = fuzz::bundled_repertoire();
  std::string bytes(reinterpret_cast<const char*>(data), size);
  const auto map = charmap::ShrinkMap::from_bytes(std::move(bytes), "fuzz.csv", *repertoire);
  if (!map) {
    fuzz::require(map.error().code == base::ErrorCode::input_rejected, "refused as input");
    return 0;
  }
  for (const char32_t cp : {U'髙', U'①', U'麴', U'\U0002FA1B'}) {
    const std::u32string* const target = map->find(cp, 0);
    fuzz::require(target == nullptr || (!target->empty() && target->size() <= charmap::ShrinkMap::kLongestTarget),
                  "one to four characters");
  }
  return 0;
}
