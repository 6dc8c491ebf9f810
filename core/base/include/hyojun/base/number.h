// Numbers, codes and code points that people type or keep in tables.
//
// Pure and thread-safe. Only ASCII digits are read. No error quotes the text: it may be a field of a resident's record.
// Errors carry no place; the caller adds the option's name, or file, record and field.
#ifndef HYOJUN_BASE_NUMBER_H_
#define HYOJUN_BASE_NUMBER_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/base/error.h"

namespace hyojun::base {

// A decimal integer within [min, max], digits only: no sign, no space, no unit. Fails with usage, naming the range.
Result<std::uint64_t> parse_unsigned(std::string_view text, std::uint64_t min, std::uint64_t max);

// Bytes in hex, "0x80E1" or "80E1", either case, at least one byte. Fails with input_rejected, naming the first
// character that is wrong.
Result<std::vector<std::uint8_t>> parse_hex_bytes(std::string_view text);

// Code points "U+9089 U+E010F", also without "U+", either case, 4 to 6 digits each, separated by spaces; at least one.
// Fails with input_rejected: something else, a surrogate, above U+10FFFF.
Result<std::u32string> parse_code_points(std::string_view text);

// "U+9089 U+E010F": at least 4 upper-case digits, one space between. Empty for empty text.
std::string format_code_points(std::u32string_view text);

// "80E1": two upper-case digits a byte, no prefix.
std::string format_hex(std::span<const std::uint8_t> bytes);

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_NUMBER_H_
