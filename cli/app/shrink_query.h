// What a character may be shrunk to, for a person to decide and for programs.
#ifndef HYOJUN_CLI_APP_SHRINK_QUERY_H_
#define HYOJUN_CLI_APP_SHRINK_QUERY_H_

#include <memory>
#include <string>
#include <vector>

#include "hyojun/charmap/converter.h"

namespace hyojun::app {

struct ShrinkAnswer {
  std::string input;
  std::optional<charmap::CharacterId> id;  // absent: no character of the standard; of a default_glyph the assumed one
  std::string name;
  std::u32string pick;   // empty: nothing fits
  std::string relation;  // of the pick: a key of ShrinkRelation; "exception" of IPA's rule, "map", "within" (the
                         // character itself, which is no kanji); empty without a pick
  std::vector<charmap::ShrinkCandidate> candidates;  // inside the set, in the order of StandardTable
  std::string note;                                  // 参考情報 of the map
  std::size_t distinct_targets() const;
};

// Thread-safety: immutable.
class ShrinkQuery {
 public:
  ShrinkQuery(std::shared_ptr<const charmap::Repertoire> repertoire, charmap::ShrinkTo to, charmap::ShrinkRule rule,
              std::shared_ptr<const charmap::ShrinkMap> map);

  // `item`: a character, a sequence, U+… (U+…), or a character name. The pick of an MJ character is the rule's, also
  // where the character itself is in the set.
  ShrinkAnswer answer(const std::string& item) const;
  ShrinkAnswer answer(charmap::CharacterId id) const;
  // The MJ characters with several targets of which nothing is picked.
  std::vector<ShrinkAnswer> undecided() const;

 private:
  void fill(ShrinkAnswer& answer, char32_t first, char32_t second) const;

  std::shared_ptr<const charmap::Repertoire> repertoire_;
  charmap::ShrinkTo to_;
  charmap::ShrinkRule rule_;
  std::shared_ptr<const charmap::ShrinkMap> map_;  // may be null
  std::shared_ptr<const charmap::CodePointSet> within_;
};

}  // namespace hyojun::app

#endif  // HYOJUN_CLI_APP_SHRINK_QUERY_H_
