// Copybooks: what is made of one is a layout, or too large for one. Input: the copybook.
#include <string_view>

#include "fuzz.h"
#include "hyojun/base/text.h"
#include "hyojun/charmap/copybook.h"
#include "hyojun/charmap/layout.h"

using namespace hyojun;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto json = charmap::layout_from_copybook(text, "fuzz", {});
  if (!json) {
    fuzz::require(json.error().code == base::ErrorCode::input_rejected, "refused as input");
    fuzz::require(json.error().where.record.has_value(), "with its line");
    return 0;
  }
  fuzz::require(json->starts_with("{\"schema\":\"hyojun.layout/1\""), "a layout");
  (void)charmap::Layout::from_json(*json, "fuzz");
  return 0;
}
