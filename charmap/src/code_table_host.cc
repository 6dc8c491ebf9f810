// The encodings of Japanese hosts that no library has: JEF, KEIS, JIPS.
#include <optional>

#include "code_table_builder.h"

namespace hyojun::charmap {

namespace {

constexpr char32_t kIdeographicSpace = U'　';

struct HostSets {
  std::uint8_t single, doubles, plane;
};

HostSets add_sets(CodeTableBuilder& builder) {
  const HostSets sets{builder.add_set(), builder.add_set(), builder.add_plane()};
  builder.codes().doubles = sets.doubles;
  builder.set_line_ends(sets.doubles);
  return sets;
}

void put_standard(CodeTableBuilder& builder, std::uint8_t plane, JisSet set, unsigned offset) {
  for (const JisCharacter& c : jis_characters(set)) {
    builder.set_code(plane, (c.row << 8U | c.cell) + offset, c.first, c.second);
  }
}

void put_gaiji(CodeTableBuilder& builder, std::uint8_t plane, unsigned first_row, unsigned last_row,
               unsigned first_cell) {
  constexpr unsigned kCells = 94;
  for (unsigned row = first_row; row <= last_row; ++row) {
    for (unsigned cell = first_cell; cell < first_cell + kCells; ++cell) builder.set_gaiji(plane, row << 8U | cell);
  }
}

void build_jips(CodeTableBuilder& builder, const HostSets& sets) {
  builder.set_leads(sets.doubles, 0x21, 0x7E, sets.plane);
  builder.set_leads(sets.doubles, 0xA1, 0xFE, sets.plane);
  builder.set_trails(0x21, 0x7E);
  builder.set_trails(0xA1, 0xFE);
  put_standard(builder, sets.plane, JisSet::c6226, 0x2020);
  put_gaiji(builder, sets.plane, 0x74, 0x7E, 0x21);
  put_gaiji(builder, sets.plane, 0xE0, 0xFE, 0xA1);
}

// The byte of JIS X 0201 with C1 that a character of the single-byte half is; none beyond.
std::optional<unsigned> jis8(char32_t cp) {
  if (cp < 0xA0) return cp;
  if (cp >= U'｡' && cp <= U'ﾟ') return cp - U'｡' + 0xA1;
  return std::nullopt;
}

// The byte of JIPS(J) for each byte of JIPS(E). Letters and kana stand where the single-byte map has them. The
// published byte tables, which differ in these, agree in the rest: 5F and 6A are 5E and 7C, whatever character the map
// shows there (¬, ^, |), and E0–FE follow in order on the bytes that are left, the 31 highest below FF but for the
// control E1.
std::array<std::optional<unsigned>, 256> bytes_of_jips_j(const Codes::Set& single) {
  constexpr unsigned kControl = 0xE1;
  std::array<std::optional<unsigned>, 256> jips_j{};
  for (unsigned byte = 0; byte < 0x100; ++byte) {
    if (single.first[byte] <= 0x10FFFF) jips_j[byte] = jis8(single.first[byte]);
  }
  jips_j[0x5F] = 0x5E;
  jips_j[0x6A] = 0x7C;
  unsigned left = 0xFE;
  for (unsigned byte = 0xFE; byte > 0x40 && left >= 0xE0; --byte) {
    if (!jips_j[byte] && byte != kControl) jips_j[byte] = left--;
  }
  return jips_j;
}

}  // namespace

void build_jef_or_keis(CodeTableBuilder& builder) {
  const HostSets sets = add_sets(builder);
  builder.set_leads(sets.doubles, 0x40, 0xFE, sets.plane);
  builder.set_trails(0xA1, 0xFE);
  builder.set_trails(0x40, 0x40);
  const bool jef = builder.encoding() == Encoding::jef;
  put_standard(builder, sets.plane, builder.encoding() == Encoding::keis83 ? JisSet::x0208 : JisSet::c6226, 0xA0A0);
  builder.set_code(sets.plane, 0x4040, kIdeographicSpace);
  put_gaiji(builder, sets.plane, jef ? 0x80 : 0x81, 0xA0, 0xA1);
  if (jef) {
    for (const std::string_view out : {"\x28", "\x38", "\x30\xE2"}) builder.add_shift(out, sets.doubles);
    builder.add_shift("\x29", sets.single);
  } else {
    builder.add_shift("\x0A\x42", sets.doubles);
    builder.add_shift("\x0A\x41", sets.single);
  }
}

void build_jips_j(CodeTableBuilder& builder) {
  const HostSets sets = add_sets(builder);
  builder.set_ascii(sets.single);
  builder.set_kana(sets.single, 0xA1);
  build_jips(builder, sets);
  builder.add_shift("\x1A\x70", sets.doubles);
  builder.add_shift("\x1A\x71", sets.single);
}

// Made as JIPS(J), then every byte is exchanged. The codes of a map for it are JIPS(J)'s, as vendors publish them.
base::Result<void> build_jips_e(CodeTableBuilder& builder) {
  const HostSets sets = add_sets(builder);
  build_jips(builder, sets);
  if (auto ok = apply_maps(builder); !ok) return ok;
  Codes& codes = builder.codes();
  const auto to_jis8 = bytes_of_jips_j(codes.sets[sets.single]);
  const std::vector<Codes::Entry> jips_j = std::move(codes.planes[sets.plane].entries);
  codes.planes[sets.plane].entries.assign(jips_j.size(), Codes::kNone);
  codes.trail.fill(0);
  codes.sets[sets.doubles].lead_length.fill(0);
  codes.sets[sets.doubles].first.fill(Codes::kNone);
  const auto graphic = [&to_jis8](unsigned byte) {
    const auto jis = to_jis8[byte];
    return jis && ((*jis >= 0x21 && *jis <= 0x7E) || *jis >= 0xA1);
  };
  for (unsigned lead = 0; lead < 0x100; ++lead) {
    if (!graphic(lead)) continue;
    builder.set_leads(sets.doubles, lead, lead, sets.plane);
    builder.set_trails(lead, lead);
    for (unsigned trail = 0; trail < 0x100; ++trail) {
      if (!graphic(trail)) continue;
      codes.planes[sets.plane].entries[lead << 8U | trail] = jips_j[*to_jis8[lead] << 8U | *to_jis8[trail]];
    }
  }
  builder.set_line_ends(sets.doubles);
  builder.add_shift("\x3F\x75", sets.doubles);
  builder.add_shift("\x3F\x76", sets.single);
  return {};
}

}  // namespace hyojun::charmap
