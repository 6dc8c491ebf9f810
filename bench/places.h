// Addresses: the 47 prefectures are real; the cities in them and the towns are put together and mostly do not exist.
#ifndef HYOJUN_BENCH_PLACES_H_
#define HYOJUN_BENCH_PLACES_H_

#include <string>
#include <vector>

#include "random.h"

namespace hyojun::bench {

struct Town {
  std::u32string city;  // with its prefecture: 長野県北松市
  std::u32string name;
  std::uint32_t postal_code;  // seven digits
};

inline constexpr std::size_t kCitiesOfPrefecture = 30;
inline constexpr std::size_t kTownsOfCity = 40;

// All towns, 40 for each city. The same on every call.
std::vector<Town> make_towns();

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_PLACES_H_
