// The layer loader: bytes as they are, and with length and digest made right so that the content is reached.
#include <algorithm>
#include <cstring>
#include <vector>

#include "fuzz.h"
#include "image.h"

using namespace hyojun;

namespace {

void load(const std::vector<std::uint8_t>& bytes) {
  const auto& table = *charmap::StandardTable::bundled();
  const auto layer = charmap::Layer::from_bytes(bytes, "fuzz", table);
  if (!layer) {
    fuzz::require(layer.error().code == base::ErrorCode::damaged, "refused as damaged");
    return;
  }
  for (const charmap::LayerCharacter& c : layer->characters()) {
    fuzz::require(layer->find(c.first, c.second).has_value() && layer->find_name(c.name).has_value(), "found again");
  }
  const auto again = charmap::Layer::from_bytes(layer->serialize(), "again", table);
  fuzz::require(again && std::ranges::equal(again->characters(), layer->characters()), "written and read again");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::vector<std::uint8_t> bytes(data, data + size);
  load(bytes);
  if (size < sizeof(charmap::image::Header)) return 0;
  const std::uint64_t length = size;
  std::memcpy(bytes.data() + 24, &length, sizeof length);
  const auto digest = charmap::image::digest(bytes);
  std::memcpy(bytes.data() + charmap::image::kDigestOffset, digest.data(), digest.size());
  load(bytes);
  return 0;
}
