// Blocks of table_run() with AVX-512 (VBMI2): 64 bytes at a time.
//
// The masks of a block (which bytes lead, which are shift codes, delimiters, line ends) come from comparisons and two
// prefix operations on 64 bits; codes of two bytes are gathered by compression and looked up one by one, which on Zen 4
// is never slower than a gather; 16 source bytes at a time become UTF-8, as in emit_avx512.cc. Everything that is not
// plain cuts the block: what stands before is taken, the loop goes on behind.
#include "table_run.h"

#if defined(__x86_64__)

#include <array>
#include <bit>
#include <cstring>

#include "avx512_intrinsics.h"

#define HYOJUN_TARGET \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,lzcnt,popcnt,pclmul")))

namespace hyojun::charmap {

namespace {

#include "avx512_registers.h"
#include "table_run_loop.h"
#include "table_run_steps.h"

constexpr std::size_t kBlock = 64;
constexpr std::size_t kAhead = 2;  // bytes behind a block that are looked at
constexpr std::size_t kMostPairs = kBlock / 2;
constexpr std::size_t kPrefetch = 4096;

HYOJUN_TARGET inline std::uint64_t first_bits(std::size_t n) noexcept { return _bzhi_u64(~std::uint64_t{0}, n); }

// Bit i: an odd number of bits up to and including i.
HYOJUN_TARGET inline std::uint64_t parity(std::uint64_t bits) noexcept {
  const __m128i product = _mm_clmulepi64_si128(_mm_cvtsi64_si128(static_cast<long long>(bits)), _mm_set1_epi8(-1), 0);
  return static_cast<std::uint64_t>(_mm_cvtsi128_si64(product));
}

// The bytes of a block by what they are.
struct Masks {
  std::uint64_t lead, single;
  std::uint64_t delimiter, line_feed, carriage_return, quote;  // of the single ones
  std::uint64_t inside;                                        // behind a shift code to double bytes
  std::uint64_t quoted;                                        // inside quotes, the opening one included
  std::size_t length;                                          // of what can be taken, if every pair is plain

  HYOJUN_TARGET void cut(std::size_t n) noexcept {
    const std::uint64_t keep = first_bits(n);
    lead &= keep;
    single &= keep;
    delimiter &= keep;
    line_feed &= keep;
    quote &= keep;
    length = n;
  }
  HYOJUN_TARGET bool has_last(std::uint64_t mask) const noexcept { return (mask >> (length - 1) & 1) != 0; }
  // A quote that closes, or is the first of two: what stands behind it decides.
  HYOJUN_TARGET void leave_closing_quote() noexcept {
    if (length != 0 && has_last(quote & ~quoted)) cut(length - 1);
  }
};

// Every second byte of each run of bytes, from its first on, as Cp932State of tile_cp932.h finds them.
HYOJUN_TARGET inline std::uint64_t leads_in(std::uint64_t runs, std::uint64_t& trail) noexcept {
  constexpr std::uint64_t kOddBits = 0xAAAAAAAAAAAAAAAA;
  const std::uint64_t ends = ((runs << 1 | kOddBits) - runs) ^ kOddBits;
  trail = ends ^ runs;
  return ends & runs;
}

class Reader {
 public:
  HYOJUN_TARGET Reader(const RunTables& tables) noexcept
      : shift_length_(tables.blocks.shift_length),
        delimiter_(byte(tables.blocks.delimiter)),
        quote_(byte(tables.blocks.quote)),
        delimiter_is_text_(tables.delimiter_is_text),
        doubles_(tables.blocks.doubles) {
    for (std::size_t i = 0; i < 4; ++i) text_[i] = _mm512_load_si512(tables.blocks.text.data() + 64 * i);
    for (std::size_t i = 0; i < shift_length_; ++i) {
      out_[i] = byte(tables.blocks.out[i]);
      in_[i] = byte(tables.blocks.in[i]);
    }
  }

  // `text`: ASCII of the single bytes.
  HYOJUN_TARGET Masks read(const std::uint8_t* p, const ScanState& state, __m512i& text) const noexcept {
    const __m512i v = _mm512_loadu_si512(p);
    const __m512i low = _mm512_permutex2var_epi8(text_[0], v, text_[1]);
    const __m512i high = _mm512_permutex2var_epi8(text_[2], v, text_[3]);
    text = _mm512_mask_blend_epi8(_mm512_movepi8_mask(v), low, high);
    Masks m;
    std::uint64_t bad = shift_length_ == 0 ? without_shifts(text, m) : with_shifts(p, v, state.shift != 0, m);
    m.delimiter = _mm512_mask_cmpeq_epi8_mask(m.single, text, delimiter_);
    m.line_feed = _mm512_mask_cmpeq_epi8_mask(m.single, text, byte('\n'));
    m.carriage_return = _mm512_mask_cmpeq_epi8_mask(m.single, text, byte('\r'));
    m.quote = _mm512_mask_cmpeq_epi8_mask(m.single, text, quote_);
    bad |= m.carriage_return & ~(m.line_feed >> 1);
    m.quoted = 0;
    if (m.quote != 0 || state.phase == Phase::quoted) bad |= quotes(state, m);
    bad |= _mm512_mask_testn_epi8_mask(m.single, text, text) | (m.lead & kLast);
    m.cut(static_cast<std::size_t>(std::countr_zero(bad)));
    return m;
  }

  HYOJUN_TARGET std::uint8_t set_behind(const Masks& m) const noexcept {
    return m.has_last(m.inside) ? doubles_ : std::uint8_t{0};
  }

 private:
  using Phase = ScanState::Phase;
  static constexpr std::uint64_t kLast = std::uint64_t{1} << (kBlock - 1);

  // A quote may open only where a field begins, or behind one that closes: two of them are one that is content.
  HYOJUN_TARGET std::uint64_t quotes(const ScanState& state, Masks& m) const noexcept {
    m.quoted = parity(m.quote) ^ (state.phase == Phase::quoted ? ~std::uint64_t{0} : 0);
    const std::uint64_t opening = m.quote & m.quoted;
    const std::uint64_t before = (m.line_feed | m.delimiter | m.quote) & ~m.quoted;
    const bool field_begins = state.phase == Phase::record_start || state.phase == Phase::field_start;
    const std::uint64_t control = delimiter_is_text_ ? 0 : m.delimiter & m.quoted;
    return (opening & ~(before << 1 | (field_begins ? 1 : 0))) | control;
  }

  HYOJUN_TARGET static std::uint64_t without_shifts(__m512i text, Masks& m) noexcept {
    std::uint64_t trail = 0;
    m.lead = leads_in(_mm512_movepi8_mask(text), trail);
    m.single = ~(m.lead | trail);
    m.inside = 0;
    return 0;
  }

  HYOJUN_TARGET std::uint64_t with_shifts(const std::uint8_t* p, __m512i v, bool inside, Masks& m) const noexcept {
    const __mmask64 first_out = _mm512_cmpeq_epi8_mask(v, out_[0]);
    const __mmask64 first_in = _mm512_cmpeq_epi8_mask(v, in_[0]);
    std::uint64_t out = first_out;
    std::uint64_t in = first_in;
    for (std::size_t i = 1; i < shift_length_; ++i) {
      const __m512i next = _mm512_loadu_si512(p + i);
      out &= _mm512_cmpeq_epi8_mask(next, out_[i]);
      in &= _mm512_cmpeq_epi8_mask(next, in_[i]);
    }
    // One that goes on behind the block is left for the next.
    const std::uint64_t cut_off = (first_out | first_in) & ~first_bits(kBlock + 1 - shift_length_);
    m.inside = parity(out | in) ^ (inside ? ~std::uint64_t{0} : 0);
    std::uint64_t codes = out | in;
    for (std::size_t i = 1; i < shift_length_; ++i) codes |= (out | in) << i;
    std::uint64_t trail = 0;
    m.lead = leads_in(m.inside & ~codes, trail);
    m.single = ~(m.inside | codes);
    return (out & ~m.inside) | (in & m.inside) | cut_off;
  }

  __m512i text_[4];
  __m512i out_[RunTables::Blocks::kLongestShift];
  __m512i in_[RunTables::Blocks::kLongestShift];
  std::size_t shift_length_;
  __m512i delimiter_, quote_;
  bool delimiter_is_text_;
  std::uint8_t doubles_;
};

// The bytes of two vectors in turn.
alignas(64) constexpr std::array<std::uint8_t, kBlock> kInTurn = [] {
  std::array<std::uint8_t, kBlock> order{};
  for (std::size_t i = 0; i < order.size(); ++i) order[i] = static_cast<std::uint8_t>(i / 2 + (i % 2) * 64);
  return order;
}();

// Four codes that lie side by side. A value that the compiler cannot see through stays out of vectors, which cost more.
HYOJUN_TARGET inline void look_up_four(const Run* plane, const std::uint16_t* codes, Run* runs) noexcept {
  std::uint64_t four = 0;
  std::memcpy(&four, codes, sizeof four);
  for (std::size_t k = 0; k < 4; ++k, four >>= 16) {
    Run run = plane[four & 0xFFFF];
    asm("" : "+r"(run));
    runs[k] = run;
  }
}

// The codes of two bytes of a block, looked up.
class Pairs {
 public:
  // Cuts the masks before the first code that is not plain. Returns how many are default glyphs.
  HYOJUN_TARGET unsigned look_up(const std::uint8_t* p, const Run* plane, Run stop, Masks& m) noexcept {
    const __m512i high = _mm512_mask_compress_epi8(zero(), m.lead, _mm512_loadu_si512(p));
    const __m512i low = _mm512_mask_compress_epi8(zero(), m.lead, _mm512_loadu_si512(p + 1));
    alignas(64) std::array<std::uint16_t, kMostPairs> codes;
    _mm512_store_si512(codes.data(), _mm512_permutex2var_epi8(low, _mm512_load_si512(kInTurn.data()), high));
    const auto count = static_cast<std::size_t>(std::popcount(m.lead));
    // Eight at a time, so that the number of steps is easier to foretell; behind the last stand codes of zeros.
    for (std::size_t i = 0; i < count; i += 8) {
      look_up_four(plane, &codes[i], &runs[i]);
      look_up_four(plane, &codes[i + 4], &runs[i + 4]);
    }
    std::uint32_t stops = 0;
    std::uint32_t default_glyphs = 0;
    for (std::size_t i = 0; i < count; i += 16) {
      const __m512i sixteen = _mm512_load_si512(&runs[i]);
      stops |= with_bits(sixteen, stop) << i;
      default_glyphs |= with_bits(sixteen, 1U << Codes::kRunDefaultGlyph) << i;
    }
    auto taken = first_bits(count);
    if ((stops & taken) != 0) {
      const auto first = static_cast<unsigned>(std::countr_zero(stops & taken));
      m.cut(static_cast<std::size_t>(std::countr_zero(_pdep_u64(std::uint64_t{1} << first, m.lead))));
      taken = first_bits(first);
    }
    return static_cast<unsigned>(std::popcount(default_glyphs & taken));
  }

  alignas(64) std::array<Run, kMostPairs + 16> runs;  // sixteen are read at a time

 private:
  HYOJUN_TARGET static std::uint32_t with_bits(__m512i sixteen, Run bits) noexcept {
    return _mm512_test_epi32_mask(sixteen, _mm512_set1_epi32(static_cast<int>(bits)));
  }
};

HYOJUN_TARGET inline std::uint8_t* write_block(__m512i text, const Masks& m, const Run* runs,
                                               std::uint8_t* out) noexcept {
  if (m.single == ~std::uint64_t{0}) {
    _mm512_storeu_si512(out, text);
    return out + kBlock;
  }
  alignas(64) std::array<std::uint8_t, kBlock> bytes;
  _mm512_store_si512(bytes.data(), _mm512_maskz_mov_epi8(m.single, text));
  for (std::size_t i = 0; i < m.length; i += 16) {
    const auto lead = static_cast<__mmask16>(m.lead >> i);
    const __m512i entries = _mm512_mask_expand_epi32(zero(), lead, _mm512_loadu_si512(runs));
    const __m512i single = _mm512_cvtepu8_epi32(_mm_load_si128(reinterpret_cast<const __m128i*>(&bytes[i])));
    // Bytes that are neither, and the highest of an entry, stay 0 and are left out.
    const __m512i utf8 = _mm512_or_si512(single, _mm512_and_si512(entries, _mm512_set1_epi32(0x00FFFFFF)));
    const __mmask64 used = _mm512_test_epi8_mask(utf8, utf8);
    _mm512_storeu_si512(out, _mm512_mask_compress_epi8(zero(), used, utf8));
    out += _mm_popcnt_u64(used);
    runs += _mm_popcnt_u32(lead);
  }
  return out;
}

template <bool kWrite>
struct Avx512 : OneByOne<kWrite> {
  static constexpr bool kBlocks = true;

  HYOJUN_TARGET static void blocks(const RunTables& tables, ScanState& state, ScanCounts& counts, Cursor& at) noexcept {
    if (static_cast<std::size_t>(at.end - at.p) < kBlock + kAhead) return;
    const Reader reader(tables);
    Pairs pairs;
    while (static_cast<std::size_t>(at.end - at.p) >= kBlock + kAhead) {
      _mm_prefetch(reinterpret_cast<const char*>(at.p) + kPrefetch, _MM_HINT_T0);
      __m512i text;
      Masks m = reader.read(at.p, state, text);
      if (m.lead != 0) at.default_glyph += pairs.look_up(at.p, tables.blocks.plane, tables.stop, m);
      m.leave_closing_quote();
      if (m.length == 0) return;
      if constexpr (kWrite) at.out = write_block(text, m, pairs.runs.data(), at.out);
      at.p += m.length;
      state.shift = reader.set_behind(m);
      take_structure(m, state, counts, at);
      if (m.length < kBlock - RunTables::Blocks::kLongestShift) return;
    }
  }

 private:
  HYOJUN_TARGET static void take_structure(const Masks& m, ScanState& state, ScanCounts& counts, Cursor& at) noexcept {
    using Phase = ScanState::Phase;
    const std::uint64_t delimiter = m.delimiter & ~m.quoted;
    const std::uint64_t line_end = m.line_feed & ~m.quoted;
    const std::uint64_t content = m.lead | (m.single & ~(delimiter | m.line_feed | m.carriage_return | m.quote));
    const std::uint64_t two_quotes = m.quote & m.quoted & (m.quote & ~m.quoted) << 1;
    at.characters += static_cast<std::uint64_t>(std::popcount(content) + std::popcount(two_quotes));
    const auto delimiters = static_cast<std::uint32_t>(std::popcount(delimiter));
    if (line_end != 0) {
      const auto records = static_cast<std::uint64_t>(std::popcount(line_end));
      counts.records += records;
      state.record += records;
      const auto last = static_cast<std::size_t>(std::countl_zero(line_end));
      state.field = static_cast<std::uint32_t>(std::popcount(delimiter & ~(~std::uint64_t{0} >> last)));
    } else {
      state.field += delimiters;
    }
    const std::uint64_t last = std::bit_floor(m.lead | m.single);
    if (last == 0) return;
    state.phase = (line_end & last) != 0    ? Phase::record_start
                  : (delimiter & last) != 0 ? Phase::field_start
                  : (m.quoted & last) != 0  ? Phase::quoted
                                            : Phase::unquoted;
  }
};

}  // namespace

TableRun table_run_avx512(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, ScanCounts& counts,
                          std::uint8_t* out) noexcept {
  return out != nullptr ? run_with<Avx512<true>>(plan, state, bytes, counts, out)
                        : run_with<Avx512<false>>(plan, state, bytes, counts, out);
}

}  // namespace hyojun::charmap

#else

namespace hyojun::charmap {
TableRun table_run_avx512(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, ScanCounts& counts,
                          std::uint8_t* out) noexcept {
  return table_run_portable(plan, state, bytes, counts, out);
}
}  // namespace hyojun::charmap

#endif
