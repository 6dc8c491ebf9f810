// Numbers as hosts write them: zoned, packed, binary; hex.
#include <fmt/format.h>

#include "hyojun/base/number.h"
#include "hyojun/charmap/layout.h"

namespace hyojun::charmap {

namespace {

using base::Text;

tl::unexpected<FieldError> bad(std::size_t at, const char* ja, const char* en) {
  return tl::unexpected(FieldError{Text{ja, en}, at});
}

// Digits as text, with sign and point, without superfluous zeros before the point where there is a scale: "-12.50".
std::string decimal(std::string digits, bool negative, int scale) {
  if (scale < 0) digits.append(static_cast<std::size_t>(-scale), '0');
  if (scale > 0) {
    const auto behind = static_cast<std::size_t>(scale);
    if (digits.size() <= behind) digits.insert(0, behind + 1 - digits.size(), '0');
    digits.insert(digits.size() - behind, 1, '.');
    const std::size_t first = digits.find_first_not_of('0');
    digits.erase(0, digits[first] == '.' ? first - 1 : first);
  }
  return (negative ? "-" : "") + digits;
}

// C, A, E, F: plus; D, B: minus (z/Architecture Principles of Operation, "Decimal-number formats").
bool is_sign(unsigned nibble) { return nibble >= 0xA; }
bool is_minus(unsigned nibble) { return nibble == 0xB || nibble == 0xD; }

tl::expected<std::string, FieldError> zoned(const LayoutField& field, std::span<const std::uint8_t> bytes) {
  std::string digits;
  bool negative = false;
  std::size_t spaces = 0;
  for (std::size_t i = 0; i < bytes.size(); ++i) spaces += bytes[i] == 0x40 || bytes[i] == 0x20;
  if (spaces == bytes.size()) return std::string();
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned zone = bytes[i] >> 4U;
    const unsigned digit = bytes[i] & 0xFU;
    const bool sign = field.is_signed && i == (field.sign_leads ? 0 : bytes.size() - 1);
    // ASCII systems: zone 3, and 7 where a minus stands in the byte of the sign.
    const bool plain = zone == 0xF || zone == 0x3;
    const bool overpunched = sign && (is_sign(zone) || zone == 0x7);
    if (digit > 9) return bad(i, "ゾーン10進数の数字が正しくありません", "this is no digit of a zoned number");
    if (!plain && !overpunched)
      return bad(i, "ゾーン10進数のゾーンが正しくありません", "this is no zone of a zoned number");
    negative = negative || (sign && (is_minus(zone) || zone == 0x7));
    digits += static_cast<char>('0' + digit);
  }
  return decimal(std::move(digits), negative, field.scale);
}

tl::expected<std::string, FieldError> packed(const LayoutField& field, std::span<const std::uint8_t> bytes) {
  std::string digits;
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const unsigned high = bytes[i] >> 4U;
    const unsigned low = bytes[i] & 0xFU;
    const bool last = i + 1 == bytes.size();
    if (high > 9 || (!last && low > 9))
      return bad(i, "パック10進数の数字が正しくありません", "this is no digit of a packed number");
    if (last && (!is_sign(low) || (is_minus(low) && !field.is_signed))) {
      return bad(i, "パック10進数の符号が正しくありません", "this is no sign of a packed number");
    }
    digits += static_cast<char>('0' + high);
    if (!last) digits += static_cast<char>('0' + low);
  }
  return decimal(std::move(digits), is_minus(bytes.back() & 0xFU), field.scale);
}

std::string binary(const LayoutField& field, std::span<const std::uint8_t> bytes) {
  std::uint64_t value = 0;
  for (const std::uint8_t byte : bytes) value = value << 8U | byte;
  const bool negative = field.is_signed && (bytes[0] & 0x80U) != 0;
  // The two's complement of a number that is shorter than 64 bits has no ones before it.
  if (negative) value = (bytes.size() == 8 ? 0 : std::uint64_t{1} << (8 * bytes.size())) - value;
  return decimal(fmt::format("{}", value), negative, field.scale);
}

}  // namespace

tl::expected<std::string, FieldError> read_number(const LayoutField& field, std::span<const std::uint8_t> bytes) {
  switch (field.kind) {
    case FieldKind::zoned:
      return zoned(field, bytes);
    case FieldKind::packed:
      return packed(field, bytes);
    case FieldKind::binary:
      return binary(field, bytes);
    default:
      return base::format_hex(bytes);
  }
}

}  // namespace hyojun::charmap
