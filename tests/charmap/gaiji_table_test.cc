// Gaiji tables: every code of CP932, and every way such a table can be wrong, with its place.
#include "hyojun/charmap/gaiji_table.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "base/test_files.h"
#include "engine.h"

namespace hyojun::charmap {
namespace {

base::Result<GaijiTable> read(std::string_view csv, const std::string& system = "",
                              Encoding encoding = Encoding::cp932) {
  return GaijiTable::from_bytes(csv, "gaiji.csv", {system, encoding}, *bundled_repertoire());
}

// Where the table is refused: "record.field".
std::string refused(std::string_view csv, const std::string& system = "", Encoding encoding = Encoding::cp932) {
  const auto table = read(csv, system, encoding);
  if (table) return "accepted";
  const base::Error& error = table.error();
  EXPECT_EQ(error.code, base::ErrorCode::input_rejected);
  EXPECT_EQ(error.where.file, "gaiji.csv");
  EXPECT_FALSE(error.what.ja.empty() || error.what.en.empty() || error.next.ja.empty() || error.next.en.empty()) << csv;
  return fmt::format("{}.{}", error.where.record.value_or(0), error.where.field.value_or(0));
}

TEST(GaijiTable, MapsAllCodesOfCp932) {
  std::string csv = "system,encoding,code,target,category,decision\n";
  Bytes file;
  for (unsigned lead = 0xF0; lead <= 0xF9; ++lead) {
    for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
      if (trail == 0x7F) continue;
      csv += fmt::format("A,cp932,0x{:02X}{:02X},MJ026190,,決定\n", lead, trail);
      file.insert(file.end(), {static_cast<std::uint8_t>(lead), static_cast<std::uint8_t>(trail)});
    }
  }
  auto table = read(csv, "A");
  ASSERT_TRUE(table.has_value()) << table.error().what.en;
  EXPECT_EQ(table->rows().size(), 1880U);
  EXPECT_EQ(table->mapped(), 1880U);
  const Plan plan({.encoding = Encoding::cp932}, bundled_repertoire(),
                  std::make_shared<const GaijiTable>(std::move(*table)));
  const Plan text({.encoding = Encoding::cp932, .structure = {.kind = Structure::Kind::text}}, bundled_repertoire(),
                  std::make_shared<const GaijiTable>(*plan.gaiji()));
  const Scanned scanned = scan_all(text, file);
  EXPECT_EQ(scanned.counts.outcomes[static_cast<std::size_t>(Outcome::gaiji_mapped)], 1880U);
  EXPECT_EQ(scanned.counts.characters(), 1880U);
}

TEST(GaijiTable, ReadsEveryWayToWriteCodeAndTarget) {
  const auto table = read(
      "code,target,category\n0xF040,MJ026190,\nf041,U+9089 U+E010F,\n0xF042,U+3042,\nF043,,再調査\nF044,U+9089,\n");
  ASSERT_TRUE(table.has_value()) << table.error().what.en;
  const auto name = [&](char32_t cp) {
    const GaijiRow* row = table->find(cp);
    return row != nullptr && row->target ? bundled_repertoire()->name(*row->target) : std::string("-");
  };
  EXPECT_EQ(name(0xE000), "MJ026190");
  EXPECT_EQ(name(0xE001), "MJ026190");
  EXPECT_EQ(table->find(0xE001)->target_text, (std::u32string{0x9089, 0xE010F}));
  EXPECT_EQ(name(0xE002), "U+3042");
  EXPECT_EQ(name(0xE003), "-");
  EXPECT_EQ(table->find(0xE003)->category, "再調査");
  EXPECT_NE(name(0xE004), "-");
  EXPECT_EQ(table->find(0xE005), nullptr);
  EXPECT_EQ(table->mapped(), 4U);
  EXPECT_EQ(table->digest().size(), 64U);
}

TEST(GaijiTable, ReadsCodesOfUnicodeSources) {
  EXPECT_NE(read("code,target\nU+E000,MJ026190\n0xEE8081,MJ026190\n", "", Encoding::utf8)->find(0xE001), nullptr);
  EXPECT_NE(read("code,target\n0x00E0,MJ026190\n", "", Encoding::utf16le)->find(0xE000), nullptr);
  EXPECT_NE(read("code,target\n0xE000,MJ026190\n", "", Encoding::utf16be)->find(0xE000), nullptr);
  EXPECT_NE(read("code,target\nU+10FFFD,MJ026190\n", "", Encoding::utf8)->find(0x10FFFD), nullptr);
}

TEST(GaijiTable, TakesTheSystemFromTheFileWhereNoneIsExpected) {
  EXPECT_EQ(read("system,code,target\nA,F040,\nA,F041,\n")->system(), "A");
  EXPECT_EQ(read("code,target\nF040,\n", "B")->system(), "B");
  EXPECT_EQ(read("code,target\n")->rows().size(), 0U);
}

TEST(GaijiTable, RefusesWhatIsNotThisSystems) {
  EXPECT_EQ(refused("system,code,target\nA,F040,\n", "B"), "2.1");
  EXPECT_EQ(refused("system,code,target\nA,F040,\nB,F041,\n"), "3.1");
  EXPECT_EQ(refused("system,code,target\nA,F040,\n,F041,\n", "A"), "3.1");
  EXPECT_EQ(refused("encoding,code,target\nutf-8,F040,\n"), "2.1");
  EXPECT_EQ(refused("encoding,code,target\nshift_jis,F040,\n"), "2.1");
  EXPECT_EQ(refused("code,target,encoding\nU+E000,,cp932\n", "", Encoding::utf8), "2.3");
}

TEST(GaijiTable, RefusesWrongCodes) {
  for (const char* code :
       {"", "0x", "F0", "0xF0", "0x889F", "0xF07F", "0xFA40", "0xF0400", "0xF04041", "U+E000", "E000", "x"}) {
    EXPECT_EQ(refused(fmt::format("code,target\n{},MJ026190\n", code)), "2.1") << code;
  }
  for (const char* code :
       {"U+0041", "U+E000 U+E001", "U+D800", "U+110000", "EE80", "41", "0xEE8080EE8080", "U+10FFFE"}) {
    EXPECT_EQ(refused(fmt::format("code,target\n{},MJ026190\n", code), "", Encoding::utf8), "2.1") << code;
  }
  EXPECT_EQ(refused("code,target\nF040,\nF041,\n0xf040,MJ026190\n"), "4.1") << "the second of a duplicate";
}

TEST(GaijiTable, RefusesTargetsThatNameNothing) {
  for (const char* target : {"MJ999999", "MJ26190", "GJ000139", "邉", "U+5F20", "U+E000", "U+9089 U+E01EF",
                             "U+3042 U+3042", "U+9089 U+E010F U+E010F", "U+0007", "U+FE00", " "}) {
    EXPECT_EQ(refused(fmt::format("code,target\nF040,{}\n", target)), "2.2") << target;
  }
}

TEST(GaijiTable, RefusesBrokenFiles) {
  for (const std::string csv :
       {"", "code\nF040\n", "target\nMJ026190\n", "code,target\nF040\n", "code,target\nF040,,\n",
        "code,target\n\"F040,\n", "code,code,target\n", "code,target\n\xF0\x40,\n"}) {
    const auto table = read(csv);
    ASSERT_FALSE(table.has_value()) << csv;
    EXPECT_EQ(table.error().code, base::ErrorCode::input_rejected) << csv;
  }
}

TEST(GaijiTable, AMissingFileIsTheEnvironment) {
  const base::TestFolder folder;
  const auto table = GaijiTable::open(folder.file("no.csv"), {"", Encoding::cp932}, *bundled_repertoire());
  ASSERT_FALSE(table.has_value());
  EXPECT_EQ(table.error().code, base::ErrorCode::environment);
  base::put_file(folder.file("yes.csv"), "code,target\nF040,MJ026190\n");
  EXPECT_TRUE(GaijiTable::open(folder.file("yes.csv"), {"", Encoding::cp932}, *bundled_repertoire()).has_value());
}

}  // namespace
}  // namespace hyojun::charmap
