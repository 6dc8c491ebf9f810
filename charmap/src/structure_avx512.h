// The structure of a tile counted with AVX-512 (VPOPCNTDQ). Internal to charmap; included as avx512_registers.h is.

static_assert(kTileBlocks % 8 == 0, "counted eight at a time");

// What sum_structure() does, eight blocks at a time: both counts in one word, and their sums by three shifts.
HYOJUN_TARGET inline std::uint64_t sum_structure_at_once(Tile& tile) noexcept {
  const __m512i none = _mm512_setzero_si512();
  const __m512i last = _mm512_set1_epi64(7);
  __m512i before = none;
  std::uint64_t with_line_ends = 0;
  for (std::size_t i = 0; i < tile.blocks; i += 8) {
    const auto in_tile = static_cast<__mmask8>(_bzhi_u32(0xFF, static_cast<unsigned>(tile.blocks - i)));
    const __m512i line_ends = _mm512_maskz_loadu_epi64(in_tile, &tile.line_ends[i]);
    const __m512i delimiters = _mm512_maskz_popcnt_epi64(in_tile, _mm512_loadu_si512(&tile.delimiters[i]));
    const __m512i both = _mm512_or_si512(_mm512_popcnt_epi64(line_ends), _mm512_slli_epi64(delimiters, 32));
    __m512i sum = _mm512_add_epi64(both, _mm512_alignr_epi64(both, none, 7));
    sum = _mm512_add_epi64(sum, _mm512_alignr_epi64(sum, none, 6));
    sum = _mm512_add_epi64(sum, _mm512_alignr_epi64(sum, none, 4));
    sum = _mm512_add_epi64(sum, before);
    const __m512i to_here = _mm512_sub_epi64(sum, both);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&tile.records_before[i]), _mm512_cvtepi64_epi16(to_here));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&tile.delimiters_before[i]),
                     _mm512_cvtepi64_epi16(_mm512_srli_epi64(to_here, 32)));
    before = _mm512_permutexvar_epi64(last, sum);
    with_line_ends |= std::uint64_t{_mm512_test_epi64_mask(line_ends, line_ends)} << i;
  }
  const auto all = static_cast<std::uint64_t>(_mm_cvtsi128_si64(_mm512_castsi512_si128(before)));
  tile.records_before[tile.blocks] = static_cast<std::uint16_t>(all);
  tile.delimiters_before[tile.blocks] = static_cast<std::uint16_t>(all >> 32);
  tile.with_line_ends = with_line_ends;
  return all;
}
