// The encodings that are read by table: every code against ICU and glibc, with a list of the differences and their
// reasons.
#include "hyojun/charmap/code_table.h"

#include <fmt/format.h>
#include <iconv.h>
#include <unicode/ucnv.h>

#include <algorithm>
#include <functional>
#include <map>

#include "engine.h"
#include "oracle/tsv.h"

namespace hyojun::charmap {
namespace {

using Text = std::u32string;
using Codes = std::map<std::string, Text>;  // code in hex → characters; absent: refused

// What is asked of a library: bytes around a code that bring it into the right state and out again.
struct Frame {
  std::string before, after;
};

std::string bytes_of(unsigned code, std::size_t length) {
  std::string bytes;
  for (std::size_t i = length; i > 0; --i) bytes += static_cast<char>(code >> (8 * (i - 1)));
  return bytes;
}

std::string hex_of(const std::string& bytes) { return hex(Bytes(bytes.begin(), bytes.end())); }

class Icu {
 public:
  explicit Icu(const char* name) {
    UErrorCode error = U_ZERO_ERROR;
    converter_ = ucnv_open(name, &error);
    ucnv_setToUCallBack(converter_, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &error);
    EXPECT_TRUE(U_SUCCESS(error)) << name;
  }
  ~Icu() { ucnv_close(converter_); }
  Icu(const Icu&) = delete;
  Icu& operator=(const Icu&) = delete;

  Text decode(const std::string& bytes) const {
    UChar out[16];
    UErrorCode error = U_ZERO_ERROR;
    const int32_t length = ucnv_toUChars(converter_, out, 16, bytes.data(), static_cast<int32_t>(bytes.size()), &error);
    Text text;
    for (int32_t i = 0; U_SUCCESS(error) && i < length;) {
      UChar32 cp = 0;
      U16_NEXT(out, i, length, cp);
      text += static_cast<char32_t>(cp);
    }
    return text;
  }

 private:
  UConverter* converter_;
};

class Glibc {
 public:
  explicit Glibc(const char* name) : converter_(iconv_open("UTF-32LE", name)) {
    EXPECT_NE(converter_, reinterpret_cast<iconv_t>(-1)) << name;
  }
  ~Glibc() { iconv_close(converter_); }
  Glibc(const Glibc&) = delete;
  Glibc& operator=(const Glibc&) = delete;

  Text decode(std::string bytes) const {
    iconv(converter_, nullptr, nullptr, nullptr, nullptr);
    char32_t out[16] = {};
    char* from = bytes.data();
    char* to = reinterpret_cast<char*>(out);
    std::size_t left = bytes.size();
    std::size_t room = sizeof out;
    if (iconv(converter_, &from, &left, &to, &room) != 0 || left != 0) return {};
    iconv(converter_, nullptr, nullptr, &to, &room);  // a kana that waited for a mark
    return {out, (sizeof out - room) / sizeof out[0]};
  }

 private:
  iconv_t converter_;
};

// Every code of one, two and three bytes that the encoding could have: singles, A1A1–FEFE and so on.
struct Range {
  unsigned first, last;
  std::size_t length;
  Frame frame{};
};

// A known difference, and how many codes show it.
struct Difference {
  std::string reason;
  std::function<bool(const std::string& code, const Text& ours, const Text& theirs)> holds;
  std::size_t codes;
};

template <typename Library>
void compare(Encoding encoding, const std::vector<Range>& ranges, const Library& library,
             const std::vector<Difference>& known = {}) {
  const auto table = CodeTable::bundled(encoding);
  std::vector<std::size_t> found(known.size());
  std::size_t same = 0;
  for (const Range& range : ranges) {
    for (unsigned code = range.first; code <= range.last; ++code) {
      const std::string bytes = bytes_of(code, range.length);
      const Text ours = table->decode({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
      // What begins with a character of one byte is two characters, not a code.
      if (range.length > 1 && !library.decode(range.frame.before + bytes[0] + range.frame.after).empty()) continue;
      const Text theirs = library.decode(range.frame.before + bytes + range.frame.after);
      same += ours == theirs && !ours.empty();
      if (ours == theirs) continue;
      const auto reason =
          std::ranges::find_if(known, [&](const Difference& d) { return d.holds(hex_of(bytes), ours, theirs); });
      if (reason != known.end()) {
        ++found[static_cast<std::size_t>(reason - known.begin())];
      } else {
        ADD_FAILURE() << encoding_name(encoding) << " " << hex_of(bytes) << ": " << oracle::notation(ours) << " / "
                      << oracle::notation(theirs);
      }
    }
  }
  for (std::size_t i = 0; i < known.size(); ++i) EXPECT_EQ(found[i], known[i].codes) << known[i].reason;
  EXPECT_GT(same, 6000U);
}

const std::vector<Range> kEuc = {{0x00, 0xFF, 1}, {0x8080, 0xFFFF, 2}, {0x8FA1A1, 0x8FFEFE, 3}};

TEST(CodeTable, ReadsEucJpMsAsGlibc) { compare(Encoding::euc_jp_ms, kEuc, Glibc("EUC-JP-MS")); }
TEST(CodeTable, ReadsEucJis2004AsGlibc) { compare(Encoding::euc_jis_2004, kEuc, Glibc("EUC-JISX0213")); }
TEST(CodeTable, ReadsShiftJis2004AsGlibc) {
  compare(Encoding::shift_jis_2004, {{0x00, 0xFF, 1}, {0x8100, 0xFFFF, 2}}, Glibc("SHIFT_JISX0213"));
}
TEST(CodeTable, ReadsIbmEucAsIcu) {
  compare(Encoding::ibm33722, kEuc, Icu("ibm-33722"));
  compare(Encoding::ibm954, kEuc, Icu("ibm-954"));
}

TEST(CodeTable, ReadsIso2022JpAsGlibcAndIcu) {
  const std::vector<Range> x0208 = {{0x2121, 0x7E7E, 2, {"\x1B$B", "\x1B(B"}}};
  compare(Encoding::iso_2022_jp, x0208, Glibc("ISO-2022-JP"));
  const std::map<std::string, std::pair<char32_t, char32_t>> microsofts = {
      {"2141", {U'〜', U'～'}}, {"2142", {U'‖', U'∥'}},  {"215D", {U'−', U'－'}},
      {"2171", {U'¢', U'￠'}},  {"2172", {U'£', U'￡'}}, {"224C", {U'¬', U'￢'}}};
  compare(Encoding::iso_2022_jp, x0208, Icu("ISO-2022-JP"),
          {{"ICU has Microsoft's code points",
            [&](const std::string& code, const Text& ours, const Text& theirs) {
              const auto it = microsofts.find(code);
              return it != microsofts.end() && ours == Text{it->second.first} && theirs == Text{it->second.second};
            },
            6},
           {"ICU reads NEC's and IBM's extensions of JIS X 0208",
            [](const std::string& code, const Text& ours, const Text&) {
              const std::string row = code.substr(0, 2);
              return ours.empty() && (row == "2D" || row >= "79");
            },
            457}});
}

const std::vector<Range> kEbcdic = {{0x00, 0xFF, 1}, {0x4040, 0xFEFE, 2, {"\x0E", "\x0F"}}};
const Difference kNewLine = {"a line of EBCDIC ends with NL: LF here",
                             [](const std::string& code, const Text& ours, const Text& theirs) {
                               return code == "15" && ours == U"\n" && theirs == U"\x85";
                             },
                             1};

TEST(CodeTable, ReadsEbcdicAsIcu) {
  compare(Encoding::ibm930, kEbcdic, Icu("ibm-930"), {kNewLine});
  compare(Encoding::ibm939, kEbcdic, Icu("ibm-939"), {kNewLine});
  compare(Encoding::ibm1390, kEbcdic, Icu("ibm-1390"), {kNewLine});
  compare(Encoding::ibm1399, kEbcdic, Icu("ibm-1399"), {kNewLine});
}

TEST(CodeTable, ReadsEbcdicAsGlibc) {
  const auto substitute = [](std::size_t codes) {
    return Difference{"glibc gives SUB for bytes without a character",
                      [](const std::string& code, const Text& ours, const Text& theirs) {
                        return code.size() == 2 && ours.empty() && theirs == U"\x1A";
                      },
                      codes};
  };
  compare(Encoding::ibm930, kEbcdic, Glibc("IBM930"), {kNewLine});
  compare(Encoding::ibm939, kEbcdic, Glibc("IBM939"), {kNewLine});
  compare(Encoding::ibm1390, kEbcdic, Glibc("IBM1390"), {kNewLine, substitute(27)});
  compare(Encoding::ibm1399, kEbcdic, Glibc("IBM1399"), {kNewLine, substitute(27)});
}

}  // namespace
}  // namespace hyojun::charmap
