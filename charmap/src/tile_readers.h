// Which reader reads which encoding but UTF-8. Internal to charmap; included behind the readers of a kernel, inside its
// anonymous namespace, as tile_fill.h is before them.

inline TileFunctions reader_tiles(Encoding encoding) noexcept {
  switch (encoding) {
    case Encoding::cp932:
      return {fill_tile<Cp932Reader<false>>, fill_tile<Cp932Reader<true>>};
    case Encoding::utf16le:
      return {fill_tile<Utf16Reader<false, false>>, fill_tile<Utf16Reader<false, true>>};
    case Encoding::utf16be:
      return {fill_tile<Utf16Reader<true, false>>, fill_tile<Utf16Reader<true, true>>};
    default:
      return {};
  }
}
