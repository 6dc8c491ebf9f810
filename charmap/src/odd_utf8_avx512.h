// Blocks of UTF-8 with more than ASCII content, structure, and characters of three and four bytes. Internal to charmap;
// included as avx512_registers.h is.

#include "tile_utf8.h"

// The low seven bits of a byte choose its entry: kOddAscii if it is ASCII that needs a closer look, kOddHigh if it is
// none and neither continuation nor lead of U+1000–FFFF without U+D000–DFFF, of which every pair of continuations is
// well-formed.
constexpr std::uint8_t kOddAscii = 0x80, kOddHigh = 0x40;

constexpr std::array<std::uint8_t, 128> kOddHighBytes = [] {
  std::array<std::uint8_t, 128> entries{};
  for (unsigned b = 0xC0; b <= 0xFF; ++b) entries[b - 0x80] = b <= 0xE0 || b == 0xED || b >= 0xF5 ? kOddHigh : 0;
  return entries;
}();

// Half of those entries, from `first` on.
template <bool kFull>
HYOJUN_TARGET inline __m512i odd_bytes(const TileInput& input, std::size_t first) noexcept {
  const __m512i bits = byte(kFull ? TileInput::kOdd : TileInput::kOdd | TileInput::kOddBare);
  const __mmask64 odd = _mm512_test_epi8_mask(_mm512_load_si512(input.odd_ascii.data() + first), bits);
  const __m512i high = _mm512_loadu_si512(kOddHighBytes.data() + first);
  return _mm512_mask_add_epi8(high, odd, high, byte(kOddAscii));
}

// Of the character that goes on behind `end`, the bytes before it; 0 where none does. `begin`: where a character began.
HYOJUN_TARGET inline std::size_t unfinished(const std::uint8_t* begin, const std::uint8_t* end) noexcept {
  for (std::size_t k = 1; k <= 3 && end - begin >= static_cast<std::ptrdiff_t>(k); ++k) {
    const std::uint8_t b = *(end - k);
    if (b < 0x80) return 0;
    if (b >= 0xC0) return (b < 0xE0 ? 2U : b < 0xF0 ? 3U : 4U) > k ? k : 0;
  }
  return 0;
}

// Bytes that the character, of which `taken` stand before `p`, still has.
HYOJUN_TARGET inline std::uint64_t rest_of(const std::uint8_t* p, std::size_t taken) noexcept {
  const std::uint8_t lead = *(p - taken);
  return (std::uint64_t{1} << ((lead < 0xE0 ? 2U : lead < 0xF0 ? 3U : 4U) - taken)) - 1;
}

// Of characters of four bytes, the bytes in the next block.
HYOJUN_TARGET inline std::uint64_t open_behind(std::uint64_t four) noexcept {
  return four >> 63 | four >> 62 | four >> 61;
}

// Sorts such blocks by what each byte is.
template <bool kFull>
class OddBlocks {
 public:
  OddBlocks(const TileInput& input, const std::uint8_t* tile) noexcept : input_(input), tile_(tile) {}

  // Sorts the block at `p`. False: it is not well-formed, or needs the full variant.
  HYOJUN_TARGET __attribute__((noinline)) bool read(const std::uint8_t* p, std::uint64_t open,
                                                    bool& wants_full) noexcept {
    const __m512i v0 = _mm512_loadu_si512(p);
    const __m512i v1 = _mm512_loadu_si512(p + 1);
    const __m512i kinds = _mm512_permutex2var_epi8(_mm512_load_si512(input_.odd_ascii.data()), v0,
                                                   _mm512_load_si512(input_.odd_ascii.data() + 64));
    const std::uint64_t high = _mm512_movepi8_mask(v0);
    if (!kFull && (_mm512_test_epi8_mask(kinds, byte(TileInput::kOddBare)) & ~high) != 0) {
      wants_full = true;
      return false;
    }
    Utf8Leads leads;
    leads.continuation = _mm512_cmplt_epi8_mask(v0, byte(0xC0));
    const std::uint64_t lead = high & ~leads.continuation;
    leads.two = _mm512_mask_cmplt_epu8_mask(lead, v0, byte(0xE0));
    leads.four = _mm512_cmpge_epu8_mask(v0, byte(0xF0));
    leads.three = lead & ~leads.two & ~leads.four;
    const std::uint64_t e0 = _mm512_cmpeq_epi8_mask(v0, byte(0xE0));
    const std::uint64_t ed = _mm512_cmpeq_epi8_mask(v0, byte(0xED));
    leads.never = _mm512_mask_cmplt_epu8_mask(leads.two, v0, byte(0xC2)) | _mm512_cmpge_epu8_mask(v0, byte(0xF5)) |
                  _mm512_mask_cmplt_epu8_mask(e0, v1, byte(0xA0)) | _mm512_mask_cmpge_epu8_mask(ed, v1, byte(0xA0)) |
                  _mm512_mask_cmplt_epu8_mask(_mm512_cmpeq_epi8_mask(v0, byte(0xF0)), v1, byte(0x90)) |
                  _mm512_mask_cmpge_epu8_mask(_mm512_cmpeq_epi8_mask(v0, byte(0xF4)), v1, byte(0x90));
    const std::size_t taken = unfinished(tile_, p);
    std::uint64_t carry = taken == 0 ? 0 : rest_of(p, taken);
    const bool stray = p[63] < 0x80 && p[64] >= 0x80 && p[64] < 0xC0;
    if (!leads.check(carry) || stray) return false;
    special_ = (_mm512_movepi8_mask(kinds) & ~high) | leads.two | e0 | ed | leads.four;
    const std::uint64_t three = e0 | ed;
    const std::uint64_t apart = open | leads.two | leads.two << 1 | three | three << 1 | three << 2 | leads.four |
                                leads.four << 1 | leads.four << 2 | leads.four << 3;
    forced_ = leads.two >> 63 | three >> 63 | three >> 62;
    open_ = forced_ | open_behind(leads.four);
    apart_ = apart;
    leads_ = lead & apart;
    return true;
  }

  std::uint64_t special() const noexcept { return special_; }
  std::uint64_t apart() const noexcept { return apart_; }  // bytes of special characters
  std::uint64_t leads() const noexcept { return leads_; }  // of these, the first
  // Bytes that the last special character has in the next block.
  std::uint64_t open() const noexcept { return open_; }
  // Not 0: the next block is odd, whatever it looks like.
  std::uint64_t forced() const noexcept { return forced_; }

 private:
  const TileInput& input_;
  const std::uint8_t* const tile_;
  std::uint64_t special_ = 0;
  std::uint64_t apart_ = 0;
  std::uint64_t leads_ = 0;
  std::uint64_t open_ = 0;
  std::uint64_t forced_ = 0;
};
