// The scanner. Its general path reads one character at a time and defines what identification is; the kernels (tile.h),
// plain_run.h and table_run.h take what is plain out of its way, and are compared with it.
#include "hyojun/charmap/scanner.h"

#include <algorithm>
#include <bit>
#include <cstring>

#include "event_list.h"
#include "plain_run.h"
#include "put_off.h"
#include "special_characters.h"
#include "table_run.h"
#include "tile.h"
#include "tile_sink.h"
#include "with_decoder.h"

namespace hyojun::charmap {

namespace {

using Phase = ScanState::Phase;

constexpr char32_t kLf = U'\n', kCr = U'\r', kQuote = U'"';
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
        list_(plan, counts, events),
        specials_(plan, decoder, bytes, end != End::open, list_),
        delimited_(plan.options().structure.kind == Structure::Kind::delimited),
        delimiter_(delimited_ ? plan.options().structure.delimiter : kLf),
        tables_(plain_tables<Decoder>(plan)),
        kernel_(tile_functions(plan.options())),
        sink_(sink),
        counting_(counts_field()) {
    if (kernel_.bare != nullptr) input_ = tile_input(plan);
    // Tiles are filled up with it.
    if (kernel_.bare != nullptr && input_.scan_bytes[input_.plain_code] != kScanStandard) kernel_ = {};
    if (sink != nullptr) input_.texts = sink->texts();
    set_of(decoder_, state.shift);
  }

  ScanResult run() noexcept {
    while (at_ < bytes_.size()) {
      if constexpr (!kIsTableDecoder<Decoder>) {
        const bool may_tile = kernel_.bare != nullptr && at_ >= next_tile_ && !state_.in_header;
        if (may_tile && !tiles()) return result(ScanResult::Reason::events_full);
      }
      plain();
      if (at_ == bytes_.size()) break;
      if (list_.room() < kEventRoom) return result(ScanResult::Reason::events_full);
      const Decoded d = decode(at_);
      if (take_shift(decoder_, d, state_.shift, at_)) continue;
      if (d.length == 0 || !step(d)) return result(ScanResult::Reason::need_more);
    }
    if (end_ == End::file && !whole_field() && state_.phase != Phase::record_start) {
      if (list_.room() < kEventRoom) return result(ScanResult::Reason::events_full);
      state_.unclosed_quote = state_.phase == Phase::quoted;
      end_record(0);
    }
    return result(ScanResult::Reason::done);
  }

 private:
  static constexpr std::size_t kBlock = kBlockUnits * Decoder::kUnit;
  static constexpr std::size_t kUsualShapes = 32;  // copied at once

  ScanResult result(ScanResult::Reason reason) noexcept {
    count_shapes();
    return {at_, list_.size(), reason};
  }

  // Takes tiles as long as the kernel can prove them. False: the events have no room for what a block may hold.
  bool tiles() noexcept {
    do {
      if (!take_tiles()) return false;
    } while (!read_put_off());
    specials_.settle();
    next_tile_ = at_ + kBlock;
    return true;
  }

  bool take_tiles() noexcept {
    while (bytes_.size() - at_ >= kBlock + kTileAhead) {
      if (list_.room() < put_off_.count() + specials_.waiting() + kBlockUnits + kEventRoom) {
        if (!read_put_off()) continue;
        specials_.settle();  // not all of them are events
        if (list_.room() < kBlockUnits + kEventRoom) {
          if (list_.size() != 0) return false;
          break;
        }
      }
      const std::size_t room = list_.room() - specials_.waiting() - put_off_.count();
      // A tile of many special characters may not fit: try as much as surely does, until there are few.
      const std::size_t sure = std::min((room - kEventRoom) / kBlockUnits * kBlock, kTileBytes);
      std::size_t most = std::min(crowded_ ? sure : kTileBytes, reach_);
      fill_tile(most + kTileAhead);
      if (tile_.special_count + kEventRoom > room) {
        most = sure;
        fill_tile(most + kTileAhead);
      }
      crowded_ = tile_.special_count > tile_.blocks * kCrowded;
      const bool whole = tile_.blocks == most / kBlock;
      if (tile_.length != 0 && !take_tile()) continue;
      full_ |= tile_.wants_full;
      if (tile_.wants_full) continue;
      reach_ = whole ? std::min(reach_ * 2, kTileBytes) : std::max(kBlock * 2, tile_.blocks * kBlock);
      if (!whole) break;
    }
    return true;
  }

  void fill_tile(std::size_t most) noexcept {
    const TilePlace place{state_.phase == Phase::quoted,
                          state_.phase == Phase::record_start || state_.phase == Phase::field_start};
    const bool may_put_off = kernel_.read_put_off != nullptr && sink_ == nullptr && !crowded_ && puts_off_;
    tile_.put_off = may_put_off ? &put_off_.places() : nullptr;
    tile_.is_put_off = false;
    const TileFunction fill = full_ || place.quoted ? kernel_.full : kernel_.bare;
    fill(input_, bytes_.data() + at_, std::min(bytes_.size() - at_, most), place, tile_);
  }

  // Takes the tile, or not: then the scan goes on from where it stands.
  bool take_tile() noexcept {
    if (shape_count_ + tile_.shape_count + kUsualShapes > shapes_.size()) {
      if (!put_off_.is_empty()) {  // what is counted cannot be taken back
        read_put_off();
        return false;
      }
      count_shapes();
    }
    if (!tile_.is_put_off) {
      if (!read_put_off()) return false;
      take_read_tile();
      return true;
    }
    if (put_off_.is_empty()) {
      put_off_.begin({at_, state_, counts_.outcomes, counts_.records, shape_count_});
    }
    count_tile();
    pass_tile();
    at_ += tile_.length;
    put_off_.add(tile_);
    return (!put_off_.is_full() && !specials_.is_second(at_)) || read_put_off();
  }

  // Takes a tile whose special characters the kernel read or listed.
  void take_read_tile() noexcept {
    const std::size_t begin = at_;
    count_tile();
    at_ = specials_.take(tile_, begin, state_);
    pass_tile();
    if (at_ > begin + tile_.length) begin_content();
    if (sink_ == nullptr) return;
    specials_.settle();
    sink_->take(tile_, begin, list_.written());
  }

  void count_tile() noexcept {
    take_shapes();
    counts_.outcomes[static_cast<std::size_t>(Outcome::standard)] += tile_.characters - tile_.default_glyph;
    counts_.outcomes[static_cast<std::size_t>(Outcome::default_glyph)] += tile_.default_glyph;
    counts_.records += tile_.end.record;
  }

  void pass_tile() noexcept {
    const TileCharacter& next = tile_.end;
    state_.field = next.field + (next.record == 0 ? state_.field : 0);
    state_.record += next.record;
    state_.phase = tile_.place.quoted                                ? Phase::quoted
                   : next.behind == TileCharacter::Behind::line_end  ? Phase::record_start
                   : next.behind == TileCharacter::Behind::delimiter ? Phase::field_start
                                                                     : Phase::unquoted;
  }

  // Reads the special characters that were put off. False: one of them is not for the kernel, and the scan stands again
  // where their tiles began, to put off none any more.
  bool read_put_off() noexcept {
    if (put_off_.is_empty()) return true;
    const ScanPoint& begin = put_off_.point();
    const bool could_read = put_off_.read(kernel_.read_put_off, bytes_.data() + begin.at);
    const std::size_t end = at_;
    if (could_read) {
      at_ = specials_.take(put_off_.characters(), begin.at, end, put_off_.end(), begin.state);
      if (at_ > end) begin_content();
    } else {
      puts_off_ = false;
      at_ = begin.at;
      state_ = begin.state;
      counts_.outcomes = begin.outcomes;
      counts_.records = begin.records;
      shape_count_ = begin.shapes;
    }
    put_off_.clear();
    return could_read;
  }

  // Shapes wait until there are many: a loop over the two or three of a tile would be guessed wrong every time.
  void take_shapes() noexcept {
    const std::size_t copied = std::max(kUsualShapes, tile_.shape_count);
    std::memcpy(&shapes_[shape_count_], tile_.shapes.data(), copied * sizeof(shapes_[0]));
    shape_count_ += tile_.shape_count;
  }
  void count_shapes() noexcept {
    for (std::size_t i = 0; i < shape_count_; ++i) ++counts_.shapes[input_.scan_bytes[shapes_[i]] - kScanShape];
    shape_count_ = 0;
  }

  void plain() noexcept {
    PlainRun run;
    if constexpr (kIsTableDecoder<Decoder>) {
      at_ += table_run(plan_, state_, bytes_, at_, counts_, list_.written(), sink_);
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
      if (counting_) list_.count(Outcome::standard);
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
      take(d.length, 0, 0, Outcome::malformed);
      return true;
    }
    const std::size_t next = at_ + d.length;
    char32_t second = 0;
    std::size_t length = d.length;
    if (d.code_point >= kPairBase) {
      begin_content();
      const auto [first, after] = pair_of(decoder_, d.code_point);
      take(length, first, after);
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
    take(length, d.code_point, second);
    return true;
  }

  bool whole_field() const noexcept { return plan_.options().structure.kind == Structure::Kind::field; }
  void begin_content() noexcept { state_.phase = state_.phase == Phase::quoted ? Phase::quoted : Phase::unquoted; }

  void take(std::size_t length, char32_t first, char32_t second, Outcome outcome = Outcome::standard) noexcept {
    list_.take(event(Event::Kind::character, length, outcome, first, second), counting_);
    at_ += length;
  }

  void structure_event(Event::Kind kind, std::size_t length) noexcept {
    if (plan_.options().field_events) list_.structure(event(kind, length, Outcome::standard, 0, 0));
  }

  Event event(Event::Kind kind, std::size_t length, Outcome outcome, char32_t first, char32_t second) const noexcept {
    return {at_, state_.record, state_.field, static_cast<std::uint8_t>(length), kind, outcome, first, second};
  }

  bool counts_field() const noexcept { return !state_.in_header && plan_.selects(state_.field); }

  const Plan& plan_;
  Decoder decoder_;
  ScanState& state_;
  const std::span<const std::uint8_t> bytes_;
  const End end_;
  ScanCounts& counts_;
  EventList list_;
  SpecialCharacters<Decoder> specials_;
  const bool delimited_;
  const char32_t delimiter_;
  const PlainTables tables_;
  TileFunctions kernel_;
  bool crowded_ = true;             // many special characters: unknown at first
  bool puts_off_ = true;            // until what was put off could not be read: such text goes on as it began
  bool full_ = false;               // its full variant: there are quotes or CR
  std::size_t next_tile_ = 0;       // where to try again
  std::size_t reach_ = kTileBytes;  // less where it is malformed: what a kernel read behind that, it read in vain
  TileSink* const sink_;            // or null
  TileInput input_;
  Tile tile_;
  PutOff put_off_;
  std::array<std::uint16_t, kTileBytes> shapes_;  // codes not counted yet; those of a tile have room
  std::size_t shape_count_ = 0;
  bool counting_;
  std::size_t at_ = 0;
};

}  // namespace

ScanResult scan(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, End end, ScanCounts& counts,
                std::span<Event> events, TileSink* sink) noexcept {
  return with_decoder(
      plan, [&](const auto& decoder) { return Scan(plan, decoder, state, bytes, end, counts, events, sink).run(); });
}

}  // namespace hyojun::charmap
