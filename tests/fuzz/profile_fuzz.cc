// The profile reader. Input: JSON.
#include <string_view>

#include "fuzz.h"
#include "hyojun/charmap/profile.h"

using namespace hyojun;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto profile = charmap::parse_profile({reinterpret_cast<const char*>(data), size}, "folder/fuzz.json");
  if (!profile) {
    fuzz::require(profile.error().code == base::ErrorCode::input_rejected, "refused as input");
    return 0;
  }
  fuzz::require(!profile->system.empty(), "a profile names its system");
  for (const char32_t cp : profile->shape_exceptions) fuzz::require(cp <= 0x10FFFF, "code points");
  return 0;
}
