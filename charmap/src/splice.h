// What the converter writes for one event. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_SPLICE_H_
#define HYOJUN_CHARMAP_SRC_SPLICE_H_

#include "hyojun/charmap/converter.h"

namespace hyojun::charmap {

// The decision for one event; `action` absent: the source's own code points, nothing to report.
struct Splice {
  std::optional<Action> action{};
  std::optional<ShrinkRelation> relation{};
  std::array<char32_t, 2> text{};   // not for tags and refusals
  std::optional<CharacterId> id{};  // for the name in a tag
};

// `counted`: in a selected column and not in the header.
Splice decide(const Converter& converter, const Event& event, bool counted, bool rewritten) noexcept;

// Bytes of UTF-8 written to `out`, which has room for them.
std::size_t put_utf8(char32_t code_point, std::uint8_t* out) noexcept;

// 〔name:base:source〕, at most kLongestTag bytes; name and base "-" where unknown.
inline constexpr std::size_t kLongestTag = 40;
std::size_t put_tag(const Repertoire& repertoire, std::optional<CharacterId> id, std::optional<char32_t> base,
                    std::span<const std::uint8_t> source, std::uint8_t* out) noexcept;

inline constexpr char32_t kBracket = U'〔';
inline constexpr char32_t kGeta = U'〓';

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_SPLICE_H_
