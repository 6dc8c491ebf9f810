// What a conversion must write, character by character, from data/*.tsv and the rules as the documentation states them.
#ifndef HYOJUN_TESTS_ORACLE_CONVERSION_H_
#define HYOJUN_TESTS_ORACLE_CONVERSION_H_

#include <optional>
#include <string>
#include <vector>

#include "structure.h"

namespace hyojun::oracle {

// 縮退マップ: the target a rule picks for an MJ name and the key of its relation ("" for an exception); none.
struct Pick {
  char32_t target;
  std::string relation;
  bool operator==(const Pick&) const = default;
};
std::optional<Pick> pick(const std::string& rule, const std::string& name);

// Is this plain standard code point in JIS X 0213?
bool in_x0213(char32_t cp);

// What a decided gaiji is: a name, or code points.
struct Target {
  std::string name;
  std::u32string text;
};

struct Policy {
  bool base = false;
  std::string shrink;  // strict, ipa, none; empty: no limit
  std::string unidentified = "fail";
};

struct Converted {
  Bytes bytes;
  std::vector<std::string> replacements;  // "offset+length record field action target relation"
  std::size_t brackets = 0;
};

std::string replacement(std::size_t offset, std::size_t length, std::size_t record, std::size_t field,
                        const std::string& action, const std::u32string& target, const std::string& relation);

// `gaiji` holds the decided gaiji with their targets; `undecided` those without.
Converted convert(Encoding encoding, const Format& format, const Bytes& bytes, const Policy& policy,
                  const std::map<char32_t, Target>& gaiji, const std::map<Sequence, std::string>& layer = {},
                  const std::map<std::string, char32_t>& layer_base = {});

}  // namespace hyojun::oracle

#endif  // HYOJUN_TESTS_ORACLE_CONVERSION_H_
