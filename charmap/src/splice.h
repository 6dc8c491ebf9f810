// What the converter writes for one event. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_SPLICE_H_
#define HYOJUN_CHARMAP_SRC_SPLICE_H_

#include "hyojun/charmap/converter.h"

namespace hyojun::charmap {

// The decision for one event; `action` absent: the source's own code points, nothing to report.
struct Splice {
  std::optional<Action> action{};
  std::optional<ShrinkRelation> relation{};
  ReplacementText text{};           // not for tags and refusals
  std::optional<CharacterId> id{};  // for the name in a tag
  bool tagged = false;              // written as a tag
};

// What follows is decided as behind a rewritten character.
constexpr bool is_rewriting(std::optional<Action> action) noexcept {
  return action && *action != Action::keep && *action != Action::unselected;
}

// `source`: the event's bytes. `counted`: in a selected column and not in the header.
Splice decide(const Converter& converter, const Event& event, std::span<const std::uint8_t> source, bool counted,
              bool rewritten) noexcept;

// The one code point for a full-width kana and U+3099 or U+309A; 0 if there is none.
char32_t voiced_kana(const StandardTable& table, char32_t kana, char32_t mark) noexcept;

// Bytes of UTF-8 written to `out`, which has room for them.
std::size_t put_utf8(char32_t code_point, std::uint8_t* out) noexcept;

// 〔name:base:source〕, at most kLongestTag bytes; name and base "-" where unknown.
inline constexpr std::size_t kLongestTag = 40;
std::size_t put_tag(const Repertoire& repertoire, std::optional<CharacterId> id, std::optional<char32_t> base,
                    std::span<const std::uint8_t> source, std::uint8_t* out) noexcept;

// MJ026190, GJ000139, U+3042; "-" for none. Returns the bytes written.
std::size_t put_name(const Repertoire& repertoire, std::optional<CharacterId> id, std::uint8_t* out) noexcept;
// The character that a tag shows beside the name: none where the source only has a private-use code or nothing.
std::optional<char32_t> tag_base(const Repertoire& repertoire, const Event& event,
                                 std::optional<CharacterId> id) noexcept;

// May this, behind a 〔, be the beginning of the inside of a tag? Is it the whole inside of one?
bool may_read_as_tag(std::string_view text) noexcept;
bool reads_as_tag(std::string_view text) noexcept;

inline constexpr char32_t kBracket = U'〔';
inline constexpr char32_t kClosingBracket = U'〕';
inline constexpr char32_t kGeta = U'〓';
inline constexpr char32_t kLowLine = U'＿';

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_SPLICE_H_
