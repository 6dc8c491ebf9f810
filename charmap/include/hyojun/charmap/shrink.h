// Shrink (縮退, officially 代替): which characters of JIS X 0213 may stand for an MJ character, and which one a named
// rule picks. StandardTable::shrink_candidates() lists everything the MJ縮退マップ says; StandardTable::pick() chooses.
//
// Source: MJ縮退マップ Ver.1.2.0 (data/mj_shrink*.tsv, CC BY-SA 2.1 JP). Its targets are exactly the 10,054 kanji of
// JIS X 0213, each with its 面区点番号. 23,011 of 58,862 characters have no candidate at all.
#ifndef HYOJUN_CHARMAP_SHRINK_H_
#define HYOJUN_CHARMAP_SHRINK_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace hyojun::charmap {

// The relations of the map, in the order in which IPA's reference picker trusts them; then what it does not use. Keys
// and order are those of data/mj_shrink_relations.tsv.
enum class ShrinkRelation : std::uint8_t {
  jis_unification,    // JIS包摂規準・UCS統合規則: the same character by the rules of the code itself
  min2_5202,          // 民二5202号通知 正字・俗字等対照表
  koseki,             // 戸籍統一文字情報 親字・正字, with a hop count
  min1_2842,          // 民一2842号通達 誤字俗字・正字一覧表 無印
  min1_2842_zokuji,   // … 俗字
  notice582_1,        // 法務省告示582号 別表第四 一, with a rank
  notice582_2,        // … 二, with a rank
  dictionary,         // 辞書類等による関連字: loose
  inference,          // 読み・字形による類推: a guess
  min1_2842_betsuji,  // … 別字: a different character, never picked
};
inline constexpr std::size_t kShrinkRelations = 10;
inline constexpr std::array<std::string_view, kShrinkRelations> kShrinkRelationKeys = {
    "jis_unification", "min2_5202",   "koseki",     "min1_2842", "min1_2842_zokuji",
    "notice582_1",     "notice582_2", "dictionary", "inference", "min1_2842_betsuji"};
inline constexpr std::array<std::string_view, kShrinkRelations> kShrinkRelationNamesJa = {
    "JIS包摂規準・UCS統合規則",
    "民二5202号通知別表 正字・俗字等対照表",
    "戸籍統一文字情報 親字・正字",
    "民一2842号通達別表 誤字俗字・正字一覧表 無印",
    "民一2842号通達別表 誤字俗字・正字一覧表 俗字",
    "法務省告示582号別表第四 一",
    "法務省告示582号別表第四 二",
    "辞書類等による関連字",
    "読み・字形による類推",
    "民一2842号通達別表 誤字俗字・正字一覧表 別字"};

constexpr std::string_view shrink_relation_key(ShrinkRelation r) {
  return kShrinkRelationKeys[static_cast<std::size_t>(r)];
}

// 面区点番号 of JIS X 0213.
struct MenKuTen {
  std::uint8_t men, ku, ten;
  auto operator<=>(const MenKuTen&) const = default;
};

// One row of the map: this MJ character may be written as `target`, because of `relation`.
struct ShrinkCandidate {
  char32_t target;
  ShrinkRelation relation;
  std::uint8_t rank;  // 順位, from 1; 0 unless notice582_1 or notice582_2
  std::uint8_t hops;  // ホップ数, from 1; 0 unless koseki
  MenKuTen x0213;     // of the target
  bool operator==(const ShrinkCandidate&) const = default;
};

// How one candidate is picked.
enum class ShrinkRule : std::uint8_t {
  strict,  // jis_unification only, and only where it names one target
  ipa,     // the rule of IPA's reference picker in full; its 19 exceptions included
  none,    // nothing is picked
};
inline constexpr std::array<std::string_view, 3> kShrinkRuleKeys = {"strict", "ipa", "none"};
constexpr std::string_view shrink_rule_key(ShrinkRule r) { return kShrinkRuleKeys[static_cast<std::size_t>(r)]; }

// The set that shrinking reaches.
enum class ShrinkTo : std::uint8_t {
  jisx0213,
  jisx0208,  // JIS X 0208 in the mappings of JIS and of Microsoft, with ASCII and half-width kana
};
inline constexpr std::array<std::string_view, 2> kShrinkToKeys = {"jisx0213", "jisx0208"};
constexpr std::string_view shrink_to_key(ShrinkTo t) { return kShrinkToKeys[static_cast<std::size_t>(t)]; }

// What a rule picked. No relation: an exception that IPA's picker lists by name.
struct ShrinkPick {
  char32_t target;
  std::optional<ShrinkRelation> relation;
  bool operator==(const ShrinkPick&) const = default;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SHRINK_H_
