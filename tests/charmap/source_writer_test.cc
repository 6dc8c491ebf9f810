// Every code of every encoding that is read by table there and back; those that do not come back are counted with their
// reason. CP932 and Unicode are those of the encoders (encoder_test.cc).
#include "hyojun/charmap/source_writer.h"

#include <gtest/gtest.h>

#include "hyojun/base/number.h"

namespace hyojun::charmap {
namespace {

using Bytes = std::vector<std::uint8_t>;

SourceWriter writer(Encoding encoding) {
  return SourceWriter::make(encoding, nullptr, *StandardTable::bundled()).value();
}

std::vector<Bytes> all_codes(Encoding encoding) {
  std::vector<Bytes> all;
  const auto byte = [](unsigned value) { return static_cast<std::uint8_t>(value & 0xFF); };
  if (unit_of(encoding) == 1) {
    for (unsigned b = 0; b < 0x100; ++b) all.push_back({byte(b)});
  }
  for (unsigned c = 0; c < 0x10000; ++c) all.push_back({byte(c >> 8), byte(c)});
  for (unsigned c = 0xA1A1; c < 0x10000; ++c) all.push_back({0x8F, byte(c >> 8), byte(c)});
  return all;
}

struct RoundTrip {
  std::size_t same = 0;
  std::string second_codes;   // "A1A1 U+3000, ": another code of the same character was written
  std::size_t line_ends = 0;  // 25 of EBCDIC: 15 was written, 25 in the other variant
};

RoundTrip round_trip(Encoding encoding) {
  const auto table = CodeTable::bundled(encoding);
  const SourceWriter fresh = writer(encoding);
  RoundTrip found;
  for (const Bytes& code : all_codes(encoding)) {
    const std::u32string text = table->decode(code);
    if (text.empty()) continue;
    SourceWriter by_text = fresh;
    SourceWriter by_code = fresh;
    std::string written;
    std::string expected;
    EXPECT_EQ(by_text.put(text, written), text.size());
    by_code.put_code(code, expected);
    by_text.end(written);
    by_code.end(expected);
    if (written == expected) {
      ++found.same;
    } else if (text == U"\n") {
      ++found.line_ends;
    } else {
      found.second_codes += base::format_hex(code) + " " + base::format_code_points(text) + ", ";
      EXPECT_TRUE(fresh.has_several_codes(text)) << base::format_hex(code);
    }
  }
  return found;
}

TEST(SourceWriter, EveryCodeComesBackButSecondCodes) {
  // Why a code has a second: NEC row 13 and IBM's extensions stand beside JIS X 0208 and each other (EUC-JP-MS, as in
  // CP932); IBM repeats \ ~ and №; the euro stands in both halves; the space of hosts is 4040 and A1A1.
  const std::string euc_jp_ms =
      "ADF0 U+2252, ADF1 U+2261, ADF2 U+222B, ADF5 U+221A, ADF6 U+22A5, ADF7 U+2220, ADFA U+2235, ADFB U+2229, "
      "ADFC U+222A, 8FA2B7 U+FF5E, 8FA2F1 U+2116, 8FF3FD U+2160, 8FF3FE U+2161, 8FF4A1 U+2162, 8FF4A2 U+2163, "
      "8FF4A3 U+2164, 8FF4A4 U+2165, 8FF4A5 U+2166, 8FF4A6 U+2167, 8FF4A7 U+2168, 8FF4A8 U+2169, 8FF4AB U+3231, "
      "8FF4AC U+2116, 8FF4AD U+2121, ";
  struct Expected {
    Encoding encoding;
    std::size_t same;
    std::string second_codes;
    std::size_t line_ends;
  };
  for (const Expected& e : {
           Expected{Encoding::euc_jp_ms, 15'212, euc_jp_ms, 0},
           {Encoding::ibm33722, 9'371, "", 0},
           {Encoding::ibm954, 15'155, "8EE3 U+005C, 8EE4 U+007E, 8FF3B8 U+2116, ", 0},
           {Encoding::euc_jis_2004, 11'424, "", 0},
           {Encoding::shift_jis_2004, 11'424, "", 0},
           {Encoding::iso_2022_jp, 7'007, "", 0},
           {Encoding::ibm930, 11'860, "", 1},
           {Encoding::ibm939, 11'860, "", 1},
           {Encoding::ibm1390, 22'327, "42E1 U+20AC, ", 1},
           {Encoding::ibm1399, 22'327, "42E1 U+20AC, ", 1},
           {Encoding::jef, 9'906, "A1A1 U+3000, ", 1},
           {Encoding::keis78, 9'812, "A1A1 U+3000, ", 1},
           {Encoding::keis83, 9'889, "A1A1 U+3000, ", 1},
           {Encoding::jips_j, 10'941, "", 0},
           {Encoding::juki_net_be, 27'350, "", 0},
           {Encoding::juki_net_le, 27'350, "", 0},
       }) {
    const RoundTrip found = round_trip(e.encoding);
    EXPECT_EQ(found.same, e.same) << encoding_name(e.encoding);
    EXPECT_EQ(found.second_codes, e.second_codes) << encoding_name(e.encoding);
    EXPECT_EQ(found.line_ends, e.line_ends) << encoding_name(e.encoding);
  }
}

}  // namespace
}  // namespace hyojun::charmap
