// The complete check of an image: after it, no look-up can leave its section.
#include <algorithm>

#include "hyojun/charmap/table.h"
#include "image.h"

namespace hyojun::charmap::image {

namespace {

bool is_scalar_value(std::uint32_t cp) { return cp <= 0x10FFFF && (cp < 0xD800 || cp > 0xDFFF); }

template <typename Rows, typename Key>
bool ascending(const Rows& rows, Key key) {
  return std::adjacent_find(rows.begin(), rows.end(),
                            [&](const auto& a, const auto& b) { return !(key(a) < key(b)); }) == rows.end();
}

bool pool_ok(const Sections& s) { return !s.pool.empty() && s.pool.front() == '\0' && s.pool.back() == '\0'; }

bool strings_ok(const Sections& s, std::initializer_list<std::uint32_t> offsets) {
  return std::ranges::all_of(offsets, [&](std::uint32_t o) { return o < s.pool.size(); });
}

bool code_points_ok(std::initializer_list<std::uint32_t> code_points) {
  return std::ranges::all_of(code_points, is_scalar_value);
}

bool id_ok(const Sections& s, std::uint32_t packed) {
  const CharacterId id = unpack(packed);
  switch (id.list) {
    case CharacterId::List::mj:
      return id.index < s.characters.size();
    case CharacterId::List::nonkanji:
      return id.index < s.nonkanji.size();
    case CharacterId::List::hentaigana:
      return id.index < s.hentaigana.size();
    default:
      return false;
  }
}

bool characters_ok(const Sections& s) {
  return ascending(s.characters, [](const CharacterRow& r) { return r.number; }) &&
         std::ranges::all_of(s.characters, [&](const CharacterRow& r) {
           return code_points_ok({r.ucs, r.implemented, r.ivs[0], r.ivs[1], r.duplicate_ivs[0], r.duplicate_ivs[1],
                                  r.svs[0], r.svs[1], r.compat}) &&
                  strings_ok(s, {r.readings, r.radicals, r.note, r.x0213, r.x0212, r.unification, r.policy});
         });
}

bool small_lists_ok(const Sections& s) {
  return ascending(s.hentaigana, [](const HentaiganaRow& r) { return r.number; }) &&
         std::ranges::all_of(s.hentaigana,
                             [&](const HentaiganaRow& r) {
                               return code_points_ok({r.code_point, r.jibo}) &&
                                      strings_ok(s, {r.character_name, r.academic_number, r.phonetic, r.note});
                             }) &&
         ascending(s.nonkanji, [](const NonKanjiRow& r) { return std::pair(r.first, r.second); }) &&
         std::ranges::all_of(s.nonkanji, [&](const NonKanjiRow& r) {
           return code_points_ok({r.first, r.second}) && strings_ok(s, {r.origins});
         });
}

// Every row lies between the starts of its key and of the next.
template <typename Row, typename Key>
bool starts_ok(std::span<const std::uint32_t> starts, std::span<const Row> rows, std::size_t keys, Key key) {
  if (starts.size() != keys + 1 || starts.front() != 0 || starts.back() != rows.size()) return false;
  if (!std::ranges::is_sorted(starts)) return false;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const std::size_t k = key(rows[i]);
    if (i < starts[k] || i >= starts[k + 1]) return false;
  }
  return true;
}

bool look_ups_ok(const Sections& s) {
  const auto pair = [](const SequenceRow& r) { return std::pair(r.first, r.second); };
  return ascending(s.plain, [](const PlainRow& r) { return r.code_point; }) &&
         std::ranges::all_of(s.plain,
                             [&](const PlainRow& r) { return is_scalar_value(r.code_point) && id_ok(s, r.id); }) &&
         ascending(s.sequences, pair) && ascending(s.collections, pair) &&
         std::ranges::all_of(s.sequences,
                             [&](const SequenceRow& r) {
                               return code_points_ok({r.first, r.second}) && id_ok(s, r.value);
                             }) &&
         std::ranges::all_of(
             s.collections,
             [&](const SequenceRow& r) {
               return code_points_ok({r.first, r.second}) && r.value != 0 && r.value < 1U << kCollections.size();
             }) &&
         starts_ok(s.plain_starts, s.plain, kPlainKeys, [](const PlainRow& r) { return plain_key(r.code_point); });
}

// Every sequence is found, nothing else is, and every search ends.
bool sequence_lines_ok(const Sections& s) {
  if (s.sequence_lines.size() != kSequenceLines || s.sequences.size() * 2 > kSequenceLines * SequenceLine::kRows)
    return false;
  std::size_t used = 0;
  for (const SequenceLine& line : s.sequence_lines) {
    const auto* const free = std::ranges::find(line.keys, 0U);
    if (std::any_of(free, std::end(line.keys), [](std::uint32_t key) { return key != 0; })) return false;
    used += static_cast<std::size_t>(free - line.keys);
  }
  if (used != s.sequences.size()) return false;
  return std::ranges::all_of(s.sequences, [&](const SequenceRow& row) {
    const auto* const id = find_sequence(s.sequence_lines, sequence_key(row.first, row.second));
    return is_second_of_sequence(row.second) && id != nullptr && *id == row.value;
  });
}

bool class_ok(std::uint8_t c) { return (c & kClassMask) <= static_cast<std::uint8_t>(CodeClass::second_of_x0213); }

// What may stand second by its class is exactly what may by its code point: sequence_key() tells no others apart, and
// kernels join selectors by their code points. CP932 has none.
bool seconds_ok(const Sections& s) {
  const auto kind_ok = [](char32_t cp, std::uint8_t byte) {
    const auto kind = static_cast<CodeClass>(byte & kClassMask);
    if (!is_second_of_sequence(cp)) return kind < CodeClass::selector;
    return kind == (cp >= 0xFE00   ? CodeClass::selector
                    : cp >= 0x3099 ? CodeClass::voiced_mark
                                   : CodeClass::second_of_x0213);
  };
  const auto row_ok = [&](char32_t first, const std::uint8_t* classes) {
    for (char32_t i = 0; i < 256; ++i) {
      if (!kind_ok(first + i, classes[i])) return false;
    }
    return true;
  };
  for (char32_t row = 0; row < 0x100; ++row) {
    if (!row_ok(row << 8U, &s.bmp_classes[row * 256])) return false;
  }
  for (char32_t row = 0; row < s.class_index.size(); ++row) {
    if (!row_ok(0x10000 + (row << 8U), &s.class_blocks[s.class_index[row] * 256U])) return false;
  }
  return std::ranges::none_of(s.cp932, [](std::uint16_t cp) { return is_second_of_sequence(cp); });
}

bool classes_ok(const Sections& s) {
  return s.bmp_classes.size() == 0x10000 && s.class_index.size() == 0x1000 && s.class_blocks.size() % 256 == 0 &&
         s.cp932.size() == 0x10000 && std::ranges::all_of(s.bmp_classes, class_ok) &&
         std::ranges::all_of(s.class_blocks, class_ok) &&
         std::ranges::all_of(s.class_index,
                             [&](std::uint16_t block) { return (block + 1U) * 256 <= s.class_blocks.size(); }) &&
         std::ranges::all_of(s.cp932, [](std::uint16_t cp) { return is_scalar_value(cp); });
}

bool cp932_scan_ok(const Sections& s, std::span<const std::uint8_t> by_code, std::span<const std::uint8_t> bmp) {
  for (std::size_t code = 0; code < s.cp932.size(); ++code) {
    if (by_code[code] != (s.cp932[code] == 0 ? kScanEvent : bmp[s.cp932[code]])) return false;
  }
  return true;
}

bool limited_scan_ok(const Sections& s) {
  for (std::size_t cp = 0; cp < s.bmp_scan.size(); ++cp) {
    const bool outside = (s.bmp_classes[cp] & kOutsideX0213) != 0;
    if (s.bmp_scan_x0213[cp] != (outside ? kScanEvent : s.bmp_scan[cp])) return false;
  }
  return true;
}

// The scan bytes say what the class bytes say, so that a kernel counts what the general path would count.
bool scan_bytes_ok(const Sections& s) {
  for (const auto& section : {s.bmp_scan, s.cp932_scan, s.bmp_scan_x0213, s.cp932_scan_x0213}) {
    if (section.size() != 0x10000) return false;
  }
  if (s.shapes.size() > kMostShapes) return false;
  for (std::size_t cp = 0; cp < s.bmp_scan.size(); ++cp) {
    const std::uint8_t scan = s.bmp_scan[cp];
    const std::uint8_t byte = s.bmp_classes[cp];
    const auto kind = static_cast<CodeClass>(byte & kClassMask);
    const std::uint8_t expected = kind == CodeClass::standard        ? kScanStandard
                                  : kind == CodeClass::default_glyph ? kScanDefaultGlyph
                                                                     : kScanEvent;
    const bool shape = (byte & kShapeDependsOnFont) != 0;
    const std::size_t number = scan - std::size_t{kScanShape};
    if (shape && kind != CodeClass::default_glyph) return false;
    if (shape ? scan < kScanShape || number >= s.shapes.size() || s.shapes[number] != cp : scan != expected)
      return false;
  }
  return limited_scan_ok(s) && cp932_scan_ok(s, s.cp932_scan, s.bmp_scan) &&
         cp932_scan_ok(s, s.cp932_scan_x0213, s.bmp_scan_x0213);
}

bool references_ok(const Sections& s) {
  const auto key = [](const ReferenceRow& r) { return std::tuple(r.source, r.kind, r.rank, r.target); };
  return ascending(s.references, key) && ascending(s.shapes, std::identity{}) &&
         std::ranges::all_of(s.shapes, is_scalar_value) && ascending(s.placeholders, std::identity{}) &&
         std::ranges::all_of(s.placeholders, is_scalar_value) &&
         ascending(s.look_alikes, [](const LookAlikeRow& r) { return std::pair(r.character, r.other); }) &&
         std::ranges::all_of(s.look_alikes,
                             [](const LookAlikeRow& r) {
                               return code_points_ok({r.character, r.other}) && r.script < kScriptCount &&
                                      r.other_script < kScriptCount;
                             }) &&
         std::ranges::all_of(s.references, [](const ReferenceRow& r) {
           return code_points_ok({r.source, r.target}) &&
                  r.kind <= static_cast<std::uint16_t>(Reference::Kind::radical);
         });
}

bool shrink_ok(const Sections& s) {
  const auto key = [](const ShrinkRow& r) {
    return std::tuple(r.character, r.relation, r.rank, r.hops, r.x0213[0], r.x0213[1], r.x0213[2]);
  };
  const auto cell_ok = [](std::uint8_t n, std::uint8_t last) { return n >= 1 && n <= last; };
  return ascending(s.shrink, key) &&
         std::ranges::all_of(s.shrink,
                             [&](const ShrinkRow& r) {
                               return r.character < s.characters.size() && r.target != 0 &&
                                      code_points_ok({r.target}) && r.relation < kShrinkRelations &&
                                      cell_ok(r.x0213[0], 2) && cell_ok(r.x0213[1], 94) && cell_ok(r.x0213[2], 94);
                             }) &&
         starts_ok(s.shrink_starts, s.shrink, s.characters.size(),
                   [](const ShrinkRow& r) { return std::size_t{r.character}; }) &&
         ascending(s.shrink_notes, [](const ShrinkNoteRow& r) { return r.character; }) &&
         std::ranges::all_of(s.shrink_notes, [&](const ShrinkNoteRow& r) {
           return r.character < s.characters.size() && strings_ok(s, {r.note});
         });
}

bool layer_ok(const Sections& s) {
  return ascending(s.layer, [](const LayerRow& r) { return std::pair(r.first, r.second); }) &&
         std::ranges::all_of(s.layer, [&](const LayerRow& r) {
           return code_points_ok({r.first, r.second, r.base}) && r.first != 0 && strings_ok(s, {r.name});
         });
}

}  // namespace

base::Result<void> verify(const Sections& s, Kind kind, const std::string& name) {
  const auto sum = digest(s.bytes);
  if (std::memcmp(sum.data(), s.header().digest, sum.size()) != 0) {
    return damaged(name, "内容が記録された値（SHA-256）と一致しません", "its content does not match its SHA-256");
  }
  const bool ok = pool_ok(s) && (kind == Kind::layer ? layer_ok(s)
                                                     : characters_ok(s) && small_lists_ok(s) && look_ups_ok(s) &&
                                                           sequence_lines_ok(s) && classes_ok(s) && seconds_ok(s) &&
                                                           scan_bytes_ok(s) && references_ok(s) && shrink_ok(s));
  if (!ok) return damaged(name, "内容に矛盾があります", "its content contradicts itself");
  return {};
}

}  // namespace hyojun::charmap::image
