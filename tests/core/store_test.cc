// The store: made, opened, refused, recorded, withdrawn, copied, checked.
#include "hyojun/core/store.h"

#include <fstream>

#include "hyojun/core/state.h"
#include "store_files.h"

namespace hyojun::core {
namespace {

using base::ErrorCode;

std::string bytes_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void overwrite(const std::string& path, std::size_t at, const std::string& bytes) {
  std::fstream file(path, std::ios::binary | std::ios::in | std::ios::out);
  file.seekp(static_cast<std::streamoff>(at));
  file << bytes;
}

TEST_F(StoreTest, IsOneOwnerOnlyFileAtRest) {
  { make(); }
  std::vector<std::string> names;
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) names.push_back(entry.path().filename());
  EXPECT_EQ(names, std::vector<std::string>{"hyojun.db"});
  EXPECT_EQ(std::filesystem::status(path()).permissions(),
            std::filesystem::perms::owner_read | std::filesystem::perms::owner_write);
}

TEST_F(StoreTest, IsNotMadeTwice) {
  { make(); }
  const std::string before = bytes_of(path());
  const auto again = Store::create(path(), {}, options());
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::usage);
  EXPECT_EQ(bytes_of(path()), before);
}

TEST_F(StoreTest, HoldsAllBodiesAndIsSound) {
  const Store store = make();
  EXPECT_EQ(store.catalog().bodies().size(), 1741 + 47);
  EXPECT_EQ(store.scope().prefectures, std::vector<std::string>{"280003"});
  const auto findings = store.check();
  ASSERT_TRUE(findings);
  EXPECT_TRUE(findings->empty());
}

TEST_F(StoreTest, MissingFileNamesInit) {
  const auto store = Store::open(path("none.db"), Store::Access::read);
  ASSERT_FALSE(store);
  EXPECT_EQ(store.error().code, ErrorCode::environment);
  EXPECT_NE(store.error().next.en.find("hyojun init"), std::string::npos);
}

// Byte 18 of the header: 2 is WAL, 1 a rollback journal (sqlite.org/fileformat2.html §1.3.2).
TEST_F(StoreTest, OnANetworkShareThereIsNoWal) {
  StoreOptions shared = options();
  int told = 0;
  shared.is_shared = [](const std::string&) { return true; };
  shared.shared = [&told] { ++told; };
  { ASSERT_TRUE(Store::create(path(), {{"280003"}, ""}, shared)); }
  EXPECT_EQ(bytes_of(path())[18], '\1');
  EXPECT_EQ(told, 1);
  auto store = Store::open(path(), Store::Access::write, shared);
  ASSERT_TRUE(store);
  ImportDraft said = draft(day(2026, 1, 31));
  add(said, empty_line(Indicator::finished, "282014"));
  ASSERT_TRUE(store->record(said));
  EXPECT_FALSE(std::filesystem::exists(path() + "-wal"));
  EXPECT_FALSE(std::filesystem::exists(path() + "-shm"));
  const auto reader = Store::open(path(), Store::Access::read, shared);
  ASSERT_TRUE(reader);
  EXPECT_EQ((*reader->read())->imports().size(), 1);
}

TEST_F(StoreTest, AFileMovedToANetworkShareIsChangedAndBack) {
  { make(); }
  EXPECT_EQ(bytes_of(path())[18], '\2');
  StoreOptions shared = options();
  shared.is_shared = [](const std::string&) { return true; };
  for (const auto access : {Store::Access::read, Store::Access::write}) {
    ASSERT_TRUE(Store::open(path(), access, shared));
    EXPECT_EQ(bytes_of(path())[18], '\1');
    ASSERT_TRUE(Store::open(path(), Store::Access::write, options()));
    EXPECT_EQ(bytes_of(path())[18], '\2');
  }
}

TEST_F(StoreTest, AnImportOfTheSameFileIsKnownSheetBySheet) {
  Store store = make();
  std::vector<ImportDraft> sheets = {draft(day(2026, 1, 31)), draft(day(2026, 1, 31))};
  for (std::size_t i = 0; i < sheets.size(); ++i) {
    sheets[i].sha256 = std::string(64, 'a');
    sheets[i].sheet = "シート" + std::to_string(i);
    sheets[i].facts.push_back({"282014", 1, "vendor", "事業者" + std::to_string(i)});
  }
  for (const bool already : {false, true}) {
    const auto recorded = store.record_all(sheets);
    ASSERT_TRUE(recorded);
    for (std::size_t i = 0; i < sheets.size(); ++i) {
      EXPECT_EQ((*recorded)[i].already, already);
      EXPECT_EQ((*recorded)[i].import.sheet, sheets[i].sheet);
    }
  }
  // Withdrawn and brought back, it stands as before.
  const auto undone = store.withdraw(1, draft(day(2026, 2, 1), "undo"), "");
  ASSERT_TRUE(undone);
  ASSERT_TRUE(store.withdraw(undone->id, draft(day(2026, 2, 1), "undo"), ""));
  EXPECT_TRUE(store.record_all(sheets)->front().already);
  const auto again = store.withdraw(1, draft(day(2026, 2, 1), "undo"), "");
  ASSERT_FALSE(again);
  EXPECT_NE(again.error().next.en.find("hyojun undo 4"), std::string::npos) << again.error().next.en;
}

TEST_F(StoreTest, ADraftMayTakeAnImportBack) {
  Store store = make();
  const auto first = store.record(draft(day(2026, 1, 31)));
  ASSERT_TRUE(first);
  ImportDraft undo = draft(day(2026, 2, 1), "undo");
  undo.withdraws = first->import.uid;
  undo.reason = "誤り";
  const auto taken = store.record(undo);
  ASSERT_TRUE(taken) << taken.error().what.en;
  EXPECT_EQ(taken->import.withdraws, first->import.id);
  EXPECT_EQ(taken->import.reason, "誤り");
  undo.withdraws = std::string(32, '0');
  EXPECT_EQ(store.record(undo).error().code, ErrorCode::usage);
  EXPECT_EQ((*store.read())->imports().size(), 2) << "nothing half-written";
}

class RefusedFile : public StoreTest {
 protected:
  void expect_refused(const std::string& what) {
    const std::string before = bytes_of(path());
    for (const auto access : {Store::Access::read, Store::Access::write}) {
      const auto store = Store::open(path(), access, options());
      ASSERT_FALSE(store);
      EXPECT_EQ(store.error().code, ErrorCode::damaged);
      EXPECT_NE(store.error().what.en.find(what), std::string::npos) << store.error().what.en;
    }
    EXPECT_EQ(bytes_of(path()), before);
    EXPECT_FALSE(std::filesystem::exists(path() + "-wal"));
    EXPECT_FALSE(std::filesystem::exists(path() + "-shm"));
  }
};

TEST_F(RefusedFile, Empty) {
  std::ofstream(path()).close();
  expect_refused("no database of hyojun");
}

TEST_F(RefusedFile, Text) {
  std::ofstream(path()) << std::string(500, 'x');
  expect_refused("no database of hyojun");
}

TEST_F(RefusedFile, AnotherApplication) {
  { make(); }
  overwrite(path(), 68, std::string("\0\0\0\1", 4));
  expect_refused("no database of hyojun");
}

TEST_F(RefusedFile, NewerSchema) {
  { make(); }
  overwrite(path(), 60, std::string("\0\0\0\x63", 4));
  expect_refused("newer hyojun");
}

TEST_F(StoreTest, DamagedPagesAreFound) {
  { make(); }
  overwrite(path(), 4096 * 3 + 8, std::string(4000, '\xFF'));
  const auto store = Store::open(path(), Store::Access::read, options());
  if (!store) {
    EXPECT_EQ(store.error().code, ErrorCode::damaged);
    return;
  }
  const auto findings = store->check();
  EXPECT_TRUE(!findings || !findings->empty());
}

TEST_F(StoreTest, RecordsTheSameFileOnce) {
  Store store = make();
  ImportDraft one = draft(day(2026, 1, 31));
  one.sha256 = std::string(64, 'a');
  const auto first = store.record(one);
  ASSERT_TRUE(first);
  EXPECT_FALSE(first->already);
  const auto second = store.record(one);
  ASSERT_TRUE(second);
  EXPECT_TRUE(second->already);
  EXPECT_EQ(second->import.id, first->import.id);
  ASSERT_TRUE(store.withdraw(first->import.id, draft(day(2026, 2, 1), "undo"), "誤り"));
  const auto third = store.record(one);
  ASSERT_TRUE(third);
  EXPECT_FALSE(third->already);
}

TEST_F(StoreTest, TimeOfRecordingNeverGoesBack) {
  Store store = make();
  set_day(day(2026, 2, 10));
  const auto first = store.record(draft(day(2026, 1, 31)));
  set_day(day(2026, 2, 1));
  const auto second = store.record(draft(day(2026, 1, 31)));
  ASSERT_TRUE(first && second);
  EXPECT_EQ(second->import.recorded_at, first->import.recorded_at);
  EXPECT_TRUE(store.check()->empty());
}

TEST_F(StoreTest, WithdrawsOnceAndSaysHowToBringItBack) {
  Store store = make();
  const auto first = store.record(draft(day(2026, 1, 31)));
  ASSERT_TRUE(first);
  ASSERT_TRUE(store.withdraw(first->import.id, draft(day(2026, 2, 1), "undo"), ""));
  const auto again = store.withdraw(first->import.id, draft(day(2026, 2, 1), "undo"), "");
  ASSERT_FALSE(again);
  EXPECT_EQ(again.error().code, ErrorCode::usage);
  EXPECT_NE(again.error().next.en.find("hyojun undo 2"), std::string::npos);
  EXPECT_EQ(store.withdraw(99, draft(day(2026, 2, 1), "undo"), "").error().code, ErrorCode::usage);
}

TEST_F(StoreTest, AllOrNone) {
  Store store = make();
  ImportDraft bad = draft(day(2026, 1, 31));
  bad.facts.push_back({"282014", 1, "golive_actual", "no date"});
  ASSERT_FALSE(store.record_all({draft(day(2026, 1, 31)), bad}));
  EXPECT_TRUE((*store.read())->imports().empty());
}

TEST_F(StoreTest, BackupIsAStore) {
  Store store = make();
  ASSERT_TRUE(store.record(draft(day(2026, 1, 31))));
  ASSERT_TRUE(store.backup(path("copy.db")));
  const auto copy = Store::open(path("copy.db"), Store::Access::read, options());
  ASSERT_TRUE(copy);
  EXPECT_EQ((*copy->read())->imports().size(), 1);
  EXPECT_EQ(store.backup(path("copy.db")).error().code, ErrorCode::usage);
}

TEST_F(StoreTest, AReaderHindersNoWriterAndSeesOneState) {
  Store first = make();
  std::size_t said = 0;
  StoreOptions waiting = options();
  waiting.waiting = [&said] { ++said; };
  auto second = Store::open(path(), Store::Access::write, waiting);
  ASSERT_TRUE(second);
  // A reader does not hinder a writer …
  const auto reading = first.read();
  ASSERT_TRUE(second->record(draft(day(2026, 1, 31))));
  EXPECT_EQ(said, 0);
  // … and sees what was there when it began.
  EXPECT_TRUE((*reading)->imports().empty());
}

}  // namespace
}  // namespace hyojun::core
