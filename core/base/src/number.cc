#include "hyojun/base/number.h"

#include <fmt/format.h>

#include <charconv>
#include <optional>

namespace hyojun::base {
namespace {

constexpr std::string_view kHexDigits = "0123456789ABCDEF";

std::optional<std::uint32_t> hex_value(char c) noexcept {
  if (c >= '0' && c <= '9') return static_cast<std::uint32_t>(c - '0');
  if (c >= 'A' && c <= 'F') return static_cast<std::uint32_t>(c - 'A' + 10);
  if (c >= 'a' && c <= 'f') return static_cast<std::uint32_t>(c - 'a' + 10);
  return std::nullopt;
}

Text with_position(const Text& reason, std::size_t position) {
  return {fmt::format("{} ({} バイト目)", reason.ja, position), fmt::format("{} (byte {})", reason.en, position)};
}

tl::unexpected<Error> bad_hex(const Text& reason) {
  return fail(ErrorCode::input_rejected, reason, {},
              {"0x80E1 のように 2 桁ずつの 16 進数で書いてください", "write two hex digits a byte, such as 0x80E1"});
}

tl::unexpected<Error> bad_code_points(const Text& reason) {
  return fail(ErrorCode::input_rejected, reason, {},
              {"U+9089 U+E010F のように書いてください", "write code points such as U+9089 U+E010F"});
}

Result<char32_t> parse_code_point(std::string_view word, std::size_t position) {
  std::string_view digits = word;
  if (digits.starts_with("U+") || digits.starts_with("u+")) digits.remove_prefix(2);
  if (digits.size() < 4 || digits.size() > 6) {
    return bad_code_points(
        with_position({"符号位置は 4 桁から 6 桁の 16 進数です", "a code point has 4 to 6 hex digits"}, position));
  }
  char32_t value = 0;
  for (const char c : digits) {
    const auto digit = hex_value(c);
    if (!digit) return bad_code_points(with_position({"16 進数ではありません", "not a hex digit"}, position));
    value = (value << 4U) | *digit;
  }
  if (value > 0x10FFFF || (value >= 0xD800 && value <= 0xDFFF)) {
    return bad_code_points(
        {fmt::format("U+{:04X} は Unicode の文字の符号位置ではありません", static_cast<std::uint32_t>(value)),
         fmt::format("U+{:04X} is no code point of a character", static_cast<std::uint32_t>(value))});
  }
  return value;
}

}  // namespace

Result<std::uint64_t> parse_unsigned(std::string_view text, std::uint64_t min, std::uint64_t max) {
  std::uint64_t value = 0;
  const char* const end = text.data() + text.size();
  const auto [stop, status] = std::from_chars(text.data(), end, value);
  if (status != std::errc() || stop != end || value < min || value > max) {
    return fail(ErrorCode::usage, {fmt::format("{} から {} までの整数を指定してください", min, max),
                                   fmt::format("an integer from {} to {} is needed", min, max)});
  }
  return value;
}

Result<std::vector<std::uint8_t>> parse_hex_bytes(std::string_view text) {
  std::string_view digits = text;
  if (digits.starts_with("0x") || digits.starts_with("0X")) digits.remove_prefix(2);
  if (digits.empty()) return bad_hex({"符号がありません", "there is no code"});
  std::vector<std::uint8_t> bytes;
  bytes.reserve(digits.size() / 2);
  std::uint32_t high = 0;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    const auto value = hex_value(digits[i]);
    if (!value) {
      return bad_hex(with_position({"16 進数ではありません", "not a hex digit"}, text.size() - digits.size() + i + 1));
    }
    if (i % 2 == 0) {
      high = *value;
    } else {
      bytes.push_back(static_cast<std::uint8_t>(high << 4U | *value));
    }
  }
  if (digits.size() % 2 != 0) return bad_hex({"16 進数の桁数が奇数です", "an odd number of hex digits"});
  return bytes;
}

Result<std::u32string> parse_code_points(std::string_view text) {
  std::u32string out;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(' ', at);
    if (begin == std::string_view::npos) break;
    at = std::min(text.find(' ', begin), text.size());
    const auto code_point = parse_code_point(text.substr(begin, at - begin), begin + 1);
    if (!code_point) return tl::unexpected<Error>(code_point.error());
    out.push_back(*code_point);
  }
  if (out.empty()) return bad_code_points({"符号位置がありません", "there is no code point"});
  return out;
}

std::string format_code_points(std::u32string_view text) {
  std::string out;
  for (const char32_t code_point : text) {
    out += fmt::format("{}U+{:04X}", out.empty() ? "" : " ", static_cast<std::uint32_t>(code_point));
  }
  return out;
}

std::string format_hex(std::span<const std::uint8_t> bytes) {
  std::string out;
  out.reserve(bytes.size() * 2);
  for (const std::uint8_t byte : bytes) {
    out.push_back(kHexDigits[byte >> 4U]);
    out.push_back(kHexDigits[byte & 0xFU]);
  }
  return out;
}

}  // namespace hyojun::base
