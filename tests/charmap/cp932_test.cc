// CP932: every one- and two-byte code, alone, in context, at the end of the file, against the oracle and two libraries.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <iconv.h>
#include <unicode/ucnv.h>

#include <map>

#include "engine.h"

namespace hyojun::charmap {
namespace {

using Codes = std::map<unsigned, std::u32string>;  // one- or two-byte code → text; absent: refused

const Plan& plan() {
  static const Plan result = make_plan(Encoding::cp932, {.kind = Structure::Kind::delimited, .header = false});
  return result;
}

TEST(Cp932, EveryByteAlone) {
  for (unsigned byte = 0; byte < 0x100; ++byte) expect_as_oracle(plan(), {static_cast<std::uint8_t>(byte)}, "alone");
}

TEST(Cp932, EveryPairInContextAndAtTheEnd) {
  for (unsigned code = 0; code < 0x10000; ++code) {
    const auto lead = static_cast<std::uint8_t>(code >> 8);
    const auto trail = static_cast<std::uint8_t>(code & 0xFF);
    const std::string what = fmt::format("{:04X}", code);
    expect_as_oracle(plan(), {lead, trail}, what);
    expect_as_oracle(plan(), {'a', lead, trail, '"', ',', 0x88, 0x9F, '\n'}, what);
    expect_as_oracle(plan(), {'"', lead, trail, '"', ',', 0x88}, what);
  }
}

TEST(Cp932, EveryGaijiCodeIsUnmappedWithItsBytes) {
  Bytes all;
  for (unsigned lead = 0xF0; lead <= 0xF9; ++lead) {
    for (unsigned trail = 0x40; trail <= 0xFC; ++trail) {
      if (trail == 0x7F) continue;
      all.push_back(static_cast<std::uint8_t>(lead));
      all.push_back(static_cast<std::uint8_t>(trail));
    }
  }
  const Scanned scanned = scan_all(make_plan(Encoding::cp932), all);
  EXPECT_EQ(scanned.counts.outcomes[static_cast<std::size_t>(Outcome::gaiji_unmapped)], 1880U);
  EXPECT_EQ(scanned.counts.characters(), 1880U);
  ASSERT_EQ(scanned.events.size(), 1880U);
  EXPECT_EQ(scanned.events.front().text(), "character at 0+2 record 0 field 0 gaiji_unmapped E000 0");
  EXPECT_EQ(scanned.events.back().text(), "character at 3758+2 record 0 field 0 gaiji_unmapped E757 0");
}

Bytes bytes_of(unsigned code) {
  if (code < 0x100) return {static_cast<std::uint8_t>(code)};
  return {static_cast<std::uint8_t>(code >> 8), static_cast<std::uint8_t>(code & 0xFF)};
}

// All codes the engine accepts: one byte, or a pair whose first byte is no character of its own.
Codes engine_codes() {
  Codes codes;
  const char16_t* table = StandardTable::bundled()->cp932();
  for (unsigned code = 0; code < 0x10000; ++code) {
    const auto pieces = oracle::decode(oracle::Encoding::cp932, bytes_of(code));
    if (pieces.size() == 1 && !pieces[0].malformed) codes[code].assign(1, pieces[0].code_point);
    if (code < 0x8000) continue;
    const bool listed = codes.count(code) != 0;
    EXPECT_EQ(table[code], listed ? codes[code][0] : U'\0') << std::hex << code;
  }
  return codes;
}

Codes icu_codes() {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("ibm-943_P15A-2003", &status);
  ucnv_setToUCallBack(converter, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  EXPECT_TRUE(U_SUCCESS(status));
  Codes codes;
  for (unsigned code = 0; code < 0x10000; ++code) {
    const Bytes bytes = bytes_of(code);
    UChar out[4];
    UErrorCode error = U_ZERO_ERROR;
    const int32_t length = ucnv_toUChars(converter, out, 4, reinterpret_cast<const char*>(bytes.data()),
                                         static_cast<int32_t>(bytes.size()), &error);
    if (U_FAILURE(error) || length != 1 ||
        (code > 0xFF && oracle::decode(oracle::Encoding::cp932, bytes).size() != 1)) {
      continue;
    }
    codes[code].assign(1, static_cast<char32_t>(out[0]));
  }
  ucnv_close(converter);
  return codes;
}

Codes glibc_codes() {
  Codes codes;
  for (unsigned code = 0; code < 0x10000; ++code) {
    const iconv_t converter = iconv_open("UTF-32LE", "CP932");
    Bytes bytes = bytes_of(code);
    char32_t out[4] = {};
    char* from = reinterpret_cast<char*>(bytes.data());
    char* to = reinterpret_cast<char*>(out);
    std::size_t left = bytes.size();
    std::size_t room = sizeof out;
    const std::size_t result = iconv(converter, &from, &left, &to, &room);
    iconv_close(converter);
    if (result == 0 && left == 0 && room == sizeof out - 4) codes[code].assign(1, out[0]);
  }
  return codes;
}

// code → "engine/library", "-" where refused.
std::map<unsigned, std::string> differences(const Codes& engine, const Codes& library) {
  const auto text = [](const Codes& codes, unsigned code) {
    const auto it = codes.find(code);
    return it == codes.end() ? std::string("-") : fmt::format("{:04X}", static_cast<unsigned>(it->second[0]));
  };
  std::map<unsigned, std::string> result;
  for (unsigned code = 0; code < 0x10000; ++code) {
    if (text(engine, code) != text(library, code)) result[code] = text(engine, code) + "/" + text(library, code);
  }
  return result;
}

TEST(Cp932, DecodesAsIcu) {
  // IBM's PC code pages rotate three controls (SUB, FS, DEL); Microsoft's do not.
  const std::map<unsigned, std::string> expected = {{0x1A, "001A/001C"}, {0x1C, "001C/007F"}, {0x7F, "007F/001A"}};
  EXPECT_EQ(differences(engine_codes(), icu_codes()), expected);
}

TEST(Cp932, DecodesAsGlibc) {
  EXPECT_EQ(differences(engine_codes(), glibc_codes()), (std::map<unsigned, std::string>{})) << "no difference known";
}

// Of the codes of one character the preferred one is Microsoft's, which ICU writes.
TEST(Cp932, EncodesAsIcu) {
  UErrorCode status = U_ZERO_ERROR;
  UConverter* converter = ucnv_open("ibm-943_P15A-2003", &status);
  ucnv_setFromUCallBack(converter, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  std::map<unsigned, std::string> different;
  std::size_t same = 0;
  for (const auto& [code, text] : engine_codes()) {
    const UChar in = static_cast<UChar>(text[0]);
    char out[8];
    UErrorCode error = U_ZERO_ERROR;
    const int32_t length = ucnv_fromUChars(converter, out, sizeof out, &in, 1, &error);
    const auto ours = encode(Encoding::cp932, text[0]);
    ASSERT_TRUE(ours.has_value());
    const Bytes theirs(out, out + (U_SUCCESS(error) ? length : 0));
    if (*ours == theirs) {
      ++same;
    } else {
      different[code] = hex(*ours) + "/" + hex(theirs);
    }
  }
  ucnv_close(converter);
  const std::map<unsigned, std::string> expected = {{0x1A, "1A/7F"}, {0x1C, "1C/1A"}, {0x7F, "7F/1C"}};  // as above
  EXPECT_EQ(different, expected);
  EXPECT_GT(same, 9700U);
}

}  // namespace
}  // namespace hyojun::charmap
