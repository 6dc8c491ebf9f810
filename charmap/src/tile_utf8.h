// Blocks of UTF-8 that hold more than ASCII and plain three-byte characters. Internal to charmap; included as
// tile_fill.h is.

// Lead bytes of one block.
struct Utf8Leads {
  std::uint64_t continuation;  // 80–BF
  std::uint64_t two;           // C2–DF
  std::uint64_t three;         // E0–EF
  std::uint64_t four;          // F0–F4
  std::uint64_t never;         // C0, C1, F5–FF, and leads whose second byte may not follow them (E0, ED, F0, F4)

  // Is the block well-formed? `carry`: continuation bytes that it must begin with, in; that the next must, out.
  HYOJUN_TARGET bool check(std::uint64_t& carry) const noexcept {
    const std::uint64_t expected = carry | two << 1 | three << 1 | three << 2 | four << 1 | four << 2 | four << 3;
    if (((expected ^ continuation) | never) != 0) return false;
    carry = two >> 63 | three >> 63 | three >> 62 | four >> 63 | four >> 62 | four >> 61;
    return true;
  }
};
