// Tables of names and of the parts from which rarer names are put together. All people made from them are made up.
#ifndef HYOJUN_BENCH_NAMES_H_
#define HYOJUN_BENCH_NAMES_H_

#include <cstdint>
#include <span>
#include <string_view>

namespace hyojun::bench {

struct WeightedName {
  std::u32string_view kanji;
  std::u32string_view kana;
  std::uint32_t weight;
};

struct NamePart {
  std::u32string_view kanji;
  std::u32string_view kana;
};

std::span<const WeightedName> surnames();
std::span<const WeightedName> given_names();
inline constexpr std::size_t kMensNames = 45;  // the rest of given_names() are women's

// A rarer surname is one of the first, then one of the second.
std::span<const NamePart> surname_firsts();
std::span<const NamePart> surname_seconds();
std::span<const NamePart> given_firsts();
std::span<const NamePart> mens_endings();
std::span<const NamePart> womens_endings();

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_NAMES_H_
