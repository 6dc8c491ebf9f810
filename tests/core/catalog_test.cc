#include "hyojun/core/catalog.h"

#include <gtest/gtest.h>

#include "hyojun/core/rate.h"

namespace hyojun::core {
namespace {

TEST(CatalogTest, HoldsWhatTheLawFixes) {
  EXPECT_EQ(Catalog::businesses().size(), kAllBusinesses);
  EXPECT_EQ(Catalog::businesses()[20].key, "kyotsu");
  EXPECT_EQ(Catalog::steps().size(), kSteps);
  EXPECT_EQ(Catalog::late_reasons().size(), 4);
  EXPECT_EQ(Catalog::deadline_on("2026-01-31").date, "2026-03-31");
  EXPECT_EQ(Catalog::deadline_on("2020-01-01").date, "2026-03-31");
}

TEST(CatalogTest, FindsBusinessesByAnyLabel) {
  for (const std::string label : {"juki", "住民基本台帳", "住民記録", "住基", " 住民 記録 "}) {
    ASSERT_NE(Catalog::find_business(label), nullptr) << label;
    EXPECT_EQ(Catalog::find_business(label)->key, "juki");
  }
  EXPECT_EQ(Catalog::find_business("子ども子育て支援")->key, "kodomo_kosodate");
  EXPECT_EQ(Catalog::find_business("戸籍附票")->key, "fuhyo");
  EXPECT_EQ(Catalog::find_business("水道"), nullptr);
  EXPECT_EQ(Catalog::find_business(""), nullptr);
}

TEST(CatalogTest, FindsStepsInSpiteOfStraySpaces) {
  EXPECT_EQ(Catalog::find_step("移行に係る現行システムベンダとの打合せ・役割の 認識合わせ")->no, 6);
  EXPECT_EQ(Catalog::find_step("32")->no, 32);
  EXPECT_EQ(Catalog::find_step("41"), nullptr);
}

TEST(CatalogTest, FindsBodies) {
  const Catalog& catalog = Catalog::bundled();
  const std::size_t hyogo = *catalog.find_prefecture("兵庫県");
  EXPECT_EQ(catalog.find_prefecture("28"), hyogo);
  EXPECT_EQ(catalog.find_prefecture("280003"), hyogo);
  EXPECT_FALSE(catalog.find_prefecture("兵庫"));
  EXPECT_EQ(catalog.find_name(hyogo, "姫路市").size(), 1);
  EXPECT_EQ(catalog.find_name("府中市").size(), 2);    // 東京都 and 広島県
  EXPECT_EQ(catalog.find_name("鎌ヶ谷市").size(), 1);  // officially 鎌ケ谷市
  EXPECT_TRUE(Catalog::is_ward_code("281018"));
  EXPECT_EQ(catalog.full_name(*catalog.find_code("282014")), "兵庫県姫路市");
}

TEST(CatalogTest, KeepsAbolishedBodies) {
  const Catalog catalog({{"280003", "兵庫県", "", "280003", "都道府県", "", ""},
                         {"282014", "姫路市", "", "280003", "中核市", "", "2005-12-31"}});
  EXPECT_TRUE(catalog.bodies()[1].exists_on("2005-12-31"));
  EXPECT_FALSE(catalog.bodies()[1].exists_on("2006-01-01"));
}

TEST(StatusTest, ReadsWhatSheetsWrite) {
  EXPECT_EQ(find_status("完了済み"), StepStatus::finished);
  EXPECT_EQ(find_status("未"), StepStatus::not_started);
  EXPECT_EQ(find_status(" 作業中"), StepStatus::in_progress);
  EXPECT_EQ(find_status("対象外"), StepStatus::not_applicable);
  EXPECT_FALSE(find_status("済"));
  EXPECT_FALSE(find_status(""));
}

TEST(RateTest, RoundsHalfUpOnIntegers) {
  EXPECT_EQ(show_rate(*rate_of(595, 800)), "74.38");  // 姫路 74.375
  EXPECT_EQ(show_rate(*rate_of(403, 800)), "50.38");  // 明石 50.375
  EXPECT_EQ(show_rate(*rate_of(0, 800)), "0.00");
  EXPECT_EQ(show_rate(*rate_of(800, 800)), "100.00");
  EXPECT_FALSE(rate_of(0, 0));
}

TEST(RateTest, MeansOfExactRates) {
  EXPECT_EQ(mean_rate({{595, 800}, {403, 800}}), 6238);  // 62.375
  EXPECT_EQ(mean_rate({{1, 2}, {1, 4}}), 3750);
  EXPECT_EQ(mean_rate({{1, 3}, {1, 3}, {1, 3}}), 3333);
  EXPECT_FALSE(mean_rate({}));
}

TEST(RateTest, ReadsFortieths) {
  EXPECT_EQ(steps_of_rate(0.7475000000000001), std::nullopt);  // 29.9 of 40
  EXPECT_EQ(steps_of_rate(0.5750000000000001), 23);
  EXPECT_EQ(steps_of_rate(1.0), 40);
  EXPECT_EQ(steps_of_rate(0.0), 0);
  EXPECT_FALSE(steps_of_rate(0.58));
  EXPECT_FALSE(steps_of_rate(1.1));
  EXPECT_FALSE(steps_of_rate(-0.1));
}

}  // namespace
}  // namespace hyojun::core
