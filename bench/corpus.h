// A corpus of made-up residents, as a municipality's legacy system would hand them over. Nobody in it exists.
//
// The same options and seed give the same residents on every machine. The first n residents do not depend on how many
// are asked for. Where the figures come from: bench/README.md.
#ifndef HYOJUN_BENCH_CORPUS_H_
#define HYOJUN_BENCH_CORPUS_H_

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "names.h"
#include "places.h"
#include "random.h"
#include "rare.h"

namespace hyojun::bench {

inline constexpr std::size_t kColumns = 8;
enum Column : std::size_t { kNumber, kName, kKana, kBirth, kSex, kPostalCode, kAddress, kMoved };
inline constexpr std::array<std::u32string_view, kColumns> kHeader = {
    U"宛名番号", U"氏名漢字", U"氏名カナ", U"生年月日", U"性別", U"郵便番号", U"住所", U"異動日"};

struct Resident {
  std::array<std::u32string, kColumns> fields;
  std::size_t rare = 0;  // rare characters put in
};

struct CorpusOptions {
  std::uint64_t seed = 42;
  std::uint32_t rare_per_million = 20'000;  // of the kanji of names and towns; 20,000 = --rare 2
  bool half_width_kana = false;
  bool only_rare = false;  // every field holds nothing but sequences, gaiji and supplementary characters
};

// What a corpus holds, measured while it is made.
struct Mix {
  std::uint64_t records = 0;
  std::uint64_t characters = 0;  // delimiters and line ends included
  std::uint64_t ascii = 0;
  std::uint64_t kanji = 0;
  std::uint64_t rare = 0;
  std::uint64_t records_with_rare = 0;
  void add(const Resident& resident, std::u32string_view line);
  std::string text() const;  // one line for people
};

class Corpus {
 public:
  Corpus(const CorpusOptions& options, std::shared_ptr<const charmap::StandardTable> table);

  // The next resident; reuses the memory of `out`.
  void next(Resident& out);

 private:
  struct PoolKanji {
    char32_t kanji;
    std::u32string kana;
  };
  void next_only_rare(Resident& out);
  void make_pool();
  void append_name_kanji(std::u32string_view kanji, std::u32string& out, std::size_t& rare);
  void surname(Resident& out);
  void given_name(Resident& out, bool man);
  void address(Resident& out);
  const WeightedName& weighted(std::span<const WeightedName> names, const std::vector<std::uint16_t>& choices);

  CorpusOptions options_;
  std::shared_ptr<const charmap::StandardTable> table_;
  RareCharacters rare_;
  Random random_;
  std::vector<Town> towns_;
  std::vector<PoolKanji> pool_;  // level 1 kanji, then level 2
  std::vector<std::uint16_t> surname_choices_, mens_choices_, womens_choices_;
  std::uint64_t number_ = 0;
};

// The line of a record without its line end. `quoted`: every field in quotes, else only those that need them.
void append_csv(std::span<const std::u32string> fields, bool quoted, std::u32string& out);
void append_header(bool quoted, std::u32string& out);

}  // namespace hyojun::bench

#endif  // HYOJUN_BENCH_CORPUS_H_
