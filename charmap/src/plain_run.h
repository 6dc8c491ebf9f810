// Runs of plain characters: the portable fast path of the scanner. Internal to charmap.
//
// A plain character is content that is `standard` or `default_glyph` by its class alone and is not the first of a
// sequence. plain_run() takes as many as follow one another and stops before anything that needs a decision: structure,
// an exception, a character whose successor may belong to it, the end where `more` bytes may follow. What it leaves is
// read by the general path, so it may stop early, but must never take what is not plain.
#ifndef HYOJUN_CHARMAP_SRC_PLAIN_RUN_H_
#define HYOJUN_CHARMAP_SRC_PLAIN_RUN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "decode.h"
#include "hyojun/charmap/plan.h"

namespace hyojun::charmap {

// A character that the standard table does not hold: plain for identification, an event for a conversion.
inline bool in_layer(const Plan& plan, char32_t first, char32_t second) noexcept {
  if (plan.repertoire().layers().empty()) return false;
  const auto id = plan.identify(first, second).id;
  return id && id->list == CharacterId::List::layer;
}

struct PlainRun {
  std::size_t length = 0;  // bytes
  std::uint64_t standard = 0;
  std::uint64_t default_glyph = 0;
};

inline constexpr char32_t kNoCharacter = 0xFFFFFFFF;

// The tables of a run, taken from the plan once a call.
struct PlainTables {
  const std::uint8_t* classes;               // of U+0000–FFFF
  std::array<std::uint8_t, 256> plain_byte;  // 1: this byte alone is a plain character, whatever stands before it
  std::uint8_t not_plain;                    // the bits of a class byte that no plain character has
  char32_t delimiter, quote;                 // of delimited text; else above U+10FFFF

  // Standard or default glyph, perhaps a kana; not font-dependent, not first of a JIS X 0213 sequence.
  bool is_plain(std::uint8_t c) const noexcept { return (c & not_plain) == 0; }
};

template <typename Decoder>
PlainTables plain_tables(const Plan& plan) noexcept {
  const PlanOptions& options = plan.options();
  constexpr std::uint8_t kPlainBits =
      kTakesVoicedMark | kOutsideX0213 | static_cast<std::uint8_t>(CodeClass::default_glyph);
  PlainTables tables{plan.bmp_classes(), {}, static_cast<std::uint8_t>(~kPlainBits), kNoCharacter, kNoCharacter};
  // Where each default glyph is an event, none is plain.
  if (options.default_glyph_events) tables.not_plain |= static_cast<std::uint8_t>(CodeClass::default_glyph);
  if (options.limit != Limit::none) tables.not_plain |= kOutsideX0213;
  const bool delimited = options.structure.kind == Structure::Kind::delimited;
  if (delimited) tables.delimiter = options.structure.delimiter;
  if (delimited) tables.quote = U'"';
  for (unsigned b = 0x20; b < 0x7F; ++b) {
    tables.plain_byte[b] = !delimited || (b != options.structure.delimiter && b != U'"');
  }
  if (std::is_same_v<Decoder, Cp932Decoder>) {
    for (unsigned b = 0xA1; b <= 0xDF; ++b) tables.plain_byte[b] = !plan.outside_limit(0xFF61 + b - 0xA1);
  }
  return tables;
}

// May the UTF-8 character at `p` belong to the one before it? `more`: something may follow `end`.
inline bool may_extend(const std::uint8_t* p, const std::uint8_t* end, bool more) noexcept {
  if (p == end) return more;
  switch (p[0]) {
    case 0xCB:
    case 0xCC:
      return true;  // U+02E5, U+0300
    case 0xE3:
      return end - p < 3 || (p[1] == 0x82 && p[2] >= 0x99 && p[2] <= 0x9A);
    case 0xEF:
      return end - p < 2 || p[1] == 0xB8;  // U+FE00–FE0F
    case 0xF3:
      return true;  // U+E0100–E01EF
    default:
      return false;
  }
}

inline PlainRun plain_run(const Utf8Decoder&, const PlainTables& tables, std::span<const std::uint8_t> bytes,
                          bool more) noexcept {
  PlainRun run;
  const std::uint8_t* p = bytes.data();
  const std::uint8_t* const end = p + bytes.size();
  while (p != end) {
    if (tables.plain_byte[*p] != 0) {
      if (may_extend(p + 1, end, more)) break;
      ++p;
      ++run.standard;
      continue;
    }
    // U+1000–FFFF without U+D000–DFFF: every pair of continuation bytes is well-formed.
    if (end - p < 3 || p[0] < 0xE1 || p[0] > 0xEF || p[0] == 0xED) break;
    if ((p[1] & 0xC0) != 0x80 || (p[2] & 0xC0) != 0x80) break;
    const std::uint8_t c = tables.classes[(p[0] & 0x0F) << 12 | (p[1] & 0x3F) << 6 | (p[2] & 0x3F)];
    if (!tables.is_plain(c) || may_extend(p + 3, end, more)) break;
    p += 3;
    run.default_glyph += c & 1;
    run.standard += ~c & 1;
  }
  run.length = static_cast<std::size_t>(p - bytes.data());
  return run;
}

inline PlainRun plain_run(const Cp932Decoder& decoder, const PlainTables& tables, std::span<const std::uint8_t> bytes,
                          bool) noexcept {
  PlainRun run;
  const std::uint8_t* p = bytes.data();
  const std::uint8_t* const end = p + bytes.size();
  while (p != end) {
    if (tables.plain_byte[*p] != 0) {
      ++p;
      ++run.standard;
      continue;
    }
    // Outside the lead and trail ranges the table holds 0, whose class is control.
    if (end - p < 2) break;
    const std::uint8_t c = tables.classes[decoder.table[p[0] << 8 | p[1]]];
    if (!tables.is_plain(c)) break;
    p += 2;
    run.default_glyph += c & 1;
    run.standard += ~c & 1;
  }
  run.length = static_cast<std::size_t>(p - bytes.data());
  return run;
}

template <bool kBigEndian>
unsigned utf16_unit(const std::uint8_t* p) noexcept {
  return kBigEndian ? static_cast<unsigned>(p[0] << 8 | p[1]) : static_cast<unsigned>(p[1] << 8 | p[0]);
}

// May this unit belong to the character before it? Voiced marks, selectors (U+E0100 begins with DB40), and the four
// seconds of JIS X 0213.
inline bool may_extend(unsigned unit) noexcept {
  return unit - 0x3099 < 2 || unit - 0xFE00 < 16 || unit == 0xDB40 || unit - 0x0300 < 2 || unit == 0x02E5 ||
         unit == 0x02E9;
}

template <bool kBigEndian>
PlainRun plain_run(const Utf16Decoder<kBigEndian>&, const PlainTables& tables, std::span<const std::uint8_t> bytes,
                   bool more) noexcept {
  PlainRun run;
  const std::uint8_t* p = bytes.data();
  const std::uint8_t* const end = p + bytes.size() / 2 * 2;
  while (p != end) {
    const unsigned unit = utf16_unit<kBigEndian>(p);
    const std::uint8_t c = tables.classes[unit];
    if (unit < 0x80 ? tables.plain_byte[unit] == 0 : !tables.is_plain(c)) break;
    if (p + 2 == end ? more || bytes.size() % 2 != 0 : may_extend(utf16_unit<kBigEndian>(p + 2))) break;
    p += 2;
    run.default_glyph += c & 1;
    run.standard += ~c & 1;
  }
  run.length = static_cast<std::size_t>(p - bytes.data());
  return run;
}

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_PLAIN_RUN_H_
