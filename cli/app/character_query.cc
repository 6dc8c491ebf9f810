#include "character_query.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

#include "hyojun/base/number.h"
#include "hyojun/base/text.h"

namespace hyojun::app {

namespace {

using charmap::CharacterId;
using charmap::Repertoire;

bool is_hiragana(char32_t c) { return c >= 0x3041 && c <= 0x3096; }
bool is_katakana(char32_t c) { return (c >= 0x30A1 && c <= 0x30FA) || c == U'ー'; }

bool all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

// "162.15" → (162, 15). The strokes may be negative in the list.
std::optional<std::pair<unsigned, int>> radical_query(std::string_view text) {
  const std::size_t dot = text.find('.');
  if (dot == std::string_view::npos) return std::nullopt;
  std::pair<unsigned, int> result{};
  const auto radical = std::from_chars(text.data(), text.data() + dot, result.first);
  const auto strokes = std::from_chars(text.data() + dot + 1, text.data() + text.size(), result.second);
  if (radical.ec != std::errc() || radical.ptr != text.data() + dot || strokes.ec != std::errc() ||
      strokes.ptr != text.data() + text.size()) {
    return std::nullopt;
  }
  return result;
}

class Query {
 public:
  Query(const Repertoire& repertoire, const std::string& query) : repertoire_(repertoire), query_(query) {
    answer_.query = query;
  }

  base::Result<CharacterAnswer> answer() {
    if (by_name() || by_number() || by_radical() || by_code_points()) return std::move(answer_);
    const auto text = base::decode_utf8(query_);
    if (text && (by_reading(*text) || by_character(*text))) return std::move(answer_);
    return base::fail(
        base::ErrorCode::usage, {"何を調べるのか分かりません", "this is nothing to look up"}, {},
        {"1文字、U+9089、MJ026190、J+9089、戸籍番号6桁、登記番号8桁、読み、部首.画数 のいずれかを指定してください",
         "give one character, U+9089, MJ026190, J+9089, a 戸籍 number (6 digits), a 登記 number (8 digits), a "
         "reading, or radical.strokes"});
  }

 private:
  void add(CharacterId id, bool is_default = false) {
    const std::string name = repertoire_.name(id);
    const bool known = std::ranges::any_of(answer_.matches, [&](const auto& m) { return m.record.name == name; });
    if (!known) answer_.matches.push_back({repertoire_.record(id), is_default});
  }
  bool add_all(const std::vector<CharacterId>& ids) {
    for (const CharacterId id : ids) add(id);
    return true;
  }

  bool by_name() {
    const std::array<std::string_view, 6> prefixes = {"MJ", "GJ", "MH", "mj", "gj", "mh"};
    if (std::ranges::none_of(prefixes, [&](std::string_view p) { return query_.starts_with(p); })) return false;
    std::string name = query_;
    std::ranges::transform(name, name.begin(),
                           [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - ('a' - 'A')) : c; });
    if (const auto id = repertoire_.find_name(name)) add(*id);
    return true;
  }

  bool by_number() {
    const auto& table = repertoire_.table();
    if (query_.starts_with("J+")) return add_all(table.with_juki(query_));
    if (!all_digits(query_)) return false;
    if (query_.size() == 6) return add_all(table.with_koseki(query_));
    if (query_.size() == 8) return add_all(table.with_toki(query_));
    return false;
  }

  bool by_radical() {
    const auto query = radical_query(query_);
    return query && add_all(repertoire_.table().with_radical(query->first, query->second));
  }

  bool by_code_points() {
    if (!query_.starts_with("U+") && !query_.starts_with("u+")) return false;
    const auto text = base::parse_code_points(query_);
    return text && by_character(*text);
  }

  bool by_reading(std::u32string text) {
    constexpr std::u32string_view kPrefix = U"よみ:";
    const bool stated = text.starts_with(kPrefix);
    if (stated) text.erase(0, kPrefix.size());
    const bool kana = std::ranges::all_of(text, [](char32_t c) { return is_hiragana(c) || is_katakana(c); });
    if (!kana || text.size() < (stated ? 1U : 2U)) return false;
    std::u32string hiragana = text;
    std::u32string katakana = text;
    for (char32_t& c : hiragana) c = is_katakana(c) && c >= 0x30A1 && c <= 0x30F6 ? c - 0x60 : c;
    for (char32_t& c : katakana) c = is_hiragana(c) ? c + 0x60 : c;
    add_all(repertoire_.table().with_reading(base::to_utf8(hiragana)));
    return add_all(repertoire_.table().with_reading(base::to_utf8(katakana)));
  }

  bool by_character(const std::u32string& text) {
    const bool sequence = text.size() == 2 && repertoire_.forms_sequence(text[0], text[1]);
    if (text.size() != 1 && !sequence) return false;
    const char32_t second = sequence ? text[1] : U'\0';
    const auto identity = repertoire_.identify(text[0], second);
    answer_.outcome = identity.outcome;
    answer_.collection = charmap::StandardTable::collection_names(identity.collections);
    if (identity.id) add(*identity.id, identity.outcome == charmap::Outcome::default_glyph);
    if (!sequence) {
      add_all(repertoire_.table().with_ucs(text[0]));
      if (identity.outcome == charmap::Outcome::not_in_standard) {
        answer_.references = repertoire_.table().references(text[0]);
      }
    }
    return true;
  }

  const Repertoire& repertoire_;
  const std::string& query_;
  CharacterAnswer answer_;
};

}  // namespace

base::Result<CharacterAnswer> look_up(const Repertoire& repertoire, const std::string& query) {
  return Query(repertoire, query).answer();
}

}  // namespace hyojun::app
