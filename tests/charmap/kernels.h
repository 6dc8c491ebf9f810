// All kernels of this machine, compared with the general path on one text.
#ifndef HYOJUN_TESTS_CHARMAP_KERNELS_H_
#define HYOJUN_TESTS_CHARMAP_KERNELS_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "engine.h"
#include "hyojun/charmap/kernel.h"
#include "hyojun/charmap/layer.h"

namespace hyojun::charmap {

inline constexpr Structure kFormats[] = {{.kind = Structure::Kind::text},
                                         {.header = false},
                                         {.delimiter = U'\t', .header = false},
                                         {.delimiter = U'|', .header = true}};
inline constexpr std::size_t kTile = 3072;

// To identify, and as the converter asks for it: without and with a limit.
struct Purpose {
  Limit limit = Limit::none;
  bool conversion = false;
};
inline constexpr Purpose kPurposes[] = {{}, {Limit::none, true}, {Limit::jisx0213, true}};

// With characters of a layer: private use, outside the standard, and sequences.
inline std::shared_ptr<const Repertoire> repertoire() {
  static const auto repertoire = [] {
    Layer layer = Layer::make({{"GJ000001", 0xE000, 0, 0},
                               {"GJ000002", U'张', 0, U'張'},
                               {"GJ000003", U'辻', 0xE01EF, 0},
                               {"MH000001", 0x1B002, 0x3099, 0}},
                              "layer", "1", *StandardTable::bundled())
                      .value();
    return std::make_shared<const Repertoire>(Repertoire::make(StandardTable::bundled(), {std::move(layer)}).value());
  }();
  return repertoire;
}

inline Plan plan_for(Encoding encoding, Kernel kernel, Structure structure, Purpose purpose = {}) {
  return Plan({.encoding = encoding,
               .structure = structure,
               .kernel = kernel,
               .limit = purpose.limit,
               .conversion_events = purpose.conversion},
              repertoire());
}

inline Bytes encoded(Encoding encoding, const std::u32string& text) {
  return oracle::encode(oracle_encoding(encoding), text);
}

inline void append(Bytes& bytes, const Bytes& more) { bytes.insert(bytes.end(), more.begin(), more.end()); }

// Compares all kernels on one text in all formats. Where the events have no room for what a block may hold, no kernel
// runs and the general path reads everything.
class Kernels {
 public:
  explicit Kernels(Encoding encoding) {
    for (const Structure& structure : kFormats) {
      for (const Purpose purpose : kPurposes) {
        for (const Kernel kernel : available_kernels()) {
          plans_.push_back(plan_for(encoding, kernel, structure, purpose));
        }
      }
    }
  }

  void expect_equal(const Bytes& bytes, const Feed& feed = {}) const {
    constexpr std::size_t kKinds = std::size(kFormats) * std::size(kPurposes);
    const std::size_t kernels = plans_.size() / kKinds;
    for (std::size_t kind = 0; kind < kKinds; ++kind) {
      const Scanned general = scan_all(plans_[kind * kernels], bytes, {feed.cuts, kEventRoom + 20});
      for (std::size_t k = 0; k < kernels; ++k) {
        const Plan& plan = plans_[kind * kernels + k];
        const Scanned fast = scan_all(plan, bytes, feed);
        const bool same = fast.events == general.events && fast.counts.outcomes == general.counts.outcomes &&
                          fast.counts.shapes == general.counts.shapes &&
                          fast.counts.records == general.counts.records &&
                          fast.unclosed_quote == general.unclosed_quote;
        ASSERT_TRUE(same) << kernel_name(plan.options().kernel) << ", format and purpose " << kind << ": "
                          << difference(fast, general) << "\n"
                          << hex(bytes).substr(0, 2000);
      }
    }
  }

 private:
  static std::string difference(const Scanned& fast, const Scanned& general) {
    const auto [a, b] =
        std::mismatch(fast.events.begin(), fast.events.end(), general.events.begin(), general.events.end());
    return (a == fast.events.end() ? "no more events" : a->text()) + " / " +
           (b == general.events.end() ? "no more events" : b->text()) + "; counts " +
           testing::PrintToString(fast.counts.outcomes) + " / " + testing::PrintToString(general.counts.outcomes) +
           "; records " + std::to_string(fast.counts.records) + " / " + std::to_string(general.counts.records);
  }

  std::vector<Plan> plans_;
};

// Plain text of `length` bytes that ends in whole characters: ASCII fills what the pattern leaves.
inline constexpr std::size_t kPatterns = 7;
inline Bytes plain(Encoding encoding, std::size_t length, std::size_t pattern) {
  static const std::u32string kTexts[kPatterns] = {
      U"a", U"山田辻亜", U"a山,b|", U"アｱ,ウ\n", U"1,山\r\n", U"\"山\"\"田\",\"1\n2,\"\r\n", U"ソ表\t"};
  const Bytes part = encoded(encoding, kTexts[pattern]);
  Bytes bytes;
  while (bytes.size() + part.size() <= length) append(bytes, part);
  while (bytes.size() < length) append(bytes, encoded(encoding, U"x"));
  return bytes;
}

inline std::vector<Bytes> rare(Encoding encoding) {
  const std::vector<std::u32string> texts = {U"\u3099",
                                             U"\uFE00",
                                             U"\U000E0100",
                                             U"\u0300",
                                             U"\u02E5",
                                             U"𠮷",
                                             U"\uE000",
                                             U"张",
                                             U"辻",
                                             U"か\u3099",
                                             U"\"",
                                             U"\"\"",
                                             U"\r",
                                             U"\r\n",
                                             U"\n",
                                             U",",
                                             U"\t",
                                             U"\x1B",
                                             U"\uFEFF",
                                             U"\uFFFF",
                                             U"é",
                                             U"\u0A0A",
                                             U"\uD7A3",
                                             U"\U0010FFFF",
                                             U"|",
                                             U"\x7F",
                                             U"\x0B",
                                             U"\",\"",
                                             U"辻\U000E0101",
                                             U"𠮷\U000E0100\U000E0101",
                                             U",\U000E0100",
                                             U"\"\uFE00",
                                             U"辻\U000E01EF",
                                             U"\U0001B002\u3099",
                                             U"纊",
                                             U"㐂",
                                             U"塚\uFE00"};
  std::vector<Bytes> result;
  for (const std::u32string& text : texts) result.push_back(encoded(encoding, text));
  if (encoding == Encoding::cp932) {
    for (const Bytes& bytes : {Bytes{0xF0, 0x40}, Bytes{0x81, 0xAD}, Bytes{0x81, 0x20}, Bytes{0xA0}, Bytes{0xFD},
                               Bytes{0x80}, Bytes{0x83, 0x7C}, Bytes{0x83, 0x7F}, Bytes{0xFC, 0xFC}}) {
      result.push_back(bytes);
    }
  }
  return result;
}

}  // namespace hyojun::charmap

#endif  // HYOJUN_TESTS_CHARMAP_KERNELS_H_
