// What finds in a tile without a branch. Internal to charmap; included before tile_fill.h, as that is.

// Where something was found, in order. Without a branch, which would be guessed wrong as often as something is found.
struct Found {
  std::array<std::uint16_t, kTileBytes / 2 + 8> at;
  std::size_t count = 0;
  HYOJUN_TARGET void add(std::size_t i, std::size_t one_if_found) noexcept {
    at[count] = static_cast<std::uint16_t>(i);
    count += one_if_found;
  }
};

// 1 or 0, of which the compiler shall make no branch.
HYOJUN_TARGET inline std::size_t one_if(bool condition) noexcept {
  std::size_t one = condition ? 1 : 0;
  asm("" : "+r"(one));
  return one;
}
