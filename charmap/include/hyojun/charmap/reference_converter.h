// The converter that throughput is compared with: ICU's ucnv, bytes to UTF-16, in the encoding's usual mapping.
//
// For measuring only. It loses nothing that a measurement needs, and much that identification does: what it cannot
// read becomes U+FFFD in silence. One thread at a time; movable.
#ifndef HYOJUN_CHARMAP_REFERENCE_CONVERTER_H_
#define HYOJUN_CHARMAP_REFERENCE_CONVERTER_H_

#include <cstdint>
#include <memory>
#include <span>

#include "hyojun/base/error.h"
#include "hyojun/charmap/encoding.h"

namespace hyojun::charmap {

class ReferenceConverter {
 public:
  // Errors: environment (ICU's data lack the encoding).
  static base::Result<ReferenceConverter> open(Encoding encoding);
  ReferenceConverter(ReferenceConverter&& other) noexcept;
  ReferenceConverter& operator=(ReferenceConverter&& other) noexcept;
  ~ReferenceConverter();

  // Converts all of `bytes`, 64 KiB at a time, into a buffer that stays in the L2 cache. Returns the UTF-16 units.
  std::uint64_t convert(std::span<const std::uint8_t> bytes);

  // ICU's name of the encoding; null where it has no converter.
  static const char* icu_name(Encoding encoding) noexcept;

 private:
  struct State;
  explicit ReferenceConverter(std::unique_ptr<State> state) noexcept;
  std::unique_ptr<State> state_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_REFERENCE_CONVERTER_H_
