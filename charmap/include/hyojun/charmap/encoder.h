// Encoder: the way from Unicode into the encoding that a conversion writes, and back.
//
// No mapping here loses anything: a code point is held only if reading its bytes again gives the same code point. There
// are no best fits: U+301C is not written as the ～ of CP932, and a variation selector is held by Unicode alone.
//
//   cp932      Microsoft's code page 932 (data/cp932.tsv). Of several codes for one character Microsoft's choice: JIS
//              X 0208, then NEC row 13, then the IBM extensions, never the NEC selection. Private use F040–F9FC.
//   euc-jp-ms  code set 1: JIS X 0208 with NEC row 13, in Microsoft's mapping; code set 2: half-width kana; code set 3:
//              JIS X 0212 (ICU's ibm-954; A2C3 is U+FFE4), and at F3F3–F4FE the IBM extensions that neither holds.
//              Private use U+E000–E3AB at F5A1–FEFE, U+E3AC–E757 at 8FF5A1–8FFEFE. Code set 1 is preferred.
//
// Thread-safety: immutable after make(); shares its tables when copied.
#ifndef HYOJUN_CHARMAP_ENCODER_H_
#define HYOJUN_CHARMAP_ENCODER_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/encoding.h"
#include "hyojun/charmap/table.h"

namespace hyojun::charmap {

enum class TargetEncoding : std::uint8_t { utf8, utf16le, utf16be, cp932, euc_jp_ms };
inline constexpr std::array<std::string_view, 5> kTargetKeys = {"utf-8", "utf-16le", "utf-16be", "cp932", "euc-jp-ms"};
constexpr std::string_view target_key(TargetEncoding t) { return kTargetKeys[static_cast<std::size_t>(t)]; }

// What becomes of the line ends LF, CR LF and CR, inside quotes, too.
enum class Newline : std::uint8_t { keep, lf, crlf };
inline constexpr std::array<std::string_view, 3> kNewlineKeys = {"keep", "lf", "crlf"};
constexpr std::string_view newline_key(Newline n) { return kNewlineKeys[static_cast<std::size_t>(n)]; }

class Encoder {
 public:
  // Errors: environment (ICU's data lack the table of JIS X 0212).
  static base::Result<Encoder> make(TargetEncoding target, const StandardTable& table);

  TargetEncoding target() const noexcept { return target_; }
  // True for the Unicode encodings: every scalar value is held.
  bool holds_all() const noexcept { return codes_ == nullptr; }
  bool holds(char32_t code_point) const noexcept {
    return holds_all() || code_point < 0x80 || (code_point < 0x10000 && codes_[code_point] != 0);
  }
  // The byte order mark; empty where the encoding has none.
  std::span<const std::uint8_t> bom() const noexcept;

  // Writes one held character; at most kLongest bytes. Returns how many.
  static constexpr std::size_t kLongest = 4;
  std::size_t put(char32_t code_point, std::uint8_t* out) const noexcept;

  // Writes well-formed UTF-8 of characters that are all held. `out` has room for room_for(utf8.size()). A CR at the end
  // of `utf8` must not have its LF in the next call. Returns the bytes written.
  std::size_t encode(std::span<const std::uint8_t> utf8, Newline newline, std::uint8_t* out) const noexcept;
  // A line end of one byte becomes at most four in UTF-16; elsewhere nothing more than doubles.
  std::size_t room_for(std::size_t utf8) const noexcept { return (holds_all() ? 4 : 2) * utf8 + kLongest; }

  // Reads one character at the front of `bytes`, which are not empty; none if there is no character of this encoding.
  struct Read {
    char32_t code_point;
    std::uint8_t length;
  };
  std::optional<Read> read(std::span<const std::uint8_t> bytes) const noexcept;

 private:
  Encoder(TargetEncoding target, const char16_t* cp932) : target_(target), cp932_(cp932) {}
  void fill_cp932();
  base::Result<void> fill_euc();
  void order_bytes();
  std::optional<Read> read_euc(std::span<const std::uint8_t> b) const noexcept;

  TargetEncoding target_;
  const char16_t* cp932_;  // of the bundled table
  // Of U+0000–FFFF: up to three bytes, the first lowest, their number in the highest; 0 where not held.
  std::shared_ptr<std::uint32_t[]> codes_;
  std::shared_ptr<char16_t[]> euc_[2];  // code sets 1 and 3 by their two low bytes, 0 where unassigned
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_ENCODER_H_
