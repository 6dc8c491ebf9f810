// Lists the special characters of a tile: what all kernels share. Internal to charmap; included inside the anonymous
// namespace of each kernel, which defines HYOJUN_TARGET (its instruction set) and includes <bit> and tile.h before.

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
        field_(tile.delimiters_before[block]) {
    if (block == 0) return;
    behind_line_end_ |= tile.line_ends[block - 1] >> 63;
    behind_delimiter_ |= tile.delimiters[block - 1] >> 63;
    std::size_t b = block - 1;
    while (b != 0 && tile.line_ends[b] == 0) --b;
    const std::uint64_t line_ends = tile.line_ends[b];
    const std::uint64_t ended = tile.delimiters[b] & (std::bit_floor(line_ends) - 1);
    if (line_ends != 0) field_ -= tile.delimiters_before[b] + static_cast<unsigned>(std::popcount(ended));
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

// Fills in `listed` and `special_count` where everything else is there.
HYOJUN_TARGET inline void list_specials(Tile& tile, std::size_t bytes_of_unit) noexcept {
  std::size_t count = 0;
  for (std::uint64_t blocks = tile.with_specials; blocks != 0; blocks &= blocks - 1) {
    const auto block = static_cast<std::size_t>(std::countr_zero(blocks));
    const BlockPlaces places(tile, block);
    for (std::uint64_t rest = tile.specials[block]; rest != 0; rest &= rest - 1) {
      tile.listed[count++] = places.at(static_cast<unsigned>(std::countr_zero(rest)));
    }
  }
  tile.special_count = count;
  const std::size_t end = tile.length / bytes_of_unit;
  tile.line_ends[tile.blocks] = 0;
  tile.delimiters[tile.blocks] = 0;
  tile.listed[count] = BlockPlaces(tile, end / kBlockUnits).at(end % kBlockUnits);
}
