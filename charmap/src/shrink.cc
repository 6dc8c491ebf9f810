// The MJ縮退マップ in the image, and the rules that pick from it.
//
// `ipa` follows IPA's reference picker (mj2jisx0213) as ranks, the lowest wins: exceptions; JIS包摂/UCS統合 1000;
// 民二5202 2000; 戸籍統一文字情報 3000 + 100 × hops + 10 unless the pair is also in 民一2842 無印 or 俗字; 民一2842
// 4000; 告示582 表一 5000 + 100 × 順位; to each 1–5 by what the target is. Pairs marked 別字 are excluded from every
// relation but the first. So the pick is unique: 27,578 by a relation, 6 by an exception, 31,278 none.
#include "hyojun/charmap/shrink.h"

#include <algorithm>
#include <limits>

#include "image.h"

namespace hyojun::charmap {

namespace {

using image::ShrinkRow;
using Rows = std::span<const ShrinkRow>;

struct Exception {
  std::uint32_t number;  // MJ
  char32_t target;       // 0: nothing is picked
};
constexpr Exception kExceptions[] = {{4411, 0},       {6457, 0x4E1E},  {11815, 0x613C}, {14719, 0}, {16011, 0x6F2B},
                                     {16886, 0x53CB}, {19374, 0},      {20479, 0x7E8F}, {34976, 0}, {35231, 0},
                                     {38446, 0},      {38675, 0},      {39434, 0},      {56889, 0}, {57204, 0},
                                     {57262, 0},      {57404, 0x5DE3}, {57625, 0},      {57639, 0}};

constexpr unsigned kNever = std::numeric_limits<unsigned>::max();

ShrinkRelation relation_of(const ShrinkRow& row) { return static_cast<ShrinkRelation>(row.relation); }

bool has(Rows rows, std::uint32_t target, std::initializer_list<ShrinkRelation> relations) {
  return std::ranges::any_of(rows, [&](const ShrinkRow& r) {
    return r.target == target && std::ranges::find(relations, relation_of(r)) != relations.end();
  });
}

// Without what the target itself adds.
unsigned ipa_rank(Rows rows, const ShrinkRow& row) {
  using enum ShrinkRelation;
  if (relation_of(row) == jis_unification) return 1000;
  if (has(rows, row.target, {min1_2842_betsuji})) return kNever;
  switch (relation_of(row)) {
    case min2_5202:
      return 2000;
    case koseki:
      return 3000 + 100U * row.hops + (has(rows, row.target, {min1_2842, min1_2842_zokuji}) ? 0U : 10U);
    case min1_2842:
    case min1_2842_zokuji:
      return 4000;
    case notice582_1:
      return 5000 + 100U * row.rank;
    default:
      return kNever;
  }
}

// Ties: 常用漢字, then 人名用漢字 by the level of JIS X 0213, then all others.
unsigned target_rank(std::string_view policy, MenKuTen code) {
  if (policy == "常用漢字") return 1;
  if (policy != "人名用漢字") return 5;
  const auto within = [&](MenKuTen first, MenKuTen last) { return first <= code && code <= last; };
  if (within({1, 16, 1}, {1, 47, 51})) return 2;
  if (within({1, 48, 1}, {1, 84, 6})) return 3;
  return within({1, 14, 1}, {1, 94, 94}) ? 4 : 5;
}

MenKuTen code_of(const ShrinkRow& row) { return {row.x0213[0], row.x0213[1], row.x0213[2]}; }

bool is_within(char32_t target, const CodePointSet* within) { return within == nullptr || within->contains(target); }

std::optional<ShrinkPick> pick_strict(Rows rows, const CodePointSet* within) {
  std::optional<ShrinkPick> found;
  for (const ShrinkRow& row : rows) {
    if (relation_of(row) != ShrinkRelation::jis_unification || !is_within(row.target, within)) continue;
    if (found && found->target != row.target) return std::nullopt;  // two characters in the map
    found = {row.target, ShrinkRelation::jis_unification};
  }
  return found;
}

}  // namespace

std::span<const ShrinkRow> StandardTable::shrink_rows(CharacterId id) const noexcept {
  if (id.list != CharacterId::List::mj) return {};
  const auto starts = sections().shrink_starts;
  return sections().shrink.subspan(starts[id.index], starts[id.index + 1] - starts[id.index]);
}

std::vector<ShrinkCandidate> StandardTable::shrink_candidates(CharacterId id) const {
  std::vector<ShrinkCandidate> result;
  for (const ShrinkRow& row : shrink_rows(id)) {
    result.push_back({row.target, relation_of(row), row.rank, row.hops, code_of(row)});
  }
  return result;
}

std::string StandardTable::shrink_note(CharacterId id) const {
  if (id.list != CharacterId::List::mj) return {};
  const auto notes = sections().shrink_notes;
  const auto it = std::ranges::lower_bound(notes, id.index, {}, &image::ShrinkNoteRow::character);
  return it == notes.end() || it->character != id.index ? std::string() : std::string(sections().string(it->note));
}

std::optional<ShrinkPick> StandardTable::pick(CharacterId id, ShrinkRule rule,
                                              const CodePointSet* within) const noexcept {
  if (id.list != CharacterId::List::mj || rule == ShrinkRule::none) return std::nullopt;
  const Rows rows = shrink_rows(id);
  if (rule == ShrinkRule::strict) return pick_strict(rows, within);
  const std::uint32_t number = sections().characters[id.index].number;
  if (const auto* e = std::ranges::find(kExceptions, number, &Exception::number); e != std::end(kExceptions)) {
    if (e->target == 0 || !is_within(e->target, within)) return std::nullopt;
    return ShrinkPick{e->target, std::nullopt};
  }
  unsigned best = kNever;
  std::optional<ShrinkPick> found;
  for (const ShrinkRow& row : rows) {
    unsigned rank = ipa_rank(rows, row);
    if (rank == kNever || !is_within(row.target, within)) continue;
    const auto target = find(row.target);
    const bool kanji = target && target->list == CharacterId::List::mj;
    rank += target_rank(kanji ? sections().string(sections().characters[target->index].policy) : "", code_of(row));
    if (rank >= best) continue;
    best = rank;
    found = {row.target, relation_of(row)};
  }
  return found;
}

}  // namespace hyojun::charmap
