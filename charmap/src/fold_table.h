// The named foldings, code point by code point. Internal to charmap.
#ifndef HYOJUN_CHARMAP_SRC_FOLD_TABLE_H_
#define HYOJUN_CHARMAP_SRC_FOLD_TABLE_H_

#include <utility>
#include <vector>

#include "hyojun/charmap/converter.h"

namespace hyojun::charmap {

// Immutable, shared by threads. combining_kana folds sequences and is not here.
class FoldTable {
 public:
  explicit FoldTable(const StandardTable& table);
  // 0 where none of these foldings is for the code point.
  char32_t find(char32_t code_point, Folds folds) const noexcept;
  struct Entry {
    char32_t from, to;
    Fold fold;
  };
  const std::vector<Entry>& entries() const noexcept { return entries_; }

 private:
  std::vector<Entry> entries_;  // sorted by `from`, each once
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_FOLD_TABLE_H_
