#include "places.h"

#include "names.h"

namespace hyojun::bench {

namespace {

constexpr std::u32string_view kPrefectures[] = {
    U"北海道", U"青森県", U"岩手県", U"宮城県",   U"秋田県", U"山形県",   U"福島県", U"茨城県", U"栃木県", U"群馬県",
    U"埼玉県", U"千葉県", U"東京都", U"神奈川県", U"新潟県", U"富山県",   U"石川県", U"福井県", U"山梨県", U"長野県",
    U"岐阜県", U"静岡県", U"愛知県", U"三重県",   U"滋賀県", U"京都府",   U"大阪府", U"兵庫県", U"奈良県", U"和歌山県",
    U"鳥取県", U"島根県", U"岡山県", U"広島県",   U"山口県", U"徳島県",   U"香川県", U"愛媛県", U"高知県", U"福岡県",
    U"佐賀県", U"長崎県", U"熊本県", U"大分県",   U"宮崎県", U"鹿児島県", U"沖縄県",
};

constexpr std::u32string_view kTowns[] = {
    U"本町",   U"栄町",   U"中央",   U"旭町",   U"緑町",       U"元町",     U"新町",   U"大手町", U"錦町",
    U"寿町",   U"末広町", U"若松町", U"城内",   U"桜台",       U"朝日",     U"東",     U"西",     U"南",
    U"北",     U"駅前",   U"港町",   U"学園町", U"つつじが丘", U"さくら町", U"鷹匠町", U"鍛冶町", U"紺屋町",
    U"呉服町", U"魚町",   U"番町",   U"八幡",   U"稲荷",       U"天神",     U"薬師",   U"字原",   U"大字下",
};

constexpr char32_t kEndings[] = {U'市', U'市', U'市', U'市', U'町', U'町', U'区', U'村'};

template <typename List>
const auto& pick(const List& list, Random& random) {
  return list[random.below(std::size(list))];
}

std::u32string make_city(std::u32string_view prefecture, Random& random) {
  std::u32string city(prefecture);
  city += pick(surname_firsts(), random).kanji;
  if (!random.chance(30'000)) city += pick(surname_seconds(), random).kanji;
  city += pick(kEndings, random);
  return city;
}

std::u32string make_town(Random& random) {
  if (random.chance(250'000)) return std::u32string(pick(kTowns, random));
  constexpr std::u32string_view kSides = U"東西南北上下中新";
  std::u32string town;
  if (random.chance(600'000)) town += pick(kSides, random);
  town += pick(surname_firsts(), random).kanji;
  town += pick(surname_seconds(), random).kanji;
  if (random.chance(800'000)) town += U'町';
  return town;
}

}  // namespace

std::vector<Town> make_towns() {
  Random random(0x47);  // not the seed of the corpus: the map stays, whoever lives there
  std::vector<Town> towns;
  towns.reserve(std::size(kPrefectures) * kCitiesOfPrefecture * kTownsOfCity);
  std::uint32_t postal_code = 10'000;
  for (const std::u32string_view prefecture : kPrefectures) {
    for (std::size_t c = 0; c < kCitiesOfPrefecture; ++c) {
      const std::u32string city = make_city(prefecture, random);
      for (std::size_t t = 0; t < kTownsOfCity; ++t) {
        postal_code += 1 + random.below(300);
        towns.push_back({city, make_town(random), postal_code % 10'000'000});
      }
    }
  }
  return towns;
}

}  // namespace hyojun::bench
