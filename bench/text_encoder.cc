#include "text_encoder.h"

#include "hyojun/charmap/code_table.h"
#include "rare.h"

namespace hyojun::bench {

namespace {

using charmap::Encoding;

constexpr std::uint16_t kNoCode = 0;
constexpr std::size_t kGaijiOfRow = 188;  // trails 40–7E, 80–FC

std::uint16_t gaiji_at(std::size_t index) {
  const std::size_t trail = index % kGaijiOfRow;
  return static_cast<std::uint16_t>((0xF0 + index / kGaijiOfRow) << 8U | (0x40 + trail + (trail >= 0x3F ? 1 : 0)));
}

// One code for each code point: the library chooses where Microsoft's table has several.
std::vector<std::uint16_t> code_of_each(const charmap::StandardTable& table) {
  std::vector<std::uint16_t> codes(0x10000);
  for (std::uint16_t b = 0; b < 0x80; ++b) codes[b] = b;
  for (std::uint16_t b = 0xA1; b < 0xE0; ++b) codes[0xFF61 + b - 0xA1U] = b;
  for (unsigned code = 0x8140; code < 0x10000; ++code) {
    const char16_t cp = table.cp932()[code];
    if (cp == 0) continue;
    if (codes[cp] == kNoCode) {
      codes[cp] = static_cast<std::uint16_t>(code);
      continue;
    }
    const auto bytes = *charmap::encode(Encoding::cp932, cp);
    codes[cp] = static_cast<std::uint16_t>(bytes[0] << 8U | bytes[1]);
  }
  return codes;
}

// The first code of each code point of an encoding that is read by table, one to three bytes.
std::vector<std::uint32_t> table_code_of_each(Encoding encoding) {
  std::vector<std::uint32_t> codes(0x10000);
  const auto table = charmap::CodeTable::bundled(encoding);
  const auto add = [&](std::uint32_t code, std::vector<std::uint8_t> bytes) {
    const std::u32string text = table->decode(bytes);
    if (text.size() == 1 && text[0] < 0x10000 && codes[text[0]] == 0) codes[text[0]] = code;
  };
  const auto byte = [](unsigned b) { return static_cast<std::uint8_t>(b); };
  for (unsigned b = 0; b < 0x100; ++b) add(b, {byte(b)});
  for (unsigned c = 0x2121; c < 0x10000; ++c) add(c, {byte(c >> 8), byte(c & 0xFF)});
  for (unsigned c = 0xA1A1; c < 0x10000; ++c) add(0x8F0000 | c, {0x8F, byte(c >> 8), byte(c & 0xFF)});
  return codes;
}

void append_utf8(std::u32string_view text, std::string& out) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  for (const char32_t cp : text) {
    if (cp < 0x80) {
      put(cp);
      continue;
    }
    if (cp < 0x800) {
      put(0xC0 | cp >> 6U);
    } else {
      if (cp < 0x10000) {
        put(0xE0 | cp >> 12U);
      } else {
        put(0xF0 | cp >> 18U);
        put(0x80 | (cp >> 12U & 0x3FU));
      }
      put(0x80 | (cp >> 6U & 0x3FU));
    }
    put(0x80 | (cp & 0x3FU));
  }
}

template <bool kBig>
void append_utf16(std::u32string_view text, std::string& out) {
  const auto unit = [&out](char32_t u) {
    const char high = static_cast<char>(static_cast<unsigned char>(u >> 8U & 0xFFU));
    const char low = static_cast<char>(static_cast<unsigned char>(u & 0xFFU));
    out += kBig ? high : low;
    out += kBig ? low : high;
  };
  for (const char32_t cp : text) {
    if (cp < 0x10000) {
      unit(cp);
    } else {
      unit(0xD800 + ((cp - 0x10000) >> 10U));
      unit(0xDC00 + ((cp - 0x10000) & 0x3FFU));
    }
  }
}

}  // namespace

TextEncoder::TextEncoder(Encoding encoding, const charmap::StandardTable& table) : encoding_(encoding) {
  if (encoding == Encoding::cp932) codes_ = code_of_each(table);
  if (has_code_table(encoding)) table_codes_ = table_code_of_each(encoding);
}

std::uint16_t TextEncoder::gaiji_code(std::u32string_view character) {
  const std::size_t free_codes = kFirstGaiji - 0xE000;  // the codes above are the private-use code points of the data
  const auto next = gaiji_at(gaiji_.size() % free_codes);
  return gaiji_.try_emplace(std::u32string(character), next).first->second;
}

void TextEncoder::append_cp932(std::u32string_view text, std::string& out) {
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool sequence = i + 1 < text.size() && is_selector(text[i + 1]);
    std::uint16_t code = sequence || text[i] > 0xFFFF ? kNoCode : codes_[text[i]];
    if (code == kNoCode && text[i] != 0) code = gaiji_code(text.substr(i, sequence ? 2 : 1));
    if (code > 0xFF) out += static_cast<char>(static_cast<unsigned char>(code >> 8U));
    out += static_cast<char>(static_cast<unsigned char>(code & 0xFFU));
    if (sequence) ++i;
  }
}

void TextEncoder::append_by_table(std::u32string_view text, std::string& out) {
  const bool escapes = encoding_ == Encoding::iso_2022_jp;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool sequence = i + 1 < text.size() && is_selector(text[i + 1]);
    std::uint32_t code = sequence || text[i] > 0xFFFF ? 0 : table_codes_[text[i]];
    if (code == 0 && text[i] != 0) code = table_codes_[U'〓'];
    if (has_shifts(encoding_) && shifted_ != (code > 0xFF)) {
      shifted_ = !shifted_;
      out += escapes ? (shifted_ ? "\x1B$B" : "\x1B(B") : (shifted_ ? "\x0E" : "\x0F");
    }
    for (int shift = code > 0xFFFF ? 16 : code > 0xFF ? 8 : 0; shift >= 0; shift -= 8) {
      out += static_cast<char>(static_cast<unsigned char>(code >> shift & 0xFFU));
    }
    if (sequence) ++i;
  }
}

void TextEncoder::append(std::u32string_view text, std::string& out) {
  switch (encoding_) {
    case Encoding::utf8:
      return append_utf8(text, out);
    case Encoding::utf16le:
      return append_utf16<false>(text, out);
    case Encoding::utf16be:
      return append_utf16<true>(text, out);
    case Encoding::cp932:
      return append_cp932(text, out);
    default:
      return append_by_table(text, out);
  }
}

}  // namespace hyojun::bench
