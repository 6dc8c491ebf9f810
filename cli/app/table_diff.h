// What changed between two tables or two layers.
#ifndef HYOJUN_CLI_APP_TABLE_DIFF_H_
#define HYOJUN_CLI_APP_TABLE_DIFF_H_

#include <string>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/repertoire.h"

namespace hyojun::app {

struct TableChange {
  enum class Kind : std::uint8_t { added, removed, changed };
  Kind kind;
  std::string name;
  std::string field;  // of a changed character: which
  std::string before;
  std::string after;
};

// Compares every character of the two by name: MJ, hentaigana, non-kanji and layers. Sorted by name, then field.
std::vector<TableChange> compare(const charmap::Repertoire& before, const charmap::Repertoire& after);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_TABLE_DIFF_H_
