// Looks characters up by anything a person may have of them.
#ifndef HYOJUN_CLI_APP_CHARACTER_QUERY_H_
#define HYOJUN_CLI_APP_CHARACTER_QUERY_H_

#include <string>
#include <vector>

#include "hyojun/base/error.h"
#include "hyojun/charmap/repertoire.h"

namespace hyojun::app {

struct CharacterMatch {
  charmap::CharacterRecord record;
  bool is_default = false;  // the glyph that a plain code point of the query is assumed to mean
};

struct CharacterAnswer {
  std::string query;
  std::vector<CharacterMatch> matches;         // empty: nothing fits
  std::optional<charmap::Outcome> outcome;     // where the query is one character: what identify would say
  std::vector<charmap::Reference> references;  // 正字 of a character outside the standard: shown, never applied
  std::string collection;                      // of an unregistered sequence
};

// Understands, in this order:
//   U+9089, U+9089 U+E010F (one argument)   code points
//   MJ026190, GJ000139, GJH00874, MH000001  character name
//   J+9089                                  住基ネット統一文字コード
//   445000 (6 digits)                       戸籍統一文字番号
//   00445000 (8 digits)                     登記統一文字番号
//   162.15                                  radical (部首番号) and strokes without it
//   two kana or more, or よみ:あ             reading; hiragana and katakana are one
//   one character or sequence               every record of it, the default glyph first
// Errors: usage (nothing of these, or not UTF-8).
base::Result<CharacterAnswer> look_up(const charmap::Repertoire& repertoire, const std::string& query);

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_CHARACTER_QUERY_H_
