#include "hyojun/charmap/layout.h"
#include "with_decoder.h"

namespace hyojun::charmap {

namespace {

bool is_space(char32_t cp) { return cp == U' ' || cp == U'　'; }

}  // namespace

FieldText measure_text(const Plan& plan, FieldKind kind, std::span<const std::uint8_t> bytes) noexcept {
  return with_decoder(plan, [&](auto decoder) -> FieldText {
    std::uint8_t shift = 0;
    if constexpr (kIsTableDecoder<decltype(decoder)>) {
      if (kind == FieldKind::double_byte) shift = decoder.codes().doubles;
    }
    set_of(decoder, shift);
    FieldText text{0, shift, true};
    for (std::size_t at = 0; at < bytes.size();) {
      const Decoded d = decoder.decode(bytes.data() + at, bytes.size() - at, true);
      if (take_shift(decoder, d, shift, at)) continue;
      at += d.length;
      if (d.malformed || !is_space(d.code_point)) text.length = at;
    }
    text.shifts_back = shift == text.set;
    return text;
  });
}

}  // namespace hyojun::charmap
