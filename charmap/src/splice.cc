#include "splice.h"

#include <algorithm>

namespace hyojun::charmap {

namespace {

using List = CharacterId::List;

CodeClass class_in(std::uint8_t byte) { return static_cast<CodeClass>(byte & kClassMask); }

constexpr char32_t text_at(const std::u32string& text, std::size_t i) { return i < text.size() ? text[i] : U'\0'; }

// The decisions for one character.
class Decider {
 public:
  Decider(const Converter& converter, const Event& event, std::span<const std::uint8_t> source, bool rewritten) noexcept
      : converter_(converter),
        treatment_(converter.treatment(event.field)),
        plan_(converter.plan()),
        table_(plan_.repertoire().table()),
        event_(event),
        source_(source),
        rewritten_(rewritten) {}

  Splice decide() const noexcept {
    const bool gaiji = event_.outcome == Outcome::gaiji_mapped || event_.outcome == Outcome::gaiji_unmapped;
    if (event_.outcome == Outcome::malformed) return unidentified({});
    const auto id = is_exception(event_.outcome) ? std::nullopt : plan_.identify(event_.first, event_.second).id;
    if (treatment_.folds != 0 && !gaiji) {
      if (const Splice folded = fold(id); folded.action) return folded;
    }
    if (treatment_.shrink && !gaiji) {
      if (const Splice mapped = own_map(id); mapped.action) return mapped;
    }
    if (!id) return unidentified({});
    if (treatment_.shrink) return shrunk(*id);
    if (id->list == List::layer) return of_layer(*id);
    if (event_.outcome == Outcome::gaiji_mapped) return decided(*id);
    return event_.second == 0 ? plain(*id) : sequence(*id);
  }

  // Outside the selection: only what the target cannot hold, and malformed bytes.
  Splice unheld() const noexcept { return unidentified({}); }

 private:
  bool holds(char32_t cp) const noexcept { return cp == 0 || converter_.encoder().holds(cp); }

  Splice write(Action action, CharacterId id, char32_t first, char32_t second = 0,
               std::optional<ShrinkRelation> relation = {}) const noexcept {
    if (first == 0 || breaks_records(first) || !holds(first) || !holds(second)) return unidentified(id);
    if (first == event_.first && second == event_.second && event_.outcome != Outcome::gaiji_mapped) return {};
    return {action, relation, {first, second}, id};
  }

  // A text of the user's; none where the target or the records cannot take it.
  std::optional<Splice> write_text(Action action, std::optional<CharacterId> id,
                                   const std::u32string& text) const noexcept {
    Splice splice{action, {}, {}, id};
    if (text.empty() || text.size() > splice.text.size()) return std::nullopt;
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (breaks_records(text[i]) || !holds(text[i])) return std::nullopt;
      splice.text[i] = text[i];
    }
    return splice;
  }

  bool breaks_records(char32_t cp) const noexcept {
    const Structure& structure = plan_.options().structure;
    return structure.kind == Structure::Kind::delimited && (cp == structure.delimiter || cp == U'"');
  }

  const GaijiRow* gaiji_row() const noexcept {
    const bool gaiji = event_.outcome == Outcome::gaiji_mapped || event_.outcome == Outcome::gaiji_unmapped;
    return gaiji && plan_.gaiji() != nullptr ? plan_.gaiji()->find(event_.first) : nullptr;
  }

  Splice fold(std::optional<CharacterId> id) const noexcept {
    if (event_.second != 0) {
      const bool kana = (treatment_.folds & fold_bit(Fold::combining_kana)) != 0;
      const char32_t one = kana ? voiced_kana(table_, event_.first, event_.second) : U'\0';
      return one == 0 ? Splice{} : Splice{Action::fold, {}, {one}, id};
    }
    const char32_t to = converter_.folded(event_.first, treatment_.folds);
    if (to == 0) return {};
    if (treatment_.shrink && !converter_.inside_limit(to)) {
      const auto target = table_.find(to);
      return target ? picked(*target, *target) : unidentified(id);
    }
    if (!holds(to)) return unidentified(id);
    return {Action::fold, {}, {to}, id};
  }

  // The user's shrink map, before all relations.
  Splice own_map(std::optional<CharacterId> id) const noexcept {
    const ShrinkMap* const map = converter_.options().shrink_map.get();
    if (map == nullptr || (event_.second == 0 && converter_.inside_limit(event_.first))) return {};
    const std::u32string* text = map->find(event_.first, event_.second);
    if (text == nullptr && id) text = map->find(*id);
    if (text == nullptr || !std::ranges::all_of(*text, [&](char32_t c) { return converter_.inside_limit(c); }))
      return {};
    return write_text(Action::shrink, id, *text).value_or(Splice{});
  }

  // A code point that the table knows. Only the profile can say which of several glyphs it looked like.
  Splice plain(CharacterId id) const noexcept {
    const bool asked = event_.outcome == Outcome::default_glyph && treatment_.form != Form::base && !treatment_.shrink;
    const auto shape = asked ? converter_.stated_shape(event_.first, id) : std::nullopt;
    if (shape) {
      if (treatment_.form != Form::ivs) return named(Action::form, *shape);
      const StandardTable::Codes codes = table_.codes(*shape);
      if (codes.ivs != 0 && codes.ivs_base == event_.first && holds(codes.ivs)) {
        return write(Action::form, *shape, codes.ivs_base, codes.ivs);
      }
    }
    if (!holds(event_.first)) return unidentified(id);
    const bool second = converter_.is_second_code(event_.first, source_);
    return second ? Splice{Action::double_code, {}, {event_.first}, id} : Splice{};
  }

  // A sequence that names a character of the table.
  Splice sequence(CharacterId id) const noexcept {
    if (id.list != List::mj) return carried(id);  // kana and JIS X 0213: both code points make the character
    if (treatment_.form == Form::tag || treatment_.form == Form::name) return named(Action::form, id);
    const StandardTable::Codes codes = table_.codes(id);
    if (treatment_.form == Form::base) return write(Action::form, id, codes.ucs != 0 ? codes.ucs : codes.plain);
    return codes.ivs != 0 ? write(Action::form, id, codes.ivs_base, codes.ivs) : carried(id);
  }

  Splice carried(CharacterId id) const noexcept {
    return holds(event_.first) && holds(event_.second) ? Splice{} : unidentified(id);
  }

  // As its tag or its name. A name that is a code point is written as that code point.
  Splice named(Action action, CharacterId id) const noexcept {
    if (treatment_.form == Form::tag) return {action, {}, {}, id, true};
    const StandardTable::Codes codes = id.list == List::layer ? StandardTable::Codes{} : table_.codes(id);
    if (id.list != List::layer && codes.number == 0) return write(action, id, codes.plain, codes.second);
    Splice splice{action, {}, {}, id};
    std::array<std::uint8_t, kLongestTag> name;
    const std::size_t length = put_name(plan_.repertoire(), id, name.data());
    if (length > splice.text.size()) return unidentified(id);
    std::copy_n(name.begin(), length, splice.text.begin());
    return splice;
  }

  // A gaiji whose table names a character of the standard table.
  Splice decided(CharacterId id) const noexcept {
    if (treatment_.form == Form::tag || treatment_.form == Form::name) return named(Action::decision, id);
    const StandardTable::Codes codes = table_.codes(id);
    if (treatment_.form == Form::base) {
      return write(Action::decision, id, codes.ucs != 0 ? codes.ucs : codes.plain, codes.second);
    }
    const GaijiRow* const row = gaiji_row();
    if (row != nullptr && !row->target_text.empty()) {
      return write(Action::decision, id, row->target_text[0], text_at(row->target_text, 1));
    }
    if (codes.ivs != 0) return write(Action::decision, id, codes.ivs_base, codes.ivs);
    const bool shared = class_in(table_.class_of(codes.plain)) == CodeClass::default_glyph;
    return write(Action::decision, id, shared ? 0 : codes.plain, codes.second);
  }

  Splice of_layer(CharacterId id) const noexcept {
    const bool gaiji = event_.outcome == Outcome::gaiji_mapped;
    const Action action = gaiji ? Action::decision : Action::form;
    if (treatment_.form == Form::tag || treatment_.form == Form::name) return named(action, id);
    const LayerCharacter& c = plan_.repertoire().layers()[id.layer].characters()[id.index];
    if (treatment_.form == Form::ivs) return write(action, id, c.first, c.second);
    if (c.base != 0) return write(action, id, c.base);
    if (class_in(table_.class_of(c.first)) == CodeClass::gaiji) return unidentified(id);
    const bool selector = class_in(table_.class_of(c.second)) == CodeClass::selector;
    return write(action, id, c.first, selector ? 0 : c.second);
  }

  bool outside(char32_t cp) const noexcept { return !converter_.inside_limit(cp); }

  Splice shrunk(CharacterId id) const noexcept {
    const bool gaiji = event_.outcome == Outcome::gaiji_mapped;
    if (!gaiji && event_.second == 0 && id.list != List::layer && !outside(event_.first)) return plain(id);
    if (gaiji && converter_.options().shrink_map != nullptr) {
      const std::u32string* const text = converter_.options().shrink_map->find(id);
      const auto mapped = text == nullptr ? std::nullopt : write_text(Action::shrink, id, *text);
      if (mapped) return *mapped;
    }
    if (id.list == List::layer) return shrunk_layer(id);
    const Action action = gaiji ? Action::decision : Action::form;
    if (id.list != List::mj) {
      const StandardTable::Codes codes = table_.codes(id);
      const bool two = codes.second != 0 && converter_.options().shrink_to != ShrinkTo::jisx0213;
      return outside(codes.plain) || two ? unfit(id) : write(action, id, codes.plain, codes.second);
    }
    const GaijiRow* const row = gaiji_row();
    if (row != nullptr && row->target_text.size() == 1 && !outside(row->target_text[0])) {
      return write(action, id, row->target_text[0]);
    }
    return picked(id, id);
  }

  // `named`: the character in a tag, if nothing is picked for `id`.
  Splice picked(CharacterId id, CharacterId named) const noexcept {
    const auto pick = converter_.pick(id, *treatment_.shrink);
    return pick ? write(Action::shrink, named, pick->target, 0, pick->relation) : unfit(named);
  }

  // 代替 of a layer is the user's own relation: taken only where the base form was asked for.
  Splice shrunk_layer(CharacterId id) const noexcept {
    const LayerCharacter& c = plan_.repertoire().layers()[id.layer].characters()[id.index];
    const auto base = c.base != 0 && treatment_.form == Form::base ? table_.find(c.base) : std::nullopt;
    if (!base) return unfit(id);
    const Action action = event_.outcome == Outcome::gaiji_mapped ? Action::decision : Action::form;
    return outside(c.base) ? picked(*base, id) : write(action, id, c.base);
  }

  // Identified, but the limit has nothing for it.
  Splice unfit(CharacterId id) const noexcept {
    const GaijiRow* const row = gaiji_row();
    const bool substitute = row != nullptr && !row->substitute.empty();
    if (!converter_.options().low_line || substitute) return unidentified(id);
    return {Action::unfit, {}, {kLowLine}, id};
  }

  Splice unidentified(std::optional<CharacterId> id) const noexcept {
    if (const GaijiRow* const row = gaiji_row()) {
      const bool fits =
          !treatment_.shrink || std::ranges::none_of(row->substitute, [&](char32_t c) { return outside(c); });
      const auto substitute = fits ? write_text(Action::substitute, id, row->substitute) : std::nullopt;
      if (substitute) return *substitute;
    }
    switch (treatment_.unidentified) {
      case Unidentified::geta:
        return {Action::geta, {}, {kGeta}, id};
      case Unidentified::tag:
        return {Action::tag, {}, {}, id, true};
      case Unidentified::keep:
        if (event_.outcome != Outcome::malformed && !(rewritten_ && joins()) && holds(event_.first) &&
            holds(event_.second)) {
          return {Action::keep, {}, {event_.first, event_.second}, id};
        }
        [[fallthrough]];
      default:
        return {Action::refused, {}, {}, id};
    }
  }

  // Would this code point belong to whatever stands before it?
  bool joins() const noexcept {
    const CodeClass c = class_in(table_.class_of(event_.first));
    return c == CodeClass::selector || c == CodeClass::voiced_mark;
  }

  const Converter& converter_;
  const Treatment& treatment_;
  const Plan& plan_;
  const StandardTable& table_;
  const Event& event_;
  const std::span<const std::uint8_t> source_;
  const bool rewritten_;
};

Splice outside_selection(const Converter& converter, const Event& event,
                         std::span<const std::uint8_t> source) noexcept {
  if (converter.tags() && event.first == kBracket) return {Action::tag, {}, {}, {}, true};
  const Encoder& encoder = converter.encoder();
  if (!encoder.holds(event.first) || (event.second != 0 && !encoder.holds(event.second))) {
    return Decider(converter, event, source, false).unheld();
  }
  const bool gaiji = event.outcome == Outcome::gaiji_mapped || event.outcome == Outcome::gaiji_unmapped;
  // The caller must see what shows that the input is not in the encoding that was taken for it.
  if (!gaiji && !is_doubt(converter.plan(), event)) return {};
  return {Action::unselected, {}, {event.first, event.second}, {}};
}

}  // namespace

Splice decide(const Converter& converter, const Event& event, std::span<const std::uint8_t> source, bool counted,
              bool rewritten) noexcept {
  if (!counted && event.outcome != Outcome::malformed) return outside_selection(converter, event, source);
  return Decider(converter, event, source, rewritten).decide();
}

char32_t voiced_kana(const StandardTable& table, char32_t kana, char32_t mark) noexcept {
  const auto id = table.find(kana, mark);
  if (!id || id->list != List::nonkanji) return 0;
  const StandardTable::Codes codes = table.codes(*id);
  return codes.second == 0 ? codes.plain : U'\0';
}

std::size_t put_utf8(char32_t cp, std::uint8_t* out) noexcept {
  const auto put = [&](std::size_t i, char32_t byte) { out[i] = static_cast<std::uint8_t>(byte); };
  if (cp < 0x80) {
    put(0, cp);
    return 1;
  }
  const std::size_t length = cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
  for (std::size_t i = length - 1; i > 0; --i, cp >>= 6) put(i, 0x80 | (cp & 0x3F));
  put(0, (0xF00U >> length & 0xFF) | cp);
  return length;
}

}  // namespace hyojun::charmap
