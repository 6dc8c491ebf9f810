// Layouts, and dumps cut by them. Input: length of the layout (2 bytes), layout, dump.
#include <algorithm>
#include <string_view>

#include "fuzz.h"
#include "hyojun/charmap/layout.h"

using namespace hyojun;

namespace {

void read_fields(const charmap::Layout::Cut& cut, std::span<const std::uint8_t> record) {
  for (const charmap::LayoutField& field : cut.type->fields) {
    if (field.offset >= record.size() || field.length > record.size() - field.offset) continue;
    const auto value = read_number(field, record.subspan(field.offset, field.length));
    if (!value) fuzz::require(value.error().bad < field.length, "the wrong byte lies in the field");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const std::size_t length = std::min<std::size_t>(size - 2, data[0] | data[1] << 8);
  const std::string_view json(reinterpret_cast<const char*>(data + 2), length);
  const auto layout = charmap::Layout::from_json(json, "fuzz");
  if (!layout) {
    fuzz::require(layout.error().code == base::ErrorCode::input_rejected, "refused as input");
    return 0;
  }
  const std::span<const std::uint8_t> dump(data + 2 + length, size - 2 - length);
  std::uint64_t block_left = 0;
  for (std::size_t at = 0; at < dump.size();) {
    const auto cut = layout->cut(dump.subspan(at), true, block_left);
    if (!cut) {
      fuzz::require(cut.error().where.byte.value_or(0) <= dump.size() - at, "the place lies in the file");
      break;
    }
    fuzz::require(cut->has_value() && (*cut)->read > 0, "a record or an error");
    fuzz::require((*cut)->begin + (*cut)->length <= (*cut)->read && (*cut)->read <= dump.size() - at, "in the file");
    read_fields(**cut, dump.subspan(at + (*cut)->begin, (*cut)->length));
    at += (*cut)->read;
  }
  return 0;
}
