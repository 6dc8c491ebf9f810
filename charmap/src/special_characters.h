// Reads the special characters of tiles (tile.h). Internal to charmap.
//
// They are few and far between, and the tables that know them are large: read one at a time, each waits for the memory
// and the branches of the one before. So they are read in two stages: those of a tile are decoded, joined to what they
// make a sequence with, and their place in the table is asked for; those of several tiles are then looked up together.
// The first is done already where the kernel could do it for all of a tile (Tile::all_read) or of several (put_off.h).
#ifndef HYOJUN_CHARMAP_SRC_SPECIAL_CHARACTERS_H_
#define HYOJUN_CHARMAP_SRC_SPECIAL_CHARACTERS_H_

#include <algorithm>
#include <span>
#include <utility>

#include "decode.h"
#include "event_list.h"
#include "tile.h"

namespace hyojun::charmap {

template <typename Decoder>
class SpecialCharacters {
 public:
  // `last`: nothing follows the bytes.
  SpecialCharacters(const Plan& plan, Decoder decoder, std::span<const std::uint8_t> bytes, bool last,
                    EventList& list) noexcept
      : plan_(plan), decoder_(decoder), bytes_(bytes), last_(last), list_(list) {}

  // How many wait to be looked up. They stand behind the events of the list.
  std::size_t waiting() const noexcept { return waiting_; }

  // Takes those of the tile that begins at `begin`, in `state`, of which all were counted as standard. Returns where
  // the scan goes on: at the tile's end, or behind it where its last character is the first of a sequence.
  std::size_t take(const Tile& tile, std::size_t begin, const ScanState& state) noexcept {
    if (tile.all_read) {
      return take(std::span(tile.read).first(tile.special_count), begin, begin + tile.length, tile.end, state);
    }
    state_ = &state;
    taken_ = begin;
    list_.uncount(Outcome::standard, tile.special_count);
    take_listed(tile, begin);
    return take_end(begin + tile.length, tile.end);
  }

  // The same of what a kernel read of one or more tiles, which end at `end`, in `place`.
  std::size_t take(std::span<const ReadCharacter> read, std::size_t begin, std::size_t end, const TileCharacter& place,
                   const ScanState& state) noexcept {
    state_ = &state;
    taken_ = begin;
    list_.uncount(Outcome::standard, read.size());
    const bool at_once = list_.has_sure() && read.size() >= kFew;
    const std::size_t most = at_once ? kFew : kBatch;
    for (std::size_t i = 0; i < read.size();) {
      if (at_once) i += take_sure(read.subspan(i), begin);
      const std::size_t count = std::min(read.size() - i, most);
      take_read(read.subspan(i, count), begin);
      i += count;
      if (waiting_ >= kBatch) settle();
    }
    return take_end(end, place);
  }

  // May what stands at `at` be joined to the character before it?
  bool is_second(std::size_t at) const noexcept { return Decoder::is_second(bytes_.data() + at); }

  // Looks up what waits: then the list has all events.
  void settle() noexcept {
    const Event* const events = list_.next();
    for (std::size_t i = 0; i < waiting_; ++i) list_.take_known(events[i], true);
    waiting_ = 0;
  }

 private:
  static constexpr std::size_t kBatch = 32;
  static constexpr std::size_t kFew = 8;  // fewer are not worth eight lanes

  // What waits comes before them. Returns how many were taken.
  std::size_t take_sure(std::span<const ReadCharacter> read, std::size_t begin) noexcept {
    settle();
    const SureOutcomes sure = list_.take_sure(read, begin, *state_);
    taken_ = std::max(taken_, begin + sure.end);
    return sure.taken;
  }

  // Joins what stands behind the last tile to its last character, if both make a sequence.
  std::size_t take_end(std::size_t end, const TileCharacter& place) noexcept {
    if (is_second(end) && taken_ < end) {
      const Decoded d = decode(end);
      if (d.length != 0) join(end, place, d);
    }
    if (waiting_ >= kBatch) settle();
    return std::max(taken_, end);
  }

  void take_listed(const Tile& tile, std::size_t begin) noexcept {
    for (std::size_t i = 0; i < tile.special_count; ++i) {
      const std::size_t at = begin + std::size_t{tile.listed[i].unit} * Decoder::kUnit;
      if (at < taken_) continue;  // taken with the one before
      const Decoded d = special_at(bytes_.data() + at);
      if (!take_usual(at, tile.listed[i], d)) take_any(at, tile.listed[i], d);
    }
  }

  // What the kernel read; only whether a base that is special takes a selector is left open.
  void take_read(std::span<const ReadCharacter> characters, std::size_t begin) noexcept {
    using Base = ReadCharacter::Base;
    const ScanState state = *state_;
    Event* out = list_.next() + waiting_;
    std::size_t taken = taken_;
    for (const ReadCharacter& c : characters) {
      const std::size_t at = begin + c.unit;
      *out = {at,
              state.record + c.record,
              c.field + (c.record == 0 ? state.field : 0),
              c.length,
              Event::Kind::character,
              Outcome::standard,
              c.first,
              c.second};
      list_.uncount_plain(c.first, c.base == Base::plain);
      list_.prefetch(c.first, c.second);
      taken = std::max(taken, at + c.length);
      out += c.length == 0 ? 0 : 1;
      const bool joined = c.base != Base::special || plan_.repertoire().forms_sequence(c.first, c.second);
      if (!joined) [[unlikely]]
        out = split(out);
    }
    waiting_ = static_cast<std::size_t>(out - list_.next());
    taken_ = taken;
  }

  // The event before `out`, of UTF-8, is no sequence, but two characters. Returns where the next will stand.
  static Event* split(Event* out) noexcept {
    Event& first = out[-1];
    Event& second = out[0];
    second = first;
    first.length = first.first < 0x10000 ? 3 : 4;
    first.second = 0;
    second.offset += first.length;
    second.length = static_cast<std::uint8_t>(second.length - first.length);
    second.first = std::exchange(second.second, U'\0');
    return out + 1;
  }

  Decoded decode(std::size_t at) const noexcept {
    return decoder_.decode(bytes_.data() + at, bytes_.size() - at, last_);
  }

  // Of a tile, behind which kTileAhead bytes are there.
  Decoded special_at(const std::uint8_t* p) const noexcept {
    if constexpr (std::is_same_v<Decoder, Utf8Decoder>) {
      return Decoder::decode_ahead(p);
    } else {
      return decoder_.decode_proven(p);
    }
  }

  // Nearly all: a selector behind a plain character of three bytes, or a character that is in no sequence.
  bool take_usual(std::size_t at, const TileCharacter& place, const Decoded& d) noexcept {
    if constexpr (!std::is_same_v<Decoder, Utf8Decoder>) return false;  // no other is so common
    const std::uint8_t* const p = bytes_.data() + at;
    const std::uint8_t* const before = at - taken_ >= 3 ? p - 3 : p;
    const bool joins = (before != p) & is_selector(d.code_point) & ((before[0] & 0xF0) == 0xE0);
    if ((Decoder::is_second(p) != joins) | Decoder::is_second(p + d.length)) return false;
    const char32_t base = (before[0] & 15U) << 12 | (before[1] & 63U) << 6 | (before[2] & 63U);
    list_.uncount_plain(base, joins);
    wait(joins ? at - 3 : at, place, (joins ? 3 : 0) + std::size_t{d.length}, joins ? base : d.code_point,
         joins ? d.code_point : U'\0');
    return true;
  }

  void take_any(std::size_t at, const TileCharacter& place, const Decoded& d) noexcept {
    // A code without a character.
    if (d.malformed) return wait(at, place, d.length, 0, 0, Outcome::malformed);
    const std::size_t next = at + d.length;
    if (Decoder::is_second(bytes_.data() + at) && join(at, place, d)) return;
    if (Decoder::is_second(bytes_.data() + next)) {
      const Decoded after = decode(next);
      if (after.length != 0 && !after.malformed && plan_.repertoire().forms_sequence(d.code_point, after.code_point)) {
        return wait(at, place, std::size_t{d.length} + after.length, d.code_point, after.code_point);
      }
    }
    wait(at, place, d.length, d.code_point, 0);
  }

  // Joins the character at `at` to the plain one before it, if both make a sequence. What was taken takes part in none.
  bool join(std::size_t at, const TileCharacter& place, const Decoded& d) noexcept {
    if (at <= taken_ || d.malformed) return false;
    const std::uint8_t* const p = bytes_.data() + at;
    const std::size_t length = Decoder::length_before(p);
    const char32_t base = decoder_.decode_proven(p - length).code_point;
    if (base < 0x80 && is_structure(base, place)) return false;
    // The base was counted, so it is plain: a selector joins it without a look at its class.
    if (!is_selector(d.code_point) && !plan_.repertoire().forms_sequence(base, d.code_point)) return false;
    list_.uncount_plain(base, true);
    wait(at - length, place, length + d.length, base, d.code_point);
    return true;
  }

  void wait(std::size_t at, const TileCharacter& place, std::size_t length, char32_t first, char32_t second,
            Outcome outcome = Outcome::standard) noexcept {
    const std::uint32_t field = place.field + (place.record == 0 ? state_->field : 0);
    list_.next()[waiting_++] = {at,
                                state_->record + place.record,
                                field,
                                static_cast<std::uint8_t>(length),
                                Event::Kind::character,
                                outcome,
                                first,
                                second};
    taken_ = at + length;
    list_.prefetch(first, second);
  }

  static bool is_selector(char32_t cp) noexcept { return (cp - 0xE0100 < 240) | (cp - 0xFE00 < 16); }
  bool is_structure(char32_t ascii, const TileCharacter& behind) const noexcept {
    const bool delimited = plan_.options().structure.kind == Structure::Kind::delimited;
    return ascii == U'\n' || ascii == U'\r' || (delimited && ascii == U'"') ||
           behind.behind == TileCharacter::Behind::delimiter;
  }

  const Plan& plan_;
  const Decoder decoder_;
  const std::span<const std::uint8_t> bytes_;
  const bool last_;
  EventList& list_;
  std::size_t waiting_ = 0;
  // Of the tile at hand.
  const ScanState* state_ = nullptr;  // at its begin
  std::size_t taken_ = 0;             // where what is not taken yet begins
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_SPECIAL_CHARACTERS_H_
