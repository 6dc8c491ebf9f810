#include "hyojun/core/decision.h"

#include <hyojun/base/text.h>

#include <tuple>

namespace hyojun::core {
namespace {

struct CategoryWords {
  std::string_view key;
  std::string_view name;
};

constexpr std::array<CategoryWords, kGaijiCategories> kCategories = {{{"identical", "同一字形"},
                                                                      {"design_difference", "デザイン差"},
                                                                      {"similar", "類似"},
                                                                      {"duplicate", "重複"},
                                                                      {"no_match", "該当なし"},
                                                                      {"not_character", "文字でない"},
                                                                      {"unused", "未使用"}}};

constexpr std::array<CategoryWords, 3> kStates = {{{"proposed", "案"}, {"decided", "決定"}, {"checked", "確認済"}}};

auto fields(const Decision& d) {
  return std::tie(d.gaiji, d.state, d.category, d.target, d.substitute, d.reason, d.criterion, d.glyph, d.decided_by,
                  d.decided_on, d.checked_by, d.checked_on, d.table_version, d.font, d.added_searched, d.comment);
}

}  // namespace

std::string_view name_of(DecisionState state) { return kStates[static_cast<std::size_t>(state) - 1].name; }

std::optional<DecisionState> find_state(std::string_view label) {
  const std::string wanted = base::nfkc_label(label);
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    if (wanted == kStates[i].key || wanted == kStates[i].name) return static_cast<DecisionState>(i + 1);
  }
  return std::nullopt;
}

std::string_view key_of(GaijiCategory category) { return kCategories[static_cast<std::size_t>(category)].key; }
std::string_view name_of(GaijiCategory category) { return kCategories[static_cast<std::size_t>(category)].name; }

std::optional<GaijiCategory> find_category(std::string_view label) {
  const std::string wanted = base::nfkc_label(label);
  for (const GaijiCategory category : kAllGaijiCategories) {
    if (wanted == key_of(category) || wanted == name_of(category)) return category;
  }
  return std::nullopt;
}

bool has_target(GaijiCategory category) { return category <= GaijiCategory::duplicate; }

bool is_same_answer(const Decision& a, const Decision& b) {
  return std::tie(a.category, a.target, a.substitute) == std::tie(b.category, b.target, b.substitute);
}

bool is_same(const Decision& a, const Decision& b) { return fields(a) == fields(b); }

}  // namespace hyojun::core
