// Conversion: the scanner's events, and what stands between them carried over.
#include "hyojun/charmap/converter.h"

#include <algorithm>
#include <cstring>

#include "splice.h"
#include "with_decoder.h"

namespace hyojun::charmap {

namespace {

constexpr std::size_t kMostEvents = 256;
constexpr std::size_t kGoodRoom = 2 * kMostEvents * kLongestTag;  // bytes: for as many events, and as much beside them

// How many bytes of UTF-8 one byte of the source may become where nothing is an event. CP932: half-width kana. With
// tags, 〔 of two bytes becomes 〔-:3014:816B〕.
std::size_t growth(Encoding encoding, bool tags) noexcept {
  if (tags) return 9;
  return encoding == Encoding::utf8 ? 1 : encoding == Encoding::cp932 ? 3 : 2;
}

// One call of convert(). The input is handed to the scanner in pieces that are sure to fit into what is left of the
// output, so that nothing is ever taken back.
template <typename Decoder>
class Conversion {
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
        tags_(converter.options().unidentified == Unidentified::tag),
        growth_(growth(plan_.options().encoding, tags_)) {}

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
      const std::size_t piece = std::min(rest, (room - most * kLongestTag) / growth_);
      const bool whole = piece == rest;
      const ScanResult scanned = take(bytes_.subspan(result_.read, piece), whole ? end_ : End::open, most);
      if (scanned.reason == ScanResult::Reason::events_full || !whole) continue;
      return finish(scanned.reason == ScanResult::Reason::done ? ConvertResult::Reason::done
                                                               : ConvertResult::Reason::need_more);
    }
  }

 private:
  ConvertResult finish(ConvertResult::Reason reason) noexcept {
    result_.reason = reason;
    return result_;
  }

  // Scans a piece and writes what was read of it.
  ScanResult take(std::span<const std::uint8_t> piece, End end, std::size_t most_events) noexcept {
    const ScanState before = state_.scan;
    std::array<Event, kMostEvents> events;
    const ScanResult scanned = scan(plan_, state_.scan, piece, end, counts_, std::span(events).first(most_events));
    std::size_t at = 0;
    for (std::size_t i = 0; i < scanned.events; ++i) {
      const Event& event = events[i];
      if (event.kind != Event::Kind::character) continue;
      if (event.offset != at) state_.rewritten = false;
      carry(piece.subspan(at, event.offset - at));
      const bool in_header = before.in_header && event.record == before.record;
      splice(event, piece.subspan(event.offset, event.length), !in_header && plan_.selects(event.field));
      at = event.offset + event.length;
    }
    if (scanned.read != at) state_.rewritten = false;
    carry(piece.subspan(at, scanned.read - at));
    result_.read += scanned.read;
    return scanned;
  }

  void splice(const Event& event, std::span<const std::uint8_t> source, bool counted) noexcept {
    const Splice made = decide(converter_, event, counted, state_.rewritten);
    const auto action = made.action;
    state_.rewritten = action && *action != Action::keep && *action != Action::unselected;
    if (!action) return carry(source);
    if (*action == Action::tag) {
      result_.written += put_tag(plan_.repertoire(), made.id, base_of(event, made.id), source, place());
    } else {
      // U+0000 is a control like any other where it is kept.
      if (made.text[0] != 0 || *action == Action::keep) put(made.text[0]);
      if (made.text[1] != 0) put(made.text[1]);
    }
    Replacement& r = replacements_[result_.replacements++];
    r = {event, *action, made.relation, made.text};
    r.event.offset += result_.read;
  }

  // The character that a tag shows beside the name: none where the source only has a private-use code or nothing.
  std::optional<char32_t> base_of(const Event& event, std::optional<CharacterId> id) const noexcept {
    if (id && id->list != CharacterId::List::layer) {
      const StandardTable::Codes codes = plan_.repertoire().table().codes(*id);
      const char32_t base = codes.ucs != 0 ? codes.ucs : codes.plain;
      return base != 0 ? std::optional(base) : std::nullopt;
    }
    const auto kind = static_cast<CodeClass>(plan_.repertoire().table().class_of(event.first) & kClassMask);
    if (event.outcome == Outcome::malformed || kind == CodeClass::gaiji) return std::nullopt;
    return event.first;
  }

  // Writes characters that are none of the policies' business.
  void carry(std::span<const std::uint8_t> bytes) noexcept {
    if (bytes.empty()) return;
    if (tags_) return carry_with_tags(bytes);
    if constexpr (std::is_same_v<Decoder, Utf8Decoder>) {
      std::memcpy(place(), bytes.data(), bytes.size());
      result_.written += bytes.size();
    } else {
      for (std::size_t at = 0; at < bytes.size();) {
        const Decoded d = decoder_.decode(bytes.data() + at, bytes.size() - at, true);
        put(d.code_point);
        at += d.length;
      }
    }
  }

  void carry_with_tags(std::span<const std::uint8_t> bytes) noexcept {
    for (std::size_t at = 0; at < bytes.size();) {
      const Decoded d = decoder_.decode(bytes.data() + at, bytes.size() - at, true);
      if (d.code_point == kBracket) {
        result_.written += put_tag(plan_.repertoire(), {}, kBracket, bytes.subspan(at, d.length), place());
        ++result_.tagged_brackets;
      } else {
        put(d.code_point);
      }
      at += d.length;
    }
  }

  std::uint8_t* place() const noexcept { return out_.data() + result_.written; }
  void put(char32_t code_point) noexcept { result_.written += put_utf8(code_point, place()); }

  const Converter& converter_;
  const Plan& plan_;
  const Decoder decoder_;
  ConvertState& state_;
  const std::span<const std::uint8_t> bytes_;
  const End end_;
  ScanCounts& counts_;
  const std::span<Replacement> replacements_;
  const std::span<std::uint8_t> out_;
  const bool tags_;
  const std::size_t growth_;
  ConvertResult result_{};
};

constexpr std::string_view kTagCharacters = "0123456789ABCDEFGHJMU+:-";

}  // namespace

base::Result<Converter> Converter::make(ConverterOptions options, PlanOptions plan,
                                        std::shared_ptr<const Repertoire> repertoire,
                                        std::shared_ptr<const GaijiTable> gaiji) {
  const bool delimited = plan.structure.kind == Structure::Kind::delimited;
  if (options.unidentified == Unidentified::tag && delimited && plan.structure.delimiter < 0x80 &&
      kTagCharacters.find(static_cast<char>(plan.structure.delimiter)) != std::string_view::npos) {
    return base::fail(base::ErrorCode::usage,
                      {"区切り文字がタグの中の文字と同じです", "the delimiter is a character that tags hold"}, {},
                      {"--unidentified を geta か keep にしてください", "use --unidentified geta or keep"});
  }
  plan.limit = options.shrink ? Limit::jisx0213 : Limit::none;
  plan.conversion_events = true;
  plan.default_glyph_events = false;
  plan.field_events = false;
  return Converter(options, Plan(std::move(plan), std::move(repertoire), std::move(gaiji)));
}

ConvertState start_of_file(const Converter& converter) noexcept { return {start_of_file(converter.plan()), false}; }

ConvertResult convert(const Converter& converter, ConvertState& state, std::span<const std::uint8_t> bytes, End end,
                      ScanCounts& counts, std::span<Replacement> replacements, std::span<std::uint8_t> out) noexcept {
  return with_decoder(converter.plan(), [&](const auto& decoder) {
    return Conversion(converter, decoder, state, bytes, end, counts, replacements, out).run();
  });
}

}  // namespace hyojun::charmap
