// Where in the records and fields a unit of a tile stands. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_TILE_POSITIONS_H_
#define HYOJUN_CHARMAP_SRC_TILE_POSITIONS_H_

#include <bit>

#include "tile.h"

namespace hyojun::charmap {

// std::popcount calls a function where the instruction is not known to be there.
inline std::uint32_t count_bits(std::uint64_t mask) noexcept {
  mask -= mask >> 1 & 0x5555555555555555;
  mask = (mask & 0x3333333333333333) + (mask >> 2 & 0x3333333333333333);
  mask = (mask + (mask >> 4)) & 0x0F0F0F0F0F0F0F0F;
  return static_cast<std::uint32_t>((mask * 0x0101010101010101) >> 56);
}

inline std::size_t count_specials(const Tile& tile) noexcept {
  std::size_t count = 0;
  for (std::uint64_t rest = tile.with_specials; rest != 0; rest &= rest - 1) {
    count += count_bits(tile.specials[static_cast<std::size_t>(std::countr_zero(rest))]);
  }
  return count;
}

// The number of the field in which the bits `before` of a block end; `first`: the one in which the tile begins.
inline std::uint32_t field_at(const Tile& tile, std::size_t block, std::uint64_t before, std::uint32_t first) noexcept {
  const std::uint32_t delimiters = tile.delimiters_before[block] + count_bits(tile.delimiters[block] & before);
  for (std::size_t b = block;; --b, before = ~std::uint64_t{0}) {
    const std::uint64_t line_ends = tile.line_ends[b] & before;
    if (line_ends != 0) {
      const std::uint64_t in_record = tile.delimiters[b] & (std::bit_floor(line_ends) - 1);
      return delimiters - tile.delimiters_before[b] - count_bits(in_record);
    }
    if (b == 0) return first + delimiters;
  }
}

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_TILE_POSITIONS_H_
