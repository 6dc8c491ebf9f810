// Every code of CP932 and EUC-JP-MS there and back, and against glibc and ICU; what differs is listed with its reason.
#include "hyojun/charmap/encoder.h"

#include <gtest/gtest.h>
#include <iconv.h>
#include <unicode/ucnv.h>

#include <map>
#include <random>
#include <set>
#include <string>

namespace hyojun::charmap {
namespace {

using Bytes = std::vector<std::uint8_t>;

Encoder encoder(TargetEncoding target) { return Encoder::make(target, *StandardTable::bundled()).value(); }

// One for each target, in their order.
const std::vector<Encoder>& encoders() {
  static const std::vector<Encoder> all = [] {
    std::vector<Encoder> made;
    for (std::size_t t = 0; t < kTargetKeys.size(); ++t) made.push_back(encoder(static_cast<TargetEncoding>(t)));
    return made;
  }();
  return all;
}

Bytes put(const Encoder& e, char32_t cp) {
  Bytes bytes(Encoder::kLongest);
  bytes.resize(e.put(cp, bytes.data()));
  return bytes;
}

// glibc, one code at a time; 0 where it has no character, or more than one.
class Glibc {
 public:
  Glibc(const char* to, const char* from) : handle_(iconv_open(to, from)) {}
  ~Glibc() { iconv_close(handle_); }
  std::string convert(std::string in) {
    std::string out(16, '\0');
    char* from = in.data();
    char* to = out.data();
    std::size_t left = in.size();
    std::size_t room = out.size();
    if (iconv(handle_, &from, &left, &to, &room) != 0 || left != 0) {
      iconv(handle_, nullptr, nullptr, nullptr, nullptr);
      return {};
    }
    out.resize(out.size() - room);
    return out;
  }

 private:
  iconv_t handle_;
};

std::string utf32(char32_t cp) {
  std::string text;
  for (int shift = 0; shift < 32; shift += 8) text += static_cast<char>(cp >> shift & 0xFF);
  return text;
}

// All codes of one, two and three bytes that the encoding can have.
std::vector<Bytes> codes(TargetEncoding target) {
  std::vector<Bytes> all;
  const bool euc = target == TargetEncoding::euc_jp_ms;
  for (unsigned b = 0; b < 0x100; ++b) all.push_back({static_cast<std::uint8_t>(b)});
  for (unsigned code = 0x8000; code < 0x10000; ++code) {
    const auto lead = static_cast<std::uint8_t>(code >> 8);
    const auto trail = static_cast<std::uint8_t>(code & 0xFF);
    all.push_back({lead, trail});
    if (euc && lead >= 0xA1 && trail >= 0xA1) all.push_back({0x8F, lead, trail});
  }
  return all;
}

// Every code comes back to its bytes, or is one of several codes of a character, of which one does.
void expect_round_trip(TargetEncoding target, std::size_t characters, std::size_t second_codes) {
  const Encoder e = encoder(target);
  std::set<char32_t> held;
  std::map<char32_t, std::size_t> others;
  for (const Bytes& code : codes(target)) {
    const auto read = e.read(code);
    if (!read || read->length != code.size()) continue;
    ASSERT_TRUE(e.holds(read->code_point));
    if (put(e, read->code_point) == code) {
      ASSERT_TRUE(held.insert(read->code_point).second);
    } else {
      ++others[read->code_point];
    }
  }
  std::size_t second = 0;
  for (const auto& [cp, n] : others) {
    EXPECT_TRUE(held.contains(cp)) << std::hex << static_cast<unsigned>(cp);
    second += n;
  }
  EXPECT_EQ(held.size(), characters);
  EXPECT_EQ(second, second_codes);
  for (char32_t cp = 0; cp <= 0x10FFFF; ++cp) ASSERT_EQ(e.holds(cp), held.contains(cp)) << static_cast<unsigned>(cp);
}

TEST(Encoder, EveryCodeOfCp932ComesBack) { expect_round_trip(TargetEncoding::cp932, 9'397, 398); }
TEST(Encoder, EveryCodeOfEucJpMsComesBack) { expect_round_trip(TargetEncoding::euc_jp_ms, 15'182, 24); }

// What glibc writes or reads otherwise than we do, as "code point: theirs".
std::map<char32_t, std::string> differences(TargetEncoding target, const char* name) {
  const Encoder e = encoder(target);
  Glibc to(name, "UTF-32LE");
  std::map<char32_t, std::string> found;
  for (char32_t cp = 0x80; cp < 0x10000; ++cp) {
    if (cp >= 0xD800 && cp < 0xE000) continue;
    const Bytes ours = e.holds(cp) ? put(e, cp) : Bytes();
    const std::string theirs = to.convert(utf32(cp));
    if (theirs != std::string(ours.begin(), ours.end())) found[cp] = theirs;
  }
  return found;
}

TEST(Encoder, Cp932AgreesWithGlibcButForItsBestFits) {
  const auto found = differences(TargetEncoding::cp932, "CP932");
  for (const auto& [cp, theirs] : found) {
    // glibc writes characters that are not in CP932 as others that look like them; they would not come back.
    const auto back =
        encoder(TargetEncoding::cp932).read({reinterpret_cast<const std::uint8_t*>(theirs.data()), theirs.size()});
    const bool best_fit = !theirs.empty() && back && back->code_point != cp;
    EXPECT_TRUE(best_fit) << std::hex << static_cast<unsigned>(cp);
  }
  EXPECT_EQ(found.size(), 9U);
  EXPECT_TRUE(found.contains(U'\u301C') && found.contains(U'\u00A5')) << "〜, ¥";
}

TEST(Encoder, EucJpMsAgreesWithGlibcButForItsBestFits) {
  const auto found = differences(TargetEncoding::euc_jp_ms, "EUC-JP-MS");
  for (const auto& [cp, theirs] : found) {
    const auto back =
        encoder(TargetEncoding::euc_jp_ms).read({reinterpret_cast<const std::uint8_t*>(theirs.data()), theirs.size()});
    const bool best_fit = !theirs.empty() && (!back || back->code_point != cp);
    EXPECT_TRUE(best_fit) << std::hex << static_cast<unsigned>(cp);
  }
  EXPECT_LE(found.size(), 48U);
}

TEST(Encoder, Cp932AgreesWithIcu) {
  UErrorCode error = U_ZERO_ERROR;
  UConverter* const icu = ucnv_open("ibm-943_P15A-2003", &error);
  ASSERT_TRUE(U_SUCCESS(error));
  ucnv_setFallback(icu, false);
  ucnv_setFromUCallBack(icu, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
  const Encoder e = encoder(TargetEncoding::cp932);
  for (char32_t cp = 0xA0; cp < 0x10000; ++cp) {
    if (cp >= 0xD800 && cp < 0xE000) continue;
    const auto unit = static_cast<UChar>(cp);
    char out[8];
    error = U_ZERO_ERROR;
    const auto n = ucnv_fromUChars(icu, out, sizeof out, &unit, 1, &error);
    const std::string theirs = U_SUCCESS(error) && n > 0 ? std::string(out, static_cast<std::size_t>(n)) : "";
    const Bytes ours = e.holds(cp) ? put(e, cp) : Bytes();
    if (theirs.empty() && !ours.empty()) continue;  // counted below
    if (theirs == "\x1A") continue;
    if (ours.empty()) continue;
    EXPECT_EQ(theirs, std::string(ours.begin(), ours.end())) << std::hex << static_cast<unsigned>(cp);
  }
  ucnv_close(icu);
}

TEST(Encoder, NothingIsHeldByWayOfSomethingElse) {
  for (const TargetEncoding t : {TargetEncoding::cp932, TargetEncoding::euc_jp_ms}) {
    const Encoder e = encoder(t);
    for (const char32_t cp : {U'\u301C', U'\u2014', U'\u3099', U'\uFE00', U'\U000E0100', U'\U00020BB7', U'\u00A5'}) {
      EXPECT_FALSE(e.holds(cp)) << std::hex << static_cast<unsigned>(cp);
    }
    for (const char32_t cp : {U'〓', U'〔', U'〕', U'＿', U'～', U'髙', U'﨑', U'ｱ', U'\uE757'})
      EXPECT_TRUE(e.holds(cp));
    EXPECT_FALSE(e.holds(0xE758));
  }
}

TEST(Encoder, LineEnds) {
  const std::string text = "a\nb\r\nc\rd";
  const std::span bytes(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
  const auto run = [&](TargetEncoding target, Newline newline) {
    const Encoder e = encoder(target);
    Bytes out(e.room_for(text.size()));
    out.resize(e.encode(bytes, newline, out.data()));
    return std::string(out.begin(), out.end());
  };
  EXPECT_EQ(run(TargetEncoding::cp932, Newline::keep), text);
  EXPECT_EQ(run(TargetEncoding::utf8, Newline::lf), "a\nb\nc\nd");
  EXPECT_EQ(run(TargetEncoding::euc_jp_ms, Newline::crlf), "a\r\nb\r\nc\r\nd");
  EXPECT_EQ(run(TargetEncoding::utf16be, Newline::lf), std::string("\0a\0\n\0b\0\n\0c\0\n\0d", 14));
}

// Runs of every length, cut by whatever else: the same as one character after the other.
TEST(Encoder, WritesTextsAsItWritesTheirCharacters) {
  constexpr char32_t kAny[] = {U'a', U'9', U',', U'\n', U'\r', U'山', U'あ', U'ｱ', U'×', U'\uE000', U'\U00020BB7'};
  std::minstd_rand random(1);
  for (int i = 0; i < 2000; ++i) {
    const auto target = static_cast<TargetEncoding>(i % kTargetKeys.size());
    const auto newline = static_cast<Newline>(i / 5 % 3);
    const Encoder e = encoders().at(i % kTargetKeys.size());
    std::string utf8;
    Bytes expected;
    const auto append = [&](char32_t cp) {
      const Bytes code = put(encoders().front(), cp);
      utf8.append(code.begin(), code.end());
      const Bytes written = put(e, cp);
      expected.insert(expected.end(), written.begin(), written.end());
    };
    for (unsigned runs = random() % 8; runs > 0; --runs) {
      const char32_t cp = kAny[random() % std::size(kAny)];
      if (!e.holds(cp)) continue;
      if (newline != Newline::keep && (cp == U'\n' || cp == U'\r')) {
        if (utf8.ends_with('\r')) continue;
        utf8 += cp == U'\n' ? "\n" : "\r\n";
        for (const char32_t c : std::u32string(newline == Newline::lf ? U"\n" : U"\r\n")) {
          const Bytes written = put(e, c);
          expected.insert(expected.end(), written.begin(), written.end());
        }
        continue;
      }
      for (auto n = 1 + random() % 20; n > 0; --n) append(cp);
    }
    const std::span bytes(reinterpret_cast<const std::uint8_t*>(utf8.data()), utf8.size());
    Bytes out(e.room_for(utf8.size()));
    out.resize(e.encode(bytes, newline, out.data()));
    ASSERT_EQ(out, expected) << target_key(target) << " " << newline_key(newline) << " " << utf8;
  }
}

}  // namespace
}  // namespace hyojun::charmap
