// Names already damaged: what in a name column looks as if a character had been lost or mistaken long ago.
//
// Suspicions stand apart from the outcomes and have no influence on them: a 〓 is a standard character, and in a name
// it is probably the trace of a gaiji. Rules and lists are in data/placeholders.tsv and data/lookalikes.tsv.
#ifndef HYOJUN_CHARMAP_NAME_CHECK_H_
#define HYOJUN_CHARMAP_NAME_CHECK_H_

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "hyojun/charmap/plan.h"

namespace hyojun::charmap {

enum class SuspicionKind : std::uint8_t {
  placeholder,    // a character put where a gaiji was lost: 〓 ● ■ ？ ＊ ＿ …
  kanji_in_kana,  // a kanji in a kana column
  look_alike,  // a character among characters of the script of its look-alike: 山ロ (katakana ロ), ジョ一ジ (kanji 一)
  leading_space,  // the field begins with a space
  double_space,   // two spaces in a row
  empty_field,    // nothing, or only spaces
};
inline constexpr std::size_t kSuspicionKinds = 6;
inline constexpr std::array<std::string_view, kSuspicionKinds> kSuspicionKeys = {
    "placeholder", "kanji_in_kana", "look_alike", "leading_space", "double_space", "empty_field"};
inline constexpr std::array<std::string_view, kSuspicionKinds> kSuspicionNamesJa = {
    "仮の文字", "カナ欄の漢字", "見間違えやすい文字", "先頭の空白", "連続する空白", "空欄"};

enum class NameColumn : std::uint8_t { name, kana };

// One field's characters, in order. `offset` counts from the field's first byte; malformed bytes have code point 0.
struct FieldCharacter {
  char32_t first;
  char32_t second;
  std::uint32_t offset;
  std::uint8_t length;
};

// The characters of one raw field of a source: quotes that enclose and the second of two quotes are left out.
// `shift`: the set that the field begins in (ScanState::shift).
std::vector<FieldCharacter> read_field(const Plan& plan, std::span<const std::uint8_t> raw, std::uint8_t shift = 0);

struct Suspicion {
  SuspicionKind kind;
  std::size_t at;      // index into the characters
  std::size_t length;  // characters; 0 for empty_field
};

// All suspicions of one field, in order of their place.
std::vector<Suspicion> check_name(const StandardTable& table, std::span<const FieldCharacter> field, NameColumn column);

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_NAME_CHECK_H_
