#include "shrink_query.h"

#include <algorithm>
#include <set>

#include "hyojun/base/number.h"
#include "hyojun/base/text.h"

namespace hyojun::app {

using charmap::CharacterId;

std::size_t ShrinkAnswer::distinct_targets() const {
  std::set<char32_t> targets;
  for (const charmap::ShrinkCandidate& c : candidates) targets.insert(c.target);
  return targets.size();
}

ShrinkQuery::ShrinkQuery(std::shared_ptr<const charmap::Repertoire> repertoire, charmap::ShrinkTo to,
                         charmap::ShrinkRule rule, std::shared_ptr<const charmap::ShrinkMap> map)
    : repertoire_(std::move(repertoire)),
      to_(to),
      rule_(rule),
      map_(std::move(map)),
      within_(shrink_set(repertoire_->table(), to)) {}

ShrinkAnswer ShrinkQuery::answer(const std::string& item) const {
  ShrinkAnswer out;
  out.input = item;
  const bool code = item.starts_with("U+") || item.starts_with("u+");  // also the name of a non-kanji
  if (!code) out.id = repertoire_->find_name(item);
  std::u32string text;
  if (!out.id) {
    if (const auto parsed = code ? base::parse_code_points(item) : base::decode_utf8(item)) text = *parsed;
    const bool one = text.size() == 1 || (text.size() == 2 && repertoire_->forms_sequence(text[0], text[1]));
    if (!one) return out;
    out.id = repertoire_->identify(text[0], text.size() == 2 ? text[1] : U'\0').id;
  }
  fill(out, text.empty() ? U'\0' : text[0], text.size() == 2 ? text[1] : U'\0');
  return out;
}

ShrinkAnswer ShrinkQuery::answer(CharacterId id) const {
  ShrinkAnswer out;
  out.id = id;
  out.input = repertoire_->name(id);
  fill(out, 0, 0);
  return out;
}

void ShrinkQuery::fill(ShrinkAnswer& out, char32_t first, char32_t second) const {
  const charmap::StandardTable& table = repertoire_->table();
  const std::u32string* mapped = map_ == nullptr || first == 0 ? nullptr : map_->find(first, second);
  if (out.id) {
    out.name = repertoire_->name(*out.id);
    out.note = table.shrink_note(*out.id);
    for (const auto& c : table.shrink_candidates(*out.id)) {
      if (within_->contains(c.target)) out.candidates.push_back(c);
    }
    if (map_ != nullptr && mapped == nullptr) mapped = map_->find(*out.id);
  }
  if (mapped != nullptr) {
    out.pick = *mapped;
    out.relation = "map";
    return;
  }
  if (!out.id || out.id->list == CharacterId::List::layer) return;
  if (out.id->list != CharacterId::List::mj) {
    const auto codes = table.codes(*out.id);
    if (!within_->contains(codes.plain) || (codes.second != 0 && to_ != charmap::ShrinkTo::jisx0213)) return;
    out.pick = codes.second == 0 ? std::u32string{codes.plain} : std::u32string{codes.plain, codes.second};
    out.relation = "within";
    return;
  }
  const bool narrower = to_ != charmap::ShrinkTo::jisx0213;
  const auto pick = table.pick(*out.id, rule_, narrower ? within_.get() : nullptr);
  if (!pick) return;
  out.pick = {pick->target};
  out.relation = pick->relation ? shrink_relation_key(*pick->relation) : "exception";
}

std::vector<ShrinkAnswer> ShrinkQuery::undecided() const {
  std::vector<ShrinkAnswer> list;
  for (const CharacterId id : repertoire_->table().all()) {
    if (id.list != CharacterId::List::mj) continue;
    ShrinkAnswer one = answer(id);
    if (one.pick.empty() && one.distinct_targets() > 1) list.push_back(std::move(one));
  }
  return list;
}

}  // namespace hyojun::app
