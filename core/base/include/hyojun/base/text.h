// Text as people read it: strict UTF-8, terminal columns, labels that compare equal.
//
// All functions are pure and thread-safe. "UTF-8" is Unicode's (Table 3-7): no surrogates, no overlong forms, nothing
// above U+10FFFF. Width and normalisation come from ICU and so from its Unicode version.
#ifndef HYOJUN_BASE_TEXT_H_
#define HYOJUN_BASE_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "hyojun/base/error.h"

namespace hyojun::base {

// The byte offset of the first ill-formed sequence; none if `text` is well-formed UTF-8. A sequence cut off by the end
// of `text` is ill-formed at its first byte.
std::optional<std::size_t> first_ill_formed(std::string_view text) noexcept;

// True if `text` is well-formed UTF-8; true for empty text.
bool is_utf8(std::string_view text) noexcept;

// The code points of `text`. Fails with input_rejected and where.byte = the first ill-formed sequence.
Result<std::u32string> decode_utf8(std::string_view text);

// Appends one code point. What is no Unicode scalar value (a surrogate, above U+10FFFF) has no UTF-8 form: such a call
// is a mistake of the caller and appends U+FFFD so that it is seen.
void append_utf8(std::string& out, char32_t code_point);

// `text` in UTF-8; see append_utf8.
std::string to_utf8(std::u32string_view text);

// Columns of a character of East Asian Width "Ambiguous" (○ ■ α, private use): terminals in a Japanese locale show two.
enum class AmbiguousWidth : std::uint8_t { narrow = 1, wide = 2 };

// Terminal columns of `utf8` (UAX #11): Wide and Fullwidth 2; combining marks, variation selectors, format and control
// characters 0; all others 1. An ill-formed byte counts 1 (shown as one replacement).
std::size_t display_width(std::string_view utf8, AmbiguousWidth ambiguous = AmbiguousWidth::wide);

// `text` followed (pad_right) or preceded (pad_left) by spaces up to `width` columns; longer text comes back whole.
std::string pad_right(std::string_view text, std::size_t width, AmbiguousWidth ambiguous = AmbiguousWidth::wide);
std::string pad_left(std::string_view text, std::size_t width, AmbiguousWidth ambiguous = AmbiguousWidth::wide);

// The form in which labels of official tables are compared (business names, headings): NFKC, without any white space
// or `・`. For labels only, never for names of residents: NFKC changes 互換漢字. Ill-formed bytes become U+FFFD, so
// that a damaged label matches none.
std::string nfkc_label(std::string_view text);

// The ICU that these functions use, "72.1", and its Unicode, for `hyojun --version`.
std::string icu_version();

}  // namespace hyojun::base

#endif  // HYOJUN_BASE_TEXT_H_
