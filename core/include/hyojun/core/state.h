// What was known on one day of another: the value of every cell at (as_of, known_at).
//
// The rule, and its only reader: an import is visible if it was recorded until the end of `known_at` (Japan) and is not
// withdrawn by a visible import. The value of a cell is what the visible import with the greatest (as_of, id) says of
// it, among those with as_of <= `as_of`. So a later survey wins over an earlier one, and of two for the same day the
// one recorded later: a correction. Tests prove it against a model that keeps every fact in memory.
//
// Cost: surveys are read newest first until no cell is left open. All of Japan (1,741 lines of 800 cells) from one
// survey: some 10 ms; with cells nobody ever reported all surveys are read, 24 of them in some 100 ms.
//
// Immutable once read; shared by threads.
#ifndef HYOJUN_CORE_STATE_H_
#define HYOJUN_CORE_STATE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hyojun/core/facts.h"
#include "hyojun/core/store.h"

namespace hyojun::core {

struct View {
  base::Date as_of;
  std::optional<base::Date> known_at{};  // none: all that is recorded
};

// Which parts are read: a report pays for what it asks.
struct Needs {
  bool progress = false;  // steps and finished
  bool late = false;
  bool facts = false;
  bool notes = false;
};

// One business of one body. Counts of the 40 steps; nothing is known of the body's progress if `import` is null.
struct Progress {
  const ImportInfo* import = nullptr;
  bool by_step = false;    // else only `finished` is known, and the other counts are 0
  int finished = 0;        // 完了済み + 対象外: the official numerator
  int not_applicable = 0;  // 対象外
  int in_progress = 0;     // 作業中
  int not_started = 0;     // 未着手
  int unreported = 0;      // 未報告, or nobody said anything
};

struct FactValue {
  std::string value;
  std::string reason;
  std::string person;
  const ImportInfo* import;
};

struct SurveyUse {
  const ImportInfo* import;
  std::size_t municipalities = 0;
  std::size_t businesses = 0;  // of them, each counted for itself: systems
};

struct NoteValue {
  Note note;
  std::size_t body;
  const ImportInfo* import;
};

class State {
 public:
  static base::Result<State> read(const Store& store, const View& view, const Needs& needs);

  // Values point to their imports: a State moves, but is not copied.
  State(State&&) = default;
  State& operator=(State&&) = default;
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  const View& view() const { return view_; }
  const Catalog& catalog() const { return *catalog_; }
  // Municipalities of the store's scope that exist on the day, and its prefectures themselves: indexes into
  // catalog().bodies(), in code order.
  const std::vector<std::size_t>& municipalities() const { return municipalities_; }
  const std::vector<std::size_t>& prefectures() const { return prefectures_; }

  // `business` counts from 0 here: Business::no - 1.
  Progress progress(std::size_t body, std::size_t business) const;
  // unsaid and unreported are both told as unreported; `step` counts from 0.
  StepStatus step(std::size_t body, std::size_t business, std::size_t step) const;
  // The import the steps of a business come from; null if nobody said any.
  const ImportInfo* steps_import(std::size_t body, std::size_t business) const;
  // What the rates alone say, 0–40, and where it comes from: -1 and null if they say nothing.
  int finished(std::size_t body, std::size_t business) const { return finished_[body][business]; }
  const ImportInfo* finished_import(std::size_t body, std::size_t business) const {
    return import_at(finished_from_[body][business]);
  }
  const ImportInfo* late_import(std::size_t body, std::size_t business) const {
    return import_at(late_from_[body][business]);
  }
  // Flagged 特定移行支援システム; none: no survey covers the cell.
  std::optional<bool> late(std::size_t body, std::size_t business) const;
  // Null if there is none. Business 0 is the body itself, 1–21 a business's number.
  const FactValue* fact(std::size_t body, std::size_t business, std::string_view kind) const;
  // True if the fact is there and its value is 1.
  bool is_set(std::size_t body, std::size_t business, std::string_view kind) const;
  const std::vector<NoteValue>& notes() const { return notes_; }

  // Surveys that at least one cell comes from, newest first, with what of the municipalities comes from them: the
  // basis of a report, and its denominators.
  std::vector<SurveyUse> surveys(Indicator indicator) const;

 private:
  template <typename Cell, std::size_t n>
  using Cells = std::vector<std::array<Cell, n>>;

  State(const View& view, const Catalog& catalog) : view_(view), catalog_(&catalog) {}
  void choose_bodies(const Scope& scope);
  base::Result<void> read_steps(const Reading& reading);
  base::Result<void> read_finished(const Reading& reading);
  base::Result<void> read_late(const Reading& reading);
  base::Result<void> read_facts(const Reading& reading);
  base::Result<void> read_notes(const Reading& reading);
  void take_steps(std::size_t body, std::string_view cells, std::int32_t import, std::size_t& open);
  std::span<const std::int32_t> sources(Indicator indicator, std::size_t body) const;
  const ImportInfo* import_at(std::int32_t index) const {
    return index < 0 ? nullptr : &imports_[static_cast<std::size_t>(index)];
  }

  View view_;
  const Catalog* catalog_;
  std::vector<std::size_t> municipalities_;
  std::vector<std::size_t> prefectures_;
  std::vector<bool> wanted_;         // by body
  std::vector<ImportInfo> imports_;  // visible ones, the newest (as_of, id) first
  std::vector<std::string> steps_;   // by body; empty: nothing said
  Cells<std::int32_t, kBusinesses> steps_from_;
  Cells<std::int8_t, kBusinesses> finished_;  // -1: nothing said
  Cells<std::int32_t, kBusinesses> finished_from_;
  Cells<char, kAllBusinesses> late_;  // '.', '0', '1'
  Cells<std::int32_t, kAllBusinesses> late_from_;
  std::unordered_map<std::uint64_t, FactValue> facts_;
  std::vector<NoteValue> notes_;
};

// The imports that stand at the end of a day (none: now), in the order of their ids: those that no withdrawal that
// itself stands takes back. Withdrawals that stand are among them.
std::vector<ImportInfo> standing_imports(const std::vector<ImportInfo>& all, const std::optional<base::Date>& known_at);

// The visible imports of a view, the newest (as_of, id) first.
std::vector<ImportInfo> visible_imports(const std::vector<ImportInfo>& all, const View& view);

}  // namespace hyojun::core

#endif  // HYOJUN_CORE_STATE_H_
