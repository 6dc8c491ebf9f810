#include "conversion.h"

#include <algorithm>
#include <cstdio>
#include <regex>
#include <tuple>

#include "tsv.h"

namespace hyojun::oracle {

namespace {

const Standard& standard() { return Standard::get(); }

const std::map<std::string, Row>& list() {
  static const auto rows = [] {
    std::map<std::string, Row> result;
    for (const char* file : {"mj.tsv", "hentaigana.tsv"}) {
      for (const Row& row : read_tsv(file)) result[row.at("name")] = row;
    }
    return result;
  }();
  return rows;
}

const std::map<std::string, std::vector<Row>>& shrink_rows() {
  static const auto rows = [] {
    std::map<std::string, std::vector<Row>> result;
    for (const Row& row : read_tsv("mj_shrink.tsv")) result[row.at("name")].push_back(row);
    return result;
  }();
  return rows;
}

char32_t one(const std::string& cell) { return cell.empty() ? 0 : code_points(cell)[0]; }

// 1 常用, 2–4 人名用 by level, 5 all others.
int kind_of_target(const Row& row) {
  const auto name = standard().plain().find(one(row.at("target")));
  const auto entry = name == standard().plain().end() ? list().end() : list().find(name->second);
  const std::string policy = entry == list().end() ? "" : entry->second.at("policy");
  if (policy == "常用漢字") return 1;
  if (policy != "人名用漢字") return 5;
  const std::string code = row.at("x0213");  // fixed width: compares as text
  if (code >= "1-16-01" && code <= "1-47-51") return 2;
  if (code >= "1-48-01" && code <= "1-84-06") return 3;
  return code >= "1-14-01" && code <= "1-94-94" ? 4 : 5;
}

std::optional<Pick> pick_ipa(const std::string& name) {
  static const std::map<std::string, char32_t> named = {
      {"MJ006457", 0x4E1E}, {"MJ011815", 0x613C}, {"MJ016886", 0x53CB}, {"MJ020479", 0x7E8F}, {"MJ057404", 0x5DE3},
      {"MJ016011", 0x6F2B}, {"MJ019374", 0},      {"MJ034976", 0},      {"MJ035231", 0},      {"MJ038675", 0},
      {"MJ056889", 0},      {"MJ057204", 0},      {"MJ057262", 0},      {"MJ057625", 0},      {"MJ057639", 0},
      {"MJ004411", 0},      {"MJ014719", 0},      {"MJ038446", 0},      {"MJ039434", 0}};
  if (const auto it = named.find(name); it != named.end()) {
    return it->second == 0 ? std::nullopt : std::optional(Pick{it->second, ""});
  }
  const auto rows = shrink_rows().find(name);
  if (rows == shrink_rows().end()) return std::nullopt;
  std::set<std::string> other;     // 別字
  std::set<std::string> also2842;  // 無印 and 俗字
  for (const Row& row : rows->second) {
    if (row.at("relation") == "min1_2842_betsuji") other.insert(row.at("target"));
    if (row.at("relation") == "min1_2842" || row.at("relation") == "min1_2842_zokuji")
      also2842.insert(row.at("target"));
  }
  // (relation's place, hops or rank, whether 民一2842 lacks it, kind of target), the least wins.
  std::vector<std::pair<std::tuple<int, int, bool, int>, Row>> order;
  for (const Row& row : rows->second) {
    const std::string relation = row.at("relation");
    static const std::map<std::string, int> places = {{"jis_unification", 1},  {"min2_5202", 2},
                                                      {"koseki", 3},           {"min1_2842", 4},
                                                      {"min1_2842_zokuji", 4}, {"notice582_1", 5}};
    const auto place = places.find(relation);
    if (place == places.end() || (place->second != 1 && other.count(row.at("target")) != 0)) continue;
    const std::string step = relation == "koseki" ? row.at("hops") : relation == "notice582_1" ? row.at("rank") : "0";
    order.push_back({{place->second, std::stoi(step), relation == "koseki" && also2842.count(row.at("target")) == 0,
                      kind_of_target(row)},
                     row});
  }
  if (order.empty()) return std::nullopt;
  const auto best =
      std::min_element(order.begin(), order.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  return Pick{one(best->second.at("target")), best->second.at("relation")};
}

std::optional<Pick> pick_strict(const std::string& name) {
  std::set<std::string> targets;
  const auto rows = shrink_rows().find(name);
  if (rows == shrink_rows().end()) return std::nullopt;
  for (const Row& row : rows->second) {
    if (row.at("relation") == "jis_unification") targets.insert(row.at("target"));
  }
  if (targets.size() != 1) return std::nullopt;
  return Pick{one(*targets.begin()), "jis_unification"};
}

// What is written for one character: an action ("" for carried over) and the text.
struct Written {
  std::string action;
  std::u32string text;
  std::string relation;
  std::string tag;
};

class Converting {
 public:
  Converting(const Format& format, const Policy& policy, const std::map<char32_t, Target>& gaiji,
             const std::map<Sequence, std::string>& layer, const std::map<std::string, char32_t>& layer_base)
      : format_(format), policy_(policy), gaiji_(gaiji), layer_(layer), layer_base_(layer_base) {}

  // `joined`: the character before was rewritten and this one follows it at once.
  Written write(const Found& f, const Bytes& source, bool joined) const {
    const bool is_gaiji = f.outcome == Outcome::gaiji_mapped || f.outcome == Outcome::gaiji_unmapped;
    if (!f.counted && f.outcome != Outcome::malformed) {
      if (policy_.unidentified == "tag" && f.first == U'〔' && f.second != 0) return tagged("", f, source);
      return {is_gaiji ? "unselected" : "", own(f), "", ""};
    }
    if (f.outcome >= Outcome::gaiji_unmapped) return unidentified("", f, source, joined);
    std::string name =
        f.outcome == Outcome::gaiji_mapped ? gaiji_.at(f.first).name : standard().name(f.first, f.second);
    if (name.empty() && layer_.count({f.first, f.second}) != 0) name = layer_.at({f.first, f.second});
    Written w = identified(name, f);
    if (w.action == "?" || breaks(w)) return unidentified(name, f, source, joined);
    if (w.text == own(f) && f.outcome != Outcome::gaiji_mapped) return {"", own(f), "", ""};
    return w;
  }

  Written tagged(const std::string& name, const Found& f, const Bytes& source) const {
    std::string base = "-";
    const auto entry = list().find(name);
    if (entry != list().end()) {
      const std::string ucs = entry->second.at("ucs");
      base = ucs.empty() ? "" : ucs.substr(2);
      if (base.empty() && entry->second.count("implemented") != 0 && !entry->second.at("implemented").empty()) {
        base = entry->second.at("implemented").substr(2);
      }
      if (base.empty()) base = "-";
    } else if (name.rfind("U+", 0) == 0) {
      base = name.substr(2, name.find(' ') - 2);
    } else if (f.outcome != Outcome::malformed && standard().category(f.first) != "Co") {
      base = notation({f.first}).substr(2);
    }
    std::string tag = "〔" + (name.empty() ? "-" : name.substr(0, name.find(' '))) + ":" + base + ":";
    for (std::size_t i = f.offset; i < f.offset + f.length; ++i) {
      char hex[3];
      std::snprintf(hex, sizeof hex, "%02X", source[i]);
      tag += hex;
    }
    return {"tag", U"", "", tag + "〕"};
  }

 private:
  static std::u32string own(const Found& f) {
    return f.second == 0 ? std::u32string{f.first} : std::u32string{f.first, f.second};
  }

  bool breaks(const Written& w) const {
    return format_.delimited && w.action == "decision" && (w.text[0] == format_.delimiter || w.text[0] == U'"');
  }

  static std::u32string cell(const std::string& name, const char* column) {
    return code_points(list().at(name).at(column));
  }

  // "?" where nothing can be written.
  Written identified(const std::string& name, const Found& f) const {
    const bool decided = f.outcome == Outcome::gaiji_mapped;
    const std::string action = decided ? "decision" : "form";
    if (layer_base_.count(name) != 0) return of_layer(name, f, action);
    if (!policy_.shrink.empty()) return shrunk(name, f, action);
    if (!decided && f.second == 0) return {"", own(f), "", ""};
    const bool mj = list().count(name) != 0;
    if (!mj) {  // a non-kanji, by its code points
      if (!decided) return {"", own(f), "", ""};
      return {action, code_points(name), "", ""};
    }
    if (list().at(name).count("implemented") == 0)
      return {list().at(name).at("ucs").empty() ? "?" : action, cell(name, "ucs"), "", ""};
    if (policy_.base) {
      const std::u32string text = cell(name, "ucs").empty() ? cell(name, "implemented") : cell(name, "ucs");
      return {text.empty() ? "?" : action, text, "", ""};
    }
    if (decided && !gaiji_.at(f.first).text.empty()) return {action, gaiji_.at(f.first).text, "", ""};
    if (!cell(name, "ivs").empty()) return {action, cell(name, "ivs"), "", ""};
    const std::u32string plain = cell(name, "implemented");
    if (plain.empty() || standard().shared().count(plain[0]) != 0) return {"?", U"", "", ""};
    return {action, plain, "", ""};
  }

  Written of_layer(const std::string& name, const Found& f, const std::string& action) const {
    const char32_t base = layer_base_.at(name);
    if (!policy_.shrink.empty()) {
      if (!policy_.base || base == 0 || standard().plain().count(base) == 0) return {"?", U"", "", ""};
      if (in_x0213(base)) return {action, {base}, "", ""};
      const auto picked = pick(policy_.shrink, standard().plain().at(base));
      return picked ? Written{"shrink", {picked->target}, picked->relation, ""} : Written{"?", U"", "", ""};
    }
    if (!policy_.base) return {action, own(f), "", ""};
    if (base != 0) return {action, {base}, "", ""};
    if (standard().category(f.first) == "Co") return {"?", U"", "", ""};
    return {action, Standard::is_selector(f.second) ? std::u32string{f.first} : own(f), "", ""};
  }

  Written shrunk(const std::string& name, const Found& f, const std::string& action) const {
    const bool decided = f.outcome == Outcome::gaiji_mapped;
    if (!decided && f.second == 0 && in_x0213(f.first)) return {"", own(f), "", ""};
    if (list().count(name) == 0 || list().at(name).count("implemented") == 0) {
      const std::u32string text = list().count(name) == 0 ? code_points(name) : cell(name, "ucs");
      if (text.size() == 2) return {action, text, "", ""};  // one of the 25
      return text.empty() || !in_x0213(text[0]) ? Written{"?", U"", "", ""} : Written{action, text, "", ""};
    }
    if (decided && gaiji_.at(f.first).text.size() == 1 && in_x0213(gaiji_.at(f.first).text[0])) {
      return {action, gaiji_.at(f.first).text, "", ""};
    }
    const auto picked = pick(policy_.shrink, name);
    return picked ? Written{"shrink", {picked->target}, picked->relation, ""} : Written{"?", U"", "", ""};
  }

  Written unidentified(const std::string& name, const Found& f, const Bytes& source, bool joined) const {
    if (policy_.unidentified == "geta") return {"geta", U"〓", "", ""};
    if (policy_.unidentified == "tag") return tagged(name, f, source);
    const bool joins = joined && (Standard::is_selector(f.first) || Standard::is_mark(f.first));
    if (policy_.unidentified == "keep" && f.outcome != Outcome::malformed && !joins) return {"keep", own(f), "", ""};
    return {"refused", U"", "", ""};
  }

  const Format& format_;
  const Policy& policy_;
  const std::map<char32_t, Target>& gaiji_;
  const std::map<Sequence, std::string>& layer_;
  const std::map<std::string, char32_t>& layer_base_;
};

void append(Bytes& out, const std::u32string& text) {
  const Bytes bytes = encode(Encoding::utf8, text);
  out.insert(out.end(), bytes.begin(), bytes.end());
}

}  // namespace

std::optional<Pick> pick(const std::string& rule, const std::string& name) {
  if (rule == "ipa") return pick_ipa(name);
  if (rule == "strict") return pick_strict(name);
  return std::nullopt;
}

bool in_x0213(char32_t cp) {
  static const auto inside = [] {
    std::set<char32_t> result;
    for (const auto& [name, rows] : shrink_rows()) {
      for (const Row& row : rows) result.insert(one(row.at("target")));
    }
    for (const Row& row : read_tsv("nonkanji.tsv")) {
      const std::u32string text = code_points(row.at("sequence"));
      if (text.size() == 1 && row.at("origins") != "cp932") result.insert(text[0]);
    }
    return result;
  }();
  return inside.count(cp) != 0;
}

std::string replacement(std::size_t offset, std::size_t length, std::size_t record, std::size_t field,
                        const std::string& action, const std::u32string& target, const std::string& relation) {
  return std::to_string(offset) + "+" + std::to_string(length) + " " + std::to_string(record) + "." +
         std::to_string(field) + " " + action + " " + notation(target) + " " + relation;
}

Converted convert(Encoding encoding, const Format& format, const Bytes& bytes, const Policy& policy,
                  const std::map<char32_t, Target>& gaiji, const std::map<Sequence, std::string>& layer,
                  const std::map<std::string, char32_t>& layer_base) {
  Above above;
  for (const auto& [cp, target] : gaiji) above.gaiji[cp] = true;
  above.layer = layer;
  const Scanned scanned = scan(encoding, format, bytes, above);
  const Converting converting(format, policy, gaiji, layer, layer_base);
  std::map<std::size_t, const Found*> characters;
  for (const Found& f : scanned.found) {
    if (f.kind == Found::Kind::character) characters[f.offset] = &f;
  }
  Converted result;
  std::size_t at = 0;
  std::size_t rewritten_end = bytes.size() + 1;
  const std::vector<Piece> pieces = decode(encoding, bytes);
  const auto is_replaced = [&](const Piece& piece) {
    const auto it = characters.find(piece.offset);
    return it != characters.end() && it->second->second != 0 && it->second->counted;  // else carried over
  };
  // Does what follows the 〔 at this piece read as a tag? It holds nothing replaced.
  const auto begins_tag = [&](const Piece* piece) {
    std::string text;
    for (++piece; piece != pieces.data() + pieces.size() && !is_replaced(*piece); ++piece) {
      static const std::regex tag("[0-9A-HJMU+-]{1,16}:[0-9A-F-]{1,6}:([0-9A-F]{2}){1,8}");
      if (piece->code_point == U'〕') return std::regex_match(text, tag);
      if (piece->code_point >= 0x80 || text.size() > 60) return false;
      text += static_cast<char>(piece->code_point);
    }
    return false;
  };
  for (const Piece& piece : pieces) {
    if (piece.offset < at) continue;  // the second of a sequence
    const auto it = characters.find(piece.offset);
    Written w;
    if (it == characters.end()) {
      w.text = {piece.code_point};
      at = piece.offset + piece.length;
    } else {
      const Found& f = *it->second;
      w = converting.write(f, bytes, rewritten_end == f.offset);
      at = f.offset + f.length;
      if (!w.action.empty()) {
        const bool nothing = w.action == "tag" || w.action == "refused";
        // U+0000 stands for no code point in a replacement.
        const std::u32string target = nothing || w.text == std::u32string(1, U'\0') ? U"" : w.text;
        result.replacements.push_back(replacement(f.offset, f.length, f.record, f.field, w.action, target, w.relation));
        if (w.action != "keep" && w.action != "unselected") rewritten_end = at;
      }
    }
    if (w.action.empty() && policy.unidentified == "tag" && w.text == U"〔" && begins_tag(&piece)) {
      const Found bracket{Found::Kind::character, piece.offset, piece.length, 0, 0, true, Outcome::standard, U'〔', 0};
      w = converting.tagged("", bracket, bytes);
      ++result.brackets;
    }
    if (w.action == "tag") {
      result.bytes.insert(result.bytes.end(), w.tag.begin(), w.tag.end());
    } else {
      append(result.bytes, w.text);
    }
  }
  return result;
}

}  // namespace hyojun::oracle
