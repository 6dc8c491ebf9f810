#include "hyojun/charmap/source_writer.h"

#include <algorithm>
#include <array>
#include <tuple>

#include "codes.h"

namespace hyojun::charmap {

namespace {

constexpr std::uint8_t kNl = 0x15;  // of EBCDIC; the other line end is 25 (LF)
constexpr std::uint8_t kLf = 0x25;
constexpr char32_t kLastCodePoint = 0x10FFFF;

bool is_line_end(char32_t cp) { return cp == U'\n' || cp == U'\r'; }

void append(std::string& out, std::uint32_t code, std::size_t bytes) {
  for (std::size_t i = bytes; i > 0; --i) out += static_cast<char>(code >> (8 * (i - 1)) & 0xFF);
}

}  // namespace

base::Result<SourceWriter> SourceWriter::make(Encoding encoding, std::shared_ptr<const CodeTable> codes,
                                              const StandardTable& table) {
  if (has_code_table(encoding)) return SourceWriter(codes == nullptr ? CodeTable::bundled(encoding) : std::move(codes));
  constexpr std::array kTargets = {TargetEncoding::utf8, TargetEncoding::utf16le, TargetEncoding::utf16be,
                                   TargetEncoding::cp932};
  auto encoder = Encoder::make(kTargets[static_cast<std::size_t>(encoding)], table);
  if (!encoder) return tl::unexpected(encoder.error());
  return SourceWriter(std::move(*encoder));
}

SourceWriter::SourceWriter(std::shared_ptr<const CodeTable> codes)
    : codes_(std::move(codes)), ebcdic_(is_ebcdic(codes_->encoding())), line_end_(kNl) {
  const auto& shifts = codes_->codes().shifts;
  const auto& sets = codes_->codes().sets;
  for (std::size_t i = 0; i < shifts.size(); ++i) {
    const bool doubles = std::ranges::find(sets[shifts[i].to].lead_length, 2) != sets[shifts[i].to].lead_length.end();
    if (doubles) shifts_of_doubles_.push_back(i);
  }
  add_spellings();
}

void SourceWriter::choose(std::size_t variant) {
  shift_ = shifts_of_doubles_.empty() ? 0 : variant % shifts();
  line_end_ = shifts_of_doubles_.empty() || variant < shifts() ? kNl : kLf;
}

void SourceWriter::add_spellings() {
  const Codes& codes = codes_->codes();
  std::vector<Spelling> all;
  const auto add = [&](Codes::Entry e, std::uint32_t code, std::size_t bytes, std::size_t set) {
    Spelling s{e, 0, code, static_cast<std::uint8_t>(bytes), static_cast<std::uint8_t>(set), false};
    if ((e & Codes::kKind) == Codes::kPair) {
      s.first = codes.pairs[e & ~Codes::kKind][0];
      s.second = codes.pairs[e & ~Codes::kKind][1];
    } else if (e > kLastCodePoint) {
      return;
    }
    all.push_back(s);
  };
  for (std::size_t set = 0; set < codes.sets.size(); ++set) {
    const Codes::Set& s = codes.sets[set];
    for (unsigned byte = 0; byte < 0x100; ++byte) {
      const std::size_t length = s.lead_length[byte];
      if (length == 0) {
        // What may begin a shift code is a character of its own where none follows.
        add((s.first[byte] & Codes::kKind) == Codes::kShift ? s.otherwise[byte] : s.first[byte], byte, 1, set);
        continue;
      }
      const auto& entries = codes.planes[s.plane[byte]].entries;
      for (unsigned rest = 0; rest < (length == 2 ? 0x100U : 0x10000U); ++rest) {
        const unsigned code = length == 2 ? byte << 8U | rest : rest;
        add(entries[code], length == 2 ? code : byte << 16U | code, length, set);
      }
    }
  }
  std::ranges::stable_sort(all, {},
                           [](const Spelling& s) { return std::tuple(s.first, s.second, s.set, s.bytes, s.code); });
  std::vector<Spelling> once;
  for (const Spelling& s : all) {
    const bool again =
        !once.empty() && once.back().first == s.first && once.back().second == s.second && once.back().set == s.set;
    if (again) {
      once.back().several = true;
    } else {
      once.push_back(s);
    }
  }
  spellings_ = std::make_shared<const std::vector<Spelling>>(std::move(once));
}

const SourceWriter::Spelling* SourceWriter::find(std::u32string_view text, std::uint8_t set) const {
  const std::tuple wanted(text[0], text.size() > 1 ? text[1] : U'\0', set);
  const auto key = [](const Spelling& s) { return std::tuple(s.first, s.second, s.set); };
  const auto it = std::ranges::lower_bound(*spellings_, wanted, {}, key);
  return it != spellings_->end() && key(*it) == wanted ? &*it : nullptr;
}

// In the set where the text stands, if that has it; a line end in the initial one. Else in the set that the chosen
// shift code leads to, else in the first that has it.
const SourceWriter::Spelling* SourceWriter::choose_spelling(std::u32string_view text) const {
  if (is_line_end(text[0])) return find(text, 0);
  if (const Spelling* const here = find(text, set_)) return here;
  if (!shifts_of_doubles_.empty()) {
    const std::uint8_t preferred = codes_->codes().shifts[shifts_of_doubles_[shift_]].to;
    if (const Spelling* const there = find(text, preferred)) return there;
  }
  for (std::size_t set = 0; set < codes_->codes().sets.size(); ++set) {
    if (const Spelling* const there = find(text, static_cast<std::uint8_t>(set))) return there;
  }
  return nullptr;
}

void SourceWriter::shift_to(std::uint8_t set, std::string& out) {
  if (set == set_) return;
  const auto& shifts = codes_->codes().shifts;
  auto shift = std::ranges::find(shifts, set, &Codes::Shift::to);
  if (!shifts_of_doubles_.empty() && shifts[shifts_of_doubles_[shift_]].to == set) {
    shift = shifts.begin() + static_cast<std::ptrdiff_t>(shifts_of_doubles_[shift_]);
  }
  if (shift == shifts.end()) return;
  out.append(shift->bytes.begin(), shift->bytes.begin() + shift->length);
  set_ = set;
}

std::size_t SourceWriter::put(std::u32string_view text, std::string& out) {
  if (encoder_) {
    if (!encoder_->holds(text[0])) return 0;
    std::array<std::uint8_t, Encoder::kLongest> bytes{};
    out.append(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(encoder_->put(text[0], bytes.data())));
    return 1;
  }
  const Spelling* const two = text.size() > 1 ? choose_spelling(text.substr(0, 2)) : nullptr;
  const Spelling* const one = two == nullptr ? choose_spelling(text.substr(0, 1)) : two;
  if (one == nullptr) return 0;
  shift_to(one->set, out);
  const bool line_end = ebcdic_ && text[0] == U'\n';
  append(out, line_end ? line_end_ : one->code, one->bytes);
  if (is_line_end(text[0])) set_ = codes_->codes().sets[set_].after_line_end;
  return two == nullptr ? 1 : 2;
}

bool SourceWriter::reads_as_code(std::uint8_t set, std::span<const std::uint8_t> code) const {
  const Codes::Set& s = codes_->codes().sets[set];
  const std::size_t length = s.lead_length[code[0]];
  if (length == 0) return code.size() == 1 && s.first[code[0]] <= kLastCodePoint;
  return code.size() % length == 0;
}

void SourceWriter::put_code(std::span<const std::uint8_t> code, std::string& out) {
  if (!encoder_ && !code.empty() && !reads_as_code(set_, code)) {
    for (std::size_t set = 0; set < codes_->codes().sets.size(); ++set) {
      if (!reads_as_code(static_cast<std::uint8_t>(set), code)) continue;
      shift_to(static_cast<std::uint8_t>(set), out);
      break;
    }
  }
  out.append(code.begin(), code.end());
}

void SourceWriter::end(std::string& out) {
  if (!encoder_) shift_to(0, out);
}

bool SourceWriter::has_several_codes(std::u32string_view character) const {
  if (encoder_) return false;  // those of CP932 are replacements of their own (Action::double_code)
  const Spelling* known = nullptr;
  for (std::size_t set = 0; set < codes_->codes().sets.size() && !is_line_end(character[0]); ++set) {
    const Spelling* const s = find(character, static_cast<std::uint8_t>(set));
    if (s == nullptr) continue;
    if (s->several || (known != nullptr && known->bytes != s->bytes)) return true;
    known = s;
  }
  return false;
}

}  // namespace hyojun::charmap
