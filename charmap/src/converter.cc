// Conversion: the scanner's events, and what stands between them carried over.
#include "hyojun/charmap/converter.h"

#include <algorithm>
#include <cstring>
#include <utility>

#include "carry_cp932.h"
#include "known_decisions.h"
#include "splice.h"
#include "table_run.h"
#include "tile_sink.h"
#include "with_decoder.h"

namespace hyojun::charmap {

namespace {

constexpr std::size_t kMostEvents = 256;
constexpr std::size_t kPiece = 64 * 1024;                         // source and output of a piece stay in the L2 cache
constexpr std::size_t kPendingRoom = 64;                          // bytes that a state may hold back
constexpr std::size_t kGoodRoom = 2 * kMostEvents * kLongestTag;  // bytes: for as many events, and as much beside them
static_assert(kRunOver <= kEmitOver);

// How many bytes of UTF-8 one byte of the source may become where nothing is an event. CP932: half-width kana. With
// tags, 〔 of two bytes becomes 〔-:3014:816B〕.
std::size_t growth(Encoding encoding, bool tags) noexcept {
  if (tags) return 9;
  return encoding == Encoding::utf8 ? 1 : encoding == Encoding::cp932 || has_code_table(encoding) ? kRunGrowth : 2;
}

// One call of convert(). The input is handed to the scanner in pieces that are sure to fit into what is left of the
// output, so that nothing is ever taken back.
template <typename Decoder>
class Conversion final : private TileSink {
 public:
  Conversion(const Converter& converter, Decoder decoder, ConvertState& state, std::span<const std::uint8_t> bytes,
             End end, ScanCounts& counts, std::span<Replacement> replacements, std::span<std::uint8_t> out) noexcept
      : converter_(converter),
        plan_(converter.plan()),
        decoder_(decoder),
        state_(state),
        bytes_(bytes),
        end_(end),
        counts_(counts),
        replacements_(replacements),
        out_(out),
        tags_(converter.tags()),
        growth_(growth(plan_.options().encoding, tags_)),
        emit_(converter.code_texts() == nullptr ? nullptr : cp932_emit(plan_.options().kernel)),
        known_(converter) {}

  ConvertResult run() noexcept {
    for (;;) {
      const std::size_t room = out_.size() - result_.written;
      const std::size_t left = replacements_.size() - result_.replacements;
      // What little room is left would be used up in ever smaller pieces, too small for the kernels.
      const bool fresh = result_.read == 0;
      if (room < (fresh ? kConvertRoom : kGoodRoom)) return finish(ConvertResult::Reason::output_full);
      if (left < (fresh ? kReplacementRoom : kMostEvents)) return finish(ConvertResult::Reason::replacements_full);
      const std::size_t most = std::min({left, kMostEvents, std::max(kEventRoom, room / 2 / kLongestTag)});
      const std::size_t rest = bytes_.size() - result_.read;
      const std::size_t piece =
          std::min({rest, kPiece, (room - most * kLongestTag - kEmitOver - kPendingRoom) / growth_});
      const bool whole = piece == rest;
      const ScanResult scanned = take(bytes_.subspan(result_.read, piece), whole ? end_ : End::open, most);
      if (scanned.reason == ScanResult::Reason::events_full || !whole) continue;
      if (scanned.reason == ScanResult::Reason::done && ends_text()) flush();
      return finish(scanned.reason == ScanResult::Reason::done ? ConvertResult::Reason::done
                                                               : ConvertResult::Reason::need_more);
    }
  }

 private:
  // What waits for its next character gets none.
  bool ends_text() const noexcept {
    return end_ == End::file || plan_.options().structure.kind == Structure::Kind::field;
  }

  ConvertResult finish(ConvertResult::Reason reason) noexcept {
    result_.reason = reason;
    return result_;
  }

  // Scans a piece and writes what was read of it: tiles at once where a kernel writes them, the rest behind the scan.
  ScanResult take(std::span<const std::uint8_t> piece, End end, std::size_t most_events) noexcept {
    set_of(decoder_, state_.scan.shift);
    header_record_ = state_.scan.in_header ? std::optional(state_.scan.record) : std::nullopt;
    piece_ = piece;
    written_to_ = next_event_ = 0;
    known_.begin_piece();
    std::array<Event, kMostEvents> events;
    const std::span<Event> room = std::span(events).first(most_events);
    TileSink* const sink = emit_ == nullptr && (tags_ || !kIsTableDecoder<Decoder>) ? nullptr : this;
    const ScanResult scanned = scan(plan_, state_.scan, piece, end, counts_, room, sink);
    write_to(scanned.read, room.first(scanned.events), nullptr, 0);
    result_.read += scanned.read;
    return scanned;
  }

  const CodeTexts* texts() const noexcept override { return converter_.code_texts(); }
  void take(Tile& tile, std::size_t begin, std::span<const Event> events) noexcept override {
    write_to(begin, events, nullptr, 0);
    write_to(begin + tile.length, events, &tile, begin);
  }

  // A folded kana that waits must stand before the run: it is written behind the scan then, as everything else.
  std::uint8_t* begin_run(std::size_t begin, std::span<const Event> events) noexcept override {
    write_to(begin, events, nullptr, 0);
    return state_.kana == 0 ? place() : nullptr;
  }
  void end_run(std::size_t end, std::size_t written, std::uint8_t shift) noexcept override {
    state_.rewritten = false;
    result_.written += written;
    written_to_ = end;
    set_of(decoder_, shift);
  }

  // Writes the piece up to `end`: the events before it, and what stands between them. `tile` holds what is left, if not
  // null; it begins at `tile_begin`.
  void write_to(std::size_t end, std::span<const Event> events, Tile* tile, std::size_t tile_begin) noexcept {
    known_.look_up(events);
    for (; next_event_ < events.size() && events[next_event_].offset < end; ++next_event_) {
      const Event& event = events[next_event_];
      if (event.kind != Event::Kind::character) continue;
      const bool counted = event.record != header_record_ && plan_.selects(event.field);
      if (tile != nullptr && counted && put_into(*tile, event.offset - tile_begin, event)) continue;
      write_plain(event.offset, tile, tile_begin);
      splice(event, piece_.subspan(event.offset, event.length), counted);
      written_to_ = event.offset + event.length;
    }
    write_plain(end, tile, tile_begin);
  }

  // Puts what a character of two bytes becomes in its place in the tile, which is then written at once. False where it
  // must be written by itself: no decision is remembered, or it does not become three bytes. (No character of CP932
  // joins the one before it, so that it does not matter whether that was rewritten.)
  bool put_into(Tile& tile, std::size_t at, const Event& event) noexcept {
    const Remembered known = known_.of(next_event_);
    const auto action = known.action();
    const char32_t cp = known.first();
    const bool three_bytes = cp >= 0x800 && cp < 0x10000 && known.second() == 0;
    if (!known || !action || event.length != 2 || !three_bytes) return false;
    put_into_tile(tile, at, 0x8080E0 | cp >> 12 | (cp >> 6 & 0x3F) << 8 | (cp & 0x3F) << 16);
    report(event, *action, known.relation()).target[0] = cp;
    return true;
  }

  void write_plain(std::size_t end, const Tile* tile, std::size_t tile_begin) noexcept {
    if (written_to_ == end) return;
    state_.rewritten = false;
    flush_kana();
    if (tile == nullptr) {
      carry(piece_.subspan(written_to_, end - written_to_));
    } else {
      result_.written += emit_(*tile, piece_.data() + tile_begin, written_to_ - tile_begin, end - tile_begin, place());
    }
    written_to_ = end;
  }

  void splice(const Event& event, std::span<const std::uint8_t> source, bool counted) noexcept {
    DecisionMemo* const memo = counted ? converter_.memo() : nullptr;
    if (memo == nullptr) {
      return splice(decide(converter_, event, source, counted, state_.rewritten), event, source, counted);
    }
    const std::uint64_t key = known_.key(event, state_.rewritten);
    if (const Remembered known = state_.rewritten ? memo->find(key) : known_.of(next_event_)) {
      const auto action = known.action();
      // Half-width kana may wait for what follows.
      if (action == Action::fold && is_halfwidth(event.first)) {
        return splice(Splice{.action = action, .text = {known.first(), known.second()}}, event, source, counted);
      }
      return splice(known.first(), known.second(), action, known.relation(), event, source);
    }
    const Splice made = decide(converter_, event, source, counted, state_.rewritten);
    memo->put(key, made);
    splice(made, event, source, counted);
  }

  // What nearly always happens: up to two code points, counted.
  void splice(char32_t first, char32_t second, std::optional<Action> action, std::optional<ShrinkRelation> relation,
              const Event& event, std::span<const std::uint8_t> source) noexcept {
    state_.rewritten = is_rewriting(action);
    flush_kana();
    if (!action) return carry(source);
    flush_tag();
    if (first != 0 || *action == Action::keep) put(first);
    if (second != 0) put(second);
    Replacement& r = report(event, *action, relation);
    r.target[0] = first;
    r.target[1] = second;
  }

  void splice(const Splice& made, const Event& event, std::span<const std::uint8_t> source, bool counted) noexcept {
    const auto action = made.action;
    state_.rewritten = is_rewriting(action);
    if (action == Action::fold && is_halfwidth(event.first)) {
      write_kana(made.text[0], event.first);
    } else {
      flush_kana();
      if (!action) return carry(source);
      write(made, event, source);
    }
    Replacement& r = report(event, *action, made.relation);
    r.target = made.text;
    if (joined_ != 0) r.target = {std::exchange(joined_, U'\0')};
    if (!counted) ++result_.outside;
  }

  // The target is written where it stays, by who calls: a copy of what was just written in parts waits for all of it.
  Replacement& report(const Event& event, Action action, std::optional<ShrinkRelation> relation) noexcept {
    Replacement& r = replacements_[result_.replacements++];
    r.event = event;
    r.event.offset += result_.read;
    r.action = action;
    r.relation = relation;
    r.target.fill(0);
    return r;
  }

  void write(const Splice& made, const Event& event, std::span<const std::uint8_t> source) noexcept {
    flush_tag();
    if (made.tagged) {
      result_.written +=
          put_tag(plan_.repertoire(), made.id, tag_base(plan_.repertoire(), event, made.id), source, place());
      return;
    }
    // U+0000 is a control like any other where it is kept.
    if (made.text[0] != 0 || made.action == Action::keep) put(made.text[0]);
    for (std::size_t i = 1; i < made.text.size() && made.text[i] != 0; ++i) put(made.text[i]);
  }

  static bool is_halfwidth(char32_t cp) noexcept { return cp - 0xFF61 <= 0xFF9F - 0xFF61; }

  // A folded kana waits for a ﾞ or ﾟ right behind it; that mark is then accounted for as the combining one.
  void write_kana(char32_t kana, char32_t halfwidth) noexcept {
    const char32_t mark = halfwidth == 0xFF9E ? 0x3099 : halfwidth == 0xFF9F ? 0x309A : 0;
    const StandardTable& table = plan_.repertoire().table();
    const char32_t one = mark == 0 || state_.kana == 0 ? U'\0' : voiced_kana(table, state_.kana, mark);
    if (one != 0) {
      flush_tag();
      put(one);
      state_.kana = 0;
      joined_ = mark;
      return;
    }
    flush_kana();
    state_.kana = kana;
  }

  void flush_kana() noexcept {
    if (state_.kana == 0) return;
    flush_tag();
    put(std::exchange(state_.kana, U'\0'));
  }

  void flush() noexcept {
    flush_kana();
    flush_tag();
  }

  // Writes characters that are none of the policies' business.
  void carry(std::span<const std::uint8_t> bytes) noexcept {
    if (bytes.empty()) return;
    if (tags_) return carry_with_tags(bytes);
    if constexpr (std::is_same_v<Decoder, Utf8Decoder>) {
      std::memcpy(place(), bytes.data(), bytes.size());
      result_.written += bytes.size();
    } else if constexpr (std::is_same_v<Decoder, Cp932Decoder>) {
      result_.written += carry_cp932(converter_.utf8_of_codes(), bytes, place());
    } else if constexpr (kIsTableDecoder<Decoder>) {
      carry_by_table(bytes);
    } else {
      for (std::size_t at = 0; at < bytes.size();) {
        const Decoded d = decoder_.decode(bytes.data() + at, bytes.size() - at, true);
        put(d.code_point);
        at += d.length;
      }
    }
  }

  // Everything that the tables have UTF-8 of at once; shift codes, line ends and what is longer one by one.
  void carry_by_table(std::span<const std::uint8_t> bytes) noexcept {
    while (!bytes.empty()) {
      const TableRun run = table_carry(decoder_.codes(), decoder_.set(), bytes, place());
      result_.written += run.written;
      bytes = bytes.subspan(run.read);
      if (!bytes.empty()) bytes = bytes.subspan(carry_one(bytes));
    }
  }

  // Hands one character to write(code point, source), or takes a shift code. Returns its bytes.
  template <typename Write>
  std::size_t take_one(const Decoded& d, std::span<const std::uint8_t> source, Write write) noexcept {
    if constexpr (kIsTableDecoder<Decoder>) {
      if (Decoder::is_shift(d)) {
        decoder_.shift(d);
        return d.length;
      }
      if (Decoder::is_pair(d.code_point)) {
        for (const char32_t cp : decoder_.pair(d.code_point)) write(cp, source);
        return d.length;
      }
      const bool structured = plan_.options().structure.kind != Structure::Kind::field;
      if (structured && (d.code_point == U'\n' || d.code_point == U'\r')) decoder_.end_line();
    }
    write(d.code_point, source);
    return d.length;
  }

  std::size_t carry_one(std::span<const std::uint8_t> bytes) noexcept {
    const Decoded d = decoder_.decode(bytes.data(), bytes.size(), true);
    return take_one(d, bytes.first(d.length), [this](char32_t cp, auto) { put(cp); });
  }

  void carry_with_tags(std::span<const std::uint8_t> bytes) noexcept {
    for (std::size_t at = 0; at < bytes.size();) {
      const Decoded d = decoder_.decode(bytes.data() + at, bytes.size() - at, true);
      at += take_one(d, bytes.subspan(at, d.length), [this](char32_t cp, auto source) { take_with_tags(cp, source); });
    }
  }

  // A 〔 waits until it is known whether what follows reads as a tag.
  void take_with_tags(char32_t cp, std::span<const std::uint8_t> source) noexcept {
    if (state_.bracket_length != 0) {
      if (cp < 0x80 && state_.tag_length < state_.tag.size()) {
        state_.tag[state_.tag_length++] = static_cast<char>(cp);
        if (may_read_as_tag(tag_so_far())) return;
        --state_.tag_length;
      }
      if (cp == kClosingBracket && reads_as_tag(tag_so_far())) {
        result_.written +=
            put_tag(plan_.repertoire(), {}, kBracket, std::span(state_.bracket).first(state_.bracket_length), place());
        ++result_.tagged_brackets;
        flush_ascii();
      } else {
        flush_tag();
      }
    }
    if (cp != kBracket) return put(cp);
    std::copy(source.begin(), source.end(), state_.bracket.begin());
    state_.bracket_length = static_cast<std::uint8_t>(source.size());
  }

  std::string_view tag_so_far() const noexcept { return {state_.tag.data(), state_.tag_length}; }

  // It was no tag.
  void flush_tag() noexcept {
    if (state_.bracket_length == 0) return;
    put(kBracket);
    flush_ascii();
  }

  void flush_ascii() noexcept {
    for (const char c : tag_so_far()) put(static_cast<char32_t>(c));
    state_.tag = {};
    state_.bracket = {};
    state_.tag_length = 0;
    state_.bracket_length = 0;
  }

  std::uint8_t* place() const noexcept { return out_.data() + result_.written; }
  void put(char32_t code_point) noexcept { result_.written += put_utf8(code_point, place()); }

  const Converter& converter_;
  const Plan& plan_;
  Decoder decoder_;
  ConvertState& state_;
  const std::span<const std::uint8_t> bytes_;
  const End end_;
  ScanCounts& counts_;
  const std::span<Replacement> replacements_;
  const std::span<std::uint8_t> out_;
  const bool tags_;
  const std::size_t growth_;
  const EmitFunction emit_;  // null: everything is carried over behind the scan
  ConvertResult result_{};
  char32_t joined_ = 0;  // the mark that the last written kana took up
  // Of the piece at hand.
  std::span<const std::uint8_t> piece_{};
  std::optional<std::uint64_t> header_record_{};  // the one that the piece begins in
  std::size_t written_to_ = 0;
  std::size_t next_event_ = 0;
  KnownDecisions<kMostEvents> known_;
};

}  // namespace

ConvertState start_of_file(const Converter& converter) noexcept { return {.scan = start_of_file(converter.plan())}; }

ConvertResult convert(const Converter& converter, ConvertState& state, std::span<const std::uint8_t> bytes, End end,
                      ScanCounts& counts, std::span<Replacement> replacements, std::span<std::uint8_t> out) noexcept {
  return with_decoder(converter.plan(), [&](const auto& decoder) {
    return Conversion(converter, decoder, state, bytes, end, counts, replacements, out).run();
  });
}

}  // namespace hyojun::charmap
