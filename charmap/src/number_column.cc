#include "hyojun/charmap/number_column.h"

#include <algorithm>

#include "hyojun/base/number.h"
#include "hyojun/base/text.h"
#include "hyojun/charmap/name_check.h"
#include "splice.h"

namespace hyojun::charmap {

namespace {

constexpr std::size_t kLongestNumber = 8;  // bytes of one event
constexpr std::size_t kKosekiDigits = 6;

bool is_space(char32_t cp) { return cp == U' ' || cp == U'　'; }

bool breaks_records(const Converter& converter, char32_t cp) {
  const Structure& structure = converter.plan().options().structure;
  return cp == U'\n' || cp == U'\r' || cp == U'"' ||
         (structure.kind == Structure::Kind::delimited && cp == structure.delimiter);
}

std::optional<char32_t> base_of(const StandardTable& table, const NumberedCharacter& character) {
  if (!character.id) return std::nullopt;
  const StandardTable::Codes codes = table.codes(*character.id);
  const char32_t base = codes.ucs != 0 ? codes.ucs : codes.plain;
  return base != 0 ? std::optional(base) : std::nullopt;
}

}  // namespace

std::vector<NumberedCharacter> NumberColumns::read(const Plan& plan, NumberKind kind,
                                                   std::span<const std::uint8_t> raw) {
  std::vector<NumberedCharacter> found;
  const std::vector<FieldCharacter> field = read_field(plan, raw);
  for (std::size_t i = 0; i < field.size();) {
    std::string number;
    std::size_t end = i;
    for (; end < field.size() && !is_space(field[end].first); ++end) {
      base::append_utf8(number, field[end].first == 0 ? U'\uFFFD' : field[end].first);
    }
    const auto length = [&](std::size_t behind) { return field[behind - 1].offset + field[behind - 1].length; };
    if (end == i) {
      found.push_back({field[i].offset, field[i].length, Outcome::standard, {}, field[i].first, 0, true});
      found.back().id = repertoire_.identify(field[i].first).id;
      ++i;
      continue;
    }
    if (length(end) - field[i].offset <= kLongestNumber) {
      found.push_back(look_up(kind, number));
      found.back().offset = field[i].offset;
      found.back().length = static_cast<std::uint8_t>(length(end) - field[i].offset);
      i = end;
      continue;
    }
    while (i < end) {
      std::size_t last = i + 1;
      while (last < end && length(last + 1) - field[i].offset <= kLongestNumber) ++last;
      found.push_back({field[i].offset, static_cast<std::uint8_t>(length(last) - field[i].offset)});
      i = last;
    }
  }
  return found;
}

NumberedCharacter NumberColumns::look_up(NumberKind kind, const std::string& number) {
  auto& known = known_[static_cast<std::size_t>(kind)];
  const auto it = known.find(number);
  if (it != known.end()) return it->second;
  const NumberedCharacter found = kind == NumberKind::juki ? look_up_juki(number) : look_up_koseki(number);
  return known.emplace(number, found).first->second;
}

NumberedCharacter NumberColumns::look_up_juki(std::string number) const {
  NumberedCharacter found{};
  if (number.starts_with("J+") || number.starts_with("j+")) number.erase(0, 2);
  const auto code = base::parse_hex_bytes(number);
  if (!code || code->size() != 2) return found;
  const std::u32string text = CodeTable::bundled(Encoding::juki_net_be)->decode(*code);
  if (text.empty()) return found;
  found.first = text[0];
  found.second = text.size() == 2 ? text[1] : U'\0';
  if (is_private_use(found.first)) {
    found.outcome = Outcome::gaiji_unmapped;
    return found;
  }
  const Identity identity = repertoire_.identify(found.first, found.second);
  found.outcome = identity.outcome;
  found.id = identity.id;
  return found;
}

NumberedCharacter NumberColumns::look_up_koseki(const std::string& number) const {
  NumberedCharacter found{};
  if (number.size() > kKosekiDigits) return found;
  const StandardTable& table = repertoire_.table();
  const auto ids = table.with_koseki(std::string(kKosekiDigits - number.size(), '0') + number);
  if (ids.size() != 1) return found;
  found.outcome = Outcome::standard;
  found.id = ids.front();
  const StandardTable::Codes codes = table.codes(ids.front());
  const auto kind = static_cast<CodeClass>(table.class_of(codes.plain) & kClassMask);
  if (codes.plain != 0 && kind == CodeClass::standard) {
    found.first = codes.plain;
  } else if (codes.ivs != 0) {
    found.first = codes.ivs_base;
    found.second = codes.ivs;
  }
  return found;
}

Event event_of(const NumberedCharacter& character, std::uint64_t record, std::uint32_t field) noexcept {
  return {character.offset,  record,          field,           character.length, Event::Kind::character,
          character.outcome, character.first, character.second};
}

std::optional<Replacement> write_numbered(const Converter& converter, const NumberedCharacter& character,
                                          std::span<const std::uint8_t> source, std::uint64_t record,
                                          std::uint32_t field, std::string& out) {
  if (character.space) {
    base::append_utf8(out, character.first);
    return std::nullopt;
  }
  Replacement made{event_of(character, record, field), Action::form, {}, {}};
  // What no text names, or what would change the records, is as good as malformed: there is nothing to keep.
  Event asked = made.event;
  if (asked.first == 0 || breaks_records(converter, asked.first)) asked.outcome = Outcome::malformed;
  const Splice splice = decide(converter, asked, source, true, false);
  if (splice.tagged) {
    std::array<std::uint8_t, kLongestTag> tag;
    const Repertoire& repertoire = converter.plan().repertoire();
    const std::size_t length =
        put_tag(repertoire, character.id, base_of(repertoire.table(), character), source, tag.data());
    out.append(tag.begin(), tag.begin() + static_cast<std::ptrdiff_t>(length));
    made.action = *splice.action;
    return made;
  }
  const bool same = !splice.action || *splice.action == Action::double_code;
  if (!same) made.action = *splice.action;
  made.relation = splice.relation;
  made.target = splice.text;
  if (same) made.target = {asked.first, asked.second};
  for (const char32_t c : made.target) {
    if (c != 0) base::append_utf8(out, c);
  }
  return made;
}

}  // namespace hyojun::charmap
