// A small generator of random numbers that gives the same numbers on every machine: SplitMix64 (Steele, Lea, Flood
// 2014). The distributions of the standard library are not used: each library computes them differently.
#ifndef HYOJUN_BENCH_RANDOM_H_
#define HYOJUN_BENCH_RANDOM_H_

#include <cstdint>

namespace hyojun::bench {

class Random {
 public:
  explicit constexpr Random(std::uint64_t seed) : state_(seed) {}

  constexpr std::uint64_t next() {
    state_ += 0x9E3779B97F4A7C15;
    std::uint64_t z = state_;
    z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9;
    z = (z ^ (z >> 27U)) * 0x94D049BB133111EB;
    return z ^ (z >> 31U);
  }

  // A number below `bound` (1 … 2^32 - 1).
  constexpr std::uint32_t below(std::uint64_t bound) {
    return static_cast<std::uint32_t>(((next() >> 32U) * bound) >> 32U);
  }

  // A number below `bound`, small ones more often: twice as dense at 0 as on average.
  constexpr std::uint32_t mostly_small(std::uint64_t bound) {
    const std::uint32_t a = below(bound);
    const std::uint32_t b = below(bound);
    return a < b ? a : b;
  }

  // True `share` times in a million.
  constexpr bool chance(std::uint32_t share) { return below(1'000'000) < share; }

 private:
  std::uint64_t state_;
};

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_RANDOM_H_
