// The standard as data/*.tsv tell it: which outcome and which name a character has. Maps and sets, nothing clever.
#ifndef HYOJUN_TESTS_ORACLE_STANDARD_H_
#define HYOJUN_TESTS_ORACLE_STANDARD_H_

#include <map>
#include <set>
#include <string>
#include <utility>

namespace hyojun::oracle {

// In the order of the contract.
enum class Outcome {
  standard,
  default_glyph,
  gaiji_mapped,
  gaiji_unmapped,
  unregistered_sequence,
  not_in_standard,
  control,
  malformed,
};

using Sequence = std::pair<char32_t, char32_t>;

// What stands above the bundled standard in a run.
struct Above {
  std::map<char32_t, bool> gaiji;         // decided gaiji: true with a target
  std::map<Sequence, std::string> layer;  // code (second 0 if plain) → name
};

class Standard {
 public:
  Standard();
  static const Standard& get();  // made once

  Outcome classify(char32_t first, char32_t second = 0, const Above& above = {}) const;
  // The name of the standard character; empty where none is named.
  std::string name(char32_t first, char32_t second = 0) const;
  // True if the two code points make one character.
  bool joins(char32_t first, char32_t second) const;

  static bool is_selector(char32_t cp);
  static bool is_mark(char32_t cp);
  static bool is_kana(char32_t cp);
  static bool is_control(char32_t cp);
  // General_Category; "Cn" if unassigned.
  std::string category(char32_t cp) const;

  const std::map<char32_t, std::string>& plain() const { return plain_; }          // code point → name
  const std::set<char32_t>& shared() const { return shared_; }                     // default glyphs
  const std::map<Sequence, std::string>& sequences() const { return sequences_; }  // sequence → name
  const std::map<Sequence, std::string>& collections() const { return collections_; }
  const std::set<Sequence>& x0213() const { return x0213_; }
  const std::set<char32_t>& font_dependent() const { return font_dependent_; }

 private:
  void read_kanji();
  void read_others();
  void add_composed_kana();

  std::map<char32_t, std::pair<char32_t, std::string>> categories_;  // first → last, category
  std::map<char32_t, std::string> plain_;
  std::set<char32_t> shared_;
  std::map<Sequence, std::string> sequences_;
  std::map<Sequence, std::string> collections_;
  std::set<Sequence> x0213_;
  std::set<char32_t> font_dependent_;
};

}  // namespace hyojun::oracle

#endif  // HYOJUN_TESTS_ORACLE_STANDARD_H_
