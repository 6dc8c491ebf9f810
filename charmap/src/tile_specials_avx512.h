// Reads the special characters of a tile of UTF-8 with AVX-512. Internal to charmap; included as avx512_registers.h is.
//
// First the places of those of a block are found at once, then eight characters are decoded at once, each with the one
// behind and the three bytes before it, which tell whether it is one of a sequence. Only selectors are joined here:
// where any other second stands, or a selector without what it may stand behind, the whole tile is listed instead, and
// special_characters.h reads it.

constexpr std::uint16_t kNowhere = 0xFFF0;  // far from every unit of a tile

HYOJUN_TARGET inline __m256i all_four(std::uint64_t word) noexcept {
  return _mm256_set1_epi64x(static_cast<long long>(word));
}

HYOJUN_TARGET inline void store_units(std::uint16_t* units, __m256i words) noexcept {
  _mm_storel_epi64(reinterpret_cast<__m128i*>(units), _mm256_cvtepi64_epi16(words));
}

// Adds those of a block behind the `count` that are there. Returns how many are there then.
HYOJUN_TARGET inline std::size_t place_specials(const Tile& tile, std::size_t block, SpecialPlaces& places,
                                                std::size_t count) noexcept {
  const __m256i line_ends = all_four(tile.line_ends[block]), delimiters = all_four(tile.delimiters[block]);
  const bool in_first_record = _bzhi_u64(tile.with_line_ends, static_cast<unsigned>(block)) == 0;
  const __m256i field = all_four(field_of(tile, block) + (in_first_record ? places.next_field : 0U));
  const __m256i record = all_four(tile.records_before[block] + std::size_t{places.next_record});
  const __m256i first = all_four(block * kBlockUnits + places.next_unit);
  alignas(64) static constexpr std::array<std::uint8_t, 64> kUnits = [] {
    std::array<std::uint8_t, 64> units{};
    for (std::size_t i = 0; i < units.size(); ++i) units[i] = static_cast<std::uint8_t>(i);
    return units;
  }();
  const std::uint64_t specials = tile.specials[block];
  __m512i units = _mm512_mask_compress_epi8(zero(), specials, _mm512_load_si512(kUnits.data()));
  std::size_t i = count;
  count += static_cast<std::size_t>(_mm_popcnt_u64(specials));
  do {
    const __m256i unit = _mm256_cvtepu8_epi64(_mm512_castsi512_si128(units));
    const __m256i before = _mm256_sub_epi64(_mm256_sllv_epi64(all_four(1), unit), all_four(1));
    const __m256i ended = _mm256_and_si256(line_ends, before);
    // Up to the last line end; nothing where there is none.
    const __m256i up_to_last = _mm256_srlv_epi64(all_four(~std::uint64_t{0}), _mm256_lzcnt_epi64(ended));
    const __m256i fields = _mm256_popcnt_epi64(_mm256_andnot_si256(up_to_last, _mm256_and_si256(delimiters, before)));
    const __mmask8 in_first = _mm256_testn_epi64_mask(ended, ended);
    store_units(&places.unit[i + 1], _mm256_add_epi64(first, unit));
    store_units(&places.record[i], _mm256_add_epi64(record, _mm256_popcnt_epi64(ended)));
    store_units(&places.field[i], _mm256_mask_add_epi64(fields, in_first, fields, field));
    units = _mm512_alignr_epi32(units, units, 1);
    i += 4;
  } while (i < count);
  return count;
}

// Adds all of a tile; more than `most` not all of them.
HYOJUN_TARGET inline std::size_t place_all(const Tile& tile, SpecialPlaces& places, std::size_t most) noexcept {
  std::size_t count = places.count;
  for (std::uint64_t blocks = tile.with_specials; blocks != 0 && count <= most; blocks &= blocks - 1) {
    count = place_specials(tile, static_cast<std::size_t>(std::countr_zero(blocks)), places, count);
  }
  return count;
}

// What eight words of four bytes each, first byte highest, may begin with.
struct Seconds {
  __mmask8 short_selector, long_selector;  // U+FE00–FE0F, U+E0100–E01EF
  __mmask8 any;                            // and whatever else may be second, or might
  HYOJUN_TARGET __mmask8 selector() const noexcept { return short_selector | long_selector; }
};
HYOJUN_TARGET inline __mmask8 is_within(__m256i words, std::uint32_t first, std::uint32_t count) noexcept {
  return _mm256_cmplt_epu32_mask(_mm256_sub_epi32(words, _mm256_set1_epi32(static_cast<int>(first))),
                                 _mm256_set1_epi32(static_cast<int>(count)));
}
HYOJUN_TARGET inline Seconds seconds(__m256i words) noexcept {
  const __mmask8 continued =
      _mm256_cmpeq_epi32_mask(_mm256_and_si256(words, _mm256_set1_epi32(0xC0)), _mm256_set1_epi32(0x80));
  Seconds s;
  s.short_selector = is_within(words, 0xEFB88000, 16U << 8U);
  s.long_selector = is_within(words, 0xF3A08480, 0x330) & continued;
  s.any = s.short_selector | is_within(words, 0xF3A08400, 4U << 8U) | is_within(words, 0xE3829900, 2U << 8U) |
          is_within(words, 0xCB000000, 2U << 24U);
  return s;
}

// The code points of eight characters of four bytes, first byte lowest; what is no part of them is masked. Of the bytes
// a, b, c, d: ((a·64 + b)·64 + c)·64 + d, by two multiplications of pairs.
HYOJUN_TARGET inline __m256i joined_bits(__m256i bytes, __m256i lead_bits) noexcept {
  const __m256i bits = _mm256_and_si256(bytes, _mm256_or_si256(lead_bits, _mm256_set1_epi32(0x3F3F3F00)));
  const __m256i halves = _mm256_maddubs_epi16(bits, _mm256_set1_epi16(0x0140));
  return _mm256_madd_epi16(halves, _mm256_set1_epi32(0x00011000));
}

struct EightSpecials {
  __m256i first, second, unit_and_record, field_and_rest;  // ReadCharacter, four words of it
  __mmask8 malformed;                                      // or with a continuation behind it
  __mmask8 odd;                                            // not to be read here
};

HYOJUN_TARGET inline __m256i load_units(const std::uint16_t* units) noexcept {
  return _mm256_cvtepu16_epi32(_mm_loadu_si128(reinterpret_cast<const __m128i*>(units)));
}

// Those from `i` on.
HYOJUN_TARGET inline EightSpecials read_eight(const SpecialPlaces& places, std::size_t i,
                                              const std::uint8_t* bytes) noexcept {
  const auto in_tile =
      static_cast<__mmask8>(_bzhi_u32(0xFF, static_cast<unsigned>(std::min<std::size_t>(places.count - i, 8))));
  const __m256i none = _mm256_setzero_si256();
  const __m256i unit = load_units(&places.unit[i + 1]);
  const __m256i unit_before = load_units(&places.unit[i]);
  const __mmask8 has_before = _mm256_mask_cmpge_epu32_mask(in_tile, unit, _mm256_set1_epi32(3));
  const __m256i low = _mm256_mmask_i32gather_epi32(none, in_tile, unit, bytes, 1);
  const __m256i low_next = _mm256_mmask_i32gather_epi32(none, in_tile, unit, bytes + 4, 1);
  const __m256i low_before = _mm256_mmask_i32gather_epi32(none, has_before, unit, bytes - 3, 1);
  const __m256i swap = _mm256_broadcastsi128_si256(_mm_setr_epi8(3, 2, 1, 0, 7, 6, 5, 4, 11, 10, 9, 8, 15, 14, 13, 12));
  const __m256i words = _mm256_shuffle_epi8(low, swap);
  const auto from = [&](std::uint32_t lead) HYOJUN_TARGET {
    return _mm256_cmpge_epu32_mask(words, _mm256_set1_epi32(static_cast<int>(lead << 24U)));
  };
  const __mmask8 two = from(0xC0), three = from(0xE0), four = from(0xF0);
  EightSpecials eight;
  const __mmask8 well_formed =
      _mm256_cmpeq_epi32_mask(_mm256_and_si256(words, _mm256_set1_epi32(0x00C0C0C0)), _mm256_set1_epi32(0x00808080)) &
      is_within(words, 0xF0900000, 0x40U << 20U) &
      _mm256_cmpneq_epi32_mask(_mm256_and_si256(low_next, _mm256_set1_epi32(0xC0)), _mm256_set1_epi32(0x80));
  eight.malformed = in_tile & four & ~well_formed;

  const auto by_length = [&](int one, int of_two, int of_three, int of_four) HYOJUN_TARGET {
    __m256i v = _mm256_mask_set1_epi32(_mm256_set1_epi32(one), two, of_two);
    v = _mm256_mask_set1_epi32(v, three, of_three);
    return _mm256_mask_set1_epi32(v, four, of_four);
  };
  const __m256i length = by_length(1, 2, 3, 4);
  const __m256i character =
      _mm256_srlv_epi32(joined_bits(low, by_length(0x7F, 0x1F, 0x0F, 0x07)), by_length(18, 12, 6, 0));

  // The character behind it, as far as it is a selector.
  const __m256i behind =
      _mm256_mask_mov_epi32(_mm256_shrdv_epi32(low, low_next, _mm256_slli_epi32(length, 3)), four, low_next);
  const Seconds self = seconds(words);
  const Seconds next = seconds(_mm256_shuffle_epi8(behind, swap));
  const __m256i next_bits = _mm256_mask_set1_epi32(_mm256_set1_epi32(0x07), next.short_selector, 0x0F);
  const __m256i next_character =
      _mm256_srlv_epi32(joined_bits(behind, next_bits), _mm256_maskz_set1_epi32(next.short_selector, 6));

  // The character before it, as far as it has three bytes and was counted, or is special.
  const auto begins = [&](int before) HYOJUN_TARGET {
    return _mm256_cmpeq_epi32_mask(_mm256_add_epi32(unit_before, _mm256_set1_epi32(before)), unit);
  };
  const auto has = [&](int bits, int value) HYOJUN_TARGET {
    return _mm256_cmpeq_epi32_mask(_mm256_and_si256(low_before, _mm256_set1_epi32(bits)), _mm256_set1_epi32(value));
  };
  const __mmask8 three_before = has(0xF0, 0xE0);
  // Of four bytes: the second and the last are continuations; a shorter special one has plain characters behind it.
  const __mmask8 special_before = (begins(3) & three_before) | (begins(4) & has(0xC000C0, 0x800080));
  const __mmask8 second = has_before & self.selector();
  const __mmask8 joins = second & three_before & ~special_before;
  const __mmask8 taken = second & special_before;
  const __mmask8 takes = three & ~self.any & next.selector();
  eight.odd = in_tile & ((self.any & ~(joins | taken)) | (next.any & ~takes));

  const __m256i base = _mm256_srli_epi32(joined_bits(low_before, _mm256_set1_epi32(0x0F)), 6);
  eight.first = _mm256_mask_mov_epi32(character, joins, base);
  eight.second = _mm256_mask_mov_epi32(_mm256_maskz_mov_epi32(takes, next_character), joins, character);
  const __m256i begin = _mm256_mask_sub_epi32(unit, joins, unit, _mm256_set1_epi32(3));
  __m256i bytes_taken = _mm256_mask_add_epi32(length, joins, length, _mm256_set1_epi32(3));
  bytes_taken = _mm256_mask_add_epi32(bytes_taken, takes & next.long_selector, length, _mm256_set1_epi32(4));
  bytes_taken = _mm256_mask_add_epi32(bytes_taken, takes & next.short_selector, length, _mm256_set1_epi32(3));
  bytes_taken = _mm256_mask_mov_epi32(bytes_taken, taken, none);
  const auto base_kind = [](ReadCharacter::Base kind) { return static_cast<int>(kind) << 24; };
  const __m256i kinds = _mm256_mask_set1_epi32(_mm256_maskz_set1_epi32(joins, base_kind(ReadCharacter::Base::plain)),
                                               takes, base_kind(ReadCharacter::Base::special));
  eight.unit_and_record = _mm256_or_si256(begin, _mm256_slli_epi32(load_units(&places.record[i]), 16));
  eight.field_and_rest =
      _mm256_or_si256(_mm256_or_si256(load_units(&places.field[i]), kinds), _mm256_slli_epi32(bytes_taken, 16));
  return eight;
}

HYOJUN_TARGET inline void store_eight(const EightSpecials& eight, ReadCharacter* to) noexcept {
  const __m256i a = _mm256_unpacklo_epi32(eight.first, eight.second);
  const __m256i b = _mm256_unpackhi_epi32(eight.first, eight.second);
  const __m256i c = _mm256_unpacklo_epi32(eight.unit_and_record, eight.field_and_rest);
  const __m256i d = _mm256_unpackhi_epi32(eight.unit_and_record, eight.field_and_rest);
  const __m256i r0 = _mm256_unpacklo_epi64(a, c), r1 = _mm256_unpackhi_epi64(a, c);
  const __m256i r2 = _mm256_unpacklo_epi64(b, d), r3 = _mm256_unpackhi_epi64(b, d);
  auto* const out = reinterpret_cast<__m256i*>(to);
  _mm256_storeu_si256(out, _mm256_permute2x128_si256(r0, r1, 0x20));
  _mm256_storeu_si256(out + 1, _mm256_permute2x128_si256(r2, r3, 0x20));
  _mm256_storeu_si256(out + 2, _mm256_permute2x128_si256(r0, r1, 0x31));
  _mm256_storeu_si256(out + 3, _mm256_permute2x128_si256(r2, r3, 0x31));
}

// Where there are more than can be read, so that some must be of one or two bytes.
HYOJUN_TARGET inline std::optional<std::size_t> list_checked(Tile& tile, const std::uint8_t* bytes) noexcept {
  list_specials(tile);
  for (std::size_t i = 0; i < tile.special_count; ++i) {
    const std::uint8_t* const p = bytes + tile.listed[i].unit;
    if (p[0] < 0xF0) continue;
    const Decoded d = Utf8Decoder{}.decode(p, 4, true);
    if (d.malformed || (p[4] & 0xC0) == 0x80) return tile.listed[i].unit;
  }
  return std::nullopt;
}

// Reads those of the tile into `read`, or lists them. Returns the unit of the first that is malformed; nothing if none
// is.
HYOJUN_TARGET std::optional<std::size_t> read_specials(Tile& tile, const std::uint8_t* bytes) noexcept {
  SpecialPlaces places;
  places.unit[0] = kNowhere;
  places.count = place_all(tile, places, kMostRead);
  if (places.count > kMostRead) return list_checked(tile, bytes);
  unsigned odd = 0;
  for (std::size_t i = 0; i < places.count; i += 8) {
    const EightSpecials eight = read_eight(places, i, bytes);
    if (eight.malformed != 0) return places.unit[i + 1 + static_cast<std::size_t>(std::countr_zero(eight.malformed))];
    odd |= eight.odd;
    store_eight(eight, &tile.read[i]);
  }
  tile.special_count = places.count;
  tile.all_read = odd == 0;
  if (odd != 0) list_specials(tile);
  return std::nullopt;
}

// Puts those of the tile off. False if they are too many.
HYOJUN_TARGET bool put_specials_off(Tile& tile) noexcept {
  const std::size_t before = tile.put_off->count;
  const std::size_t count = place_all(tile, *tile.put_off, before + kMostPutOff) - before;
  if (count > kMostPutOff) return false;
  tile.special_count = count;
  return true;
}

HYOJUN_TARGET bool read_put_off(SpecialPlaces& places, const std::uint8_t* bytes, ReadCharacter* read) noexcept {
  places.unit[0] = kNowhere;
  unsigned not_read = 0;
  for (std::size_t i = 0; i < places.count; i += 8) {
    const EightSpecials eight = read_eight(places, i, bytes);
    not_read |= unsigned{eight.malformed} | eight.odd;
    store_eight(eight, &read[i]);
  }
  return not_read == 0;
}
