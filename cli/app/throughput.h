// How fast the user's own file is identified, on one core, in memory, beside ICU's converter and memcpy.
//
// Nothing of the file's content or places leaves this: bytes, characters and seconds only.
#ifndef HYOJUN_CLI_APP_THROUGHPUT_H_
#define HYOJUN_CLI_APP_THROUGHPUT_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "identify.h"

namespace hyojun::app {

struct ThroughputOptions {
  IdentifyOptions source;                 // one file; its kernel and threads are not looked at
  std::vector<charmap::Kernel> kernels;   // a row each
  std::uint64_t max_bytes = 256'000'000;  // of the file's beginning, a block at least; memcpy takes as much again
  unsigned repetitions = 9;
};

struct ThroughputRow {
  enum class What : std::uint8_t { identify, icu_to_utf16, memcpy };
  What what;
  std::optional<charmap::Kernel> kernel;  // of identify
  std::vector<double> seconds;            // of one pass, one for each repetition
  double median() const;
  double spread() const;  // inter-quartile range over the median; 0 for fewer than four repetitions
};

inline constexpr double kNoisy = 0.05;

struct Throughput {
  charmap::Encoding encoding = charmap::Encoding::utf8;
  std::uint64_t bytes = 0;
  bool whole_file = true;  // false: only its beginning was read
  std::uint64_t characters = 0;
  std::uint64_t records = 0;
  std::uint64_t passes = 1;         // over the bytes in one repetition: a small file is read many times
  std::vector<ThroughputRow> rows;  // identify in the order of the kernels, ICU, memcpy
  const ThroughputRow& row(ThroughputRow::What what) const;  // the first
  // ICU or memcpy spread by kNoisy or more, or there were too few repetitions: the run supports no claim.
  bool noisy() const;
};

// A file smaller than this says little: it comes from the caches, and the branch predictor knows it by heart.
inline constexpr std::uint64_t kSmallForThroughput = 16'000'000;
// Reads the file, checks that it can be identified, then measures all rows in turn, repetition after repetition, in
// another order each time. Errors: as identify(); input_rejected for an empty file.
base::Result<Throughput> measure_throughput(const ThroughputOptions& options,
                                            std::shared_ptr<const charmap::Repertoire> repertoire);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_THROUGHPUT_H_
