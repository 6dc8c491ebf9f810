// Encoder::encode(): whole texts. What real text is made of stands in runs, ASCII and characters of three bytes of
// UTF-8, each taken by a loop of its own; what is rarer goes one by one through put().
#include <array>
#include <bit>
#include <cstring>

#include "decode.h"
#include "hyojun/charmap/encoder.h"

namespace hyojun::charmap {

namespace {

constexpr std::size_t kWord = 8;  // bytes

constexpr std::uint64_t each(std::uint8_t byte) { return std::uint64_t{0x0101010101010101} * byte; }

// The high bit of the first byte that is `byte`; bits behind it mean nothing.
std::uint64_t first_equal(std::uint64_t word, std::uint8_t byte) noexcept {
  const std::uint64_t zero_there = word ^ each(byte);
  return (zero_there - each(1)) & ~zero_there & each(0x80);
}

// How many bytes of ASCII stand at `p`, up to eight; none of them a line end, unless all are kept.
template <bool kKeepsLines>
std::size_t ascii_at(const std::uint8_t* p) noexcept {
  std::uint64_t word = 0;
  std::memcpy(&word, p, kWord);
  if constexpr (std::endian::native == std::endian::big) word = __builtin_bswap64(word);
  std::uint64_t ends = word & each(0x80);
  if constexpr (!kKeepsLines) ends |= first_equal(word, '\n') | first_equal(word, '\r');
  return static_cast<std::size_t>(std::countr_zero(ends)) / 8;
}

struct ToUtf8 {
  static void ascii(const std::uint8_t* p, std::uint8_t* to) noexcept { std::memcpy(to, p, kWord); }
  static std::uint8_t* three(const std::uint8_t* p, char32_t, std::uint8_t* to) noexcept {
    std::memcpy(to, p, 3);
    return to + 3;
  }
  static constexpr std::size_t kUnit = 1;
};

template <bool kBigEndian>
struct ToUtf16 {
  static void ascii(const std::uint8_t* p, std::uint8_t* to) noexcept {
    for (std::size_t i = 0; i < kWord; ++i) {
      to[2 * i + (kBigEndian ? 1 : 0)] = p[i];
      to[2 * i + (kBigEndian ? 0 : 1)] = 0;
    }
  }
  static std::uint8_t* three(const std::uint8_t*, char32_t cp, std::uint8_t* to) noexcept {
    to[kBigEndian ? 0 : 1] = static_cast<std::uint8_t>(cp >> 8);
    to[kBigEndian ? 1 : 0] = static_cast<std::uint8_t>(cp & 0xFF);
    return to + 2;
  }
  static constexpr std::size_t kUnit = 2;
};

struct ToCodes {
  static void ascii(const std::uint8_t* p, std::uint8_t* to) noexcept { std::memcpy(to, p, kWord); }
  std::uint8_t* three(const std::uint8_t*, char32_t cp, std::uint8_t* to) const noexcept {
    const std::uint32_t code = codes[cp];
    for (std::size_t i = 0; i < 4; ++i) to[i] = static_cast<std::uint8_t>(code >> 8 * i);
    return to + (code >> 24);
  }
  static constexpr std::size_t kUnit = 1;
  const std::uint32_t* codes;
};

bool is_three(const std::uint8_t* p, const std::uint8_t* end) noexcept { return end - p >= 3 && (p[0] & 0xF0) == 0xE0; }

template <bool kKeepsLines, typename To>
std::size_t encode_with(const Encoder& encoder, To target, std::span<const std::uint8_t> utf8, Newline newline,
                        std::uint8_t* out) noexcept {
  const std::uint8_t* p = utf8.data();
  const std::uint8_t* const end = p + utf8.size();
  std::uint8_t* to = out;
  while (p != end) {
    for (std::size_t n = kWord; n == kWord && end - p >= static_cast<std::ptrdiff_t>(kWord); p += n) {
      n = ascii_at<kKeepsLines>(p);
      target.ascii(p, to);  // what is written too much is overwritten
      to += n * To::kUnit;
    }
    for (; is_three(p, end); p += 3) {
      to = target.three(p, (p[0] & 15U) << 12 | (p[1] & 63U) << 6 | (p[2] & 63U), to);
    }
    if (p == end) break;
    if (!kKeepsLines && (*p == '\n' || *p == '\r')) {
      p += *p == '\r' && end - p > 1 && p[1] == '\n' ? 2 : 1;
      if (newline == Newline::crlf) to += encoder.put(U'\r', to);
      to += encoder.put(U'\n', to);
      continue;
    }
    if (p[0] < 0x80 && end - p >= static_cast<std::ptrdiff_t>(kWord)) continue;
    const Decoded d = Utf8Decoder::decode_proven(p);
    to += encoder.put(d.code_point, to);
    p += d.length;
  }
  return static_cast<std::size_t>(to - out);
}

template <typename To>
std::size_t encode_to(const Encoder& encoder, To target, std::span<const std::uint8_t> utf8, Newline newline,
                      std::uint8_t* out) noexcept {
  return newline == Newline::keep ? encode_with<true>(encoder, target, utf8, newline, out)
                                  : encode_with<false>(encoder, target, utf8, newline, out);
}

}  // namespace

std::size_t Encoder::encode(std::span<const std::uint8_t> utf8, Newline newline, std::uint8_t* out) const noexcept {
  switch (target_) {
    case TargetEncoding::utf8:
      return encode_to(*this, ToUtf8{}, utf8, newline, out);
    case TargetEncoding::utf16le:
      return encode_to(*this, ToUtf16<false>{}, utf8, newline, out);
    case TargetEncoding::utf16be:
      return encode_to(*this, ToUtf16<true>{}, utf8, newline, out);
    default:
      return encode_to(*this, ToCodes{codes_.get()}, utf8, newline, out);
  }
}

}  // namespace hyojun::charmap
