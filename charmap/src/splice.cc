#include "splice.h"

#include <algorithm>

namespace hyojun::charmap {

namespace {

using List = CharacterId::List;

CodeClass class_in(std::uint8_t byte) { return static_cast<CodeClass>(byte & kClassMask); }

// The decisions for one character of the selected columns.
class Decider {
 public:
  Decider(const Converter& converter, const Event& event, bool rewritten) noexcept
      : options_(converter.options()),
        plan_(converter.plan()),
        table_(plan_.repertoire().table()),
        event_(event),
        rewritten_(rewritten) {}

  Splice decide() const noexcept {
    if (is_exception(event_.outcome)) return unidentified({});
    const auto id = plan_.identify(event_.first, event_.second).id;
    if (!id) return unidentified({});
    if (options_.shrink) return shrunk(*id);
    if (id->list == List::layer) return of_layer(*id);
    if (event_.outcome == Outcome::gaiji_mapped) return decided(*id);
    if (event_.second == 0) return {};
    return sequence(*id);
  }

 private:
  Splice write(Action action, CharacterId id, char32_t first, char32_t second = 0,
               std::optional<ShrinkRelation> relation = {}) const noexcept {
    if (first == 0 || breaks_records(first)) return unidentified(id);
    if (first == event_.first && second == event_.second && event_.outcome != Outcome::gaiji_mapped) return {};
    return {action, relation, {first, second}, id};
  }

  bool breaks_records(char32_t cp) const noexcept {
    const Structure& structure = plan_.options().structure;
    return structure.kind == Structure::Kind::delimited && (cp == structure.delimiter || cp == U'"');
  }

  const GaijiRow* gaiji_row() const noexcept {
    return event_.outcome == Outcome::gaiji_mapped && plan_.gaiji() != nullptr ? plan_.gaiji()->find(event_.first)
                                                                               : nullptr;
  }

  // A sequence that names a character of the table.
  Splice sequence(CharacterId id) const noexcept {
    if (id.list != List::mj) return {};  // kana and JIS X 0213: both code points make the character
    const StandardTable::Codes codes = table_.codes(id);
    if (options_.form == Form::base) return write(Action::form, id, codes.ucs != 0 ? codes.ucs : codes.plain);
    return codes.ivs != 0 ? write(Action::form, id, codes.ivs_base, codes.ivs) : Splice{};
  }

  // A gaiji whose table names a character of the standard table.
  Splice decided(CharacterId id) const noexcept {
    const StandardTable::Codes codes = table_.codes(id);
    if (options_.form == Form::base) {
      return write(Action::decision, id, codes.ucs != 0 ? codes.ucs : codes.plain, codes.second);
    }
    const GaijiRow* const row = gaiji_row();
    if (row != nullptr && !row->target_text.empty()) {
      return write(Action::decision, id, row->target_text[0], row->target_text.size() > 1 ? row->target_text[1] : 0);
    }
    if (codes.ivs != 0) return write(Action::decision, id, codes.ivs_base, codes.ivs);
    const bool shared = class_in(table_.class_of(codes.plain)) == CodeClass::default_glyph;
    return write(Action::decision, id, shared ? 0 : codes.plain, codes.second);
  }

  Splice of_layer(CharacterId id) const noexcept {
    const bool gaiji = event_.outcome == Outcome::gaiji_mapped;
    const Action action = gaiji ? Action::decision : Action::form;
    const LayerCharacter& c = plan_.repertoire().layers()[id.layer].characters()[id.index];
    if (options_.form == Form::ivs) return write(action, id, c.first, c.second);
    if (c.base != 0) return write(action, id, c.base);
    if (class_in(table_.class_of(c.first)) == CodeClass::gaiji) return unidentified(id);
    const bool selector = class_in(table_.class_of(c.second)) == CodeClass::selector;
    return write(action, id, c.first, selector ? 0 : c.second);
  }

  Splice shrunk(CharacterId id) const noexcept {
    const bool gaiji = event_.outcome == Outcome::gaiji_mapped;
    if (!gaiji && event_.second == 0 && id.list != List::layer && !plan_.outside_limit(event_.first)) return {};
    if (id.list == List::layer) return shrunk_layer(id);
    const Action action = gaiji ? Action::decision : Action::form;
    if (id.list != List::mj) {
      const StandardTable::Codes codes = table_.codes(id);
      return plan_.outside_limit(codes.plain) ? unidentified(id) : write(action, id, codes.plain, codes.second);
    }
    const GaijiRow* const row = gaiji_row();
    if (row != nullptr && row->target_text.size() == 1 && !plan_.outside_limit(row->target_text[0])) {
      return write(action, id, row->target_text[0]);
    }
    return picked(id, id);
  }

  // `named`: the character in a tag, if nothing is picked for `id`.
  Splice picked(CharacterId id, CharacterId named) const noexcept {
    const auto pick = table_.pick(id, *options_.shrink);
    return pick ? write(Action::shrink, named, pick->target, 0, pick->relation) : unidentified(named);
  }

  // 代替 of a layer is the user's own relation: taken only where the base form was asked for.
  Splice shrunk_layer(CharacterId id) const noexcept {
    const LayerCharacter& c = plan_.repertoire().layers()[id.layer].characters()[id.index];
    const auto base = c.base != 0 && options_.form == Form::base ? table_.find(c.base) : std::nullopt;
    if (!base) return unidentified(id);
    const Action action = event_.outcome == Outcome::gaiji_mapped ? Action::decision : Action::form;
    return plan_.outside_limit(c.base) ? picked(*base, id) : write(action, id, c.base);
  }

  Splice unidentified(std::optional<CharacterId> id) const noexcept {
    switch (options_.unidentified) {
      case Unidentified::geta:
        return {Action::geta, {}, {kGeta, 0}, id};
      case Unidentified::tag:
        return {Action::tag, {}, {}, id};
      case Unidentified::keep:
        if (event_.outcome != Outcome::malformed && !(rewritten_ && joins())) {
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

  const ConverterOptions& options_;
  const Plan& plan_;
  const StandardTable& table_;
  const Event& event_;
  const bool rewritten_;
};

Splice outside_selection(const Converter& converter, const Event& event) noexcept {
  const bool tags = converter.options().unidentified == Unidentified::tag;
  if (tags && event.first == kBracket) return {Action::tag, {}, {}, {}};
  const bool gaiji = event.outcome == Outcome::gaiji_mapped || event.outcome == Outcome::gaiji_unmapped;
  // The caller must see what shows that the input is not in the encoding that was taken for it.
  if (!gaiji && !is_doubt(converter.plan(), event)) return {};
  return {Action::unselected, {}, {event.first, event.second}, {}};
}

std::size_t put_hex(char32_t value, unsigned digits, std::uint8_t* out) noexcept {
  while (digits < 6 && value >> (4 * digits) != 0) ++digits;
  for (unsigned i = 0; i < digits; ++i) {
    out[i] = static_cast<std::uint8_t>("0123456789ABCDEF"[value >> (4 * (digits - 1 - i)) & 0xF]);
  }
  return digits;
}

// MJ026190, GJ000139, U+3042; "-" for none.
std::size_t put_name(const Repertoire& repertoire, std::optional<CharacterId> id, std::uint8_t* out) noexcept {
  if (!id) {
    out[0] = '-';
    return 1;
  }
  if (id->list == List::layer) {
    const std::string& name = repertoire.layers()[id->layer].characters()[id->index].name;
    std::copy(name.begin(), name.end(), out);
    return name.size();
  }
  const StandardTable::Codes codes = repertoire.table().codes(*id);
  if (codes.number == 0) {
    out[0] = 'U';
    out[1] = '+';
    return 2 + put_hex(codes.plain, 4, out + 2);
  }
  out[0] = 'M';
  out[1] = 'J';
  std::uint32_t number = codes.number;
  for (int i = 7; i >= 2; --i, number /= 10) out[i] = static_cast<std::uint8_t>('0' + number % 10);
  return 8;
}

}  // namespace

Splice decide(const Converter& converter, const Event& event, bool counted, bool rewritten) noexcept {
  if (counted || event.outcome == Outcome::malformed) return Decider(converter, event, rewritten).decide();
  return outside_selection(converter, event);
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

std::size_t put_tag(const Repertoire& repertoire, std::optional<CharacterId> id, std::optional<char32_t> base,
                    std::span<const std::uint8_t> source, std::uint8_t* out) noexcept {
  std::size_t n = put_utf8(kBracket, out);
  n += put_name(repertoire, id, out + n);
  out[n++] = ':';
  if (base) {
    n += put_hex(*base, 4, out + n);
  } else {
    out[n++] = '-';
  }
  out[n++] = ':';
  for (const std::uint8_t byte : source) n += put_hex(byte, 2, out + n);
  return n + put_utf8(U'〕', out + n);
}

}  // namespace hyojun::charmap
