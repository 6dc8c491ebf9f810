// Looks up the codes of a tile with AVX-512, 32 at a time (code_bits.h). Internal to charmap; included as
// avx512_registers.h is.

constexpr std::size_t kLookedUpAtOnce = 32;
constexpr std::size_t kMostLookUps = kTileBytes / 2 / kLookedUpAtOnce + 1;

// Two of `entries`, of which there are kCodes and one more; the higher is not asked for. Loaded into a vector register
// as they are: 16 bits cannot be.
template <std::size_t kCodes>
HYOJUN_TARGET inline __m128i entry(const std::uint16_t* entries, std::uint64_t code) noexcept {
  return _mm_loadu_si32(&entries[code % kCodes]);
}

template <std::size_t kCodes>
HYOJUN_TARGET inline __m128i eight_entries(const std::uint16_t* entries, const std::uint16_t* codes) noexcept {
  const auto four = [&](const std::uint16_t* from) HYOJUN_TARGET {
    std::uint64_t c = 0;
    std::memcpy(&c, from, sizeof c);
    return _mm_unpacklo_epi32(_mm_unpacklo_epi16(entry<kCodes>(entries, c), entry<kCodes>(entries, c >> 16)),
                              _mm_unpacklo_epi16(entry<kCodes>(entries, c >> 32), entry<kCodes>(entries, c >> 48)));
  };
  return _mm_unpacklo_epi64(four(codes), four(codes + 4));
}

template <std::size_t kCodes>
HYOJUN_TARGET inline __m512i entries_of(const std::uint16_t* entries, const std::uint16_t* codes) noexcept {
  const auto sixteen = [&](const std::uint16_t* from) HYOJUN_TARGET {
    return _mm256_set_m128i(eight_entries<kCodes>(entries, from + 8), eight_entries<kCodes>(entries, from));
  };
  return _mm512_inserti64x4(_mm512_castsi256_si512(sixteen(codes)), sixteen(codes + 16), 1);
}

// Which of a tile's codes its entries say nothing of.
class Unknown {
 public:
  // Of the next 32.
  HYOJUN_TARGET void add(__mmask32 mask) noexcept { masks_[count_++] = mask; }

  // Calls take(code) for each in order: one loop, whose end is guessed wrong once a tile.
  template <typename Take>
  HYOJUN_TARGET void for_each(Take take) noexcept {
    _mm512_storeu_si512(&masks_[count_], _mm512_setzero_si512());
    std::uint64_t with = 0;
    for (std::size_t first = 0; first < count_; first += 16) {
      const __m512i masks = _mm512_loadu_si512(&masks_[first]);
      with |= std::uint64_t{_mm512_test_epi32_mask(masks, masks)} << first;
    }
    while (with != 0) {
      const auto k = static_cast<std::size_t>(std::countr_zero(with));
      const std::uint32_t mask = masks_[k];
      masks_[k] = mask & (mask - 1);
      take(k * kLookedUpAtOnce + static_cast<std::size_t>(std::countr_zero(mask)));
      with &= with - one_if(masks_[k] == 0);
    }
  }

 private:
  std::array<std::uint32_t, kMostLookUps + 16> masks_;
  static_assert(kMostLookUps <= 64);
  std::size_t count_ = 0;
};

// The last of `count` that begins at `at` or before, without a branch. Those that hold nothing begin where the next
// does.
HYOJUN_TARGET inline std::size_t last_beginning(const std::array<std::uint16_t, 64>& begins, std::size_t count,
                                                std::size_t at) noexcept {
  const __m512i v = _mm512_set1_epi16(static_cast<short>(at));
  const auto upto = [&](std::size_t from)
                        HYOJUN_TARGET { return _mm512_cmple_epu16_mask(_mm512_load_si512(&begins[from]), v); };
  const std::uint64_t before = upto(0) | std::uint64_t{upto(32)} << 32;
  return static_cast<std::size_t>(_mm_popcnt_u64(_bzhi_u64(before, static_cast<unsigned>(count)))) - 1;
}

// A code whose scan byte had to be asked. Without a branch: shapes and events come in no order.
HYOJUN_TARGET inline void sort_unknown(std::uint8_t scan, std::size_t i, Tile& tile, Found& events) noexcept {
  const std::size_t shape = one_if(scan >= kScanShape);
  const std::size_t event = one_if(scan >= kScanEvent) & ~shape;
  tile.shapes[tile.shape_count] = tile.codes[i];
  tile.shape_count += shape;
  tile.default_glyph += one_if(scan != kScanStandard) & ~event;
  events.add(i, event);
}

// False where one is malformed.
template <typename Places>
HYOJUN_TARGET bool mark_found(const Found& events, Places& places) noexcept {
  for (std::size_t k = 0; k < events.count; ++k) {
    if (!places.mark(events.at[k])) return false;
  }
  return true;
}

// As look_up_codes().
template <typename Places>
HYOJUN_TARGET bool look_up_by_bits(const TileInput& input, std::size_t count, Tile& tile, Places& places) noexcept {
  const CodeBits& bits = *input.code_bits;
  const std::uint16_t* const codes = tile.codes.data();
  _mm512_storeu_si512(&tile.codes[count], _mm512_set1_epi16(static_cast<short>(input.plain_code)));
  const __m512i bits_of_half = _mm512_load_si512(bits.bits_of_half.data());
  const __m512i known = kept_unit(CodeBits::kKnown), default_glyph = kept_unit(CodeBits::kDefaultGlyph);
  Unknown unknown;
  std::uint64_t default_glyphs = 0;
  std::size_t shapes = 0;
  for (std::size_t i = 0; i < count; i += kLookedUpAtOnce) {
    const __m512i entries = entries_of<CodeBits::kEntries>(bits.entries.data(), codes + i);
    const __m512i code = _mm512_loadu_si512(codes + i);
    const __m512i meant = _mm512_permutexvar_epi16(_mm512_srli_epi16(code, CodeBits::kHalf), bits_of_half);
    const __m512i hit = _mm512_and_si512(entries, meant);
    const __mmask32 is_default = _mm512_test_epi16_mask(hit, default_glyph);
    const __mmask32 has_shape = _mm512_mask_testn_epi16_mask(is_default, hit, known);
    unknown.add(_mm512_testn_epi16_mask(hit, hit));
    default_glyphs += static_cast<std::uint64_t>(_mm_popcnt_u32(is_default));
    // Written whatever it is: whether there is one cannot be guessed.
    _mm512_storeu_si512(&tile.shapes[shapes], _mm512_mask_compress_epi16(zero(), has_shape, code));
    shapes += static_cast<std::size_t>(_mm_popcnt_u32(has_shape));
  }
  tile.default_glyph = default_glyphs;
  tile.shape_count = shapes;
  Found events;
  unknown.for_each([&](std::size_t i)
                       HYOJUN_TARGET { sort_unknown(input.scan_bytes[tile.codes[i]], i, tile, events); });
  return mark_found(events, places);
}
