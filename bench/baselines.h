// What others do with the same bytes. Each passes over all blocks once and returns a number that depends on all of it,
// so that nothing is optimised away. Output goes to a buffer that stays in the L2 cache, except for memcpy.
#ifndef HYOJUN_BENCH_BASELINES_H_
#define HYOJUN_BENCH_BASELINES_H_

#include <cstdint>
#include <memory>
#include <string>

#include "hyojun/charmap/encoder.h"
#include "test_data.h"

namespace hyojun::bench {

class Baseline {
 public:
  virtual ~Baseline() = default;
  virtual std::uint64_t run(const TestData& data) = 0;
};

std::unique_ptr<Baseline> make_memcpy(std::size_t bytes);                  // to memory of the same size
std::unique_ptr<Baseline> make_icu_converter(charmap::Encoding encoding);  // ucnv_toUnicode: → UTF-16
std::unique_ptr<Baseline> make_icu_to_utf8(charmap::Encoding encoding);    // ucnv_convertEx: → UTF-8
std::unique_ptr<Baseline> make_icu_from_utf8(charmap::TargetEncoding to);  // ucnv_convertEx: UTF-8 →
std::unique_ptr<Baseline> make_icu_str_from_utf8();                        // u_strFromUTF8: → UTF-16
std::unique_ptr<Baseline> make_icu_nfc();                                  // unorm2_normalize of UTF-16 to NFC
std::unique_ptr<Baseline> make_icu_class_histogram();  // UCPTRIE_FAST, class of each character of UTF-8
std::unique_ptr<Baseline> make_iconv(const char* from, const char* to);

std::string icu_version();
std::string c_library_version();

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_BASELINES_H_
