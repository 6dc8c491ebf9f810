// IBM's encodings, read out of ICU's converters code by code.
#include <unicode/ucnv.h>

#include <array>

#include "code_table_builder.h"

namespace hyojun::charmap {

namespace {

constexpr std::uint8_t kShiftOut = 0x0E;
constexpr std::uint8_t kShiftIn = 0x0F;

const char* icu_name(Encoding encoding) {
  switch (encoding) {
    case Encoding::ibm33722:
      return "ibm-33722";
    case Encoding::ibm954:
      return "ibm-954";
    case Encoding::ibm930:
      return "ibm-930";
    case Encoding::ibm939:
      return "ibm-939";
    case Encoding::ibm1390:
      return "ibm-1390";
    default:
      return "ibm-1399";
  }
}

class IcuCodes {
 public:
  explicit IcuCodes(Encoding encoding) {
    UErrorCode error = U_ZERO_ERROR;
    converter_.reset(ucnv_open(icu_name(encoding), &error));
    if (U_FAILURE(error)) converter_.reset();
    if (opened()) ucnv_setToUCallBack(converter_.get(), UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  }
  bool opened() const { return converter_ != nullptr; }

  // The one or two code points of `bytes`; none where ICU refuses them.
  std::u32string decode(std::span<const std::uint8_t> bytes) {
    std::array<UChar, 8> out{};
    UErrorCode error = U_ZERO_ERROR;
    const auto length =
        ucnv_toUChars(converter_.get(), out.data(), out.size(), reinterpret_cast<const char*>(bytes.data()),
                      static_cast<std::int32_t>(bytes.size()), &error);
    std::u32string text;
    if (U_FAILURE(error)) return text;
    for (std::int32_t i = 0; i < length;) {
      UChar32 cp = 0;
      U16_NEXT(out.data(), i, length, cp);
      text += static_cast<char32_t>(cp);
    }
    return text.size() <= 2 ? text : std::u32string();
  }

 private:
  struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };
  std::unique_ptr<UConverter, Close> converter_;
};

class IbmTable {
 public:
  IbmTable(CodeTableBuilder& builder, IcuCodes& icu) : builder_(builder), icu_(icu) {}

  void build_euc() {
    const std::uint8_t set = builder_.add_set();
    const std::uint8_t two = builder_.add_plane();
    const std::uint8_t three = builder_.add_plane();
    bytes(set);
    builder_.set_leads(set, 0x8E, 0x8E, two);
    builder_.set_leads(set, 0xA1, 0xFE, two);
    builder_.set_leads(set, 0x8F, 0x8F, three, 3);
    builder_.set_trails(0xA1, 0xFE);
    for (unsigned trail = 0xA1; trail <= 0xFE; ++trail) {
      code(two, 0x8E00 | trail, {0x8E, static_cast<std::uint8_t>(trail)}, 2);
    }
    for (unsigned c = 0xA1A1; c <= 0xFEFE; ++c) code(two, c, {high(c), low(c)}, 2);
    for (unsigned c = 0xA1A1; c <= 0xFEFE; ++c) code(three, c, {0x8F, high(c), low(c)}, 3);
  }

  void build_ebcdic() {
    const std::uint8_t single = builder_.add_set();
    const std::uint8_t doubles = builder_.add_set();
    const std::uint8_t plane = builder_.add_plane();
    bytes(single);
    builder_.set_line_ends(single);
    builder_.set_line_ends(doubles);
    builder_.set_leads(doubles, 0x40, 0xFE, plane);
    builder_.set_trails(0x40, 0xFE);
    for (unsigned c = 0x4040; c <= 0xFEFE; ++c) code(plane, c, {kShiftOut, high(c), low(c), kShiftIn}, 4);
    builder_.codes().doubles = doubles;
    builder_.add_shift({"\x0E", 1}, doubles);
    builder_.add_shift({"\x0F", 1}, single);
  }

 private:
  static std::uint8_t high(unsigned code) { return static_cast<std::uint8_t>(code >> 8U); }
  static std::uint8_t low(unsigned code) { return static_cast<std::uint8_t>(code & 0xFF); }

  void bytes(std::uint8_t set) {
    for (unsigned byte = 0; byte < 0x100; ++byte) {
      const auto b = static_cast<std::uint8_t>(byte);
      if (const auto text = icu_.decode({&b, 1}); text.size() == 1) builder_.set_byte(set, byte, text[0]);
    }
  }

  void code(std::uint8_t plane, unsigned code, std::array<std::uint8_t, 4> bytes, std::size_t length) {
    const auto text = icu_.decode(std::span(bytes).first(length));
    if (text.empty()) return;
    if (text.size() == 1 && is_private_use(text[0])) {
      const char32_t first = builder_.options().gaiji_first.value_or(0xE000);
      return builder_.set_code(plane, code, text[0] - 0xE000 + first);
    }
    builder_.set_code(plane, code, text[0], text.size() == 2 ? text[1] : U'\0');
  }

  CodeTableBuilder& builder_;
  IcuCodes& icu_;
};

}  // namespace

base::Result<void> build_ibm(CodeTableBuilder& builder) {
  IcuCodes icu(builder.encoding());
  if (!icu.opened()) {
    const std::string name(encoding_name(builder.encoding()));
    return base::fail(base::ErrorCode::environment,
                      {"ICU に " + name + " の変換表がありません", "ICU's data have no converter for " + name}, {},
                      {"ICU のデータを入れなおしてください", "install ICU's data again"});
  }
  if (is_ebcdic(builder.encoding())) {
    IbmTable(builder, icu).build_ebcdic();
  } else {
    IbmTable(builder, icu).build_euc();
  }
  return {};
}

}  // namespace hyojun::charmap
