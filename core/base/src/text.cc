#include "hyojun/base/text.h"

#include <fmt/format.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace hyojun::base {
namespace {

constexpr char32_t kReplacement = 0xFFFD;

// One step of decoding: the code point and its bytes, or length 0 if the sequence is ill-formed.
struct Decoded {
  char32_t code_point;
  std::size_t length;
};

std::uint8_t byte_at(std::string_view text, std::size_t at) noexcept { return static_cast<std::uint8_t>(text[at]); }

// Unicode, Table 3-7: only the second byte has a range that depends on the first.
Decoded decode_at(std::string_view text, std::size_t at) noexcept {
  const std::uint8_t lead = byte_at(text, at);
  if (lead < 0x80) return {lead, 1};
  if (lead < 0xC2 || lead > 0xF4) return {0, 0};
  const std::size_t length = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (text.size() - at < length) return {0, 0};
  std::uint8_t low = 0x80;
  std::uint8_t high = 0xBF;
  if (lead == 0xE0) low = 0xA0;
  if (lead == 0xED) high = 0x9F;
  if (lead == 0xF0) low = 0x90;
  if (lead == 0xF4) high = 0x8F;
  char32_t code_point = lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const std::uint8_t trail = byte_at(text, at + i);
    if (trail < low || trail > high) return {0, 0};
    code_point = (code_point << 6U) | (trail & 0x3FU);
    low = 0x80;
    high = 0xBF;
  }
  return {code_point, length};
}

bool has_no_width(char32_t code_point) noexcept {
  const auto mask = U_MASK(u_charType(static_cast<UChar32>(code_point)));
  return (mask & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK | U_GC_CC_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK)) != 0;
}

std::size_t width_of(char32_t code_point, AmbiguousWidth ambiguous) noexcept {
  constexpr char32_t kSoftHyphen = 0xAD;  // a format character, Ambiguous, yet terminals show a narrow hyphen
  if (code_point == kSoftHyphen) return 1;
  if (has_no_width(code_point)) return 0;
  switch (u_getIntPropertyValue(static_cast<UChar32>(code_point), UCHAR_EAST_ASIAN_WIDTH)) {
    case U_EA_WIDE:
    case U_EA_FULLWIDTH:
      return 2;
    case U_EA_AMBIGUOUS:
      return static_cast<std::size_t>(ambiguous);
    default:
      return 1;
  }
}

std::string spaces_up_to(std::string_view text, std::size_t width, AmbiguousWidth ambiguous) {
  const std::size_t own = display_width(text, ambiguous);
  return std::string(width > own ? width - own : 0, ' ');
}

}  // namespace

std::optional<std::size_t> first_ill_formed(std::string_view text) noexcept {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = decode_at(text, at).length;
    if (length == 0) return at;
    at += length;
  }
  return std::nullopt;
}

bool is_utf8(std::string_view text) noexcept { return !first_ill_formed(text).has_value(); }

Result<std::u32string> decode_utf8(std::string_view text) {
  std::u32string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const Decoded decoded = decode_at(text, at);
    if (decoded.length == 0) {
      return fail(ErrorCode::input_rejected,
                  {fmt::format("UTF-8 として正しくないバイトがあります (0x{:02X})", byte_at(text, at)),
                   fmt::format("not well-formed UTF-8 (0x{:02X})", byte_at(text, at))},
                  {.byte = at});
    }
    out.push_back(decoded.code_point);
    at += decoded.length;
  }
  return out;
}

void append_utf8(std::string& out, char32_t code_point) {
  const bool is_scalar = code_point <= 0x10FFFF && (code_point < 0xD800 || code_point > 0xDFFF);
  const char32_t c = is_scalar ? code_point : kReplacement;
  const auto push = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  const auto push_trail = [&push, c](unsigned shift) { push(0x80 | ((c >> shift) & 0x3F)); };
  if (c < 0x80) {
    push(c);
  } else if (c < 0x800) {
    push(0xC0 | (c >> 6U));
    push_trail(0);
  } else if (c < 0x10000) {
    push(0xE0 | (c >> 12U));
    push_trail(6);
    push_trail(0);
  } else {
    push(0xF0 | (c >> 18U));
    push_trail(12);
    push_trail(6);
    push_trail(0);
  }
}

std::string to_utf8(std::u32string_view text) {
  std::string out;
  out.reserve(text.size() * 3);
  for (const char32_t code_point : text) append_utf8(out, code_point);
  return out;
}

std::size_t display_width(std::string_view utf8, AmbiguousWidth ambiguous) {
  std::size_t width = 0;
  for (std::size_t at = 0; at < utf8.size();) {
    const Decoded decoded = decode_at(utf8, at);
    const bool ill_formed = decoded.length == 0;
    width += ill_formed ? 1 : width_of(decoded.code_point, ambiguous);
    at += ill_formed ? 1 : decoded.length;
  }
  return width;
}

std::string pad_right(std::string_view text, std::size_t width, AmbiguousWidth ambiguous) {
  return std::string(text) + spaces_up_to(text, width, ambiguous);
}

std::string pad_left(std::string_view text, std::size_t width, AmbiguousWidth ambiguous) {
  return spaces_up_to(text, width, ambiguous).append(text);
}

std::string nfkc_label(std::string_view text) {
  constexpr UChar32 kMiddleDot = 0x30FB;
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* nfkc = icu::Normalizer2::getNFKCInstance(status);
  const auto source = icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
  // ICU's data is linked in, so only a lack of memory fails here: the label as it is then matches no official one.
  if (U_FAILURE(status)) return std::string(text);
  const icu::UnicodeString normal = nfkc->normalize(source, status);
  if (U_FAILURE(status)) return std::string(text);
  std::string out;
  for (int32_t i = 0; i < normal.length(); i = normal.moveIndex32(i, 1)) {
    const UChar32 c = normal.char32At(i);
    if (c != kMiddleDot && u_isUWhiteSpace(c) == 0) append_utf8(out, static_cast<char32_t>(c));
  }
  return out;
}

std::string icu_version() { return U_ICU_VERSION " (Unicode " U_UNICODE_VERSION ")"; }

}  // namespace hyojun::base
