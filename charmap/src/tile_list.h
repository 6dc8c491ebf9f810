// Structure and special characters of a tile: what all kernels share. Internal to charmap; included inside the
// anonymous namespace of each kernel, which defines HYOJUN_TARGET (its instruction set) and includes <bit> and tile.h
// before.

// The field that a block's first unit stands in, counted from the tile's first or, where a record ended before, from 0.
HYOJUN_TARGET inline unsigned field_of(const Tile& tile, std::size_t block) noexcept {
  const std::uint64_t before = tile.with_line_ends & ((std::uint64_t{1} << block) - 1);
  const std::size_t last = before == 0 ? 0 : static_cast<std::size_t>(std::bit_width(before)) - 1;
  // Up to the last line end; nothing where there is none.
  const std::uint64_t ended = before == 0 ? 0 : ~std::uint64_t{0} >> std::countl_zero(tile.line_ends[last]);
  const unsigned fields = tile.delimiters_before[block] - (before == 0 ? 0U : tile.delimiters_before[last]);
  return fields - static_cast<unsigned>(std::popcount(tile.delimiters[last] & ended));
}

// Where the units of one block stand in records and fields.
class BlockPlaces {
 public:
  HYOJUN_TARGET BlockPlaces(const Tile& tile, std::size_t block) noexcept
      : block_(block),
        line_ends_(tile.line_ends[block]),
        delimiters_(tile.delimiters[block]),
        behind_line_end_(line_ends_ << 1),
        behind_delimiter_(delimiters_ << 1),
        record_(tile.records_before[block]),
        field_(field_of(tile, block)) {
    if (block == 0) return;
    behind_line_end_ |= tile.line_ends[block - 1] >> 63;
    behind_delimiter_ |= tile.delimiters[block - 1] >> 63;
  }

  HYOJUN_TARGET TileCharacter at(unsigned unit) const noexcept {
    using Behind = TileCharacter::Behind;
    const std::uint64_t before = (std::uint64_t{1} << unit) - 1;
    const std::uint64_t line_ends = line_ends_ & before;
    const std::uint64_t ended = line_ends == 0 ? 0 : ~std::uint64_t{0} >> std::countl_zero(line_ends);
    const int field = std::popcount(delimiters_ & before & ~ended);
    const std::uint64_t line_end = behind_line_end_ >> unit & 1;
    const std::uint64_t delimiter = behind_delimiter_ >> unit & 1;
    return {static_cast<std::uint16_t>(block_ * kBlockUnits + unit),
            static_cast<std::uint16_t>(record_ + static_cast<unsigned>(std::popcount(line_ends))),
            static_cast<std::uint16_t>((line_ends == 0 ? field_ : 0) + static_cast<unsigned>(field)),
            static_cast<Behind>(line_end * 2 + delimiter)};
  }

 private:
  std::size_t block_;
  std::uint64_t line_ends_, delimiters_;
  std::uint64_t behind_line_end_, behind_delimiter_;  // bit i: unit i stands behind one
  unsigned record_, field_;                           // of the block's first unit
};

// Fills in records_before, delimiters_before and with_line_ends. `ones` counts the bits of a mask. Returns both
// counts of the whole tile, that of the delimiters in the upper half.
template <typename Ones>
HYOJUN_TARGET std::uint64_t sum_structure(Tile& tile, Ones ones) noexcept {
  unsigned records = 0;
  unsigned delimiters = 0;
  std::uint64_t with_line_ends = 0;
  for (std::size_t b = 0;; ++b) {
    tile.records_before[b] = static_cast<std::uint16_t>(records);
    tile.delimiters_before[b] = static_cast<std::uint16_t>(delimiters);
    if (b == tile.blocks) break;
    records += ones(tile.line_ends[b]);
    delimiters += ones(tile.delimiters[b]);
    with_line_ends |= std::uint64_t{tile.line_ends[b] != 0} << b;
  }
  tile.with_line_ends = with_line_ends;
  return records | std::uint64_t{delimiters} << 32;
}

// Fills in `end` where everything but the special characters is there.
HYOJUN_TARGET inline void place_end(Tile& tile, std::size_t bytes_of_unit) noexcept {
  const std::size_t end = tile.length / bytes_of_unit;
  tile.line_ends[tile.blocks] = 0;
  tile.delimiters[tile.blocks] = 0;
  tile.end = BlockPlaces(tile, end / kBlockUnits).at(end % kBlockUnits);
}

// Fills in `listed` and `special_count` where everything else is there.
HYOJUN_TARGET inline void list_specials(Tile& tile) noexcept {
  std::size_t count = 0;
  for (std::uint64_t blocks = tile.with_specials; blocks != 0; blocks &= blocks - 1) {
    const auto block = static_cast<std::size_t>(std::countr_zero(blocks));
    const BlockPlaces places(tile, block);
    for (std::uint64_t rest = tile.specials[block]; rest != 0; rest &= rest - 1) {
      tile.listed[count++] = places.at(static_cast<unsigned>(std::countr_zero(rest)));
    }
  }
  tile.special_count = count;
  tile.all_read = false;
}
