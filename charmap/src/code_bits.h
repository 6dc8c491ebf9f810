// What a kernel needs to know of nearly every code, in two bits each. Internal to charmap.
//
// The scan bytes of all kanji that a text uses fill two thirds of the L1 cache, and what a tile is made of pushes them
// out; the same in two bits is 8 KiB and stays. Up to eight codes that are a multiple of 4,096 apart share an entry, so
// that one look-up is one load at the lower 12 bits; which two bits are meant, the upper five tell, for 32 codes at
// once.
#ifndef HYOJUN_CHARMAP_SRC_CODE_BITS_H_
#define HYOJUN_CHARMAP_SRC_CODE_BITS_H_

#include <array>
#include <cstddef>
#include <cstdint>

namespace hyojun::charmap {

struct CodeBits {
  static constexpr std::size_t kEntries = 0x1000;
  static constexpr unsigned kHalf = 11;  // bits of a code within 2,048 of them
  // The bits of a code: `entries[code % kEntries] & bits_of_half[code >> kHalf]`. Of these
  static constexpr std::uint16_t kKnown = 0xFF00;         // standard or a default glyph: its scan byte says no more
  static constexpr std::uint16_t kDefaultGlyph = 0x00FF;  // without kKnown: kScanShape or above
  // Neither: an event, or a code that has no bits, so that its scan byte must be asked. Bits have U+0000–07FF,
  // 2000–27FF, 3000–3FFF, 4800–9FFF and F800–FFFF; of CP932 all.

  alignas(64) std::array<std::uint16_t, kEntries + 1> entries;  // one more, as two are loaded at once
  alignas(64) std::array<std::uint16_t, 32> bits_of_half;

  // `scan_bytes`: 65,536, by code point or by code of CP932.
  CodeBits(const std::uint8_t* scan_bytes, bool of_cp932) noexcept;

 private:
  void add(const std::uint8_t* scan_bytes, unsigned half, unsigned number) noexcept;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_CODE_BITS_H_
