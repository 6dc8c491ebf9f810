// Looks up the codes of a tile that is converted with AVX-512, 32 at a time (code_texts.h). Internal to charmap;
// included as avx512_registers.h is, behind code_bits_avx512.h.

HYOJUN_TARGET inline void put_text(Tile& tile, std::size_t code, std::uint32_t utf8) noexcept {
  const bool three_bytes = (utf8 & 0xFF0000) != 0;
  tile.first_bytes[code] = static_cast<std::uint8_t>(three_bytes ? utf8 : 0);
  tile.last_bytes[code] = static_cast<std::uint16_t>(three_bytes ? utf8 >> 8 : utf8);
}

// As look_up_codes(); their UTF-8 goes to the tile.
template <typename Places>
HYOJUN_TARGET bool look_up_texts(const TileInput& input, std::size_t count, Tile& tile, Places& places) noexcept {
  const CodeTexts& texts = *input.texts;
  const std::uint16_t* const codes = tile.codes.data();
  _mm512_storeu_si512(&tile.codes[count], _mm512_set1_epi16(static_cast<short>(input.plain_code)));
  // Of each entry, in 16 bits: six bits from the sixth on, then the lowest six.
  const __m512i last_bits = _mm512_set1_epi64(0x3036202610160006);
  const __m512i bits = kept(0x3F), marks = kept(0x80), code_point = kept_unit(0x7FFF);
  const __m512i first_low = _mm512_load_si512(texts.first_byte.data());
  const __m512i first_high = _mm512_load_si512(texts.first_byte.data() + 64);
  alignas(64) static constexpr std::array<std::uint8_t, 64> kUpper = [] {
    std::array<std::uint8_t, 64> upper{};
    for (std::size_t i = 0; i < upper.size(); ++i) upper[i] = static_cast<std::uint8_t>(2 * i + 1);
    return upper;
  }();
  const __m512i upper = _mm512_load_si512(kUpper.data());
  Unknown unknown;
  std::uint64_t default_glyphs = 0;
  for (std::size_t i = 0; i < count; i += kLookedUpAtOnce) {
    const __m512i entries = entries_of<CodeTexts::kCodes>(texts.entries.data(), codes + i);
    unknown.add(_mm512_testn_epi16_mask(entries, code_point));
    default_glyphs += static_cast<std::uint64_t>(_mm_popcnt_u32(_mm512_movepi16_mask(entries)));
    const __m512i last = _mm512_multishift_epi64_epi8(last_bits, entries);
    _mm512_storeu_si512(&tile.last_bytes[i], _mm512_ternarylogic_epi64(last, bits, marks, 0xEA));
    const __m512i rows = _mm512_permutexvar_epi8(upper, entries);
    const __m512i first = _mm512_permutex2var_epi8(first_low, rows, first_high);
    _mm256_storeu_si256(reinterpret_cast<__m256i*>(&tile.first_bytes[i]), _mm512_castsi512_si256(first));
  }
  tile.default_glyph = default_glyphs;
  tile.shape_count = 0;
  Found events;
  unknown.for_each([&](std::size_t i) HYOJUN_TARGET {
    const std::uint32_t utf8 = texts.utf8[tile.codes[i]];
    put_text(tile, i, utf8);
    sort_unknown(static_cast<std::uint8_t>(utf8 >> 24), i, tile, events);
  });
  return mark_found(events, places);
}
