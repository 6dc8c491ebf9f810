// Tags: what stands for a character that its place cannot hold. See splice.h.
#include <algorithm>

#include "splice.h"

namespace hyojun::charmap {

namespace {

std::size_t put_hex(char32_t value, unsigned digits, std::uint8_t* out) noexcept {
  while (digits < 6 && value >> (4 * digits) != 0) ++digits;
  for (unsigned i = 0; i < digits; ++i) {
    out[i] = static_cast<std::uint8_t>("0123456789ABCDEF"[value >> (4 * (digits - 1 - i)) & 0xF]);
  }
  return digits;
}

// The three parts of a tag: what may stand in each, and how long it is.
constexpr std::string_view kTagParts[] = {"0123456789ABCDEFGHJMU+-", "0123456789ABCDEF-", "0123456789ABCDEF"};
constexpr std::size_t kTagPartLength[] = {16, 6, 16};

// The number of whole parts before the last, and its length; none if the text is no tag.
std::optional<std::pair<std::size_t, std::size_t>> read_tag_parts(std::string_view text) noexcept {
  std::size_t part = 0;
  std::size_t length = 0;
  for (const char c : text) {
    if (c == ':' && part < 2 && length != 0) {
      ++part;
      length = 0;
    } else if (kTagParts[part].find(c) != std::string_view::npos && length < kTagPartLength[part]) {
      ++length;
    } else {
      return std::nullopt;
    }
  }
  return std::pair(part, length);
}

}  // namespace

bool may_read_as_tag(std::string_view text) noexcept { return read_tag_parts(text).has_value(); }

bool reads_as_tag(std::string_view text) noexcept {
  const auto parts = read_tag_parts(text);
  return parts && parts->first == 2 && parts->second != 0 && parts->second % 2 == 0;
}

std::optional<std::vector<std::uint8_t>> tag_source(std::string_view inside) {
  if (!reads_as_tag(inside)) return std::nullopt;
  const auto digit = [](char c) { return static_cast<std::uint8_t>(c <= '9' ? c - '0' : c - 'A' + 10); };
  std::vector<std::uint8_t> bytes;
  for (std::size_t i = inside.rfind(':') + 1; i < inside.size(); i += 2) {
    bytes.push_back(static_cast<std::uint8_t>(digit(inside[i]) << 4 | digit(inside[i + 1])));
  }
  return bytes;
}

std::size_t put_name(const Repertoire& repertoire, std::optional<CharacterId> id, std::uint8_t* out) noexcept {
  if (!id) {
    out[0] = '-';
    return 1;
  }
  if (id->list == CharacterId::List::layer) {
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

std::optional<char32_t> tag_base(const Repertoire& repertoire, const Event& event,
                                 std::optional<CharacterId> id) noexcept {
  if (id && id->list != CharacterId::List::layer) {
    const StandardTable::Codes codes = repertoire.table().codes(*id);
    const char32_t base = codes.ucs != 0 ? codes.ucs : codes.plain;
    return base != 0 ? std::optional(base) : std::nullopt;
  }
  const auto kind = static_cast<CodeClass>(repertoire.table().class_of(event.first) & kClassMask);
  if (event.outcome == Outcome::malformed || kind == CodeClass::gaiji) return std::nullopt;
  return event.first;
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
