#include "hyojun/core/history_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace hyojun::core {
namespace {

constexpr std::array kIndicatorList = {Indicator::steps, Indicator::finished, Indicator::late};

std::string steps_value(std::string_view cells, const HistoryQuery& query) {
  if (query.business > kBusinesses) return "";
  const std::size_t first = query.business == 0 ? 0 : (query.business - 1) * kSteps;
  const std::size_t count = query.business == 0 ? cells.size() : kSteps;
  if (query.step > 0) return std::string(name_of(static_cast<StepStatus>(cells[first + query.step - 1])));
  std::int64_t said = 0;
  std::int64_t done = 0;
  for (const char sign : cells.substr(first, count)) {
    said += sign != '.';
    done += sign == '3' || sign == '9';
  }
  return said == 0 ? "" : fmt::format("{}/{}", done, said);
}

std::string finished_value(std::string_view cells, const HistoryQuery& query) {
  if (query.step > 0 || query.business > kBusinesses) return "";
  const std::size_t first = query.business == 0 ? 0 : query.business - 1;
  const std::size_t last = query.business == 0 ? kBusinesses : query.business;
  std::size_t said = 0;
  int done = 0;
  for (std::size_t i = first; i < last; ++i) {
    if (cells[i * 2] == '.') continue;
    ++said;
    done += (cells[i * 2] - '0') * 10 + (cells[i * 2 + 1] - '0');
  }
  return said == 0 ? "" : fmt::format("{}/{}", done, said * kSteps);
}

std::string late_value(std::string_view cells, const HistoryQuery& query) {
  if (query.step > 0) return "";
  if (query.business > 0) {
    const char sign = cells[query.business - 1];
    return sign == '.' ? "" : sign == '1' ? "該当見込み" : "該当なし";
  }
  if (cells.find_first_not_of('.') == std::string_view::npos) return "";
  return fmt::format("該当見込み {} システム", std::ranges::count(cells, '1'));
}

std::string line_value(Indicator indicator, std::string_view cells, const HistoryQuery& query) {
  switch (indicator) {
    case Indicator::steps:
      return steps_value(cells, query);
    case Indicator::finished:
      return finished_value(cells, query);
    case Indicator::late:
      return late_value(cells, query);
  }
  return "";
}

std::string fact_value(const Fact& fact) {
  const Kind* kind = find_kind(fact.kind);
  std::string value = !fact.value ? "（取下げ）" : kind ? show_value(*kind, *fact.value) : *fact.value;
  for (const std::string* more : {&fact.reason, &fact.person}) {
    if (!more->empty()) value += "、" + *more;
  }
  return value;
}

class Chronicle {
 public:
  Chronicle(const Reading& reading, const View& view, const HistoryQuery& query, const std::string& code)
      : reading_(reading), query_(query), code_(code) {
    const std::string until = view.known_at ? base::last_timestamp_of(*view.known_at) : "9999";
    const std::string as_of = view.as_of.iso();
    for (const ImportInfo& import : standing_imports(reading.imports(), view.known_at)) {
      if (import.withdraws != 0) withdrawn_by_[import.withdraws] = import.id;
    }
    for (const ImportInfo& import : reading.imports()) {
      if (import.recorded_at > until) continue;
      if (import.as_of <= as_of) imports_.emplace(import.id, &import);
    }
  }

  base::Result<std::vector<Saying>> tell() {
    for (const auto& [id, import] : imports_) {
      for (const Indicator indicator : kIndicatorList) {
        const auto visit = [&, id = id](std::string_view body, std::string_view cells) {
          if (body == code_)
            say(id, std::string(name_of(indicator)), query_.business, line_value(indicator, cells, query_));
        };
        if (auto ok = reading_.lines(id, indicator, visit); !ok) return tl::unexpected(ok.error());
      }
    }
    if (auto ok = tell_facts(); !ok) return tl::unexpected(ok.error());
    std::ranges::stable_sort(sayings_, {}, [](const Saying& saying) { return saying.import.id; });
    return std::move(sayings_);
  }

 private:
  base::Result<void> tell_facts() {
    if (query_.step > 0) return {};
    const auto is_asked = [this](const std::string& body, std::size_t business) {
      return body == code_ && (query_.business == 0 || business == query_.business);
    };
    const auto fact = [&](std::int64_t import, const Fact& said) {
      const Kind* kind = find_kind(said.kind);
      if (is_asked(said.body, said.business))
        say(import, kind ? std::string(kind->name) : said.kind, said.business, fact_value(said));
    };
    if (auto ok = reading_.facts("", fact); !ok) return ok;
    return reading_.notes([&](std::int64_t import, const Note& note) {
      if (is_asked(note.body, note.business)) say(import, "覚書（" + note.theme + "）", note.business, note.text);
    });
  }

  void say(std::int64_t import, std::string subject, std::size_t business, std::string value) {
    const auto found = imports_.find(import);
    if (found == imports_.end() || value.empty()) return;
    const auto by = withdrawn_by_.find(import);
    sayings_.push_back(
        {*found->second, by == withdrawn_by_.end() ? 0 : by->second, std::move(subject), business, std::move(value)});
  }

  const Reading& reading_;
  HistoryQuery query_;
  std::string code_;
  std::map<std::int64_t, const ImportInfo*> imports_;
  std::map<std::int64_t, std::int64_t> withdrawn_by_;
  std::vector<Saying> sayings_;
};

}  // namespace

base::Result<std::vector<Saying>> history(const Store& store, const View& view, const HistoryQuery& query) {
  auto reading = store.read();
  if (!reading) return tl::unexpected(reading.error());
  return Chronicle(**reading, view, query, store.catalog().bodies()[query.body].code).tell();
}

base::Result<std::vector<StaleBody>> stale(const Store& store, const View& view, std::int32_t days) {
  auto state = State::read(store, view, {});  // which bodies there are
  if (!state) return tl::unexpected(state.error());
  auto reading = store.read();
  if (!reading) return tl::unexpected(reading.error());
  const std::vector<ImportInfo> imports = visible_imports((*reading)->imports(), view);
  std::map<std::string, const ImportInfo*, std::less<>> newest;
  std::map<std::int64_t, const ImportInfo*> by_id;
  const auto heard = [&](std::string_view body, const ImportInfo* import) {
    const auto [place, is_first] = newest.try_emplace(std::string(body), import);
    if (!is_first && place->second->as_of < import->as_of) place->second = import;
  };
  for (const ImportInfo& import : imports) {
    by_id.emplace(import.id, &import);
    // What is older than the newest word of everyone cannot change the answer.
    if (newest.size() >= store.catalog().bodies().size()) continue;
    for (const Indicator indicator : kIndicatorList) {
      const auto visit = [&](std::string_view body, std::string_view) { heard(body, &import); };
      if (auto ok = (*reading)->lines(import.id, indicator, visit); !ok) return tl::unexpected(ok.error());
    }
  }
  const auto visit_id = [&](std::int64_t import, const std::string& body) {
    if (const auto found = by_id.find(import); found != by_id.end()) heard(body, found->second);
  };
  if (auto ok = (*reading)->facts("", [&](std::int64_t id, const Fact& fact) { visit_id(id, fact.body); }); !ok)
    return tl::unexpected(ok.error());
  if (auto ok = (*reading)->notes([&](std::int64_t id, const Note& note) { visit_id(id, note.body); }); !ok)
    return tl::unexpected(ok.error());
  std::vector<StaleBody> found;
  for (const std::size_t body : state->municipalities()) {
    const auto last = newest.find(store.catalog().bodies()[body].code);
    if (last == newest.end()) {
      found.push_back({body, std::nullopt});
      continue;
    }
    const auto day = base::parse_iso_date(last->second->as_of);
    const std::int32_t silent = view.as_of.days() - (day ? day->days() : 0);
    if (silent > days) found.push_back({body, last->second->as_of, silent, last->second->form});
  }
  const auto silence = [](const StaleBody& body) {
    return body.days ? -std::int64_t{*body.days} : std::int64_t{INT32_MIN};
  };
  std::ranges::stable_sort(found, {}, silence);
  return found;
}

}  // namespace hyojun::core
