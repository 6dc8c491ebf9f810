// The scanner. Its general path reads one character at a time and defines what identification is; plain_run.h and
// plain_blocks.h take what is plain out of its way, and are compared with it.
#include "hyojun/charmap/scanner.h"

#include "plain_blocks.h"
#include "plain_run.h"
#include "with_decoder.h"

namespace hyojun::charmap {

namespace {

using Phase = ScanState::Phase;

constexpr char32_t kLf = U'\n';
constexpr char32_t kCr = U'\r';
constexpr char32_t kQuote = U'"';
constexpr char32_t kEscape = 0x1B;

// One call of scan(): where it reads, what it counts. Each step takes one whole unit of structure or content, or
// returns false and leaves everything as it was because the unit may go on behind the end of the bytes.
template <typename Decoder>
class Scan {
 public:
  Scan(const Plan& plan, Decoder decoder, ScanState& state, std::span<const std::uint8_t> bytes, End end,
       ScanCounts& counts, std::span<Event> events) noexcept
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
        blocks_(block_function(plan.options())),
        counting_(counts_field()) {}

  ScanResult run() noexcept {
    while (at_ < bytes_.size()) {
      if (blocks_ != nullptr && at_ >= next_blocks_ && state_.phase != Phase::quoted && !state_.in_header) blocks();
      plain();
      if (at_ == bytes_.size()) break;
      if (events_.size() - used_ < kEventRoom) return {at_, used_, ScanResult::Reason::events_full};
      const Decoded d = decode(at_);
      if (d.length == 0 || !step(d)) return {at_, used_, ScanResult::Reason::need_more};
    }
    if (end_ == End::file && state_.phase != Phase::record_start) {
      if (events_.size() - used_ < kEventRoom) return {at_, used_, ScanResult::Reason::events_full};
      state_.unclosed_quote = state_.phase == Phase::quoted;
      end_record(0);
    }
    return {at_, used_, ScanResult::Reason::done};
  }

 private:
  // Takes whole blocks where the vector path applies. Where it takes little (quotes everywhere, rare characters side by
  // side), it is left alone for a while.
  void blocks() noexcept {
    constexpr std::size_t kLittle = 24;
    constexpr std::size_t kPause = 192;
    const BlockInput input{tables_.classes, tables_.not_plain,
                           delimited_ ? static_cast<std::uint8_t>(delimiter_) : kNoByte,
                           delimited_ ? static_cast<std::uint8_t>(kQuote) : kNoByte};
    const BlockRun run = blocks_(input, bytes_.subspan(at_), state_.field);
    if (run.length < kLittle) next_blocks_ = at_ + kPause;
    if (run.length == 0) return;
    at_ += run.length;
    const std::uint8_t last = bytes_[at_ - 1];
    state_.phase = last == kLf                        ? Phase::record_start
                   : delimited_ && last == delimiter_ ? Phase::field_start
                                                      : Phase::unquoted;
    state_.field = run.field;
    state_.record += run.records;
    counts_.records += run.records;
    counts_.outcomes[static_cast<std::size_t>(Outcome::standard)] += run.characters - run.default_glyph;
    counts_.outcomes[static_cast<std::size_t>(Outcome::default_glyph)] += run.default_glyph;
  }

  void plain() noexcept {
    const PlainRun run = plain_run(decoder_, tables_, bytes_.subspan(at_), end_ == End::open);
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
    if (d.code_point <= 0x7F && !d.malformed) {
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
    if (end_ == End::open && bytes_.size() - next < Decoder::kUnit) return false;
    if (bytes_.size() - next >= Decoder::kUnit && Decoder::may_be_second(bytes_.data() + next)) {
      const Decoded after = decode(next);
      if (after.length == 0) return false;
      if (!after.malformed && plan_.repertoire().forms_sequence(d.code_point, after.code_point)) {
        second = after.code_point;
        length += after.length;
      }
    }
    begin_content();
    classify(d.code_point, second, length);
    return true;
  }

  void begin_content() noexcept {
    if (state_.phase != Phase::quoted) state_.phase = Phase::unquoted;
  }

  void classify(char32_t first, char32_t second, std::size_t length) noexcept {
    const bool outside = second == 0 && plan_.outside_limit(first);
    if (second == 0 && first < 0x10000 && !outside) {
      const std::uint8_t byte = plan_.bmp_classes()[first];
      const auto kind = static_cast<CodeClass>(byte & kClassMask);
      if (kind == CodeClass::standard || kind == CodeClass::second_of_x0213) {
        count(Outcome::standard);
        at_ += length;
        return;
      }
      if (kind == CodeClass::default_glyph && (byte & kShapeDependsOnFont) == 0 &&
          !plan_.options().default_glyph_events) {
        count(Outcome::default_glyph);
        at_ += length;
        return;
      }
    }
    const Identity identity = plan_.identify(first, second);
    const Outcome outcome = identity.outcome;
    // Only 16-bit code points have a J+ number whose shape could differ.
    if (outcome == Outcome::default_glyph && first >= 0x10000 && !outside && !plan_.options().default_glyph_events) {
      count(outcome);
      at_ += length;
      return;
    }
    const bool named = identity.id && identity.id->list == CharacterId::List::layer;
    finish(outcome, length, first, second, outside || (named && plan_.options().conversion_events));
  }

  void count(Outcome outcome) noexcept {
    if (counting_) ++counts_.outcomes[static_cast<std::size_t>(outcome)];
  }

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

  static BlockFunction block_function(const PlanOptions& options) noexcept {
    const bool counts_only = options.columns.empty() && !options.field_events && !options.default_glyph_events;
    return counts_only && options.encoding == Encoding::utf8 ? utf8_blocks(options.kernel) : nullptr;
  }

  bool counts_field() const noexcept { return !state_.in_header && plan_.selects(state_.field); }

  const Plan& plan_;
  const Decoder decoder_;
  ScanState& state_;
  const std::span<const std::uint8_t> bytes_;
  const End end_;
  ScanCounts& counts_;
  const std::span<Event> events_;
  const bool delimited_;
  const char32_t delimiter_;
  const PlainTables tables_;
  const BlockFunction blocks_;
  std::size_t next_blocks_ = 0;  // where to try them again
  bool counting_;
  std::size_t at_ = 0;
  std::size_t used_ = 0;
};

}  // namespace

bool is_doubt(const Plan& plan, const Event& event) noexcept {
  return plan.options().check_whole_input && event.kind == Event::Kind::character &&
         (event.outcome == Outcome::malformed || event.first == kEscape);
}

ScanState start_of_file(const Plan& plan) noexcept {
  ScanState state;
  state.in_header = plan.options().structure.kind == Structure::Kind::delimited && plan.options().structure.header;
  return state;
}

ScanResult scan(const Plan& plan, ScanState& state, std::span<const std::uint8_t> bytes, End end, ScanCounts& counts,
                std::span<Event> events) noexcept {
  return with_decoder(
      plan, [&](const auto& decoder) { return Scan(plan, decoder, state, bytes, end, counts, events).run(); });
}

}  // namespace hyojun::charmap
