// Plain CP932 as UTF-8, one character at a time. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_CARRY_CP932_H_
#define HYOJUN_CHARMAP_SRC_CARRY_CP932_H_

#include <cstdint>
#include <span>

#include "splice.h"

namespace hyojun::charmap {

// Writes well-formed `bytes` to `out` and returns the bytes written; up to one byte behind these is overwritten, too.
// `entries`: Converter::utf8_of_codes(); of each, three bytes are written and two or three count.
inline std::size_t carry_cp932(const std::uint32_t* entries, std::span<const std::uint8_t> bytes,
                               std::uint8_t* out) noexcept {
  std::uint8_t* const first = out;
  for (const std::uint8_t* p = bytes.data(); p != bytes.data() + bytes.size();) {
    if (*p < 0x80) {
      *out++ = *p++;
    } else if (*p >= 0xA1 && *p <= 0xDF) {
      out += put_utf8(static_cast<char32_t>(*p++ - 0xA1 + 0xFF61), out);
    } else {
      const std::uint32_t entry = entries[p[0] << 8 | p[1]];
      for (unsigned i = 0; i < 3; ++i) out[i] = static_cast<std::uint8_t>(entry >> 8 * i);
      out += (entry & 0xFF0000) != 0 ? 3 : 2;
      p += 2;
    }
  }
  return static_cast<std::size_t>(out - first);
}

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_CARRY_CP932_H_
