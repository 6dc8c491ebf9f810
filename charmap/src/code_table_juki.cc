// 住基ネット統一文字コード: J+XXXX of the MJ list, as two bytes.
#include "code_table_builder.h"

namespace hyojun::charmap {

namespace {

using List = CharacterId::List;

// How a text names exactly this character: its plain code point where no other glyph shares it, else its IVS; three
// names have none and are the default glyph of their code point.
std::array<char32_t, 2> spelling(const StandardTable& table, CharacterId id) {
  const StandardTable::Codes codes = table.codes(id);
  const auto kind = static_cast<CodeClass>(table.class_of(codes.plain) & kClassMask);
  if (codes.plain != 0 && kind == CodeClass::standard) return {codes.plain, 0};
  return codes.ivs != 0 ? std::array{codes.ivs_base, codes.ivs} : std::array{codes.plain, U'\0'};
}

class JukiPlane {
 public:
  explicit JukiPlane(CodeTableBuilder& builder)
      : builder_(builder), plane_(builder.add_plane()), little_(builder.encoding() == Encoding::juki_net_le) {}

  unsigned place(unsigned code) const { return little_ ? (code & 0xFFU) << 8U | code >> 8U : code; }
  void set(unsigned code, char32_t first, char32_t second = 0) {
    builder_.set_code(plane_, place(code), first, second);
  }
  void set_gaiji(unsigned code) { builder_.set_gaiji(plane_, place(code)); }
  std::uint8_t number() const { return plane_; }

 private:
  CodeTableBuilder& builder_;
  const std::uint8_t plane_;
  const bool little_;
};

}  // namespace

void build_juki_net(CodeTableBuilder& builder) {
  const StandardTable& table = builder.standard();
  const std::uint8_t set = builder.add_set();
  JukiPlane plane(builder);
  builder.set_leads(set, 0, 0xFF, plane.number());
  builder.set_trails(0, 0xFF);
  for (unsigned code = 0; code < 0x10000; ++code) {
    const auto kind = static_cast<CodeClass>(table.class_of(code) & kClassMask);
    const auto id = table.find(code);
    if (kind == CodeClass::control ? code < 0xA0 : id && id->list != List::mj) plane.set(code, code);
  }
  for (unsigned code = 0xE000; code < 0xF900; ++code) plane.set_gaiji(code);
  for (const CharacterId id : table.all()) {
    const std::uint16_t code = table.juki_number(id);
    if (code == 0) continue;
    const auto text = spelling(table, id);
    plane.set(code, text[0], text[1]);
  }
}

}  // namespace hyojun::charmap
