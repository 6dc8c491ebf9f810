// The rows of the benchmark: each is one thing done with one corpus, given as a function. See bench/README.md.
#ifndef HYOJUN_BENCH_ROWS_H_
#define HYOJUN_BENCH_ROWS_H_

#include <array>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "hyojun/charmap/encoder.h"
#include "hyojun/charmap/plan.h"
#include "test_data.h"

namespace hyojun::bench {

// One pass over all bytes of a corpus; returns a number that depends on all of it.
using Pass = std::function<std::uint64_t()>;

// Adds the row "<what>/<encoding>[/<corpus>]", where the default corpus is not named. `data` must outlive the run.
// table.py knows what a row does by `what`; a new one needs its line there.
void add_row(const std::string& what, const TestData& data, Pass pass);

// The standard table alone.
std::shared_ptr<const charmap::Repertoire> bundled_repertoire();

// The plan of `hyojun identify` without options; `text`: lines only, no fields.
std::shared_ptr<const charmap::Plan> make_plan(const TestData& data, charmap::Kernel kernel, bool text);

// What runs in this encoding: those that are read by table have none for AVX2.
std::vector<charmap::Kernel> kernels_of(charmap::Encoding encoding);

// identify_<kernel>: the whole contract. scan_<kernel>: validation, class of every character, events; no CSV
// structure, no tally. For every kernel that this machine has.
void add_identify_rows(const TestData& data);
void add_scan_rows(const TestData& data);

// convert_<kernel>: identify and convert to UTF-8 in one pass, with the tally of the replacements. UTF-8: base form,
// shrunk to JIS X 0213 by the strict rule, 〓 for what cannot be. CP932: with sequences, what is unidentified is kept.
// convert_to_<target>_<kernel>: from UTF-8, in base form, 〓 for what the target lacks, and encoded, block by block.
void add_convert_rows(const TestData& data);

// What is written but UTF-8.
inline constexpr std::array kTargets = {charmap::TargetEncoding::cp932, charmap::TargetEncoding::euc_jp_ms,
                                        charmap::TargetEncoding::utf16le};

// memcpy, ICU and iconv: all of them on the default corpus, only those that ratios are taken of on the others.
void add_baseline_rows(const TestData& data);

#ifdef HYOJUN_BENCH_SIMDUTF
void add_simdutf_rows(const TestData& data);  // the user's own copy
std::string simdutf_version();
#endif

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_ROWS_H_
