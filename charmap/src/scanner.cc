// The scanner. Its general path reads one character at a time and defines what identification is; the kernels (tile.h),
// plain_run.h and table_run.h take what is plain out of its way, and are compared with it.
#include "hyojun/charmap/scanner.h"

#include <algorithm>
#include <bit>

#include "plain_run.h"
#include "table_run.h"
#include "tile.h"
#include "tile_positions.h"
#include "tile_sink.h"
#include "with_decoder.h"

namespace hyojun::charmap {

namespace {

using Phase = ScanState::Phase;

constexpr char32_t kLf = U'\n', kCr = U'\r', kQuote = U'"', kEscape = 0x1B;
constexpr std::size_t kCrowded = 4;  // special characters a block

// One call of scan(): where it reads, what it counts. Each step takes one whole unit of structure or content, or
// returns false and leaves everything as it was because the unit may go on behind the end of the bytes.
template <typename Decoder>
class Scan {
 public:
  Scan(const Plan& plan, Decoder decoder, ScanState& state, std::span<const std::uint8_t> bytes, End end,
       ScanCounts& counts, std::span<Event> events, TileSink* sink) noexcept
      : plan_(plan),
        decoder_(decoder),
        state_(state),
        bytes_(bytes),
        end_(end),
        counts_(counts),
        events_(events),
        delimited_(plan.options().structure.kind == Structure::Kind::delimited),
        delimiter_(delimited_ ? plan.options().structure.delimiter : kLf),
        tables_(plain_tables<Decoder>(plan)),
        kernel_(tile_functions(plan.options())),
        sink_(sink),
        counting_(counts_field()) {
    if (kernel_.bare != nullptr) input_ = tile_input(plan);
    // Tiles are filled up with it.
    if (kernel_.bare != nullptr && input_.scan_bytes[input_.plain_code] != kScanStandard) kernel_ = {};
    if (sink != nullptr) input_.utf8 = sink->utf8();
    set_of(decoder_, state.shift);
  }

  ScanResult run() noexcept {
    while (at_ < bytes_.size()) {
      if (kernel_.bare != nullptr && at_ >= next_tile_ && !state_.in_header && !tiles()) {
        return {at_, used_, ScanResult::Reason::events_full};
      }
      plain();
      if (at_ == bytes_.size()) break;
      if (events_.size() - used_ < kEventRoom) return {at_, used_, ScanResult::Reason::events_full};
      const Decoded d = decode(at_);
      if (take_shift(decoder_, d, state_.shift, at_)) continue;
      if (d.length == 0 || !step(d)) return {at_, used_, ScanResult::Reason::need_more};
    }
    if (end_ == End::file && !whole_field() && state_.phase != Phase::record_start) {
      if (events_.size() - used_ < kEventRoom) return {at_, used_, ScanResult::Reason::events_full};
      state_.unclosed_quote = state_.phase == Phase::quoted;
      end_record(0);
    }
    return {at_, used_, ScanResult::Reason::done};
  }

 private:
  // Takes tiles as long as the kernel can prove them. False: the events have no room for what a block may hold.
  bool tiles() noexcept {
    constexpr std::size_t kBlock = kBlockUnits * Decoder::kUnit;
    while (bytes_.size() - at_ >= kBlock + kTileAhead) {
      const std::size_t room = events_.size() - used_;
      if (room < kBlockUnits + kEventRoom) {
        if (used_ != 0) return false;
        break;
      }
      // A tile of many special characters may not fit: try as much as surely does, until there are few.
      const std::size_t sure = std::min((room - kEventRoom) / kBlockUnits * kBlock, kTileBytes);
      std::size_t most = std::min(crowded_ ? sure : kTileBytes, reach_);
      fill_tile(most + kTileAhead);
      std::size_t specials = count_specials(tile_);
      if (specials + kEventRoom > room) {
        most = sure;
        fill_tile(most + kTileAhead);
        specials = count_specials(tile_);
      }
      crowded_ = specials > tile_.blocks * kCrowded;
      const bool whole = tile_.blocks == most / kBlock;
      if (tile_.length != 0) take_tile();
      full_ |= tile_.wants_full;
      if (tile_.wants_full) continue;
      reach_ = whole ? std::min(reach_ * 2, kTileBytes) : std::max(kBlock * 2, tile_.blocks * kBlock);
      if (!whole) break;
    }
    next_tile_ = at_ + kBlock;
    return true;
  }

  void fill_tile(std::size_t most) noexcept {
    const TilePlace place{state_.phase == Phase::quoted,
                          state_.phase == Phase::record_start || state_.phase == Phase::field_start};
    const TileFunction fill = full_ || place.quoted ? kernel_.full : kernel_.bare;
    fill(input_, bytes_.data() + at_, std::min(bytes_.size() - at_, most), place, tile_);
  }

  // Adds a tile to the counts, reads its special characters, and goes on behind it.
  void take_tile() noexcept {
    const std::size_t begin = at_;
    const std::uint64_t record = state_.record;
    const std::uint32_t field = state_.field;
    for (std::size_t i = 0; i < tile_.shape_count; ++i) ++counts_.shapes[tile_.shapes[i] - kScanShape];
    counts_.outcomes[static_cast<std::size_t>(Outcome::standard)] += tile_.characters - tile_.default_glyph;
    counts_.outcomes[static_cast<std::size_t>(Outcome::default_glyph)] += tile_.default_glyph;
    for (std::uint64_t blocks = tile_.with_specials; blocks != 0; blocks &= blocks - 1) {
      const auto block = static_cast<std::size_t>(std::countr_zero(blocks));
      for (std::uint64_t rest = tile_.specials[block]; rest != 0; rest &= rest - 1) {
        const auto unit = static_cast<unsigned>(std::countr_zero(rest));
        const std::size_t at = begin + (block * kBlockUnits + unit) * Decoder::kUnit;
        if (at < at_) continue;  // taken with the one before
        const std::uint64_t before = (std::uint64_t{1} << unit) - 1;
        state_.record = record + tile_.records_before[block] + count_bits(tile_.line_ends[block] & before);
        state_.field = field_at(tile_, block, before, field);
        special(begin, at);
      }
    }
    state_.record = record + tile_.records_before[tile_.blocks];
    state_.field = field_at(tile_, tile_.blocks - 1, ~std::uint64_t{0}, field);
    counts_.records += tile_.records_before[tile_.blocks];
    end_tile(begin, begin + tile_.length);
    if (sink_ != nullptr) sink_->take(tile_, begin, events_.first(used_));
  }

  // A character behind the tile may belong to its last; then where the tile ends decides how the scan goes on.
  void end_tile(std::size_t begin, std::size_t end) noexcept {
    const bool joins = at_ < end && Decoder::is_second(bytes_.data() + end) && decode(end).length != 0;
    if (!joins || !join(begin, end, decode(end))) at_ = std::max(at_, end);
    const std::size_t last = (tile_.length - 1) / Decoder::kUnit;
    const std::uint64_t bit = std::uint64_t{1} << (last % kBlockUnits);
    state_.phase = tile_.place.quoted                                  ? Phase::quoted
                   : (tile_.line_ends[last / kBlockUnits] & bit) != 0  ? Phase::record_start
                   : (tile_.delimiters[last / kBlockUnits] & bit) != 0 ? Phase::field_start
                                                                       : Phase::unquoted;
    if (at_ > end) begin_content();
  }

  // Reads the special character at `at` of the tile that begins at `begin`. The tile counted it as standard.
  void special(std::size_t begin, std::size_t at) noexcept {
    const Decoded d = decoder_.decode_proven(bytes_.data() + at);
    if (Decoder::is_second(bytes_.data() + at) && join(begin, at, d)) return;
    uncount(Outcome::standard);
    at_ = at;
    if (d.malformed) return finish(Outcome::malformed, d.length, 0, 0);  // a code without a character
    const std::size_t next = at + d.length;
    if (Decoder::is_second(bytes_.data() + next)) {
      const Decoded after = decode(next);
      if (after.length != 0 && !after.malformed && plan_.repertoire().forms_sequence(d.code_point, after.code_point)) {
        if (next < begin + tile_.length) uncount(Outcome::standard);
        classify(d.code_point, after.code_point, d.length + std::size_t{after.length});
        return;
      }
    }
    classify(d.code_point, 0, d.length);
  }

  // Joins the character at `at` to the plain one before it, if both make a sequence. What was read one by one before
  // `at_` takes part in none.
  bool join(std::size_t begin, std::size_t at, const Decoded& d) noexcept {
    if (at <= std::max(at_, begin) || d.malformed) return false;
    const std::size_t length = Decoder::length_before(bytes_.data() + at);
    const std::size_t first = at - length;
    const Decoded base = decoder_.decode_proven(bytes_.data() + first);
    if (base.code_point < 0x80 && is_structure(base.code_point, (first - begin) / Decoder::kUnit)) return false;
    // The base was counted, so it is plain: a selector joins it without a look at its class.
    if (!is_selector(d.code_point) && !plan_.repertoire().forms_sequence(base.code_point, d.code_point)) return false;
    if (at < begin + tile_.length) uncount(Outcome::standard);
    const std::uint8_t scan = base.code_point < 0x80 ? kScanStandard : plan_.bmp_scan()[base.code_point & 0xFFFF];
    if (scan >= kScanShape) --counts_.shapes[scan - kScanShape];
    uncount(scan == kScanStandard ? Outcome::standard : Outcome::default_glyph);
    at_ = first;
    finish(plan_.outcome(base.code_point, d.code_point), length + d.length, base.code_point, d.code_point);
    return true;
  }

  static bool is_selector(char32_t cp) noexcept { return cp - 0xE0100 < 240 || cp - 0xFE00 < 16; }
  bool is_structure(char32_t code_point, std::size_t unit) const noexcept {
    if (code_point == kLf || code_point == kCr || (delimited_ && code_point == kQuote)) return true;
    return code_point == delimiter_ && (tile_.delimiters[unit / kBlockUnits] >> (unit % kBlockUnits) & 1) != 0;
  }

  void uncount(Outcome outcome) noexcept { --counts_.outcomes[static_cast<std::size_t>(outcome)]; }
  void plain() noexcept {
    PlainRun run;
    if constexpr (kIsTableDecoder<Decoder>) {
      at_ += table_run(plan_, state_, bytes_, at_, counts_, events_.first(used_), sink_);
      set_of(decoder_, state_.shift);
      counting_ = counts_field();
    } else {
      run = plain_run(decoder_, tables_, bytes_.subspan(at_), end_ == End::open);
    }
    if (run.length == 0) return;
    at_ += run.length;
    begin_content();
    if (!counting_) return;
    counts_.outcomes[static_cast<std::size_t>(Outcome::standard)] += run.standard;
    counts_.outcomes[static_cast<std::size_t>(Outcome::default_glyph)] += run.default_glyph;
  }

  Decoded decode(std::size_t at) const noexcept {
    return decoder_.decode(bytes_.data() + at, bytes_.size() - at, end_ != End::open);
  }
  bool is(std::size_t at, char32_t code_point) const noexcept {
    if (at == bytes_.size()) return false;
    const Decoded d = decode(at);
    return !d.malformed && d.length != 0 && d.code_point == code_point;
  }

  bool step(const Decoded& d) noexcept {
    if (d.code_point <= 0x7F && !d.malformed && !whole_field()) {
      if (d.code_point == kLf || d.code_point == kCr) return line_end(d);
      if (delimited_ && d.code_point == delimiter_ && state_.phase != Phase::quoted) return delimiter(d);
      if (delimited_ && d.code_point == kQuote && state_.phase != Phase::unquoted) return quote(d);
    }
    return content(d);
  }

  // CRLF is one line end. Inside quotes a line end is structure, but ends no record.
  bool line_end(const Decoded& d) noexcept {
    std::size_t length = d.length;
    if (d.code_point == kCr) {
      if (end_ == End::open && bytes_.size() - at_ < length + Decoder::kUnit) return false;
      if (is(at_ + length, kLf)) length += Decoder::kUnit;
    }
    end_line(decoder_, state_.shift);
    if (state_.phase == Phase::quoted) {
      at_ += length;
    } else {
      end_record(length);
    }
    return true;
  }

  void end_record(std::size_t length) noexcept {
    structure_event(Event::Kind::record_end, length);
    at_ += length;
    ++counts_.records;
    ++state_.record;
    state_.field = 0;
    state_.in_header = false;
    state_.phase = Phase::record_start;
    counting_ = counts_field();
  }

  bool delimiter(const Decoded& d) noexcept {
    structure_event(Event::Kind::field_end, d.length);
    at_ += d.length;
    ++state_.field;
    state_.phase = Phase::field_start;
    counting_ = counts_field();
    return true;
  }

  bool quote(const Decoded& d) noexcept {
    if (state_.phase != Phase::quoted) {  // the opening quote
      state_.phase = Phase::quoted;
      at_ += d.length;
      return true;
    }
    const std::size_t next = at_ + d.length;
    if (end_ == End::open && bytes_.size() - next < Decoder::kUnit) return false;
    if (is(next, kQuote)) {  // "" is one quote of the content and one of the structure
      count(Outcome::standard);
      at_ = next + d.length;
    } else {
      state_.phase = Phase::unquoted;
      at_ = next;
    }
    return true;
  }

  bool content(const Decoded& d) noexcept {
    if (d.malformed) {
      begin_content();
      finish(Outcome::malformed, d.length, 0, 0);
      return true;
    }
    const std::size_t next = at_ + d.length;
    char32_t second = 0;
    std::size_t length = d.length;
    if (d.code_point >= kPairBase) {
      begin_content();
      const auto [first, after] = pair_of(decoder_, d.code_point);
      classify(first, after, length);
      return true;
    }
    if (end_ == End::open && bytes_.size() - next < Decoder::kUnit) return false;
    if (bytes_.size() - next >= Decoder::kUnit && Decoder::may_be_second(bytes_.data() + next)) {
      const Decoded after = decode(next);
      if (after.length == 0) return false;
      if (!after.malformed && after.code_point < kPairBase &&
          plan_.repertoire().forms_sequence(d.code_point, after.code_point)) {
        second = after.code_point;
        length += after.length;
      }
    }
    begin_content();
    classify(d.code_point, second, length);
    return true;
  }

  bool whole_field() const noexcept { return plan_.options().structure.kind == Structure::Kind::field; }
  void begin_content() noexcept { state_.phase = state_.phase == Phase::quoted ? Phase::quoted : Phase::unquoted; }

  void classify(char32_t first, char32_t second, std::size_t length) noexcept {
    const bool outside = second == 0 && plan_.outside_limit(first);
    if (second == 0 && first < 0x10000) {
      const std::uint8_t byte = plan_.bmp_classes()[first];
      const auto kind = static_cast<CodeClass>(byte & kClassMask);
      if ((kind == CodeClass::standard || kind == CodeClass::second_of_x0213) && !outside) {
        count(Outcome::standard);
        at_ += length;
        return;
      }
      if (kind == CodeClass::default_glyph) {
        if (counting_ && (byte & kShapeDependsOnFont) != 0) ++counts_.shapes[plan_.bmp_scan()[first] - kScanShape];
        if (!outside && !plan_.options().default_glyph_events) {
          count(Outcome::default_glyph);
          at_ += length;
          return;
        }
      }
    }
    const Outcome outcome = plan_.outcome(first, second);
    if (outcome == Outcome::default_glyph && !outside && !plan_.options().default_glyph_events) {
      count(outcome);
      at_ += length;
      return;
    }
    finish(outcome, length, first, second,
           outside || (plan_.options().conversion_events && in_layer(plan_, first, second)));
  }

  void count(Outcome outcome) noexcept { counts_.outcomes[static_cast<std::size_t>(outcome)] += counting_ ? 1 : 0; }

  // Counts a character that may be worth an event, and goes on behind it.
  void finish(Outcome outcome, std::size_t length, char32_t first, char32_t second, bool special = false) noexcept {
    count(outcome);
    const bool wanted =
        (counting_ || plan_.options().conversion_events) && (outcome != Outcome::standard || second != 0 || special);
    if (wanted || (plan_.options().check_whole_input && (outcome == Outcome::malformed || first == kEscape))) {
      events_[used_++] = {
          at_,     state_.record, state_.field, static_cast<std::uint8_t>(length), Event::Kind::character,
          outcome, first,         second};
    }
    at_ += length;
  }

  void structure_event(Event::Kind kind, std::size_t length) noexcept {
    if (!plan_.options().field_events) return;
    events_[used_++] = {at_, state_.record, state_.field, static_cast<std::uint8_t>(length), kind, Outcome::standard, 0,
                        0};
  }

  bool counts_field() const noexcept { return !state_.in_header && plan_.selects(state_.field); }

  const Plan& plan_;
  Decoder decoder_;
  ScanState& state_;
  const std::span<const std::uint8_t> bytes_;
  const End end_;
  ScanCounts& counts_;
  const std::span<Event> events_;
  const bool delimited_;
  const char32_t delimiter_;
  const PlainTables tables_;
  TileFunctions kernel_;
  bool crowded_ = true;             // many special characters: unknown at first
  bool full_ = false;               // its full variant: there are quotes or CR
  std::size_t next_tile_ = 0;       // where to try again
  std::size_t reach_ = kTileBytes;  // less where it is malformed: what a kernel read behind that, it read in vain
  TileSink* const sink_;            // or null
  TileInput input_;
  Tile tile_;
  bool counting_;
  std::size_t at_ = 0;
  std::size_t used_ = 0;
};

}  // namespace

ScanResult scan(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, End end, ScanCounts& counts,
                std::span<Event> events, TileSink* sink) noexcept {
  return with_decoder(
      plan, [&](const auto& decoder) { return Scan(plan, decoder, state, bytes, end, counts, events, sink).run(); });
}

}  // namespace hyojun::charmap
