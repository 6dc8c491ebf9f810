#include "code_table_builder.h"

#include <algorithm>

#include "splice.h"

namespace hyojun::charmap {

namespace {

constexpr std::size_t kCodes = 0x10000;
constexpr char32_t kFirstPrivateUse = 0xE000;

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
  set.lead_length.fill(0);
  set.plane.fill(0);
  set.runs.fill(Codes::kRunStop);
  set.after_line_end = 0;
  return static_cast<std::uint8_t>(codes_->sets.size() - 1);
}

std::uint8_t CodeTableBuilder::add_plane() {
  Codes::Plane& plane = codes_->planes.emplace_back();
  plane.entries.assign(kCodes, Codes::kNone);
  plane.runs.assign(kCodes, Codes::kRunStop);
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

// Which bytes may be the last but one of a code, in every set that has codes in the plane?
std::array<bool, 256> CodeTableBuilder::last_but_one(std::size_t plane) const {
  std::array<bool, 256> may{};
  may.fill(true);
  for (const Codes::Set& set : codes_->sets) {
    const auto leads = [&](std::size_t byte, unsigned length) {
      return set.lead_length[byte] == length && set.plane[byte] == plane;
    };
    for (std::size_t lead = 0; lead < 256; ++lead) {
      for (std::size_t byte = 0; byte < 256; ++byte) {
        if (leads(lead, 2) && !leads(byte, 2)) may[byte] = false;
        if (leads(lead, 3) && codes_->trail[byte] == 0) may[byte] = false;
      }
    }
  }
  return may;
}

// Plain is what is standard or a default glyph by its class alone, not font-dependent and not first of a sequence
// without kana. Supplementary characters may be a layer's, and gaiji must be events: both are left to the general path.
Codes::Run CodeTableBuilder::run_of(Codes::Entry e) const {
  if (e >= 0x10000) return Codes::kRunStop;
  std::array<std::uint8_t, 4> bytes{};
  const auto length = static_cast<Codes::Run>(put_utf8(e, bytes.data()));
  Codes::Run run = bytes[0] | static_cast<Codes::Run>(bytes[1]) << 8U | static_cast<Codes::Run>(bytes[2]) << 16U |
                   length << Codes::kRunLength;
  constexpr std::uint8_t kPlainBits =
      kTakesVoicedMark | kOutsideX0213 | static_cast<std::uint8_t>(CodeClass::default_glyph);
  const std::uint8_t c = standard_.class_of(e);
  if ((c & ~kPlainBits) != 0) return run | Codes::kRunStop;
  if ((c & static_cast<std::uint8_t>(CodeClass::default_glyph)) != 0) run |= 1U << Codes::kRunDefaultGlyph;
  return (c & kOutsideX0213) != 0 ? run | Codes::kRunOutsideX0213 : run;
}

std::unique_ptr<const Codes> CodeTableBuilder::finish() {
  const auto joins = [this](Codes::Entry e) {
    if (e > 0x10FFFF) return false;
    const auto kind = static_cast<CodeClass>(standard_.class_of(e) & kClassMask);
    return kind == CodeClass::selector || kind == CodeClass::voiced_mark;
  };
  bool marks = false;
  for (Codes::Set& set : codes_->sets) {
    for (std::size_t b = 0; b < 256; ++b) {
      set.runs[b] = run_of(set.first[b]);
      marks = marks || joins(set.first[b]) || joins(set.otherwise[b]);
    }
  }
  for (std::size_t p = 0; p < codes_->planes.size(); ++p) {
    Codes::Plane& plane = codes_->planes[p];
    const std::array<bool, 256> highs = last_but_one(p);
    for (std::size_t code = 0; code < kCodes; ++code) {
      const Codes::Entry e = plane.entries[code];
      if (e == Codes::kNone || !highs[code >> 8] || codes_->trail[code & 0xFF] == 0) continue;
      plane.runs[code] = run_of(e) | (e < 0x80 ? Codes::kRunDoubleAscii : 0);
      marks = marks || joins(e);
    }
  }
  codes_->has_marks = marks;
  return std::move(codes_);
}

}  // namespace hyojun::charmap
