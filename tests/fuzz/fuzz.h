// What every fuzz target shares.
#ifndef HYOJUN_TESTS_FUZZ_FUZZ_H_
#define HYOJUN_TESTS_FUZZ_FUZZ_H_

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>

#include "hyojun/charmap/repertoire.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace hyojun::fuzz {

// A promise of the code under test; broken, the fuzzer keeps the input.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "broken: %s\n", what);
  std::abort();
}

inline std::shared_ptr<const charmap::Repertoire> bundled_repertoire() {
  static const auto repertoire =
      std::make_shared<const charmap::Repertoire>(charmap::Repertoire::make(charmap::StandardTable::bundled()).value());
  return repertoire;
}

}  // namespace hyojun::fuzz

#endif  // HYOJUN_TESTS_FUZZ_FUZZ_H_
