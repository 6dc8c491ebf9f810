// Surrogates of a block of UTF-16. Internal to charmap; included as tile_fill.h is.

class Utf16State {
 public:
  // Sorts the surrogates of a block that has some, or follows one that ended in the first of a pair. False: unpaired.
  HYOJUN_TARGET bool take(std::uint64_t surrogate, std::uint64_t low, Block& block) noexcept {
    const std::uint64_t high = surrogate & ~low;
    if ((high << 1 | first_is_low_) != low) return false;
    first_is_low_ = high >> 63;
    block.begin = ~low;
    block.special |= high;
    return true;
  }
  HYOJUN_TARGET bool pending() const noexcept { return first_is_low_ != 0; }

 private:
  std::uint64_t first_is_low_ = 0;  // bit 0: the block's first unit ends a pair
};

template <bool kBigEndian>
HYOJUN_TARGET inline bool is_utf16_lf(const std::uint8_t* p) noexcept {
  return p[kBigEndian ? 1 : 0] == '\n' && p[kBigEndian ? 0 : 1] == 0;
}
