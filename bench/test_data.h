// The generated corpora in memory, in every encoding that is measured, with blocks that end at line ends.
#ifndef HYOJUN_BENCH_TEST_DATA_H_
#define HYOJUN_BENCH_TEST_DATA_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "hyojun/charmap/encoding.h"

namespace hyojun::bench {

enum class CorpusKind : std::uint8_t {
  standard,   // rare 2: what residents' data look like
  rare20,     // ten times the rare characters
  only_rare,  // nothing but sequences, gaiji and supplementary characters
  quoted,     // rare 2, every field in quotes
};
std::string_view corpus_name(CorpusKind kind);
std::optional<CorpusKind> find_corpus(std::string_view name);

struct TestData {
  charmap::Encoding encoding;
  CorpusKind corpus;
  std::string bytes{};
  std::uint64_t characters = 0;            // as the design counts them, structure included
  std::vector<std::string_view> blocks{};  // about 64 KiB each
  std::span<const std::uint8_t> span() const {
    return {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()};
  }
};

// The same residents in UTF-8 (`bytes` of it), CP932 and UTF-16LE; `mix` tells what is in them.
std::vector<TestData> make_test_data(std::size_t bytes, CorpusKind kind, std::string& mix);

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_TEST_DATA_H_
