// The reader of rules for columns. Input: JSON.
#include "conversion_rules.h"
#include "fuzz.h"

using namespace hyojun;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto read = app::parse_rules({reinterpret_cast<const char*>(data), size}, "fuzz.json", {});
  fuzz::require(read || read.error().code == base::ErrorCode::input_rejected, "refused as input");
  if (read) fuzz::require(read->columns.size() == read->treatments.size(), "a treatment each");
  return 0;
}
