#include "run_tables.h"

#include <algorithm>

namespace hyojun::charmap {

namespace {

using Kind = RunTables::Kind;
using Run = RunTables::Run;

Run stop_mask(const PlanOptions& options) {
  Run stop = Codes::kRunStop;
  if (options.default_glyph_events) stop |= 1U << Codes::kRunDefaultGlyph;
  if (options.limit != Limit::none) stop |= Codes::kRunOutsideX0213;
  // A map may have ASCII among the double bytes: the general path asks whether it is structure.
  if (unit_of(options.encoding) == 1) stop |= Codes::kRunDoubleAscii;
  return stop;
}

// What an ASCII character is to the structure. Where it makes events, all of it is left to the general path.
std::array<Kind, 128> ascii_kinds(const PlanOptions& options) {
  std::array<Kind, 128> kinds{};
  kinds.fill(Kind::plain);
  const Structure& structure = options.structure;
  if (structure.kind == Structure::Kind::field) return kinds;
  const auto set = [&](char32_t c, Kind kind) { kinds[c & 0x7F] = options.field_events ? Kind::stop : kind; };
  set(U'\n', Kind::line_feed);
  set(U'\r', Kind::carriage_return);
  if (structure.kind != Structure::Kind::delimited) return kinds;
  set(U'"', Kind::quote);
  set(structure.delimiter, Kind::delimiter);
  return kinds;
}

// The outside bit of what the plan watches, which is not what JIS X 0213 lacks.
Run watched(Run run, Codes::Entry e, const std::uint8_t* classes) {
  if (e >= 0x10000) return run;
  const bool outside = (classes[e] & kOutsideX0213) != 0;
  return (run & ~Codes::kRunOutsideX0213) | (outside ? Codes::kRunOutsideX0213 : 0);
}

class Maker {
 public:
  Maker(const PlanOptions& options, const std::uint8_t* classes, RunTables& tables)
      : options_(options), codes_(options.codes->codes()), classes_(classes), tables_(tables) {}

  void make() {
    tables_.unit = unit_of(options_.encoding);
    tables_.stop = stop_mask(options_);
    tables_.may_join = codes_.has_marks;
    const char32_t delimiter = options_.structure.delimiter;
    tables_.delimiter_is_text = delimiter >= 0x20 && delimiter < 0x7F;
    tables_.ascii = ascii_kinds(options_);
    const bool watches = options_.limit == Limit::watched;
    if (watches || tables_.unit == 2) {
      for (const Codes::Plane& plane : codes_.planes) tables_.own.push_back(own_plane(plane, watches));
    }
    for (const Codes::Set& set : codes_.sets) tables_.sets.push_back(make_set(set, watches));
    for (const Codes::Shift& shift : codes_.shifts) tables_.shifts.push_back(make_shift(shift));
    make_blocks();
  }

 private:
  std::vector<Run> own_plane(const Codes::Plane& plane, bool watches) const {
    std::vector<Run> runs = plane.runs;
    for (std::size_t code = 0; code < runs.size(); ++code) {
      if (watches) runs[code] = watched(runs[code], plane.entries[code], classes_);
      const bool ascii = (runs[code] & Codes::kRunDoubleAscii) != 0;
      if (ascii && tables_.ascii[runs[code] & 0x7F] != Kind::plain) runs[code] |= Codes::kRunStop;
    }
    return runs;
  }

  Kind kind_of(const Codes::Set& set, std::size_t byte) const {
    const Codes::Entry e = set.first[byte];
    if ((e & Codes::kKind) == Codes::kShift) return Kind::shift;
    if (e == Codes::kLead) return set.lead_length[byte] == 2 ? Kind::lead2 : Kind::lead3;
    return e < 0x80 ? tables_.ascii[e] : Kind::plain;
  }

  RunTables::Set make_set(const Codes::Set& set, bool watches) const {
    RunTables::Set made{set.runs, {}, {}, set.after_line_end};
    for (std::size_t b = 0; b < 256; ++b) {
      if (watches) made.runs[b] = watched(made.runs[b], set.first[b], classes_);
      made.kinds[b] = kind_of(set, b);
      const bool leads = made.kinds[b] == Kind::lead2 || made.kinds[b] == Kind::lead3;
      const std::size_t plane = set.plane[b];
      if (leads) made.planes[b] = tables_.own.empty() ? codes_.planes[plane].runs.data() : tables_.own[plane].data();
      if (made.kinds[b] != Kind::plain) made.runs[b] |= Codes::kRunStop;
      if (made.kinds[b] == Kind::plain && (made.runs[b] & tables_.stop) != 0) made.kinds[b] = Kind::stop;
    }
    return made;
  }

  static RunTables::Shift make_shift(const Codes::Shift& shift) {
    RunTables::Shift made{0, 0, shift.length, shift.to};
    for (unsigned i = 0; i < shift.length; ++i) {
      made.bytes |= static_cast<std::uint32_t>(shift.bytes[i]) << 8U * i;
      made.mask |= 0xFFU << 8U * i;
    }
    return made;
  }

  // The one plane of a set's leads; null where they have several, or three bytes only.
  const Run* plane_of(const RunTables::Set& set) const {
    const Run* plane = nullptr;
    for (std::size_t b = 0; b < 256; ++b) {
      if (set.kinds[b] != Kind::lead2) continue;
      if (plane != nullptr && set.planes[b] != plane) return nullptr;
      plane = set.planes[b];
    }
    return plane;
  }

  // The first shift code to this set, where no byte of it can be the second of a pair.
  const Codes::Shift* shift_to(std::uint8_t set) const {
    for (const Codes::Shift& shift : codes_.shifts) {
      if (shift.to != set) continue;
      const bool fits = shift.length <= RunTables::Blocks::kLongestShift && codes_.trail[shift.bytes[0]] == 0;
      return fits ? &shift : nullptr;
    }
    return nullptr;
  }

  void make_blocks() {
    RunTables::Blocks& blocks = tables_.blocks;
    blocks.doubles = codes_.doubles;
    blocks.plane = plane_of(tables_.sets[blocks.doubles]);
    if (tables_.unit == 2 || tables_.may_join || blocks.plane == nullptr) return;
    if (!codes_.shifts.empty()) {
      const Codes::Shift* const out = shift_to(blocks.doubles);
      const Codes::Shift* const in = shift_to(0);
      if (blocks.doubles == 0 || out == nullptr || in == nullptr || out->length != in->length) return;
      blocks.shift_length = out->length;
      std::copy_n(out->bytes.begin(), out->length, blocks.out.begin());
      std::copy_n(in->bytes.begin(), in->length, blocks.in.begin());
    } else if (blocks.doubles != 0) {
      return;
    }
    const RunTables::Set& set = tables_.sets[0];
    if (set.after_line_end != 0) return;
    for (std::size_t b = 0; b < 256; ++b) {
      blocks.text[b] = text_of(set, b);
      if (set.kinds[b] == Kind::delimiter) blocks.delimiter = blocks.text[b];
      if (set.kinds[b] == Kind::quote) blocks.quote = blocks.text[b];
    }
    blocks.possible = true;
  }

  std::uint8_t text_of(const RunTables::Set& set, std::size_t byte) const {
    const auto utf8 = static_cast<std::uint8_t>(set.runs[byte] & 0xFF);
    switch (set.kinds[byte]) {
      case Kind::plain:
        return utf8 < 0x80 ? utf8 : std::uint8_t{0};
      case Kind::delimiter:
      case Kind::line_feed:
      case Kind::carriage_return:
      case Kind::quote:
        return utf8;
      case Kind::lead2:
        return tables_.blocks.doubles == 0 ? RunTables::Blocks::kLead : std::uint8_t{0};
      default:
        return 0;
    }
  }

  const PlanOptions& options_;
  const Codes& codes_;
  const std::uint8_t* classes_;
  RunTables& tables_;
};

}  // namespace

std::shared_ptr<const RunTables> RunTables::make(const PlanOptions& options, const std::uint8_t* classes) {
  if (options.codes == nullptr) return nullptr;
  auto tables = std::make_shared<RunTables>();
  Maker(options, classes, *tables).make();
  return tables;
}

}  // namespace hyojun::charmap
