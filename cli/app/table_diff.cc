#include "table_diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "hyojun/base/number.h"

namespace hyojun::app {

namespace {

using charmap::CharacterRecord;
using charmap::Repertoire;
using Fields = std::vector<std::pair<std::string_view, std::string>>;

std::string join(const std::vector<std::string>& list) {
  std::string text;
  for (const std::string& entry : list) text += (text.empty() ? "" : ",") + entry;
  return text;
}

Fields fields_of(const CharacterRecord& r) {
  std::vector<std::string> texts;
  for (const std::u32string& text : r.text) texts.push_back(base::format_code_points(text));
  std::vector<std::string> radicals;
  for (const auto& [radical, strokes] : r.radicals) radicals.push_back(fmt::format("{}.{}", radical, strokes));
  return {{"text", join(texts)},
          {"ucs", r.ucs},
          {"implemented", r.implemented},
          {"ivs", join(r.ivs)},
          {"svs", r.svs},
          {"compat", r.compat},
          {"koseki", r.koseki},
          {"juki", r.juki},
          {"toki", r.toki},
          {"nyukan_seiji", r.nyukan_seiji},
          {"nyukan_gaiji", r.nyukan_gaiji},
          {"policy", r.policy},
          {"x0213", r.x0213},
          {"x0213_class", r.x0213_class},
          {"x0213_unification", r.x0213_unification},
          {"x0212", r.x0212},
          {"strokes", fmt::format("{}", r.strokes)},
          {"radicals", join(radicals)},
          {"readings", join(r.readings)},
          {"note", r.note},
          {"origin", r.origin}};
}

std::map<std::string, CharacterRecord> records_of(const Repertoire& repertoire) {
  std::map<std::string, CharacterRecord> records;
  for (const charmap::CharacterId id : repertoire.all()) {
    CharacterRecord record = repertoire.record(id);
    std::string name = record.name;
    records.emplace(std::move(name), std::move(record));
  }
  return records;
}

}  // namespace

std::vector<TableChange> compare(const Repertoire& before, const Repertoire& after) {
  const auto old_records = records_of(before);
  const auto new_records = records_of(after);
  std::vector<TableChange> changes;
  for (const auto& [name, record] : old_records) {
    const auto it = new_records.find(name);
    if (it == new_records.end()) {
      changes.push_back({TableChange::Kind::removed, name, "", record.ucs, ""});
      continue;
    }
    const Fields a = fields_of(record);
    const Fields b = fields_of(it->second);
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (a[i].second == b[i].second) continue;
      changes.push_back({TableChange::Kind::changed, name, std::string(a[i].first), a[i].second, b[i].second});
    }
  }
  for (const auto& [name, record] : new_records) {
    if (!old_records.contains(name)) changes.push_back({TableChange::Kind::added, name, "", "", record.ucs});
  }
  std::ranges::stable_sort(changes, {}, &TableChange::name);
  return changes;
}

}  // namespace hyojun::app
