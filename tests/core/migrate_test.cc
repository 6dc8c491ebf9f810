// Numbered migrations: in order, each whole or not at all, after a copy.
#include "migrate.h"

#include "store_files.h"

namespace hyojun::core {
namespace {

constexpr std::string_view kFirst = "CREATE TABLE a (x INTEGER) STRICT; INSERT INTO a VALUES (1);";
constexpr std::string_view kSecond = "CREATE TABLE b (x INTEGER) STRICT; INSERT INTO b SELECT x + 1 FROM a;";
constexpr std::string_view kBroken = "CREATE TABLE c (x INTEGER) STRICT; INSERT INTO nowhere VALUES (1);";

class MigrateTest : public StoreTest {
 protected:
  Database open() { return *Database::open(path(), Database::Mode::create, {}, std::chrono::milliseconds(100)); }
};

TEST_F(MigrateTest, RunsInOrderAndOnce) {
  const Database database = open();
  const std::array all = {kFirst, kSecond};
  ASSERT_EQ(*copy_before_migration(database, 2), "");
  ASSERT_TRUE(migrate(database, all));
  ASSERT_TRUE(migrate(database, all));
  EXPECT_EQ(*database.number("PRAGMA user_version"), 2);
  EXPECT_EQ(*database.number("SELECT sum(x) FROM b"), 2);
  EXPECT_FALSE(std::filesystem::exists(path() + ".v1.bak")) << "a new file needs no copy";
}

TEST_F(MigrateTest, CopiesAnOlderFileFirst) {
  const Database database = open();
  ASSERT_TRUE(migrate(database, std::array{kFirst}));
  const auto name = copy_before_migration(database, 2);
  ASSERT_TRUE(name);
  EXPECT_EQ(*name, path() + ".v1.bak");
  ASSERT_TRUE(migrate(database, std::array{kFirst, kSecond}));
  EXPECT_EQ(*copy_before_migration(database, 2), "") << "up to date";
  const auto copy = Database::open(path() + ".v1.bak", Database::Mode::read, {}, std::chrono::milliseconds(100));
  ASSERT_TRUE(copy);
  EXPECT_EQ(*copy->number("PRAGMA user_version"), 1);
  EXPECT_EQ(*copy->number("SELECT count(*) FROM sqlite_schema WHERE name = 'b'"), 0);
  EXPECT_EQ(*database.number("PRAGMA user_version"), 2);
}

TEST_F(MigrateTest, AFailedOneLeavesTheVersionBefore) {
  const Database database = open();
  ASSERT_TRUE(migrate(database, std::array{kFirst}));
  EXPECT_FALSE(migrate(database, std::array{kFirst, kSecond, kBroken}));
  EXPECT_EQ(*database.number("PRAGMA user_version"), 2);
  EXPECT_EQ(*database.number("SELECT count(*) FROM sqlite_schema WHERE name = 'c'"), 0);
  EXPECT_TRUE(migrate(database, std::array{kFirst, kSecond, kFirst.substr(0, 0)}));
}

}  // namespace
}  // namespace hyojun::core
