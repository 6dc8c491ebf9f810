// Code maps: what the reader refuses, hosts with small made-up maps, and the published tables where they are present.
#include "hyojun/charmap/code_map.h"

#include <fmt/format.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

#include "base/test_files.h"
#include "engine.h"
#include "oracle/tsv.h"

namespace hyojun::charmap {
namespace {

constexpr std::string_view kHead = "code\tunicode\thd\taj1\tflags\n";

CodeMap map_of(const std::string& rows) { return CodeMap::from_bytes(std::string(kHead) + rows, "map.tsv").value(); }

std::string refused(const std::string& tsv) {
  const auto map = CodeMap::from_bytes(tsv, "map.tsv");
  EXPECT_FALSE(map.has_value()) << tsv;
  if (map) return "";
  EXPECT_EQ(map.error().code, base::ErrorCode::input_rejected);
  return fmt::format("{}.{}", map.error().where.record.value_or(0), map.error().where.field.value_or(0));
}

// A single-byte half with letters, digits, the comma, and half-width kana.
std::string single_bytes() {
  std::string rows = "6B\t002C\n15\t0085\n7F\t0022\n";
  for (unsigned i = 0; i < 9; ++i) rows += fmt::format("{:02X}\t{:04X}\n", 0xC1 + i, 'A' + i);
  for (unsigned i = 0; i < 10; ++i) rows += fmt::format("{:02X}\t{:04X}\n", 0xF0 + i, '0' + i);
  rows += "81\tFF71\n";
  std::string padded = std::string(kHead);
  for (std::size_t at = 0; at < rows.size();) {
    const std::size_t end = rows.find('\n', at);
    padded += rows.substr(at, end - at) + "\t\t\t\n";
    at = end + 1;
  }
  return padded;
}

std::shared_ptr<const CodeTable> table_of(Encoding encoding, std::vector<CodeMap> maps,
                                          std::optional<char32_t> gaiji_first = {}) {
  maps.push_back(CodeMap::from_bytes(single_bytes(), "single.tsv").value());
  auto table = CodeTable::make(encoding, {std::move(maps), gaiji_first}, StandardTable::bundled());
  EXPECT_TRUE(table.has_value()) << (table ? "" : table.error().what.en);
  return *table;
}

std::u32string decode(const CodeTable& table, const Bytes& code) { return table.decode(code); }

TEST(CodeMap, ReadsCodesSelectorsAndFlags) {
  const CodeMap map = map_of(
      "0x41A5\t4E08\tE0103\tE0101\toneway\n71F7\tFFFD\t\t\toneway,unmappable\nA1AB\t3099\t\t\tencode_only\n"
      "A1AB\tU+309B\t\t\t\n42BB\t4FAE\tE0103\t\t\n42BB\tFA30\t\t\tcjk_ci\n2838\t2537\t\t\t\n2838\t252F\t\t\t\n"
      "4A\t005B\t\t\t\n82F5\t304B 309A\t\t\t\n");
  ASSERT_EQ(map.rows().size(), 7U);
  EXPECT_EQ(map.rows()[0].code, 0x4AU);
  EXPECT_EQ(map.rows()[0].bytes, 1U);
  EXPECT_EQ(map.rows()[1].first, U'\u2537') << "the first of two decides";
  EXPECT_EQ(map.rows()[2].second, U'\U000E0103');
  EXPECT_EQ(map.rows()[3].first, U'\u4FAE');
  EXPECT_EQ(map.rows()[4].first, U'\uFFFD');
  EXPECT_EQ(map.rows()[5].second, U'\u309A');
  EXPECT_EQ(map.rows()[6].first, U'\u309B') << "encode_only says nothing";
  EXPECT_EQ(map.contradictions(), 1U) << "cjk_ci is none";
  EXPECT_EQ(map.digest().size(), 64U);
}

TEST(CodeMap, RefusesWhatIsNoMap) {
  EXPECT_EQ(refused(""), "0.0");
  EXPECT_EQ(refused("unicode\n3000\n"), "1.0");
  EXPECT_EQ(refused("code\tunicode\nA1\t\n"), "2.2");
  EXPECT_EQ(refused("code\tunicode\nA\t3000\n"), "2.1");
  EXPECT_EQ(refused("code\tunicode\n8FA1A1A1\t3000\n"), "2.1");
  EXPECT_EQ(refused("code\tunicode\nA1A1\tD800\n"), "2.2");
  EXPECT_EQ(refused("code\tunicode\thd\nA1A1\t4E00 4E01\tE0100\n"), "2.2");
  EXPECT_EQ(CodeMap::open("no/such/file.tsv").error().code, base::ErrorCode::environment);
}

TEST(CodeMap, IsRefusedByAnEncodingWithoutSuchCodes) {
  const auto refusal = [](Encoding encoding, const std::string& rows) {
    const auto table = CodeTable::make(encoding, {{map_of(rows)}, {}}, StandardTable::bundled());
    EXPECT_FALSE(table.has_value());
    return table ? base::ErrorCode::bug : table.error().code;
  };
  EXPECT_EQ(refusal(Encoding::euc_jp_ms, "3000\t3000\t\t\t\n"), base::ErrorCode::input_rejected) << "no lead";
  EXPECT_EQ(refusal(Encoding::euc_jp_ms, "A120\t3000\t\t\t\n"), base::ErrorCode::input_rejected) << "no trail";
  EXPECT_EQ(refusal(Encoding::euc_jp_ms, "A1\t3000\t\t\t\n"), base::ErrorCode::input_rejected) << "a lead alone";
  EXPECT_EQ(refusal(Encoding::euc_jp_ms, "A1A1\t3042 3044\t\t\t\n"), base::ErrorCode::input_rejected) << "two letters";
  EXPECT_EQ(refusal(Encoding::jef, "A1A1\t3000\t\t\t\n"), base::ErrorCode::usage) << "no single-byte half";
  EXPECT_EQ(refusal(Encoding::juki_net_be, "A1A1\t3000\t\t\t\n"), base::ErrorCode::usage);
  EXPECT_EQ(refusal(Encoding::cp932, "A1A1\t3000\t\t\t\n"), base::ErrorCode::usage);
  const auto far = CodeTable::make(Encoding::euc_jp_ms, {{}, U'\uF800'}, StandardTable::bundled());
  EXPECT_EQ(far.error().code, base::ErrorCode::usage) << "1,880 gaiji do not fit";
}

TEST(CodeMap, StandsAboveTheStandardAreaOfAHost) {
  const auto jef = table_of(Encoding::jef, {map_of("41A5\t4E08\tE0103\t\t\nB0A1\t5516\t\t\t\n")}, U'\uE92E');
  EXPECT_EQ(decode(*jef, {0x41, 0xA5}), U"\u4E08\U000E0103");
  EXPECT_EQ(decode(*jef, {0xB0, 0xA1}), U"\u5516") << "the map";
  EXPECT_EQ(decode(*jef, {0xB0, 0xA2}), U"唖") << "JIS78 + 8080";
  EXPECT_EQ(decode(*jef, {0x40, 0x40}), U"　");
  EXPECT_EQ(decode(*jef, {0x80, 0xA1}), U"\uE92E");
  EXPECT_EQ(decode(*jef, {0xC1}), U"A");
  const auto keis78 = table_of(Encoding::keis78, {});
  const auto keis83 = table_of(Encoding::keis83, {});
  EXPECT_EQ(decode(*keis78, {0xB0, 0xB3}), U"鰺");
  EXPECT_EQ(decode(*keis83, {0xB0, 0xB3}), U"鯵");
}

TEST(CodeMap, ReadsRecordsWithEachShiftCode) {
  const auto text = [](Encoding encoding, const Bytes& bytes) {
    const Plan plan({.encoding = encoding,
                     .structure = {.header = false},
                     .field_events = true,
                     .codes = table_of(encoding, {map_of("41A5\t4E08\tE0103\t\t\n")})},
                    bundled_repertoire());
    std::string result;
    for (const std::string& e : lines_of(scan_all(plan, bytes).events)) result += e + "\n";
    return result;
  };
  const std::string expected =
      "character at {}+2 record 0 field 0 standard 4E08 E0103\nfield_end at {}+1 record 0 field 0 - 0 0\n"
      "record_end at {}+1 record 0 field 1 - 0 0\n";
  EXPECT_EQ(text(Encoding::jef, {0x28, 0x41, 0xA5, 0x29, 0x6B, 0xC1, 0x15}),
            fmt::format(fmt::runtime(expected), 1, 4, 6));
  EXPECT_EQ(text(Encoding::jef, {0x30, 0xE2, 0x41, 0xA5, 0x29, 0x6B, 0xC1, 0x15}),
            fmt::format(fmt::runtime(expected), 2, 5, 7));
  EXPECT_EQ(text(Encoding::keis83, {0x0A, 0x42, 0x41, 0xA5, 0x0A, 0x41, 0x6B, 0xC1, 0x25}),
            fmt::format(fmt::runtime(expected), 2, 6, 8));
}

TEST(CodeMap, TurnsJipsJIntoJipsE) {
  // Of JIPS(J) 41 42: A and B of JIS X 0201, which the map has at C1 and C2.
  const auto e = table_of(Encoding::jips_e, {map_of("4142\t4E08\t\t\t\n")});
  EXPECT_EQ(decode(*e, {0xC1, 0xC2}), U"丈");
  EXPECT_EQ(decode(*e, {0xC1, 0xC1}), CodeTable::bundled(Encoding::jips_j)->decode(Bytes{0x41, 0x41}));
}

// The published tables: every row decodes to its code point and selector. Where a code stands in several rows the
// first decides, as code_map.h says.
class Published : public testing::Test {
 protected:
  void SetUp() override {
    const char* const folder = std::getenv("HYOJUN_VENDOR_TABLES");
    if (folder == nullptr) GTEST_SKIP() << "HYOJUN_VENDOR_TABLES is not set";
    folder_ = folder;
  }
  std::string path(const std::string& name) const {
    return (std::filesystem::path(folder_) / (name + ".tsv")).string();
  }

  // Reads the file again, without CodeMap, and compares.
  void check(Encoding encoding, const std::vector<std::string>& names, std::size_t least) const {
    CodeTable::Options options;
    for (const std::string& name : names) options.maps.push_back(CodeMap::open(name).value());
    const auto table = CodeTable::make(encoding, options, StandardTable::bundled());
    ASSERT_TRUE(table.has_value()) << table.error().what.en;
    std::size_t rows = 0;
    for (const std::string& name : names) rows += check_file(**table, name);
    EXPECT_GE(rows, least);
  }

 private:
  static std::size_t check_file(const CodeTable& table, const std::string& path) {
    std::ifstream in(path);
    std::string line;
    std::getline(in, line);
    std::set<std::string> seen;
    std::size_t rows = 0;
    while (std::getline(in, line)) {
      std::vector<std::string> cells;
      std::stringstream cut(line + "\t");
      for (std::string cell; std::getline(cut, cell, '\t');) cells.push_back(cell);
      if (cells.at(4).find("encode_only") != std::string::npos || !seen.insert(cells[0]).second) continue;
      Bytes code;
      for (std::size_t i = 0; i < cells[0].size(); i += 2) {
        code.push_back(static_cast<std::uint8_t>(std::stoul(cells[0].substr(i, 2), nullptr, 16)));
      }
      std::u32string text{static_cast<char32_t>(std::stoul(cells[1], nullptr, 16))};
      if (!cells[2].empty()) text += static_cast<char32_t>(std::stoul(cells[2], nullptr, 16));
      if (is_control(table, code, text)) continue;
      EXPECT_EQ(table.decode(code), text) << path << " " << cells[0];
      ++rows;
    }
    return rows;
  }
  // Shift codes and line ends stand before the map.
  static bool is_control(const CodeTable& table, const Bytes& code, const std::u32string& text) {
    if (code.size() != 1 || (text[0] >= 0x20 && (text[0] < 0x7F || text[0] > 0x9F))) return false;
    const std::u32string ours = table.decode(code);
    return ours.empty() || ours == text || (ours == U"\n" && (code[0] == 0x15 || code[0] == 0x25));
  }

  std::string folder_;
};

TEST_F(Published, TablesDecodeRowByRow) {
  for (const std::string single : {"fujitsu_ebcdic", "fujitsu_ebcdik", "fujitsu_ascii"}) {
    check(Encoding::jef, {path("fujitsu_jef"), path(single)}, 11'890 + 60);
  }
  for (const std::string single : {"hitachi_ebcdic", "hitachi_ebcdik"}) {
    check(Encoding::keis78, {path("hitachi_keis78"), path(single)}, 6886 + 100);
    check(Encoding::keis83, {path("hitachi_keis83"), path(single)}, 6882 + 100);
  }
  check(Encoding::jips_j, {path("nec_jips")}, 7278);
}

// JIPS(E): every byte of JIPS(J) as EBCDIK has it.
TEST_F(Published, JipsEIsJipsJInEbcdik) {
  const CodeMap single = CodeMap::open(path("nec_ebcdik")).value();
  const CodeMap doubles = CodeMap::open(path("nec_jips")).value();
  CodeTable::Options options;
  options.maps = {doubles, single};
  const auto table = CodeTable::make(Encoding::jips_e, options, StandardTable::bundled());
  ASSERT_TRUE(table.has_value()) << table.error().what.en;
  std::map<unsigned, std::uint8_t> of_jis;  // the byte of EBCDIK for a byte of JIS X 0201
  for (const CodeMapRow& row : single.rows()) {
    const char32_t cp = row.first;
    EXPECT_EQ((*table)->decode(Bytes{static_cast<std::uint8_t>(row.code)}).empty(), false) << row.code;
    if (cp < 0xA0 && cp != U'^') of_jis.emplace(cp, static_cast<std::uint8_t>(row.code));
    if (cp >= U'｡' && cp <= U'ﾟ') of_jis.emplace(cp - U'｡' + 0xA1, static_cast<std::uint8_t>(row.code));
  }
  of_jis[0x5E] = 0x5F;
  of_jis[0x7C] = 0x6A;
  std::size_t rows = 0;
  std::size_t without = 0;  // the table gives A8 twice, and so no byte for D3
  for (const CodeMapRow& row : doubles.rows()) {
    const auto lead = of_jis.find(row.code >> 8U);
    const auto trail = of_jis.find(row.code & 0xFFU);
    if (lead == of_jis.end() || trail == of_jis.end()) {
      ++without;
      continue;
    }
    const std::u32string text = row.second == 0 ? std::u32string{row.first} : std::u32string{row.first, row.second};
    EXPECT_EQ((*table)->decode(Bytes{lead->second, trail->second}), text) << std::hex << row.code;
    ++rows;
  }
  EXPECT_EQ(rows, 7275U);
  EXPECT_EQ(without, 3U);
  // The areas of gaiji, on the bytes that the map leaves: E0A1 is B241, FEFE is FEFE.
  EXPECT_EQ((*table)->decode(Bytes{0xB2, 0x41}), U"\uE40A");
  EXPECT_EQ((*table)->decode(Bytes{0xFE, 0xFE}), U"\uEF6B");
}

// The standard area by algorithm is the vendors' own but for what they list differently.
TEST_F(Published, StandardAreasAreTheVendors) {
  const auto differences = [this](Encoding encoding, const std::string& name) {
    const CodeMap map = CodeMap::open(path(name)).value();
    std::size_t count = 0;
    for (const CodeMapRow& row : map.rows()) {
      const Bytes code = {static_cast<std::uint8_t>(row.code >> 8), static_cast<std::uint8_t>(row.code & 0xFF)};
      const std::u32string ours = CodeTable::bundled(encoding)->decode(code);
      const bool kanji = row.first >= 0x4E00 && row.first < 0xA000;
      count += kanji && !ours.empty() && ours[0] != row.first;
    }
    return count;
  };
  EXPECT_EQ(differences(Encoding::keis83, "hitachi_keis83"), 0U);
  // KEIS78 has 尭 槙 遥 瑶 where C 6226-1978 had 堯 槇 遙 瑤, which it keeps in its extended area.
  EXPECT_EQ(differences(Encoding::keis78, "hitachi_keis78"), 4U);
  EXPECT_LE(differences(Encoding::jef, "fujitsu_jef"), 40U);
  EXPECT_LE(differences(Encoding::jips_j, "nec_jips"), 40U);
}

TEST(JukiNet, DecodesEveryCodeToTheNameOfTheList) {
  const auto table = StandardTable::bundled();
  const auto repertoire = bundled_repertoire();
  const auto big = CodeTable::bundled(Encoding::juki_net_be);
  const auto little = CodeTable::bundled(Encoding::juki_net_le);
  std::size_t codes = 0;
  for (const oracle::Row& row : oracle::read_tsv("mj.tsv")) {
    const std::string& juki = row.at("juki");
    if (juki.empty()) continue;
    const unsigned code = static_cast<unsigned>(std::stoul(juki.substr(2), nullptr, 16));
    const auto high = static_cast<std::uint8_t>(code >> 8);
    const auto low = static_cast<std::uint8_t>(code & 0xFF);
    const std::u32string text = big->decode(Bytes{high, low});
    ASSERT_EQ(little->decode(Bytes{low, high}), text);
    ASSERT_FALSE(text.empty()) << juki;
    const auto id = repertoire->identify(text[0], text.size() == 2 ? text[1] : U'\0').id;
    ASSERT_TRUE(id.has_value()) << juki;
    EXPECT_EQ(repertoire->name(*id), row.at("name")) << juki;
    ++codes;
  }
  EXPECT_EQ(codes, 19'563U);
  EXPECT_EQ(big->decode(Bytes{0xAC, 0x00}), U"") << "no Hangul";
  EXPECT_EQ(big->decode(Bytes{0x30, 0x42}), U"あ");
}

}  // namespace
}  // namespace hyojun::charmap
