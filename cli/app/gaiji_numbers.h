// What the numbers in an office's own list of gaiji lead to, without a look at any shape.
//
// 住基ネット統一文字コード (J+) and 戸籍統一文字番号 name one MJ character each, 登記統一文字番号 nearly so; 登記
// numbers that begin with 00 carry the 戸籍 number. Traps of J+, each told with the candidate: J+AC00–D6FF are
// additional kanji, Hangul in Unicode; J+ follows the shapes of JIS X 0213:2000, so that J+845B is not what a plain
// U+845B is today. A candidate is never a decision: the list itself may be wrong.
#ifndef HYOJUN_CLI_APP_GAIJI_NUMBERS_H_
#define HYOJUN_CLI_APP_GAIJI_NUMBERS_H_

#include <optional>
#include <string>
#include <vector>

#include "hyojun/charmap/repertoire.h"

namespace hyojun::app {

// As in the list, without spaces: "J+9089" or "9089", "445000", "00445000". Empty: not given.
struct GaijiNumbers {
  std::string juki{};
  std::string koseki{};
  std::string toki{};
  bool empty() const { return juki.empty() && koseki.empty() && toki.empty(); }
};

struct NumberCandidate {
  std::string name;                    // 文字図形名
  std::string basis;                   // "住基ネット統一文字コード J+9089"; several joined by 、
  std::vector<base::Text> warnings{};  // what the person who confirms it has to know
  std::optional<bool> agrees{};        // with the shape of the gaiji (gaiji_number_check.h); none: not compared
};

struct NumberAnswer {
  std::vector<NumberCandidate> candidates{};  // in the order J+, 戸籍, 登記; each name once
  std::vector<base::Text> problems{};         // numbers that lead nowhere or to different characters
};

NumberAnswer candidates_of(const charmap::Repertoire& repertoire, const GaijiNumbers& numbers);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_GAIJI_NUMBERS_H_
