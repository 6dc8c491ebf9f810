// A person's answer for one gaiji (同定の決定), as it is recorded. Plain values; character names are opaque here.
//
// State. 案: proposed, nobody has answered for it. 決定: a person has. 確認済: another person has checked it; only such
// decisions go into a gaiji table unless asked otherwise.
// What must hold (the schema refuses anything else):
//   決定 and 確認済 have a category, a decider and a day; 確認済 has a checker, who is another person, and a day
//   identical, design_difference, similar and duplicate have a target; no_match, not_character and unused have none
//   a substitute stands only where there is no target, and has a reason
#ifndef HYOJUN_CORE_DECISION_H_
#define HYOJUN_CORE_DECISION_H_

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hyojun::core {

// The key of a source character: never a private-use code point alone, which every vendor uses for something else.
struct GaijiKey {
  std::string system;    // as the office calls it
  std::string encoding;  // "cp932"
  std::string code;      // "0xF040", or "U+E000" for Unicode sources: one spelling, so that texts compare
  auto operator<=>(const GaijiKey&) const = default;
};

enum class DecisionState : std::uint8_t { proposed = 1, decided = 2, checked = 3 };
// 案, 決定, 確認済.
std::string_view name_of(DecisionState state);
// "proposed".
std::string_view key_of(DecisionState state);
// By name or key (proposed, decided, checked), compared as labels; none if there is no such state.
std::optional<DecisionState> find_state(std::string_view label);

enum class GaijiCategory : std::uint8_t {
  identical,          // 同一字形
  design_difference,  // デザイン差: falls under the accepted differences (包摂)
  similar,            // 類似: another shape, accepted as this character
  duplicate,          // 重複: the same character has another code, too
  no_match,           // 該当なし
  not_character,      // 文字でない: a mark, a logo, an empty cell
  unused,             // 未使用: in no data
};
inline constexpr std::size_t kGaijiCategories = 7;
inline constexpr std::array<GaijiCategory, kGaijiCategories> kAllGaijiCategories = {
    GaijiCategory::identical, GaijiCategory::design_difference, GaijiCategory::similar, GaijiCategory::duplicate,
    GaijiCategory::no_match,  GaijiCategory::not_character,     GaijiCategory::unused};
// "identical": as stored, in JSON and in gaiji tables.
std::string_view key_of(GaijiCategory category);
// 同一字形.
std::string_view name_of(GaijiCategory category);
// "design difference": what an English text calls it.
std::string_view english_of(GaijiCategory category);
// By key, name or English words, compared as labels in which case, spaces, "_" and "-" do not count.
std::optional<GaijiCategory> find_category(std::string_view label);
// The first four.
bool has_target(GaijiCategory category);

struct Decision {
  GaijiKey gaiji;
  DecisionState state = DecisionState::proposed;
  std::optional<GaijiCategory> category{};
  std::string target{};      // character name
  std::string substitute{};  // text
  std::string reason{};      // of the substitute
  std::string criterion{};   // 同定基準, by its number
  std::string glyph{};       // SHA-256 of the source glyph's outline, lower-case hex; empty: unknown
  std::string decided_by{};
  std::string decided_on{};  // ISO
  std::string checked_by{};
  std::string checked_on{};
  std::string table_version{};  // of the standard table and its layers
  std::string font{};           // reference font of the search: name, version, digest; empty: none was searched
  bool added_searched = false;  // the added characters (GJ) were searched, too; else a no_match is provisional
  std::string comment{};
};

// The same answer: category, target, substitute.
bool is_same_answer(const Decision& a, const Decision& b);
// The same in everything that is recorded.
bool is_same(const Decision& a, const Decision& b);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_DECISION_H_
