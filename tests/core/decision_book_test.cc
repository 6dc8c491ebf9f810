// Which decision stands: by state, by day, without what was withdrawn.
#include "hyojun/core/decision_book.h"

#include <algorithm>

#include "store_files.h"

namespace hyojun::core {
namespace {

using enum DecisionState;

class DecisionBookTest : public StoreTest {
 protected:
  Store make_book() { return make({.tracker = false, .decisions = true}); }

  static Decision decision(DecisionState state, const std::string& target, const std::string& code = "0xF040") {
    Decision d{
        .gaiji = {"juki", "cp932", code}, .state = state, .category = GaijiCategory::identical, .target = target};
    d.table_version = "t";
    if (state >= decided) d.decided_by = "山田", d.decided_on = "2026-01-31";
    if (state == checked) d.checked_by = "佐藤", d.checked_on = "2026-01-31";
    return d;
  }

  std::int64_t record(Store& store, std::vector<Decision> decisions) {
    ImportDraft import = draft(day(2026, 1, 31), "decisions");
    import.decisions = std::move(decisions);
    const auto recorded = store.record(import);
    EXPECT_TRUE(recorded) << recorded.error().what.en;
    return recorded ? recorded->import.id : 0;
  }

  static DecisionBook read(const Store& store, std::optional<base::Date> day = std::nullopt) {
    auto book = DecisionBook::read(store, day);
    EXPECT_TRUE(book);
    return std::move(*book);
  }
  static std::string target_of(const RecordedDecision* decision) { return decision ? decision->decision.target : "-"; }

  const GaijiKey key_{"juki", "cp932", "0xF040"};
};

TEST_F(DecisionBookTest, AProposalUnseatsNothing) {
  Store store = make_book();
  record(store, {decision(decided, "MJ000001")});
  record(store, {decision(proposed, "MJ000002")});
  const DecisionBook book = read(store);
  EXPECT_EQ(target_of(book.last(key_)), "MJ000001");
  EXPECT_EQ(target_of(book.proposed(key_)), "MJ000002");
  EXPECT_EQ(book.in_force(key_), nullptr);
  EXPECT_EQ(book.all().size(), 2U);
}

TEST_F(DecisionBookTest, AChangeIsInForceOnceItIsChecked) {
  Store store = make_book();
  record(store, {decision(checked, "MJ000001")});
  record(store, {decision(decided, "MJ000002")});
  EXPECT_EQ(target_of(read(store).last(key_)), "MJ000002");
  EXPECT_EQ(target_of(read(store).in_force(key_)), "MJ000001");
  record(store, {decision(checked, "MJ000002")});
  EXPECT_EQ(target_of(read(store).in_force(key_)), "MJ000002");
}

TEST_F(DecisionBookTest, APastDayAndWhatWasWithdrawn) {
  Store store = make_book();
  set_day(day(2026, 2, 1));
  record(store, {decision(checked, "MJ000001")});
  set_day(day(2026, 3, 1));
  const std::int64_t second = record(store, {decision(checked, "MJ000002")});
  EXPECT_EQ(target_of(read(store, day(2026, 2, 28)).in_force(key_)), "MJ000001");
  EXPECT_EQ(target_of(read(store, day(2026, 1, 31)).in_force(key_)), "-");
  set_day(day(2026, 4, 1));
  ASSERT_TRUE(store.withdraw(second, draft(day(2026, 4, 1), "undo"), "誤り"));
  EXPECT_EQ(target_of(read(store).in_force(key_)), "MJ000001");
  EXPECT_EQ(target_of(read(store, day(2026, 3, 31)).in_force(key_)), "MJ000002");
}

TEST_F(DecisionBookTest, KeepsEveryField) {
  Store store = make_book();
  Decision d = decision(checked, "", "0xF041");
  d.category = GaijiCategory::no_match;
  d.substitute = "辺", d.reason = "ない", d.criterion = "1", d.glyph = std::string(64, 'a'), d.font = "f";
  d.added_searched = true, d.comment = "注";
  record(store, {d});
  EXPECT_TRUE(is_same(read(store).all().front().decision, d));
}

// One bad row, and nothing of the import is there.
TEST_F(DecisionBookTest, TheSchemaRefusesWhatNobodyAnswersFor) {
  Store store = make_book();
  std::vector<Decision> bad(5, decision(checked, "MJ000001", "0xF041"));
  bad[0].decided_by.clear();
  bad[1].checked_by = bad[1].decided_by;
  bad[2].target.clear();
  bad[3].category = GaijiCategory::unused;
  bad[4].substitute = "辺";
  for (const Decision& d : bad) {
    ImportDraft import = draft(day(2026, 1, 31), "decisions");
    import.decisions = {decision(decided, "MJ000001"), d};
    EXPECT_FALSE(store.record(import));
  }
  EXPECT_TRUE(read(store).all().empty());
  EXPECT_TRUE(store.check()->empty());
}

TEST_F(DecisionBookTest, TheScopeIsKeptInTheFile) {
  for (const Scope& scope : {Scope{.tracker = false, .decisions = true}, Scope{.decisions = true},
                             Scope{.prefectures = {"280003"}, .decisions = true}, Scope{.prefectures = {"280003"}}}) {
    std::filesystem::remove(path());
    { make(scope); }
    const auto store = Store::open(path(), Store::Access::read, options());
    ASSERT_TRUE(store);
    EXPECT_EQ(store->scope().prefectures, scope.prefectures);
    EXPECT_EQ(store->scope().tracker, scope.tracker);
    EXPECT_EQ(store->scope().decisions, scope.decisions);
    EXPECT_EQ(store->scope().contains(*std::ranges::find(store->catalog().bodies(), "280003", &Body::code)),
              scope.tracker);
  }
}

}  // namespace
}  // namespace hyojun::core
