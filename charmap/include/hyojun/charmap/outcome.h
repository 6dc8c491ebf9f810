// What identification finds: one of eight outcomes for every character, in this order everywhere (reports, JSON,
// sorting). The order and the keys are a contract with other programs and may only grow.
#ifndef HYOJUN_CHARMAP_OUTCOME_H_
#define HYOJUN_CHARMAP_OUTCOME_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace hyojun::charmap {

enum class Outcome : std::uint8_t {
  standard,               // 標準文字: names one standard character
  default_glyph,          // 既定字形: several MJ glyphs share the code point; the default is assumed
  gaiji_mapped,           // 同定済外字: a gaiji with a decision that has a target
  gaiji_unmapped,         // 未同定外字: a gaiji without one
  unregistered_sequence,  // 未登録異体字: the base is standard, the sequence is not in the list
  not_in_standard,        // 標準外文字: in Unicode, not in the bundled standard
  control,                // 制御文字: C0, C1, noncharacter, BOM inside text
  malformed,              // 不正符号: no character in the stated encoding
};

inline constexpr std::size_t kOutcomeCount = 8;
inline constexpr std::array<std::string_view, kOutcomeCount> kOutcomeKeys = {
    "standard",        "default_glyph", "gaiji_mapped", "gaiji_unmapped", "unregistered_sequence",
    "not_in_standard", "control",       "malformed"};
inline constexpr std::array<std::string_view, kOutcomeCount> kOutcomeNamesJa = {
    "標準文字", "既定字形", "同定済外字", "未同定外字", "未登録異体字", "標準外文字", "制御文字", "不正符号"};

constexpr std::string_view outcome_key(Outcome o) { return kOutcomeKeys[static_cast<std::size_t>(o)]; }
constexpr std::string_view outcome_name_ja(Outcome o) { return kOutcomeNamesJa[static_cast<std::size_t>(o)]; }

// standard, default_glyph and gaiji_mapped are identified; the other five are exceptions and are always listed.
constexpr bool is_exception(Outcome o) { return o >= Outcome::gaiji_unmapped; }

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_OUTCOME_H_
