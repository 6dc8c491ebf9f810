#include "line_ends.h"

namespace hyojun::app {

using charmap::Encoding;

LineEndCounter::LineEndCounter(Encoding encoding) noexcept
    : unit_(charmap::unit_of(encoding)),
      low_(encoding == Encoding::utf16be || encoding == Encoding::juki_net_be ? 1 : 0),
      ebcdic_(charmap::is_ebcdic(encoding)) {}

bool LineEndCounter::is(std::span<const std::uint8_t> bytes, std::size_t at, std::uint8_t c) const noexcept {
  return bytes[at + low_] == c && (unit_ == 1 || bytes[at + 1 - low_] == 0);
}

bool LineEndCounter::is_lf(std::span<const std::uint8_t> bytes, std::size_t at) const noexcept {
  return ebcdic_ ? is(bytes, at, 0x15) || is(bytes, at, 0x25) : is(bytes, at, '\n');
}

void LineEndCounter::take(std::span<const std::uint8_t> bytes) noexcept {
  for (std::size_t i = 0; i + unit_ <= bytes.size(); i += unit_) {
    if (is_lf(bytes, i)) ++ends_.lf;
    if (!is(bytes, i, '\r')) continue;
    const bool pair = i + 2 * unit_ <= bytes.size() && is_lf(bytes, i + unit_);
    ++(pair ? ends_.crlf : ends_.cr);
    i += pair ? unit_ : 0;
  }
}

}  // namespace hyojun::app
