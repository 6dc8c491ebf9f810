// Decoders: one code point at a time, the slow plain way. Internal to charmap.
//
// decode(bytes, size, last) reads the character at bytes[0]; size ≥ 1. `last` says that the input ends after `size`.
// length 0: incomplete, more bytes are needed (only without `last`). What is malformed follows design.md: UTF-8 by
// Unicode's maximal subparts (Unicode 3.9, U+FFFD substitution), UTF-16 by unit, CP932 by byte or by unassigned pair.
#ifndef HYOJUN_CHARMAP_SRC_DECODE_H_
#define HYOJUN_CHARMAP_SRC_DECODE_H_

#include <cstddef>
#include <cstdint>

namespace hyojun::charmap {

struct Decoded {
  char32_t code_point;
  std::uint8_t length;
  bool malformed;
};

inline constexpr Decoded kIncomplete{0, 0, false};
constexpr Decoded malformed(std::size_t length) { return {0, static_cast<std::uint8_t>(length), true}; }
// The bytes so far are the beginning of a character: wait for more, or call them malformed at the end of the input.
constexpr Decoded cut_off(std::size_t length, bool last) { return last ? malformed(length) : kIncomplete; }

struct Utf8Decoder {
  static constexpr std::size_t kUnit = 1;

  Decoded decode(const std::uint8_t* b, std::size_t size, bool last) const noexcept {
    if (b[0] < 0x80) return {b[0], 1, false};
    if (b[0] < 0xC2 || b[0] > 0xF4) return malformed(1);
    const std::size_t length = b[0] < 0xE0 ? 2 : b[0] < 0xF0 ? 3 : 4;
    char32_t cp = b[0] & (0xFFU >> (length + 1));
    for (std::size_t i = 1; i < length; ++i) {
      if (i == size) return cut_off(i, last);
      if (!continues(b, i)) return malformed(i);
      cp = cp << 6 | (b[i] & 0x3FU);
    }
    return {cp, static_cast<std::uint8_t>(length), false};
  }

  // True where the character at b[0] may be the second of a sequence: a cheap test of its first unit alone.
  static bool may_be_second(const std::uint8_t* b) noexcept {
    return b[0] == 0xCB || b[0] == 0xCC || b[0] == 0xE3 || b[0] == 0xEF || b[0] == 0xF3;
  }

  // The same with three bytes at hand, exact and without a branch: hardly ever true where no sequence is.
  static bool is_second(const std::uint8_t* b) noexcept {
    const unsigned w = static_cast<unsigned>(b[0] << 16 | b[1] << 8 | b[2]);
    return (w - 0xF3A084U < 4U) | (w - 0xEFB880U < 16U) | (w - 0xE38299U < 2U) | ((w >> 8) - 0xCC80U < 2U) |
           ((w >> 8) == 0xCBA5U) | ((w >> 8) == 0xCBA9U);
  }

  // The character at `b` of text that is known to be well-formed.
  static Decoded decode_proven(const std::uint8_t* b) noexcept {
    if (b[0] >= 0xF0) return {(b[0] & 7U) << 18 | (b[1] & 63U) << 12 | (b[2] & 63U) << 6 | (b[3] & 63U), 4, false};
    if (b[0] >= 0xE0) return {(b[0] & 15U) << 12 | (b[1] & 63U) << 6 | (b[2] & 63U), 3, false};
    if (b[0] >= 0xC0) return {(b[0] & 31U) << 6 | (b[1] & 63U), 2, false};
    return {b[0], 1, false};
  }
  // The same with four bytes at hand and without a branch: which length a special character has cannot be guessed.
  static Decoded decode_ahead(const std::uint8_t* b) noexcept {
    const unsigned length = 1U + (b[0] >= 0xC0) + (b[0] >= 0xE0) + (b[0] >= 0xF0);
    const char32_t four = (b[0] & 0x7FU) << 18 | (b[1] & 63U) << 12 | (b[2] & 63U) << 6 | (b[3] & 63U);
    const unsigned bits = 21U - 5U * (4 - length) + (length == 1);  // 7, 11, 16, 21
    return {four >> 6 * (4 - length) & ((1U << bits) - 1), static_cast<std::uint8_t>(length), false};
  }
  // Bytes of the character that ends before `at`, in well-formed text.
  static std::size_t length_before(const std::uint8_t* at) noexcept {
    std::size_t length = 1;
    while ((at[-static_cast<std::ptrdiff_t>(length)] & 0xC0) == 0x80) ++length;
    return length;
  }

 private:
  // The second byte is narrower after E0 (no overlong forms), ED (no surrogates), F0 and F4 (U+10000–10FFFF).
  static bool continues(const std::uint8_t* b, std::size_t i) noexcept {
    const std::uint8_t low = i > 1 ? 0x80 : b[0] == 0xE0 ? 0xA0 : b[0] == 0xF0 ? 0x90 : 0x80;
    const std::uint8_t high = i > 1 ? 0xBF : b[0] == 0xED ? 0x9F : b[0] == 0xF4 ? 0x8F : 0xBF;
    return b[i] >= low && b[i] <= high;
  }
};

template <bool kBigEndian>
struct Utf16Decoder {
  static constexpr std::size_t kUnit = 2;

  Decoded decode(const std::uint8_t* b, std::size_t size, bool last) const noexcept {
    if (size < 2) return cut_off(1, last);
    const char32_t high = unit(b);
    if (high < 0xD800 || high > 0xDFFF) return {high, 2, false};
    if (high >= 0xDC00) return malformed(2);
    if (size < 4) return cut_off(2, last);
    const char32_t low = unit(b + 2);
    if (low < 0xDC00 || low > 0xDFFF) return malformed(2);
    return {0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00), 4, false};
  }

  // High bytes of U+02E5, U+0300, U+3099, U+FE00 and of the first surrogate of U+E0100.
  static bool may_be_second(const std::uint8_t* b) noexcept {
    const std::uint8_t high = b[kBigEndian ? 0 : 1];
    return high == 0x02 || high == 0x03 || high == 0x30 || high == 0xFE || high == 0xDB;
  }

  static bool is_second(const std::uint8_t* b) noexcept {
    const unsigned u = unit(b);
    return (u == 0xDB40U) | (u - 0xFE00U < 16U) | (u - 0x3099U < 2U) | (u - 0x0300U < 2U) | (u == 0x02E5U) |
           (u == 0x02E9U);
  }

  Decoded decode_proven(const std::uint8_t* b) const noexcept { return decode(b, 4, true); }
  static std::size_t length_before(const std::uint8_t* at) noexcept { return unit(at - 2) >> 10 == 0x37 ? 4 : 2; }

 private:
  static char32_t unit(const std::uint8_t* b) noexcept {
    return kBigEndian ? static_cast<char32_t>(b[0] << 8 | b[1]) : static_cast<char32_t>(b[1] << 8 | b[0]);
  }
};

struct Cp932Decoder {
  static constexpr std::size_t kUnit = 1;
  const char16_t* table;

  Decoded decode(const std::uint8_t* b, std::size_t size, bool last) const noexcept {
    if (b[0] < 0x80) return {b[0], 1, false};
    if (b[0] >= 0xA1 && b[0] <= 0xDF) return {static_cast<char32_t>(b[0] - 0xA1 + 0xFF61), 1, false};
    if (b[0] == 0x80 || b[0] == 0xA0 || b[0] > 0xFC) return malformed(1);
    if (size < 2) return cut_off(1, last);
    if (b[1] < 0x40 || b[1] == 0x7F || b[1] > 0xFC) return malformed(1);
    const char32_t cp = table[b[0] << 8 | b[1]];
    return cp == 0 ? malformed(2) : Decoded{cp, 2, false};
  }

  // CP932 has no selectors or combining marks.
  static bool may_be_second(const std::uint8_t*) noexcept { return false; }
  static bool is_second(const std::uint8_t*) noexcept { return false; }
  Decoded decode_proven(const std::uint8_t* b) const noexcept { return decode(b, 2, true); }
  static std::size_t length_before(const std::uint8_t*) noexcept { return 1; }
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_DECODE_H_
