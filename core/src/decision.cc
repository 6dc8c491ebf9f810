#include "hyojun/core/decision.h"

#include <hyojun/base/text.h>

#include <tuple>

namespace hyojun::core {
namespace {

struct Words {
  std::string_view key;
  std::string_view name;
};

struct CategoryWords : Words {
  std::string_view english;
};

constexpr std::array<CategoryWords, kGaijiCategories> kCategories = {
    {{{"identical", "同一字形"}, "identical"},
     {{"design_difference", "デザイン差"}, "design difference"},
     {{"similar", "類似"}, "similar"},
     {{"duplicate", "重複"}, "duplicate"},
     {{"no_match", "該当なし"}, "no match"},
     {{"not_character", "文字でない"}, "not a character"},
     {{"unused", "未使用"}, "unused"}}};

constexpr std::array<Words, 3> kStates = {{{"proposed", "案"}, {"decided", "決定"}, {"checked", "確認済"}}};

// People write "No match", "no-match" and "no_match".
std::string without_joints(std::string_view label) {
  std::string text;
  for (const char c : base::nfkc_label(label)) {
    if (c == '_' || c == '-' || c == ' ') continue;
    text += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return text;
}

auto fields(const Decision& d) {
  return std::tie(d.gaiji, d.state, d.category, d.target, d.substitute, d.reason, d.criterion, d.glyph, d.decided_by,
                  d.decided_on, d.checked_by, d.checked_on, d.table_version, d.font, d.added_searched, d.comment);
}

}  // namespace

std::string_view name_of(DecisionState state) { return kStates[static_cast<std::size_t>(state) - 1].name; }

std::string_view key_of(DecisionState state) { return kStates[static_cast<std::size_t>(state) - 1].key; }

std::optional<DecisionState> find_state(std::string_view label) {
  const std::string wanted = base::nfkc_label(label);
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    if (wanted == kStates[i].key || wanted == kStates[i].name) return static_cast<DecisionState>(i + 1);
  }
  return std::nullopt;
}

std::string_view key_of(GaijiCategory category) { return kCategories[static_cast<std::size_t>(category)].key; }
std::string_view name_of(GaijiCategory category) { return kCategories[static_cast<std::size_t>(category)].name; }

std::string_view english_of(GaijiCategory category) { return kCategories[static_cast<std::size_t>(category)].english; }

std::optional<GaijiCategory> find_category(std::string_view label) {
  for (const GaijiCategory category : kAllGaijiCategories) {
    if (label == key_of(category)) return category;  // as stored
  }
  const std::string wanted = without_joints(label);
  for (const GaijiCategory category : kAllGaijiCategories) {
    for (const std::string_view known : {key_of(category), name_of(category), english_of(category)}) {
      if (wanted == without_joints(known)) return category;
    }
  }
  return std::nullopt;
}

bool has_target(GaijiCategory category) { return category <= GaijiCategory::duplicate; }

bool is_same_answer(const Decision& a, const Decision& b) {
  return std::tie(a.category, a.target, a.substitute) == std::tie(b.category, b.target, b.substitute);
}

bool is_same(const Decision& a, const Decision& b) { return fields(a) == fields(b); }

}  // namespace hyojun::core
