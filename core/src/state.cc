#include "hyojun/core/state.h"

#include <algorithm>
#include <bit>

namespace hyojun::core {
namespace {

constexpr std::int32_t kNobody = -1;

std::uint64_t fact_key(std::size_t body, std::size_t business, std::size_t kind) {
  return (static_cast<std::uint64_t>(body) << 16U) | (business << 8U) | kind;
}

std::optional<std::size_t> kind_index(std::string_view key) {
  const auto all = kinds();
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].key == key) return i;
  }
  return std::nullopt;
}

}  // namespace

std::vector<ImportInfo> standing_imports(const std::vector<ImportInfo>& all,
                                         const std::optional<base::Date>& known_at) {
  const std::string until = known_at ? base::last_timestamp_of(*known_at) : std::string();
  std::set<std::int64_t> withdrawn;
  std::vector<ImportInfo> standing;
  // A withdrawal has a greater id than what it takes back, so that going down decides each import once.
  for (auto import = all.rbegin(); import != all.rend(); ++import) {
    if (!until.empty() && import->recorded_at > until) continue;
    if (withdrawn.contains(import->id)) continue;
    if (import->withdraws != 0) withdrawn.insert(import->withdraws);
    standing.push_back(*import);
  }
  std::ranges::reverse(standing);
  return standing;
}

std::vector<ImportInfo> visible_imports(const std::vector<ImportInfo>& all, const View& view) {
  const std::string as_of = view.as_of.iso();
  std::vector<ImportInfo> visible = standing_imports(all, view.known_at);
  std::erase_if(visible, [&as_of](const ImportInfo& import) { return import.as_of > as_of; });
  std::ranges::reverse(visible);
  std::ranges::stable_sort(visible, [](const ImportInfo& a, const ImportInfo& b) { return a.as_of > b.as_of; });
  return visible;
}

base::Result<State> State::read(const Store& store, const View& view, const Needs& needs) {
  auto reading = store.read();
  if (!reading) return tl::unexpected(reading.error());
  State state(view, store.catalog());
  state.choose_bodies(store.scope());
  state.imports_ = visible_imports((*reading)->imports(), view);
  using Part = base::Result<void> (State::*)(const Reading&);
  const std::array<std::pair<bool, Part>, 5> parts = {{{needs.progress, &State::read_steps},
                                                       {needs.progress, &State::read_finished},
                                                       {needs.late, &State::read_late},
                                                       {needs.facts, &State::read_facts},
                                                       {needs.notes, &State::read_notes}}};
  for (const auto& [needed, part] : parts) {
    if (!needed) continue;
    if (auto ok = (state.*part)(**reading); !ok) return tl::unexpected(ok.error());
  }
  return state;
}

void State::choose_bodies(const Scope& scope) {
  const std::string day = view_.as_of.iso();
  const auto bodies = catalog_->bodies();
  wanted_.assign(bodies.size(), false);
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    if (!scope.contains(bodies[i]) || !bodies[i].exists_on(day)) continue;
    wanted_[i] = true;
    (bodies[i].is_prefecture() ? prefectures_ : municipalities_).push_back(i);
  }
  steps_.assign(bodies.size(), {});
  steps_from_.assign(bodies.size(), {});
  finished_.assign(bodies.size(), {});
  finished_from_.assign(bodies.size(), {});
  late_.assign(bodies.size(), {});
  late_from_.assign(bodies.size(), {});
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    steps_from_[i].fill(kNobody);
    finished_[i].fill(-1);
    finished_from_[i].fill(kNobody);
    late_[i].fill('.');
    late_from_[i].fill(kNobody);
  }
}

void State::take_steps(std::size_t body, std::string_view cells, std::int32_t import, std::size_t& open) {
  std::string& known = steps_[body];
  if (known.empty()) known.assign(kBusinesses * kSteps, '.');
  for (std::size_t business = 0; business < kBusinesses; ++business) {
    bool takes = false;
    for (std::size_t at = business * kSteps; at < (business + 1) * kSteps; ++at) {
      if (known[at] != '.' || cells[at] == '.') continue;
      known[at] = cells[at];
      takes = true;
      --open;
    }
    if (takes && steps_from_[body][business] == kNobody) steps_from_[body][business] = import;
  }
}

base::Result<void> State::read_steps(const Reading& reading) {
  std::size_t open = municipalities_.size() * kBusinesses * kSteps + prefectures_.size() * kBusinesses * kSteps;
  for (std::size_t i = 0; i < imports_.size() && open > 0; ++i) {
    const auto visit = [&](std::string_view code, std::string_view cells) {
      const auto body = catalog_->find_code(code);
      if (body && wanted_[*body]) take_steps(*body, cells, static_cast<std::int32_t>(i), open);
    };
    if (auto ok = reading.lines(imports_[i].id, Indicator::steps, visit); !ok) return ok;
  }
  return {};
}

base::Result<void> State::read_finished(const Reading& reading) {
  std::size_t open = (municipalities_.size() + prefectures_.size()) * kBusinesses;
  for (std::size_t i = 0; i < imports_.size() && open > 0; ++i) {
    const auto visit = [&](std::string_view code, std::string_view cells) {
      const auto body = catalog_->find_code(code);
      if (!body || !wanted_[*body]) return;
      for (std::size_t business = 0; business < kBusinesses; ++business) {
        const char tens = cells[business * 2];
        if (tens == '.' || finished_[*body][business] >= 0) continue;
        finished_[*body][business] = static_cast<std::int8_t>((tens - '0') * 10 + (cells[business * 2 + 1] - '0'));
        finished_from_[*body][business] = static_cast<std::int32_t>(i);
        --open;
      }
    };
    if (auto ok = reading.lines(imports_[i].id, Indicator::finished, visit); !ok) return ok;
  }
  return {};
}

base::Result<void> State::read_late(const Reading& reading) {
  std::size_t open = (municipalities_.size() + prefectures_.size()) * kAllBusinesses;
  for (std::size_t i = 0; i < imports_.size() && open > 0; ++i) {
    const auto visit = [&](std::string_view code, std::string_view cells) {
      const auto body = catalog_->find_code(code);
      if (!body || !wanted_[*body]) return;
      for (std::size_t business = 0; business < kAllBusinesses; ++business) {
        if (cells[business] == '.' || late_[*body][business] != '.') continue;
        late_[*body][business] = cells[business];
        late_from_[*body][business] = static_cast<std::int32_t>(i);
        --open;
      }
    };
    if (auto ok = reading.lines(imports_[i].id, Indicator::late, visit); !ok) return ok;
  }
  return {};
}

base::Result<void> State::read_facts(const Reading& reading) {
  std::unordered_map<std::int64_t, std::size_t> rank;  // 0 is the newest
  for (std::size_t i = 0; i < imports_.size(); ++i) rank.emplace(imports_[i].id, i);
  std::unordered_map<std::uint64_t, std::size_t> best;
  const auto visit = [&](std::int64_t import, const Fact& fact) {
    const auto seen = rank.find(import);
    const auto body = catalog_->find_code(fact.body);
    const auto kind = kind_index(fact.kind);
    if (seen == rank.end() || !body || !kind || !wanted_[*body]) return;
    const std::uint64_t key = fact_key(*body, fact.business, *kind);
    const auto [place, is_first] = best.try_emplace(key, seen->second);
    if (!is_first && place->second < seen->second) return;
    place->second = seen->second;
    if (fact.value) {
      facts_.insert_or_assign(key, FactValue{*fact.value, fact.reason, fact.person, &imports_[seen->second]});
    } else {
      facts_.erase(key);
    }
  };
  return reading.facts("", visit);
}

base::Result<void> State::read_notes(const Reading& reading) {
  std::unordered_map<std::int64_t, std::size_t> rank;
  for (std::size_t i = 0; i < imports_.size(); ++i) rank.emplace(imports_[i].id, i);
  std::map<std::string, std::pair<std::size_t, NoteValue>> best;
  const auto visit = [&](std::int64_t import, const Note& note) {
    const auto seen = rank.find(import);
    const auto body = catalog_->find_code(note.body);
    if (seen == rank.end() || !body || !wanted_[*body]) return;
    const auto found = best.find(note.key);
    if (found != best.end() && found->second.first < seen->second) return;
    best.insert_or_assign(note.key, std::pair(seen->second, NoteValue{note, *body, &imports_[seen->second]}));
  };
  if (auto ok = reading.notes(visit); !ok) return ok;
  for (auto& [key, entry] : best) notes_.push_back(std::move(entry.second));
  return {};
}

const ImportInfo* State::steps_import(std::size_t body, std::size_t business) const {
  return business < kBusinesses ? import_at(steps_from_[body][business]) : nullptr;
}

StepStatus State::step(std::size_t body, std::size_t business, std::size_t step) const {
  if (steps_[body].empty()) return StepStatus::unreported;
  const char sign = steps_[body][business * kSteps + step];
  return sign == '.' ? StepStatus::unreported : static_cast<StepStatus>(sign);
}

Progress State::progress(std::size_t body, std::size_t business) const {
  const ImportInfo* by_step = steps_import(body, business);
  const ImportInfo* by_rate = import_at(finished_from_[body][business]);
  Progress found;
  // The later day; for the same day the steps, which say more.
  if (by_rate != nullptr && (by_step == nullptr || by_rate->as_of > by_step->as_of)) {
    found.import = by_rate;
    found.finished = finished_[body][business];
    return found;
  }
  found.import = by_step;
  found.by_step = by_step != nullptr;
  for (std::size_t i = 0; i < kSteps; ++i) {
    const StepStatus status = step(body, business, i);
    found.finished += status == StepStatus::finished || status == StepStatus::not_applicable;
    found.not_applicable += status == StepStatus::not_applicable;
    found.in_progress += status == StepStatus::in_progress;
    found.not_started += status == StepStatus::not_started;
    found.unreported += status == StepStatus::unreported;
  }
  return found;
}

std::optional<bool> State::late(std::size_t body, std::size_t business) const {
  const char sign = late_[body][business];
  return sign == '.' ? std::nullopt : std::optional(sign == '1');
}

const FactValue* State::fact(std::size_t body, std::size_t business, std::string_view kind) const {
  const auto index = kind_index(kind);
  if (!index) return nullptr;
  const auto found = facts_.find(fact_key(body, business, *index));
  return found == facts_.end() ? nullptr : &found->second;
}

bool State::is_set(std::size_t body, std::size_t business, std::string_view kind) const {
  const FactValue* found = fact(body, business, kind);
  return found != nullptr && found->value == "1";
}

std::span<const std::int32_t> State::sources(Indicator indicator, std::size_t body) const {
  switch (indicator) {
    case Indicator::steps:
      return steps_from_[body];
    case Indicator::finished:
      return finished_from_[body];
    case Indicator::late:
      break;
  }
  return late_from_[body];
}

std::vector<SurveyUse> State::surveys(Indicator indicator) const {
  std::map<std::int32_t, SurveyUse> used;  // by index: the newest first
  for (std::size_t body = 0; body < wanted_.size(); ++body) {
    if (!wanted_[body]) continue;
    const bool is_municipality = !catalog_->bodies()[body].is_prefecture();
    std::set<std::int32_t> seen;
    for (const std::int32_t index : sources(indicator, body)) {
      if (index < 0) continue;
      SurveyUse& use = used.try_emplace(index, SurveyUse{import_at(index)}).first->second;
      use.businesses += is_municipality;
      use.municipalities += is_municipality && seen.insert(index).second;
    }
  }
  std::vector<SurveyUse> found;
  for (const auto& [index, use] : used) found.push_back(use);
  return found;
}

}  // namespace hyojun::core
