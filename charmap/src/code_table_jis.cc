// The encodings of JIS sets without a vendor: EUC, Shift_JIS-2004, ISO-2022-JP.
#include "code_table_builder.h"

namespace hyojun::charmap {

namespace {

constexpr unsigned kFirst = 0xA1;  // of rows and cells in EUC
constexpr unsigned kLast = 0xFE;

void put(CodeTableBuilder& builder, std::uint8_t plane, JisSet set, unsigned offset) {
  for (const JisCharacter& c : jis_characters(set)) {
    builder.set_code(plane, (c.row << 8U | c.cell) + offset, c.first, c.second);
  }
}

void put_gaiji(CodeTableBuilder& builder, std::uint8_t plane) {
  for (unsigned row = 0xF5; row <= kLast; ++row) {
    for (unsigned cell = kFirst; cell <= kLast; ++cell) builder.set_gaiji(plane, row << 8U | cell);
  }
}

unsigned shift_jis_lead(unsigned plane, unsigned row) {
  if (plane == 1) return row <= 62 ? (row + 257) / 2 : (row + 385) / 2;
  switch (row) {
    case 1:
    case 8:
      return 0xF0;
    case 3:
    case 4:
      return 0xF1;
    case 5:
    case 12:
      return 0xF2;
    case 13:
    case 14:
      return 0xF3;
    case 15:
      return 0xF4;
    default:
      return (row + 411) / 2;
  }
}

void put_shift_jis(CodeTableBuilder& builder, std::uint8_t plane, unsigned jis_plane, JisSet set) {
  for (const JisCharacter& c : jis_characters(set)) {
    const unsigned trail = c.row % 2 == 0 ? c.cell + 0x9EU : c.cell + (c.cell <= 63 ? 0x3FU : 0x40U);
    builder.set_code(plane, shift_jis_lead(jis_plane, c.row) << 8U | trail, c.first, c.second);
  }
}

}  // namespace

void build_euc(CodeTableBuilder& builder) {
  const std::uint8_t set = builder.add_set();
  const std::uint8_t two = builder.add_plane();
  const std::uint8_t three = builder.add_plane();
  builder.set_ascii(set);
  builder.set_leads(set, 0x8E, 0x8E, two);
  builder.set_leads(set, kFirst, kLast, two);
  builder.set_leads(set, 0x8F, 0x8F, three, 3);
  builder.set_trails(kFirst, kLast);
  for (unsigned i = 0; i < 63; ++i) builder.set_code(two, 0x8EA1 + i, U'｡' + i);
  if (builder.encoding() == Encoding::euc_jis_2004) {
    put(builder, two, JisSet::x0213_plane1, 0xA0A0);
    put(builder, three, JisSet::x0213_plane2, 0xA0A0);
    return;
  }
  // glibc reads the bytes of C1 as what they are in ISO 8859-1, except SS2 and SS3, which lead.
  for (unsigned byte = 0x80; byte < 0xA0; ++byte) {
    if (byte != 0x8E && byte != 0x8F) builder.set_byte(set, byte, byte);
  }
  for (const auto& [code, cp] : eucjpms_codes()) builder.set_code(code < 0x10000 ? two : three, code, cp);
  put_gaiji(builder, two);
  put_gaiji(builder, three);
}

void build_shift_jis_2004(CodeTableBuilder& builder) {
  const std::uint8_t set = builder.add_set();
  const std::uint8_t plane = builder.add_plane();
  builder.set_ascii(set);
  builder.set_byte(set, 0x5C, U'¥');
  builder.set_byte(set, 0x7E, U'‾');
  builder.set_kana(set, 0xA1);
  builder.set_leads(set, 0x81, 0x9F, plane);
  builder.set_leads(set, 0xE0, 0xFC, plane);
  builder.set_trails(0x40, 0x7E);
  builder.set_trails(0x80, 0xFC);
  put_shift_jis(builder, plane, 1, JisSet::x0213_plane1);
  put_shift_jis(builder, plane, 2, JisSet::x0213_plane2);
}

void build_iso_2022_jp(CodeTableBuilder& builder) {
  const std::uint8_t ascii = builder.add_set();
  const std::uint8_t roman = builder.add_set();
  const std::uint8_t kana = builder.add_set();
  builder.set_ascii(ascii);
  builder.set_ascii(roman);
  builder.set_byte(roman, 0x5C, U'¥');
  builder.set_byte(roman, 0x7E, U'‾');
  // A line that ends in JIS X 0201 Roman leaves the next one in it (RFC 1468); all else begins in ASCII again.
  builder.codes().sets[roman].after_line_end = roman;
  for (unsigned byte = 0; byte <= 0x20; ++byte) builder.set_byte(kana, byte, byte);
  builder.set_kana(kana, 0x21);
  builder.set_trails(0x21, 0x7E);
  const auto doubles = [&builder](JisSet characters) {
    const std::uint8_t set = builder.add_set();
    const std::uint8_t plane = builder.add_plane();
    builder.set_line_ends(set);
    builder.set_leads(set, 0x21, 0x7E, plane);
    put(builder, plane, characters, 0x2020);
    return set;
  };
  const std::uint8_t x0208 = doubles(JisSet::x0208);
  const std::uint8_t c6226 = doubles(JisSet::c6226);
  const std::uint8_t x0212 = doubles(JisSet::x0212);
  builder.codes().doubles = x0208;
  builder.add_shift("\x1B(B", ascii);
  builder.add_shift("\x1B(J", roman);
  builder.add_shift("\x1B(I", kana);
  builder.add_shift("\x1B$B", x0208);
  builder.add_shift("\x1B$@", c6226);
  builder.add_shift("\x1B$(D", x0212);
}

}  // namespace hyojun::charmap
