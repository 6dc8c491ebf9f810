// as_of and known_at against a naive model that keeps every fact in memory.
#include <fmt/format.h>

#include <map>
#include <random>

#include "hyojun/core/state.h"
#include "store_files.h"

namespace hyojun::core {
namespace {

// One cell as somebody stated it. Cells are named by text, so that the model knows nothing of how they are packed.
struct Stated {
  std::int64_t import;
  std::string cell;
  std::string value;  // empty: withdrawn (facts)
};

struct ModelImport {
  std::int64_t id;
  std::int32_t as_of;
  std::int32_t recorded;  // day
  std::int64_t withdraws = 0;
};

class Model {
 public:
  std::vector<ModelImport> imports;
  std::vector<Stated> stated;

  bool stands(const ModelImport& import, std::int32_t known_at) const {
    if (import.recorded > known_at) return false;
    for (const ModelImport& other : imports) {
      if (other.withdraws == import.id && stands(other, known_at)) return false;
    }
    return true;
  }

  // The slow, obvious rule.
  std::string value(const std::string& cell, std::int32_t as_of, std::int32_t known_at) const {
    const ModelImport* best = nullptr;
    std::string value;
    for (const Stated& fact : stated) {
      const ModelImport& import = imports[static_cast<std::size_t>(fact.import - 1)];
      if (fact.cell != cell || import.as_of > as_of || !stands(import, known_at)) continue;
      if (best != nullptr && std::pair(import.as_of, import.id) < std::pair(best->as_of, best->id)) continue;
      best = &import;
      value = fact.value;
    }
    return value;
  }
};

class StateModel : public StoreTest {
 protected:
  // Three bodies, three businesses, three steps: small enough that everything meets.
  const std::vector<std::string> bodies_ = {"281000", "282014", "284815"};
  std::mt19937 random_{20260131};
  Model model_;
  std::int32_t today_ = day(2026, 1, 1).days();

  std::size_t roll(std::size_t sides) { return random_() % sides; }
  base::Date date(std::int32_t days) { return *base::Date::from_days(days); }

  void record_something(Store& store) {
    if (roll(4) != 0) today_ += static_cast<std::int32_t>(roll(3));
    set_day(date(today_));
    if (!model_.imports.empty() && roll(6) == 0) return withdraw_something(store);
    ImportDraft draft = StoreTest::draft(date(today_ - static_cast<std::int32_t>(roll(12))));
    const auto id = static_cast<std::int64_t>(model_.imports.size() + 1);
    for (const std::string& body : bodies_) {
      if (roll(2) == 0) say_steps(draft, body, id);
      if (roll(2) == 0) say_finished(draft, body, id);
      if (roll(2) == 0) say_late(draft, body, id);
      if (roll(2) == 0) say_facts(draft, body, id);
    }
    const auto recorded = store.record(draft);
    ASSERT_TRUE(recorded) << recorded.error().what.en;
    ASSERT_EQ(recorded->import.id, id);
    model_.imports.push_back({id, draft.as_of.days(), today_});
  }

  void withdraw_something(Store& store) {
    const auto target = static_cast<std::int64_t>(roll(model_.imports.size()) + 1);
    for (const ModelImport& import : model_.imports) {
      if (import.withdraws == target) return;
    }
    const auto done = store.withdraw(target, StoreTest::draft(date(today_), "undo"), "");
    ASSERT_TRUE(done);
    model_.imports.push_back({done->id, today_, today_, target});
  }

  void say_steps(ImportDraft& draft, const std::string& body, std::int64_t id) {
    SurveyLine line = empty_line(Indicator::steps, body);
    for (std::size_t business = 0; business < 3; ++business) {
      for (std::size_t step = 0; step < 3; ++step) {
        if (roll(3) == 0) continue;
        const char sign = "01239"[roll(5)];
        line.cells[business * kSteps + step] = sign;
        model_.stated.push_back({id, fmt::format("{} step {} {}", body, business, step), std::string(1, sign)});
      }
    }
    add(draft, std::move(line));
  }

  void say_finished(ImportDraft& draft, const std::string& body, std::int64_t id) {
    SurveyLine line = empty_line(Indicator::finished, body);
    for (std::size_t business = 0; business < 3; ++business) {
      if (roll(3) == 0) continue;
      const std::string value = fmt::format("{:02}", roll(41));
      line.cells.replace(business * 2, 2, value);
      model_.stated.push_back({id, fmt::format("{} finished {}", body, business), value});
    }
    add(draft, std::move(line));
  }

  void say_late(ImportDraft& draft, const std::string& body, std::int64_t id) {
    SurveyLine line = empty_line(Indicator::late, body);
    for (std::size_t business = 0; business < 3; ++business) {
      if (roll(3) == 0) continue;
      line.cells[business] = roll(2) == 0 ? '0' : '1';
      model_.stated.push_back({id, fmt::format("{} late {}", body, business), std::string(1, line.cells[business])});
    }
    add(draft, std::move(line));
  }

  void say_facts(ImportDraft& draft, const std::string& body, std::int64_t id) {
    for (std::size_t business = 1; business <= 3; ++business) {
      if (roll(2) == 0) continue;
      const std::string value = roll(4) == 0 ? "" : date(today_ + static_cast<std::int32_t>(roll(90))).iso();
      draft.facts.push_back({body, business, "golive_planned", value.empty() ? std::nullopt : std::optional(value)});
      model_.stated.push_back({id, fmt::format("{} golive {}", body, business), value});
    }
  }

  void compare(const Store& store, std::int32_t as_of, std::int32_t known_at) {
    const View view{date(as_of), date(known_at)};
    const auto state = State::read(store, view, {.progress = true, .late = true, .facts = true});
    ASSERT_TRUE(state) << state.error().what.en;
    for (const std::string& code : bodies_) {
      const std::size_t body = *store.catalog().find_code(code);
      for (std::size_t business = 0; business < 3; ++business) {
        for (std::size_t step = 0; step < 3; ++step) {
          const std::string wanted = model_.value(fmt::format("{} step {} {}", code, business, step), as_of, known_at);
          EXPECT_EQ(static_cast<char>(state->step(body, business, step)), wanted.empty() ? '0' : wanted[0]);
        }
        const std::string finished = model_.value(fmt::format("{} finished {}", code, business), as_of, known_at);
        EXPECT_EQ(state->finished(body, business), finished.empty() ? -1 : std::stoi(finished));
        const std::string late = model_.value(fmt::format("{} late {}", code, business), as_of, known_at);
        EXPECT_EQ(state->late(body, business), late.empty() ? std::nullopt : std::optional(late == "1"));
        const std::string golive = model_.value(fmt::format("{} golive {}", code, business + 1), as_of, known_at);
        const FactValue* fact = state->fact(body, business + 1, "golive_planned");
        EXPECT_EQ(fact ? fact->value : "", golive);
      }
    }
  }
};

TEST_F(StateModel, AnyDayAsKnownOnAnyDay) {
  constexpr int kRounds = 4;
  constexpr int kImports = 60;
  for (int round = 0; round < kRounds; ++round) {
    SCOPED_TRACE(round);
    std::filesystem::remove(path());
    model_ = {};
    today_ = day(2026, 1, 1).days();
    const std::int32_t first = today_;
    Store store = make();
    for (int i = 0; i < kImports; ++i) {
      ASSERT_NO_FATAL_FAILURE(record_something(store));
      // What was known on earlier days must never change, so old days are asked again and again.
      const auto range = static_cast<std::size_t>(today_ - first + 20);
      const std::int32_t as_of = first - 12 + static_cast<std::int32_t>(roll(range));
      const std::int32_t known_at = first - 1 + static_cast<std::int32_t>(roll(range));
      ASSERT_NO_FATAL_FAILURE(compare(store, as_of, known_at));
    }
    for (std::int32_t as_of = first - 12; as_of <= today_; as_of += 5) {
      for (std::int32_t known_at = first; known_at <= today_; known_at += 7) compare(store, as_of, known_at);
    }
    EXPECT_TRUE(store.check()->empty());
    if (HasFailure()) return;
  }
}

}  // namespace
}  // namespace hyojun::core
