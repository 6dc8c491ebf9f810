// Rare characters: what legacy resident data holds beside JIS X 0208, chosen from the standard table.
#ifndef HYOJUN_BENCH_RARE_H_
#define HYOJUN_BENCH_RARE_H_

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "hyojun/charmap/table.h"
#include "random.h"

namespace hyojun::bench {

enum class RareKind : std::uint8_t {
  level_3_4,      // JIS X 0213 level 3 and 4
  extension_b,    // MJ characters of the supplementary planes
  moji_joho,      // sequences of the MJ list
  adobe_japan1,   // sequences that only Adobe-Japan1 has: the list does not know them
  compatibility,  // CJK compatibility ideographs
  gaiji,          // private-use code points
  unknown,        // ideographs that are not in the standard
};
inline constexpr std::size_t kRareKinds = 7;

// Read once from the table (some 0.1 s); immutable and thread-safe afterwards.
class RareCharacters {
 public:
  explicit RareCharacters(const charmap::StandardTable& table);

  // What a person's name may have in place of `original`: mostly a variant of it (髙 for 高, 辻 with a selector), else
  // any rare character. One code point, or a base and a selector.
  std::u32string_view instead_of(char32_t original, Random& random) const;

  // A sequence, a gaiji or a supplementary character: what no loop over plain characters reads.
  std::u32string_view never_plain(Random& random) const;

  std::span<const std::u32string> of(RareKind kind) const { return kinds_[static_cast<std::size_t>(kind)]; }

 private:
  struct Variants {
    std::vector<std::u32string> usual;  // 髙 for 高
    std::vector<std::u32string> moji_joho;
    std::vector<std::u32string> adobe_japan1;
  };
  void add_variants(const charmap::StandardTable& table);
  std::u32string_view any(Random& random) const;
  std::vector<std::u32string>& list(RareKind kind) { return kinds_[static_cast<std::size_t>(kind)]; }

  std::array<std::vector<std::u32string>, kRareKinds> kinds_;
  std::unordered_map<char32_t, Variants> variants_;
};

// The private-use code points that generated data holds: the upper end of what CP932 maps its gaiji to, so that the
// lower end is free for characters that CP932 lacks.
inline constexpr char32_t kFirstGaiji = 0xE5E0;
inline constexpr char32_t kLastGaiji = 0xE757;

// True for characters of JIS X 0208 by its codes in CP932.
bool in_jisx0208(const charmap::StandardTable& table, char32_t code_point);

// True for ideographs, 々 and compatibility ideographs included.
bool is_kanji(char32_t code_point);

// True for variation selectors, which never stand alone in generated data.
constexpr bool is_selector(char32_t code_point) {
  return (code_point >= 0xFE00 && code_point <= 0xFE0F) || (code_point >= 0xE0100 && code_point <= 0xE01EF);
}

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_RARE_H_
