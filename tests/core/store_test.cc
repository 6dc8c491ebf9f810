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
