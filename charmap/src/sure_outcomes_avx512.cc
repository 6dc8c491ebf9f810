#include "sure_outcomes.h"

#if defined(__x86_64__)

#include <bit>
#include <cstddef>

#include "avx512_intrinsics.h"

#define HYOJUN_TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,bmi,bmi2,lzcnt,popcnt")))

namespace hyojun::charmap {

namespace {

#include "avx512_registers.h"

constexpr std::size_t kAtOnce = 8;

HYOJUN_TARGET inline __m256i all_of(std::uint32_t word) noexcept { return _mm256_set1_epi32(static_cast<int>(word)); }
HYOJUN_TARGET inline __m512i wide(__m256i words) noexcept { return _mm512_cvtepu32_epi64(words); }
HYOJUN_TARGET inline __m512i wide_above(__m256i words) noexcept { return _mm512_slli_epi64(wide(words), 32); }
HYOJUN_TARGET inline __mmask8 is_within(__m256i words, std::uint32_t first, std::uint32_t count) noexcept {
  return _mm256_cmplt_epu32_mask(_mm256_sub_epi32(words, all_of(first)), all_of(count));
}

struct EightCharacters {
  __m256i first, second, unit, record, field, length, base;
};

HYOJUN_TARGET inline EightCharacters load_eight(const ReadCharacter* read) noexcept {
  static_assert(sizeof(ReadCharacter) == 16 && offsetof(ReadCharacter, second) == 4 &&
                offsetof(ReadCharacter, unit) == 8 && offsetof(ReadCharacter, record) == 10 &&
                offsetof(ReadCharacter, field) == 12 && offsetof(ReadCharacter, length) == 14 &&
                offsetof(ReadCharacter, base) == 15);
  const __m512i low = _mm512_loadu_si512(read), high = _mm512_loadu_si512(read + 4);
  const __m512i order = _mm512_setr_epi32(0, 4, 8, 12, 16, 20, 24, 28, 1, 5, 9, 13, 17, 21, 25, 29);
  const __m512i text = _mm512_permutex2var_epi32(low, order, high);
  const __m512i place = _mm512_permutex2var_epi32(low, _mm512_add_epi32(order, _mm512_set1_epi32(2)), high);
  const __m256i unit_and_record = _mm512_castsi512_si256(place);
  const __m256i field_and_rest = _mm512_extracti64x4_epi64(place, 1);
  return {_mm512_castsi512_si256(text),
          _mm512_extracti64x4_epi64(text, 1),
          _mm256_and_si256(unit_and_record, all_of(0xFFFF)),
          _mm256_srli_epi32(unit_and_record, 16),
          _mm256_and_si256(field_and_rest, all_of(0xFFFF)),
          _mm256_and_si256(_mm256_srli_epi32(field_and_rest, 16), all_of(0xFF)),
          _mm256_srli_epi32(field_and_rest, 24)};
}

// Class bytes and listed sequences, out of the image.
class Tables {
 public:
  HYOJUN_TARGET explicit Tables(const image::Sections& sections) noexcept
      : bmp_(sections.bmp_classes.data()),
        index_(sections.class_index.data()),
        lines_(reinterpret_cast<const std::uint8_t*>(sections.sequence_lines.data())),
        to_blocks_(sections.class_blocks.data() - bmp_) {}

  // Both class tables are read from one place.
  bool in_reach() const noexcept { return to_blocks_ % 4 == 0 && to_blocks_ == static_cast<std::int32_t>(to_blocks_); }

  // Code points below 0x110000. Whole words are read, and sections are whole words.
  HYOJUN_TARGET __m256i class_bytes(__mmask8 lanes, __m256i code_points) const noexcept {
    const __mmask8 above = _mm256_mask_cmpge_epu32_mask(lanes, code_points, all_of(0x10000));
    const __m256i row = _mm256_srli_epi32(_mm256_sub_epi32(code_points, all_of(0x10000)), 8);
    const __m256i rows =
        _mm256_mmask_i32gather_epi32(_mm256_setzero_si256(), above, _mm256_srli_epi32(row, 1), index_, 4);
    const __m256i odd = _mm256_slli_epi32(_mm256_and_si256(row, all_of(1)), 4);
    const __m256i block = _mm256_and_si256(_mm256_srlv_epi32(rows, odd), all_of(0xFFFF));
    const __m256i in_block = _mm256_or_si256(_mm256_slli_epi32(block, 8), _mm256_and_si256(code_points, all_of(0xFF)));
    const __m256i at =
        _mm256_mask_add_epi32(code_points, above, in_block, all_of(static_cast<std::uint32_t>(to_blocks_)));
    const __m256i word = _mm256_mmask_i32gather_epi32(_mm256_setzero_si256(), lanes,
                                                      _mm256_and_si256(at, all_of(~std::uint32_t{3})), bmp_, 1);
    const __m256i shift = _mm256_slli_epi32(_mm256_and_si256(at, all_of(3)), 3);
    return _mm256_and_si256(_mm256_srlv_epi32(word, shift), all_of(0xFF));
  }

  // Which of the sequences are listed; `unsure`: which may be in a line behind.
  HYOJUN_TARGET __mmask8 listed(__mmask8 sequences, __m256i first, __m256i second, __mmask8& unsure) const noexcept {
    const __m256i key = _mm256_or_si256(_mm256_slli_epi32(first, 11), _mm256_and_si256(second, all_of(0x7FF)));
    const __m256i line = _mm256_srli_epi32(_mm256_mullo_epi32(key, all_of(0x9E3779B1U)), 20);
    const __m256i at = _mm256_maskz_slli_epi32(sequences, line, 6);
    alignas(32) std::array<std::uint32_t, kAtOnce> keys, lines;
    _mm256_store_si256(reinterpret_cast<__m256i*>(keys.data()), key);
    _mm256_store_si256(reinterpret_cast<__m256i*>(lines.data()), at);
    // All bits of four bytes that belong to the character whose key one of the eight is.
    const auto same = [&](std::size_t i) HYOJUN_TARGET {
      const __m256i row = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(lines_ + lines[i]));
      return _mm256_cmpeq_epi32(row, all_of(keys[i]));
    };
    const auto four = [&](std::size_t i) HYOJUN_TARGET {
      return _mm256_packs_epi16(_mm256_packs_epi32(same(i), same(i + 1)), _mm256_packs_epi32(same(i + 2), same(i + 3)));
    };
    const __m256i low = four(0), high = four(4);
    const __m256i found =
        _mm256_or_si256(_mm256_permute2x128_si256(low, high, 0x20), _mm256_permute2x128_si256(low, high, 0x31));
    const __mmask8 is_listed = _mm256_mask_test_epi32_mask(sequences, found, found);
    const auto missed = static_cast<__mmask8>(sequences & ~is_listed);
    unsure = 0;
    if (missed != 0) {
      const __m256i last = _mm256_mmask_i32gather_epi32(_mm256_setzero_si256(), missed, at,
                                                        lines_ + offsetof(image::SequenceLine, keys[7]), 1);
      unsure = _mm256_mask_test_epi32_mask(missed, last, last);
    }
    return is_listed;
  }

 private:
  const std::uint8_t* bmp_;
  const std::uint16_t* index_;
  const std::uint8_t* lines_;
  std::ptrdiff_t to_blocks_;
};
static_assert(sizeof(image::SequenceLine) == 64 && image::SequenceLine::kRows == 8 && image::kSequenceLines == 4096);

// Writes the events of the lanes `told`, and behind them whatever. Returns how many.
HYOJUN_TARGET inline std::size_t write_events(const SureInput& input, const EightCharacters& c, __m256i outcome,
                                              __mmask8 told, Event* out) noexcept {
  static_assert(sizeof(Event) == 32 && offsetof(Event, record) == 8 && offsetof(Event, field) == 16 &&
                offsetof(Event, length) == 20 && offsetof(Event, kind) == 21 && offsetof(Event, outcome) == 22 &&
                offsetof(Event, first) == 24 && offsetof(Event, second) == 28);
  static_assert(static_cast<int>(Event::Kind::character) == 0);
  const __mmask8 in_first = _mm256_testn_epi32_mask(c.record, c.record);
  const __m256i field = _mm256_mask_add_epi32(c.field, in_first, c.field, all_of(input.field));
  const __m256i rest = _mm256_or_si256(c.length, _mm256_slli_epi32(outcome, 16));
  const auto squeezed = [&](__m512i v) HYOJUN_TARGET { return _mm512_mask_compress_epi64(zero(), told, v); };
  const auto plus = [&](__m256i words, std::uint64_t n) HYOJUN_TARGET {
    return _mm512_add_epi64(wide(words), _mm512_set1_epi64(static_cast<long long>(n)));
  };
  const __m512i offsets = squeezed(plus(c.unit, input.begin)), records = squeezed(plus(c.record, input.record));
  const __m512i fields = squeezed(_mm512_or_si512(wide(field), wide_above(rest)));
  const __m512i texts = squeezed(_mm512_or_si512(wide(c.first), wide_above(c.second)));
  const __m512i a = _mm512_unpacklo_epi64(offsets, records), b = _mm512_unpackhi_epi64(offsets, records);
  const __m512i d = _mm512_unpacklo_epi64(fields, texts), e = _mm512_unpackhi_epi64(fields, texts);
  constexpr int kLow = 0x44, kHigh = 0xEE, kEven = 0x88, kOdd = 0xDD;
  const __m512i even = _mm512_shuffle_i64x2(a, d, kLow), odd = _mm512_shuffle_i64x2(b, e, kLow);
  _mm512_storeu_si512(out, _mm512_shuffle_i64x2(even, odd, kEven));
  _mm512_storeu_si512(out + 2, _mm512_shuffle_i64x2(even, odd, kOdd));
  const __m512i even_high = _mm512_shuffle_i64x2(a, d, kHigh), odd_high = _mm512_shuffle_i64x2(b, e, kHigh);
  _mm512_storeu_si512(out + 4, _mm512_shuffle_i64x2(even_high, odd_high, kEven));
  _mm512_storeu_si512(out + 6, _mm512_shuffle_i64x2(even_high, odd_high, kOdd));
  return static_cast<std::size_t>(_mm_popcnt_u32(told));
}

// Counts in bytes, one for each outcome and lane.
class Counters {
 public:
  static constexpr std::size_t kMost = 255;
  HYOJUN_TARGET Counters() noexcept : sum_(_mm512_setzero_si512()) {}
  HYOJUN_TARGET void add(__mmask8 lanes, __m256i outcomes) noexcept {
    const __m512i bits = wide(_mm256_slli_epi32(outcomes, 3));
    sum_ = _mm512_mask_add_epi64(sum_, lanes, sum_, _mm512_sllv_epi64(_mm512_set1_epi64(1), bits));
  }
  HYOJUN_TARGET void total(std::array<std::uint64_t, kOutcomeCount>& to) const noexcept {
    static_assert(kOutcomeCount == sizeof(std::uint64_t));
    const __m512i pairs = _mm512_set1_epi16(0x00FF);
    const auto even = static_cast<std::uint64_t>(_mm512_reduce_add_epi64(_mm512_and_si512(sum_, pairs)));
    const auto odd =
        static_cast<std::uint64_t>(_mm512_reduce_add_epi64(_mm512_and_si512(_mm512_srli_epi16(sum_, 8), pairs)));
    for (std::size_t i = 0; i < to.size(); ++i) to[i] = (i % 2 == 0 ? even : odd) >> (i / 2 * 16) & 0xFFFF;
  }

 private:
  __m512i sum_;
};

HYOJUN_TARGET SureOutcomes find(const SureInput& input, std::span<const ReadCharacter> read, std::span<Event> events,
                                std::uint64_t* shapes) noexcept {
  using Base = ReadCharacter::Base;
  SureOutcomes sure;
  const Tables tables(*input.sections);
  if (!tables.in_reach()) return sure;
  static_assert(sizeof(Outcome) == 1);
  const __m256i outcomes = _mm256_loadu_si256(reinterpret_cast<const __m256i*>(input.outcomes.data()));
  Counters counters;
  __m256i ends = _mm256_setzero_si256();
  const std::size_t most = std::min(read.size(), Counters::kMost * kAtOnce);
  for (; sure.taken < most && events.size() - sure.events >= kAtOnce; sure.taken += kAtOnce) {
    const EightCharacters c = load_eight(&read[sure.taken]);
    const auto there =
        static_cast<__mmask8>(_bzhi_u32(0xFF, static_cast<unsigned>(std::min(most - sure.taken, kAtOnce))));
    const __mmask8 lanes = _mm256_mask_test_epi32_mask(there, c.length, c.length);  // not taken with the one before
    const __mmask8 sequences = _mm256_mask_test_epi32_mask(lanes, c.second, c.second);
    const __m256i bytes = tables.class_bytes(lanes, c.first);
    const auto has = [&](__mmask8 of, unsigned bits)
                         HYOJUN_TARGET { return _mm256_mask_test_epi32_mask(of, bytes, all_of(bits)); };
    const auto base = [&](Base kind) HYOJUN_TARGET {
      return _mm256_mask_cmpeq_epi32_mask(lanes, c.base, all_of(static_cast<unsigned>(kind)));
    };
    __mmask8 unsure;
    const __mmask8 listed = tables.listed(sequences, c.first, c.second, unsure);
    const __mmask8 plain = base(Base::plain);
    const __mmask8 shaped = has(plain, kShapeDependsOnFont);
    // A control, a selector, a mark alone, or nothing assigned begins no sequence.
    const __mmask8 begins_none =
        _mm256_mask_cmpeq_epi32_mask(base(Base::special), _mm256_and_si256(bytes, all_of(0x0C)), all_of(4));
    __mmask8 unusual = unsure | begins_none | has(static_cast<__mmask8>(lanes & ~sequences), kShapeDependsOnFont);
    if (input.asks_gaiji) {
      unusual |=
          static_cast<__mmask8>(lanes & (is_within(c.first, 0xE000, 0x1900) | is_within(c.first, 0xF0000, 0x20000)));
    }
    if (unusual != 0) break;
    const __m256i by_class = _mm256_mask_or_epi32(_mm256_and_si256(bytes, all_of(kClassMask)), sequences,
                                                  _mm256_and_si256(bytes, all_of(kClassMask)), all_of(kClassMask + 1U));
    // The other bytes of a word are those of class 0, which is no outcome.
    const __m256i unlisted = _mm256_and_si256(_mm256_permutexvar_epi8(by_class, outcomes), all_of(0xFF));
    const __m256i outcome = _mm256_maskz_mov_epi32(static_cast<__mmask8>(~listed), unlisted);
    const __mmask8 told =
        sequences | has(lanes, input.limit) |
        _mm256_mask_cmpgt_epu32_mask(lanes, outcome, all_of(static_cast<unsigned>(Outcome::default_glyph)));
    sure.events += write_events(input, c, outcome, told, &events[sure.events]);
    counters.add(lanes, outcome);
    const __mmask8 default_bases = has(plain, 1);
    sure.default_bases += static_cast<unsigned>(_mm_popcnt_u32(default_bases));
    sure.standard_bases += static_cast<unsigned>(_mm_popcnt_u32(static_cast<__mmask8>(plain & ~default_bases)));
    for (unsigned rest = shaped; rest != 0; rest &= rest - 1) {
      const char32_t first = read[sure.taken + static_cast<std::size_t>(std::countr_zero(rest))].first;
      --shapes[input.bmp_scan[first] - kScanShape];
    }
    ends = _mm256_mask_max_epu32(ends, lanes, ends, _mm256_add_epi32(c.unit, c.length));
  }
  sure.taken = std::min(sure.taken, read.size());
  counters.total(sure.outcomes);
  const __m128i half = _mm_max_epu32(_mm256_castsi256_si128(ends), _mm256_extracti128_si256(ends, 1));
  const __m128i quarter = _mm_max_epu32(half, _mm_shuffle_epi32(half, 0x4E));
  sure.end = static_cast<std::uint32_t>(_mm_cvtsi128_si32(_mm_max_epu32(quarter, _mm_shuffle_epi32(quarter, 0xB1))));
  return sure;
}

}  // namespace

SureFunction sure_outcomes_avx512() noexcept { return find; }

}  // namespace hyojun::charmap

#else

namespace hyojun::charmap {
SureFunction sure_outcomes_avx512() noexcept { return nullptr; }
}  // namespace hyojun::charmap

#endif
