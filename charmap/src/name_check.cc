#include "hyojun/charmap/name_check.h"

#include <algorithm>

#include "hyojun/charmap/scanner.h"
#include "with_decoder.h"

namespace hyojun::charmap {

namespace {

constexpr char32_t kQuote = U'"';

bool is_space(char32_t cp) { return cp == U' ' || cp == U'\u3000' || cp == U'\u00A0'; }

bool within(char32_t cp, char32_t first, char32_t last) { return cp >= first && cp <= last; }

Script script_of(char32_t cp) {
  if (cp == U'ー' || cp == U'ｰ') return Script::kana;
  if (within(cp, 0x3041, 0x309F) || within(cp, 0x1B001, 0x1B11F)) return Script::hiragana;
  if (within(cp, 0x30A1, 0x30FF) || within(cp, 0x31F0, 0x31FF) || within(cp, 0xFF66, 0xFF9F)) return Script::katakana;
  if (within(cp, 0x3400, 0x9FFF) || within(cp, 0xF900, 0xFAFF) || within(cp, 0x20000, 0x3FFFF) ||
      within(cp, 0x3005, 0x3007) || within(cp, 0xE000, 0xF8FF) || cp >= 0xF0000) {
    return Script::kanji;  // a gaiji in a name is a kanji nobody else has
  }
  if (within(cp, U'0', U'9') || within(cp, U'０', U'９')) return Script::digit;
  if (within(cp, U'A', U'Z') || within(cp, U'a', U'z') || within(cp, U'Ａ', U'Ｚ') || within(cp, U'ａ', U'ｚ')) {
    return Script::latin;
  }
  return Script::symbol;
}

bool is_kana(Script s) { return s == Script::hiragana || s == Script::katakana || s == Script::kana; }

// True if a character of script `a` is at home among characters of script `b`: ー belongs to both kana.
bool fits(Script a, Script b) {
  return a == b || (is_kana(a) && is_kana(b) && (a == Script::kana || b == Script::kana));
}

class NameCheck {
 public:
  NameCheck(const StandardTable& table, std::span<const FieldCharacter> field, NameColumn column)
      : table_(table), field_(field), column_(column) {}

  std::vector<Suspicion> run() {
    if (std::ranges::all_of(field_, [](const FieldCharacter& c) { return is_space(c.first); })) {
      return {{SuspicionKind::empty_field, 0, 0}};
    }
    for (std::size_t i = 0; i < field_.size(); ++i) check(i);
    return std::move(found_);
  }

 private:
  void check(std::size_t i) {
    const char32_t cp = field_[i].first;
    if (is_space(cp)) return check_space(i);
    if (table_.is_placeholder(cp)) return add(SuspicionKind::placeholder, i, 1);
    if (column_ == NameColumn::kana && script_of(cp) == Script::kanji) return add(SuspicionKind::kanji_in_kana, i, 1);
    for (const auto& other : table_.look_alikes(cp)) {
      if (among(i, other)) return add(SuspicionKind::look_alike, i, 1);
    }
  }

  void check_space(std::size_t i) {
    if (i == 0) return add(SuspicionKind::leading_space, i, 1);
    if (i > 1 && is_space(field_[i - 1].first) && !is_space(field_[i - 2].first)) {
      add(SuspicionKind::double_space, i - 1, 2);
    }
  }

  // Is character i surrounded by the script of its look-alike rather than by its own? A kanji stands beside kana in
  // sound names (一ノ瀬, 三ツ谷), so for a kanji the whole word must be kana; a kana or symbol is judged by its
  // neighbours.
  bool among(std::size_t i, const StandardTable::LookAlike& other) const {
    if (other.own_script == Script::kanji) return in_word_of(i, other.script);
    bool beside = false;
    for (const std::size_t k : {i - 1, i + 1}) {
      if (k >= field_.size() || is_space(field_[k].first)) continue;
      const Script script = script_of(field_[k].first);
      if (fits(script, other.own_script)) return false;
      beside = beside || fits(script, other.script);
    }
    return beside;
  }

  // Are all others of the word (up to the next spaces) at home in `script`, and is there one? Looks outwards and stops
  // at the first that is not, so that a long field costs no more than its length.
  bool in_word_of(std::size_t i, Script script) const {
    std::size_t others = 0;
    for (std::size_t k = i; k > 0 && !is_space(field_[k - 1].first); --k, ++others) {
      if (!fits(script_of(field_[k - 1].first), script)) return false;
    }
    for (std::size_t k = i + 1; k < field_.size() && !is_space(field_[k].first); ++k, ++others) {
      if (!fits(script_of(field_[k].first), script)) return false;
    }
    return others > 0;
  }

  void add(SuspicionKind kind, std::size_t at, std::size_t length) { found_.push_back({kind, at, length}); }

  const StandardTable& table_;
  const std::span<const FieldCharacter> field_;
  const NameColumn column_;
  std::vector<Suspicion> found_;
};

template <typename Decoder>
std::vector<FieldCharacter> read_with(Decoder decoder, const Repertoire& repertoire, bool delimited,
                                      std::span<const std::uint8_t> raw, std::uint8_t shift) {
  std::vector<FieldCharacter> result;
  bool quoted = false;
  set_of(decoder, shift);
  for (std::size_t at = 0; at < raw.size();) {
    const Decoded d = decoder.decode(raw.data() + at, raw.size() - at, true);
    if (take_shift(decoder, d, shift, at)) continue;
    if (!d.malformed && d.code_point >= kPairBase) {
      const std::array<char32_t, 2> pair = pair_of(decoder, d.code_point);
      result.push_back({pair[0], pair[1], static_cast<std::uint32_t>(at), d.length});
      at += d.length;
      continue;
    }
    FieldCharacter c{d.code_point, 0, static_cast<std::uint32_t>(at), d.length};
    at += d.length;
    const Decoded next = at < raw.size() ? decoder.decode(raw.data() + at, raw.size() - at, true) : Decoded{};
    if (delimited && !d.malformed && d.code_point == kQuote && (quoted || c.offset == 0)) {
      if (!quoted) {
        quoted = true;
        continue;
      }
      if (next.code_point != kQuote) {
        quoted = false;
        continue;
      }
      at += next.length;  // the second quote of ""
    } else if (!d.malformed && (d.code_point == U'\r' || d.code_point == U'\n')) {
      continue;
    } else if (!d.malformed && next.length != 0 && !next.malformed && next.code_point < kPairBase &&
               repertoire.forms_sequence(d.code_point, next.code_point)) {
      c.second = next.code_point;
      c.length = static_cast<std::uint8_t>(c.length + next.length);
      at += next.length;
    }
    result.push_back(c);
  }
  return result;
}

}  // namespace

std::vector<FieldCharacter> read_field(const Plan& plan, std::span<const std::uint8_t> raw, std::uint8_t shift) {
  const bool delimited = plan.options().structure.kind == Structure::Kind::delimited;
  return with_decoder(
      plan, [&](const auto& decoder) { return read_with(decoder, plan.repertoire(), delimited, raw, shift); });
}

std::vector<Suspicion> check_name(const StandardTable& table, std::span<const FieldCharacter> field,
                                  NameColumn column) {
  return NameCheck(table, field, column).run();
}

}  // namespace hyojun::charmap
