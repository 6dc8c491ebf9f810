// Counts the line ends of a file, which a conversion may change, so that they can be put back.
#ifndef HYOJUN_CLI_APP_LINE_ENDS_H_
#define HYOJUN_CLI_APP_LINE_ENDS_H_

#include <cstdint>
#include <span>

#include "hyojun/charmap/encoding.h"

namespace hyojun::app {

struct LineEnds {
  std::uint64_t lf = 0, crlf = 0, cr = 0;
  bool operator==(const LineEnds&) const = default;
};

// Takes the bytes of whole blocks, none of which ends between CR and LF. The LF of EBCDIC is 15 or 25.
class LineEndCounter {
 public:
  explicit LineEndCounter(charmap::Encoding encoding) noexcept;
  void take(std::span<const std::uint8_t> bytes) noexcept;
  const LineEnds& ends() const noexcept { return ends_; }

 private:
  bool is(std::span<const std::uint8_t> bytes, std::size_t at, std::uint8_t c) const noexcept;
  bool is_lf(std::span<const std::uint8_t> bytes, std::size_t at) const noexcept;

  const std::size_t unit_;
  const std::size_t low_;  // of the two bytes of a unit
  const bool ebcdic_;
  LineEnds ends_;
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_LINE_ENDS_H_
