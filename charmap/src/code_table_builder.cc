#include "code_table_builder.h"

#include <algorithm>

#include "splice.h"

namespace hyojun::charmap {

namespace {

constexpr std::size_t kCodes = 0x10000;
constexpr char32_t kFirstPrivateUse = 0xE000;

Codes::Utf8 utf8_of(Codes::Entry e) {
  if (e >= 0x10000) return 0;
  std::array<std::uint8_t, 4> bytes{};
  const auto length = static_cast<std::uint32_t>(put_utf8(e, bytes.data()));
  return bytes[0] | static_cast<std::uint32_t>(bytes[1]) << 8U | static_cast<std::uint32_t>(bytes[2]) << 16U |
         length << 24U;
}

}  // namespace

CodeTableBuilder::CodeTableBuilder(Encoding encoding, const CodeTable::Options& options, const StandardTable& standard)
    : encoding_(encoding),
      options_(options),
      standard_(standard),
      codes_(std::make_unique<Codes>()),
      next_gaiji_(options.gaiji_first.value_or(kFirstPrivateUse)) {}

std::uint8_t CodeTableBuilder::add_set() {
  Codes::Set& set = codes_->sets.emplace_back();
  set.first.fill(Codes::kNone);
  set.otherwise.fill(Codes::kNone);
  set.classes.fill(Codes::kNotPlain);
  set.lead_length.fill(0);
  set.plane.fill(0);
  set.utf8.fill(0);
  set.after_line_end = 0;
  return static_cast<std::uint8_t>(codes_->sets.size() - 1);
}

std::uint8_t CodeTableBuilder::add_plane() {
  Codes::Plane& plane = codes_->planes.emplace_back();
  plane.entries.assign(kCodes, Codes::kNone);
  plane.classes.assign(kCodes, Codes::kNotPlain);
  plane.utf8.assign(kCodes, 0);
  return static_cast<std::uint8_t>(codes_->planes.size() - 1);
}

Codes::Entry CodeTableBuilder::entry(char32_t first, char32_t second) {
  if (second == 0) return first;
  codes_->pairs.push_back({first, second});
  return Codes::kPair | static_cast<Codes::Entry>(codes_->pairs.size() - 1);
}

void CodeTableBuilder::set_byte(std::uint8_t set, unsigned byte, char32_t first, char32_t second) {
  Codes::Entry& e = codes_->sets[set].first[byte];
  // What begins a shift code keeps doing so.
  ((e & Codes::kKind) == Codes::kShift ? codes_->sets[set].otherwise[byte] : e) = entry(first, second);
}

void CodeTableBuilder::set_ascii(std::uint8_t set) {
  for (unsigned byte = 0; byte < 0x80; ++byte) set_byte(set, byte, byte);
}

void CodeTableBuilder::set_kana(std::uint8_t set, unsigned first_byte) {
  for (unsigned i = 0; i < 63; ++i) set_byte(set, first_byte + i, U'｡' + i);
}

void CodeTableBuilder::set_line_ends(std::uint8_t set) {
  set_byte(set, 0x0D, U'\r');
  if (!is_ebcdic(encoding_)) return set_byte(set, 0x0A, U'\n');
  set_byte(set, 0x15, U'\n');
  set_byte(set, 0x25, U'\n');
}

void CodeTableBuilder::set_leads(std::uint8_t set, unsigned from, unsigned to, std::uint8_t plane,
                                 std::uint8_t length) {
  for (unsigned byte = from; byte <= to; ++byte) {
    codes_->sets[set].first[byte] = Codes::kLead;
    codes_->sets[set].lead_length[byte] = length;
    codes_->sets[set].plane[byte] = plane;
  }
}

void CodeTableBuilder::set_trails(unsigned from, unsigned to) {
  for (unsigned byte = from; byte <= to; ++byte) codes_->trail[byte] = 1;
}

void CodeTableBuilder::set_code(std::uint8_t plane, unsigned code, char32_t first, char32_t second) {
  codes_->planes[plane].entries[code & 0xFFFF] = entry(first, second);
}

void CodeTableBuilder::add_shift(std::string_view bytes, std::uint8_t to) {
  Codes::Shift shift{{}, static_cast<std::uint8_t>(bytes.size()), to};
  for (std::size_t i = 0; i < shift.bytes.size() && i < bytes.size(); ++i) {
    shift.bytes[i] = static_cast<std::uint8_t>(bytes[i]);
  }
  codes_->shifts.push_back(shift);
  for (Codes::Set& set : codes_->sets) {
    Codes::Entry& e = set.first[shift.bytes[0]];
    if ((e & Codes::kKind) == Codes::kShift) continue;
    set.otherwise[shift.bytes[0]] = e;
    e = Codes::kShift;
  }
}

void CodeTableBuilder::set_gaiji(std::uint8_t plane, unsigned code) { set_code(plane, code, next_gaiji_++); }

// Supplementary characters may be a layer's, and gaiji must be events: both are left to the general path.
std::uint8_t CodeTableBuilder::class_of(Codes::Entry e) const {
  return e < 0x10000 ? standard_.class_of(e) : Codes::kNotPlain;
}

std::unique_ptr<const Codes> CodeTableBuilder::finish() {
  const auto joins = [this](Codes::Entry e) {
    if (e > 0x10FFFF) return false;
    const auto kind = static_cast<CodeClass>(standard_.class_of(e) & kClassMask);
    return kind == CodeClass::selector || kind == CodeClass::voiced_mark;
  };
  bool marks = false;
  const auto fill = [&](Codes::Entry e, std::uint8_t& class_byte, Codes::Utf8& utf8) {
    class_byte = class_of(e);
    utf8 = utf8_of(e);
    marks = marks || joins(e);
  };
  for (Codes::Set& set : codes_->sets) {
    for (std::size_t b = 0; b < 256; ++b) fill(set.first[b], set.classes[b], set.utf8[b]);
  }
  for (Codes::Plane& plane : codes_->planes) {
    for (std::size_t code = 0; code < kCodes; ++code) {
      fill(plane.entries[code], plane.classes[code], plane.utf8[code]);
      // A map may have ASCII among its double-byte codes: delimiters, which plain_run() does not look for there.
      if (unit_of(encoding_) == 1 && plane.entries[code] < 0x80) plane.classes[code] = Codes::kNotPlain;
    }
  }
  codes_->has_marks = marks;
  return std::move(codes_);
}

}  // namespace hyojun::charmap
