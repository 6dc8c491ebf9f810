// The troubles of the sample data: what is put into which resident's record on purpose.
#ifndef HYOJUN_BENCH_SAMPLE_TROUBLES_H_
#define HYOJUN_BENCH_SAMPLE_TROUBLES_H_

#include <cstdint>
#include <span>
#include <string_view>

#include "corpus.h"

namespace hyojun::bench {

enum class SampleFile : std::uint8_t { both, utf8, cp932 };
enum class Edit : std::uint8_t { replace, append, prepend };

// Stands in a field where raw bytes go that are no text.
inline constexpr char32_t kRawBytes = 0xFDD0;

struct Trouble {
  std::uint32_t record;  // as reports count: 1 is the header
  Column column;
  SampleFile file;
  Edit edit;
  std::u32string_view text;
  std::string_view raw;   // the bytes for kRawBytes
  std::string_view kind;  // an outcome, a suspicion, or what about the structure is unusual
  std::string_view note;
};

std::span<const Trouble> sample_troubles();

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_SAMPLE_TROUBLES_H_
