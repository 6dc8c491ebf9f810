// The standard table: its figures, well-known characters, names there and back.
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>

#include "base/test_files.h"
#include "engine.h"
#include "oracle/tsv.h"

namespace hyojun::charmap {
namespace {

const StandardTable& table() { return *StandardTable::bundled(); }

TEST(Table, HasTheFiguresOfTheOfficialLists) {
  const TableInfo info = table().info();
  EXPECT_EQ(info.mj, 58'862U);
  EXPECT_EQ(info.plain, 52'607U);
  EXPECT_EQ(info.ivs, 11'382U);
  EXPECT_EQ(info.ivs_only, 6'236U);
  EXPECT_EQ(info.svs, 89U);
  EXPECT_EQ(info.shared, 5'072U);
  EXPECT_EQ(info.hentaigana, 299U);
  EXPECT_EQ(info.nonkanji, 1'347U);
  EXPECT_EQ(info.other_sequences, 18'966U);
  EXPECT_EQ(info.format_version, 1U);
  EXPECT_EQ(info.digest.size(), 64U);
  EXPECT_EQ(info.digest.find_first_not_of("0123456789abcdef"), std::string::npos);
  EXPECT_FALSE(info.sources.empty());
  for (const auto& [source, licence] : info.sources) EXPECT_FALSE(source.empty() || licence.empty()) << source;
}

TEST(Table, BundledIsSound) { EXPECT_TRUE(table().verify().has_value()); }

CharacterRecord record(std::string_view name) { return table().record(table().find_name(name).value()); }

TEST(Table, TellsEverythingOfBe) {
  const auto id = table().find(0x9089, 0xE010F);
  ASSERT_TRUE(id.has_value());
  const CharacterRecord r = table().record(*id);
  EXPECT_EQ(r.name, "MJ026190");
  EXPECT_EQ(r.ucs, "U+9089");
  EXPECT_EQ(r.ivs, std::vector<std::string>{"U+9089 U+E010F"});
  EXPECT_EQ(r.text.front(), (std::u32string{0x9089, 0xE010F}));
  EXPECT_EQ(table().with_ucs(0x9089).size(), 16U);
}

TEST(Table, KnowsBothShapesOfTsuji) {
  EXPECT_EQ(table().name(table().find(U'辻').value()), "MJ025761");
  EXPECT_TRUE(table().shape_depends_on_font(U'辻'));
  ASSERT_EQ(table().with_juki("J+8FBB").size(), 1U);
  EXPECT_EQ(table().name(table().with_juki("J+8FBB")[0]), "MJ025760");
  EXPECT_TRUE(table().with_juki("8FBB").empty());
}

TEST(Table, GivesDuplicatesTheirFirstName) {
  EXPECT_EQ(table().name(table().find(0x535A, 0xE010A).value()), "MJ059399");
  EXPECT_EQ(table().name(table().find(0x535A, 0xE010B).value()), "MJ059400");
  EXPECT_EQ(record("MJ059399").ivs.size(), 2U);
}

TEST(Table, KnowsHentaigana) {
  EXPECT_EQ(table().name(table().find(0x1B002).value()), "MJ090001");
  const CharacterRecord a = record("MJ090001");
  EXPECT_EQ(a.ucs, "U+1B002");
  EXPECT_EQ(a.koseki, "900010");
  EXPECT_EQ(a.readings, std::vector<std::string>{"あ"});
  ASSERT_EQ(table().with_koseki("900010").size(), 1U);
}

TEST(Table, NamesNonKanjiByCodePoint) {
  EXPECT_EQ(table().name(table().find(U'あ').value()), "U+3042");
  EXPECT_EQ(table().name(table().find(U'か', 0x309A).value()), "U+304B U+309A");
  EXPECT_EQ(table().name(table().find(U'か', 0x3099).value()), "U+304C");
}

TEST(Table, ShowsTheCharacterANoticeGives) {
  const auto references = table().references(U'张');
  ASSERT_FALSE(references.empty());
  EXPECT_EQ(references[0].target, U'張');
  EXPECT_TRUE(table().references(U'亜').empty() || table().references(U'亜')[0].target != U'亜');
}

TEST(Table, FindsEveryNameAgain) {
  std::set<std::string> names;
  for (const oracle::Row& row : oracle::read_tsv("mj.tsv")) names.insert(row.at("name"));
  for (const oracle::Row& row : oracle::read_tsv("hentaigana.tsv")) names.insert(row.at("name"));
  for (const oracle::Row& row : oracle::read_tsv("nonkanji.tsv")) names.insert(row.at("sequence"));
  ASSERT_EQ(names.size(), 58'862U + 299U + 1'347U);
  for (const std::string& name : names) {
    const auto id = table().find_name(name);
    ASSERT_TRUE(id.has_value()) << name;
    EXPECT_EQ(table().name(*id), name);
  }
  for (const char* name :
       {"", "MJ", "MJ999999", "MJ00001", "MJ0000001", "MJ00000A", "mj000001", "U+9089", "U+", "GJ000001"}) {
    EXPECT_FALSE(table().find_name(name).has_value()) << name;
  }
}

TEST(Table, RecordsAreTheRowsOfTheList) {
  for (const oracle::Row& row : oracle::read_tsv("mj.tsv")) {
    const CharacterRecord r = record(row.at("name"));
    const auto all = [](const std::string& one, const std::string& two) { return one + "|" + two + "|"; };
    EXPECT_EQ(all(r.ucs, r.implemented) + all(r.svs, r.compat) + all(r.koseki, r.juki) + all(r.toki, r.x0213) +
                  all(r.x0212, r.x0213_class) + all(r.x0213_unification, r.policy) +
                  all(r.nyukan_seiji, r.nyukan_gaiji),
              all(row.at("ucs"), row.at("implemented")) + all(row.at("svs"), row.at("compat")) +
                  all(row.at("koseki"), row.at("juki")) + all(row.at("toki"), row.at("x0213")) +
                  all(row.at("x0212"), row.at("x0213_class")) + all(row.at("x0213_unification_no"), row.at("policy")) +
                  all(row.at("nyukan_seiji"), row.at("nyukan_gaiji")))
        << row.at("name");
    if (HasFailure()) return;
  }
}

TEST(ImageCompiler, GivesTheSameBytesTwiceAndThoseLinkedIn) {
  const base::TestFolder folder;
  std::string images[2];
  for (std::string& image : images) {
    const std::string path = folder.file("image.hjt");
    const std::string command =
        std::string("'") + HYOJUN_CHARMAP_COMPILE + "' '" + HYOJUN_DATA_DIR + "' '" + path + "'";
    ASSERT_EQ(std::system(command.c_str()), 0);
    image = base::file_bytes(path);
    std::filesystem::remove(path);
  }
  EXPECT_TRUE(images[0] == images[1]);
  const auto bundled = table().bytes();
  EXPECT_TRUE(std::equal(images[0].begin(), images[0].end(), bundled.begin(), bundled.end(),
                         [](char a, std::uint8_t b) { return static_cast<std::uint8_t>(a) == b; }));
}

TEST(ImageCompiler, RefusesAFolderWithoutTables) {
  const base::TestFolder folder;
  const std::string command = std::string("'") + HYOJUN_CHARMAP_COMPILE + "' '" + folder.path() + "' '" +
                              folder.file("image.hjt") + "' 2>/dev/null";
  EXPECT_NE(std::system(command.c_str()), 0);
  EXPECT_TRUE(folder.names().empty()) << "nothing half-written";
}

}  // namespace
}  // namespace hyojun::charmap
