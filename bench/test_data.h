// The generated corpus in memory, in every encoding that is measured, with blocks that end at line ends.
#ifndef HYOJUN_BENCH_TEST_DATA_H_
#define HYOJUN_BENCH_TEST_DATA_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/charmap/encoding.h"

namespace hyojun::bench {

struct TestData {
  charmap::Encoding encoding;
  std::string bytes;
  std::uint64_t characters = 0;            // as the design counts them, structure included
  std::vector<std::string_view> blocks{};  // about 64 KiB each
  std::span<const std::uint8_t> span() const {
    return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  }
};

// The same residents in UTF-8 (`bytes` of it), CP932 and UTF-16LE; `mix` tells what is in them.
std::vector<TestData> make_test_data(std::size_t bytes, std::string& mix);

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_TEST_DATA_H_
