// Seeded random text that mixes everything a resident file may hold, sound and broken.
#ifndef HYOJUN_TESTS_CHARMAP_STRUCTURED_TEXT_H_
#define HYOJUN_TESTS_CHARMAP_STRUCTURED_TEXT_H_

#include <random>

#include "engine.h"

namespace hyojun::charmap {

class StructuredText {
 public:
  explicit StructuredText(std::uint32_t seed) : random_(seed) {}

  // `atoms` pieces of text in `encoding`, with raw bytes between them now and then. Before each, up to `plain` plain
  // characters.
  Bytes make(Encoding encoding, std::size_t atoms, std::size_t plain = 0) {
    Bytes bytes;
    for (std::size_t i = 0; i < atoms; ++i) {
      for (std::size_t n = below(plain + 1); n > 0; --n) {
        const char32_t character = U"aZ09 ,.山田亜邉ソあンｱ、"[below(17)];
        const Bytes part = oracle::encode(oracle_encoding(encoding), {character});
        bytes.insert(bytes.end(), part.begin(), part.end());
      }
      if (below(25) == 0) {
        for (std::size_t n = 1 + below(3); n > 0; --n) bytes.push_back(static_cast<std::uint8_t>(below(256)));
      }
      const Bytes part = oracle::encode(oracle_encoding(encoding), atom());
      bytes.insert(bytes.end(), part.begin(), part.end());
      if (below(60) == 0) bytes.pop_back();  // cut inside a character
    }
    return bytes;
  }

  std::size_t below(std::size_t limit) { return random_() % limit; }

 private:
  std::u32string atom() {
    static const std::vector<std::u32string> kAtoms = {U"a",
                                                       U"1",
                                                       U" ",
                                                       U",",
                                                       U",",
                                                       U",",
                                                       U"\t",
                                                       U"|",
                                                       U"|",
                                                       U"\"",
                                                       U"\"",
                                                       U"\"",
                                                       U"\"\"",
                                                       U"\",\"",
                                                       U"\n",
                                                       U"\r",
                                                       U"\r\n",
                                                       U"\n\n",
                                                       U"山",
                                                       U"田",
                                                       U"辻",
                                                       U"邉",
                                                       U"亜",
                                                       U"一",
                                                       U"ア",
                                                       U"ｱ",
                                                       U"ー",
                                                       U"ポ",
                                                       U"ソ",
                                                       U"表",
                                                       U"\u3000",
                                                       U"辻\U000E0100",
                                                       U"\u9089\U000E010F",
                                                       U"辻\U000E01EF",
                                                       U"\uFE00",
                                                       U"\U000E0100",
                                                       U"\"\U000E0100",
                                                       U",\uFE01",
                                                       U"\n\U000E0101",
                                                       U"か\u3099",
                                                       U"か\u309A",
                                                       U"\u3099",
                                                       U"亜\u3099",
                                                       U"ｶ\u3099",
                                                       U"\u02E9\u02E5",
                                                       U"\u02E5",
                                                       U"\u00E6\u0300",
                                                       U"\u0300",
                                                       U"\uFEFF",
                                                       U"\uE000",
                                                       U"\uE001",
                                                       U"\uE000\uFE00",
                                                       U"\uE757",
                                                       U"\U000F0000",
                                                       U"\x1B",
                                                       U"\x1B$B",
                                                       std::u32string(1, U'\0'),
                                                       U"\x7F",
                                                       U"\u0085",
                                                       U"\uFFFF",
                                                       U"𠮷",
                                                       U"𠮷\U000E0101",
                                                       U"\U0002D020",
                                                       U"张",
                                                       U"한",
                                                       U"😀",
                                                       U"\u0378",
                                                       U"\u0378\uFE00",
                                                       U"\U0001B002\u3099",
                                                       U"\uFA10",
                                                       U"隆",
                                                       U"\u0A0A",
                                                       U"\u2C2C",
                                                       U"\u0D0A",
                                                       U"\u220A",
                                                       U"\u0D00",
                                                       U"\u2222"};
    return kAtoms[below(kAtoms.size())];
  }

  std::mt19937 random_;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_TESTS_CHARMAP_STRUCTURED_TEXT_H_
