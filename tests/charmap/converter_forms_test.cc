// Forms, targets, foldings and columns, by examples; the rules stand in converter.h.
#include <gtest/gtest.h>

#include "conversion.h"

namespace hyojun::charmap {
namespace {

struct Made {
  std::string text;
  std::vector<std::string> replacements;
  std::uint64_t outside = 0;
};

std::shared_ptr<const GaijiTable> table_of(const std::string& rows, Encoding encoding = Encoding::utf8) {
  return std::make_shared<const GaijiTable>(
      GaijiTable::from_bytes("code,target,category,substitute\n" + rows, "g.csv", {"", encoding}, *bundled_repertoire())
          .value());
}

// Through every split, which changes nothing.
Made run(const Bytes& bytes, const ConverterOptions& options, PlanOptions plan = {.structure = {.header = false}},
         const std::string& gaiji = "") {
  const auto table = gaiji.empty() ? nullptr : table_of(gaiji, plan.encoding);
  const auto converter = Converter::make(options, plan, bundled_repertoire(), table);
  EXPECT_TRUE(converter.has_value());
  const Output whole = convert_all(*converter, bytes);
  for (std::size_t cut = 0; cut <= bytes.size(); ++cut) {
    const Output parts = convert_all(*converter, bytes, {cut}, kConvertRoom, kReplacementRoom);
    EXPECT_EQ(parts.bytes, whole.bytes) << cut;
    EXPECT_EQ(parts.replacements, whole.replacements) << cut;
    EXPECT_EQ(parts.brackets, whole.brackets) << cut;
  }
  return {std::string(whole.bytes.begin(), whole.bytes.end()), whole.replacements};
}

Made run(std::u32string_view text, const ConverterOptions& options, PlanOptions plan = {.structure = {.header = false}},
         const std::string& gaiji = "") {
  return run(oracle::encode(oracle::Encoding::utf8, std::u32string(text)), options, std::move(plan), gaiji);
}

constexpr std::u32string_view kText = U"山辻渡\u9089\U000E010F\uE000\uE001か\u309A";
const std::string kGaiji = "U+E000,MJ026190,類似,\nU+E001,U+2460,,\n";

TEST(Forms, TagAndName) {
  EXPECT_EQ(run(kText, {.form = Form::tag}, {.structure = {.header = false}}, kGaiji).text,
            "山辻渡〔MJ026190:9089:E98289F3A0848F〕〔MJ026190:9089:EE8080〕〔U+2460:2460:EE8081〕か\u309A");
  EXPECT_EQ(run(kText, {.form = Form::name}, {.structure = {.header = false}}, kGaiji).text,
            "山辻渡MJ026190MJ026190①か\u309A");
  EXPECT_EQ(
      run(U"〔MJ026190:9089:F040〕〔株〕\uE000", {.form = Form::tag}, {.structure = {.header = false}}, kGaiji).text,
      "〔-:3014:E38094〕MJ026190:9089:F040〕〔株〕〔MJ026190:9089:EE8080〕");
  const Bytes cp932 = {0xF0, 0x40, 0x81, 0x6B};
  EXPECT_EQ(run(cp932, {.form = Form::tag}, {.encoding = Encoding::cp932, .structure = {.header = false}},
                "0xF040,MJ026190,,\n")
                .text,
            "〔MJ026190:9089:F040〕〔");
}

// Only the profile can say what a plain code point looked like.
TEST(Forms, DefaultGlyphsGetANameOnlyWhereTheirShapeIsStated) {
  for (const Form form : {Form::ivs, Form::base, Form::tag, Form::name}) {
    EXPECT_EQ(run(U"山辻邉", {.form = form}).text, "山辻邉");
  }
  EXPECT_EQ(run(U"山辻", {.form = Form::name, .shapes = Shapes::jis2004}).text, "山MJ025761");
  EXPECT_EQ(run(U"山辻", {.form = Form::name, .shapes = Shapes::jis90}).text, "山MJ025760");
  EXPECT_EQ(run(U"辻", {.form = Form::tag, .shapes = Shapes::jis90}).text, "〔MJ025760:8FBB:E8BEBB〕");
  const std::u32string ivs = [] {
    const auto codes = StandardTable::bundled()->codes(*StandardTable::bundled()->find_name("MJ025760"));
    return std::u32string{codes.ivs_base, codes.ivs};
  }();
  const Bytes bytes = oracle::encode(oracle::Encoding::utf8, ivs);
  EXPECT_EQ(run(U"辻", {.form = Form::ivs, .shapes = Shapes::jis90}).text, std::string(bytes.begin(), bytes.end()));
  EXPECT_EQ(run(U"辻", {.form = Form::base, .shapes = Shapes::jis90}).text, "辻");
  EXPECT_EQ(run(U"辻", {.form = Form::name, .shapes = Shapes::jis90, .shape_exceptions = {U'辻'}}).text, "辻");
}

TEST(Targets, EverySelectorThatCp932CannotHoldIsReported) {
  std::u32string text;
  std::size_t sequences = 0;
  for (const auto& [sequence, name] : oracle::Standard::get().sequences()) {
    if (!oracle::Standard::is_selector(sequence.second)) continue;
    ((text += sequence.first) += sequence.second) += U'\n';
    ++sequences;
  }
  const Bytes bytes = oracle::encode(oracle::Encoding::utf8, text);
  const PlanOptions plan{.structure = {.kind = Structure::Kind::text}};
  for (const auto u : {Unidentified::fail, Unidentified::keep, Unidentified::geta, Unidentified::tag}) {
    const auto converter =
        Converter::make({.unidentified = u, .to = TargetEncoding::cp932}, plan, bundled_repertoire());
    const Output out = convert_all(*converter, bytes);
    EXPECT_EQ(out.replacements.size(), sequences);
    EXPECT_EQ(std::string(out.bytes.begin(), out.bytes.end()).find("\xF3\xA0\x84"), std::string::npos);
  }
}

TEST(Targets, WhatTheTargetLacksComesUnderThePolicy) {
  ConverterOptions options{.unidentified = Unidentified::geta, .to = TargetEncoding::cp932};
  EXPECT_EQ(run(U"山𠮷〜か\u309A\uE000髙", options).text, "山〓〓〓〓髙");
  options.unidentified = Unidentified::keep;
  const Made kept = run(U"山𠮷\uE000\uF8FF", options);
  EXPECT_EQ(kept.text, "山\uE000") << "private use is held as far as CP932 has it";
  EXPECT_EQ(kept.replacements.size(), 3U);
  // In the header and in columns that are not selected, too.
  const Made header =
      run(U"𠮷,a\n山,𠮷\n", {.unidentified = Unidentified::geta, .to = TargetEncoding::euc_jp_ms}, {.columns = {0}});
  EXPECT_EQ(header.text, "〓,a\n山,〓\n");
  EXPECT_EQ(header.replacements.size(), 2U);
}

TEST(Targets, DoubleCodesAreReported) {
  const Bytes bytes = {0x81, 0xE0, 0x87, 0x90, 0xED, 0x40, 0xFA, 0x5C, 0xEE, 0xEF};
  const PlanOptions plan{.encoding = Encoding::cp932, .structure = {.header = false}};
  const Made made = run(bytes, {.double_codes = true}, plan);
  EXPECT_EQ(made.text, "≒≒纊纊ⅰ");
  EXPECT_EQ(made.replacements.size(), 3U) << "8790, ED40 and EEEF";
  EXPECT_TRUE(run(bytes, {}, plan).replacements.empty());
  // NEC row 13, and a character of JIS X 0212 that JIS X 0208 has, too.
  const Bytes euc = {0xA2, 0xE2, 0xAD, 0xF0, 0xA1, 0xC1, 0x8F, 0xA2, 0xB7};
  const Made same = run(euc, {.double_codes = true}, {.encoding = Encoding::euc_jp_ms, .structure = {.header = false}});
  EXPECT_EQ(same.text, "≒≒～～");
  EXPECT_EQ(same.replacements.size(), 2U);
}

TEST(Folding, IsDoneOnlyWhereItIsNamed) {
  const std::u32string text = U"隆\uF9DC⼀ｶﾞｱﾞﾊﾟﾞか\u3099";
  const std::string as_it_is = "隆\uF9DC⼀ｶﾞｱﾞﾊﾟﾞか\u3099";
  EXPECT_EQ(run(text, {.unidentified = Unidentified::keep}).text, as_it_is);
  const auto folded = [&](Fold fold) {
    return run(text, {.unidentified = Unidentified::keep, .folds = fold_bit(fold)}).text;
  };
  EXPECT_EQ(folded(Fold::compatibility_ideographs), "隆隆⼀ｶﾞｱﾞﾊﾟﾞか\u3099");
  EXPECT_EQ(folded(Fold::radicals), "隆\uF9DC一ｶﾞｱﾞﾊﾟﾞか\u3099");
  EXPECT_EQ(folded(Fold::halfwidth_kana), "隆\uF9DC⼀ガア゛パ゛か\u3099");
  EXPECT_EQ(folded(Fold::combining_kana), "隆\uF9DC⼀ｶﾞｱﾞﾊﾟﾞが");
  const Bytes cp932 = {0xB6, 0xDE, 0xB1, 0x0A, 0xDE};
  EXPECT_EQ(run(cp932, {.folds = fold_bit(Fold::halfwidth_kana)},
                {.encoding = Encoding::cp932, .structure = {.header = false}})
                .text,
            "ガア\n゛");
}

TEST(Shrinking, ToJisX0208AndWithLowLine) {
  EXPECT_EQ(run(U"髙﨑", {.shrink = ShrinkRule::ipa}).text, "高﨑");
  EXPECT_EQ(run(U"髙﨑①", {.shrink = ShrinkRule::ipa, .shrink_to = ShrinkTo::jisx0208, .low_line = true}).text,
            "高崎＿");
  EXPECT_EQ(run(U"﨑\u3400", {.shrink = ShrinkRule::none, .shrink_to = ShrinkTo::jisx0208, .low_line = true}).text,
            "＿＿");
}

TEST(Shrinking, TheOwnMapStandsBeforeAllRelations) {
  ConverterOptions options{.shrink = ShrinkRule::ipa, .shrink_to = ShrinkTo::jisx0208};
  options.shrink_map = std::make_shared<const ShrinkMap>(
      ShrinkMap::from_bytes("変換元,変換先\n髙,嵩\n①,（１）\n山,川\n", "m.csv", *bundled_repertoire()).value());
  EXPECT_EQ(run(U"髙﨑①山", options).text, "嵩崎（１）山") << "山 is in the set and stays";
}

TEST(Substitutes, AreWrittenAndListedApart) {
  const PlanOptions plan{.structure = {.header = false}};
  const Made made =
      run(U"\uE000\uE001\uE002", {}, plan, "U+E000,,該当なし,さい\nU+E001,MJ037229,,辺\nU+E002,MJ026190,,x\n");
  EXPECT_EQ(made.text, "さい辺邉\U000E010F") << "no target; a target that has no code; a target";
  EXPECT_NE(made.replacements.at(0).find("substitute U+3055 U+3044"), std::string::npos) << made.replacements.at(0);
  const auto cp932 = run(U"\uE000", {.to = TargetEncoding::cp932}, plan, "U+E000,MJ026190,,辺\n");
  EXPECT_EQ(cp932.text, "辺") << "the target cannot be held";
}

TEST(Columns, HaveTreatmentsOfTheirOwn) {
  ConverterOptions options{.unidentified = Unidentified::keep};
  options.columns = {{1, {.shrink = ShrinkRule::ipa, .unidentified = Unidentified::geta}},
                     {2, {.unidentified = Unidentified::keep, .folds = fold_bit(Fold::halfwidth_kana)}}};
  EXPECT_EQ(run(U"髙\uE000ｱ,髙\uE000ｱ,髙\uE000ｱ\n", options).text, "髙\uE000ｱ,高〓ｱ,髙\uE000ア\n");
}

TEST(Forms, TagsAndShrinkingExcludeEachOther) {
  const auto made = Converter::make({.form = Form::tag, .shrink = ShrinkRule::ipa}, {}, bundled_repertoire());
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().code, base::ErrorCode::usage);
}

}  // namespace
}  // namespace hyojun::charmap
