// What a character counts as, and whether it is an event: decided here alone. Internal to charmap.
//
#ifndef HYOJUN_CHARMAP_SRC_EVENT_LIST_H_
#define HYOJUN_CHARMAP_SRC_EVENT_LIST_H_

#include <span>

#include "hyojun/charmap/plan.h"
#include "hyojun/charmap/scanner.h"
#include "image.h"
#include "plain_run.h"
#include "sure_outcomes.h"

namespace hyojun::charmap {

// The counts and the events of one call of scan().
class EventList {
 public:
  EventList(const Plan& plan, ScanCounts& counts, std::span<Event> events) noexcept
      : plan_(plan),
        options_(plan.options()),
        sections_(plan.repertoire().table().sections()),
        layers_(!plan.repertoire().layers().empty()),
        asks_more_(layers_ || options_.limit == Limit::watched || options_.default_glyph_events),
        limit_(options_.limit == Limit::jisx0213 ? kOutsideX0213 : 0),
        asks_gaiji_(plan.gaiji() != nullptr),
        sure_(asks_more_ ? nullptr : sure_outcomes(options_.kernel)),
        bmp_scan_(plan.bmp_scan()),
        lines_(sections_.sequence_lines.data()),
        counts_(counts),
        events_(events) {}

  std::size_t size() const noexcept { return size_; }
  std::size_t room() const noexcept { return events_.size() - size_; }
  std::span<const Event> written() const noexcept { return events_.first(size_); }
  // Where the next will stand: place for what is not decided yet.
  Event* next() noexcept { return events_.data() + size_; }

  void count(Outcome outcome, std::uint64_t n = 1) noexcept { counts_.outcomes[index(outcome)] += n; }
  void uncount(Outcome outcome, std::uint64_t n) noexcept { counts_.outcomes[index(outcome)] -= n; }
  // If it `was` counted: a plain character of the BMP that is none for itself.
  void uncount_plain(char32_t code_point, bool was) noexcept {
    const unsigned counted = all_if(was);
    const std::uint8_t scan = code_point < 0x80 ? kScanStandard : bmp_scan_[code_point & counted & 0xFFFF];
    if (was & (scan >= kScanShape)) [[unlikely]]
      --counts_.shapes[scan - kScanShape];
    uncount(scan == kScanStandard ? Outcome::standard : Outcome::default_glyph, counted & 1);
  }

  // Asks for what take() will read.
  void prefetch(char32_t first, char32_t second) const noexcept {
    __builtin_prefetch(&line_of(image::sequence_key(first, second), all_if(second != 0)));
  }

  // A character whose outcome is malformed or yet to be found, with room for it. `counting`: its field is identified.
  // It may stand at next() or behind.
  void take(const Event& character, bool counting) noexcept {
    const bool sequence = character.second != 0;
    if (sequence && !image::is_second_of_sequence(character.second)) return take_unusual(character, counting);
    take_known(character, counting);
  }

  // The same where a second, if there is one, may be one. Whether there is, and what is made with it is listed, cannot
  // be guessed: so that much is found without a branch.
  void take_known(const Event& character, bool counting) noexcept {
    const std::uint32_t key = image::sequence_key(character.first, character.second);
    const unsigned sequence = all_if(character.second != 0);
    const image::SequenceLine& line = line_of(key, sequence);
    const unsigned listed = all_if(image::has_key(line, key)) & sequence;
    const unsigned byte = class_of(character.first);
    // Listed elsewhere, or of a shape of its own; neither is of the other kind.
    const unsigned unsure =
        (sequence & ~listed & (image::is_full(line) ? 1U : 0U)) | (~sequence & byte & kShapeDependsOnFont);
    const bool unusual =
        (unsure != 0) | asks_more_ | (character.first == kEscape) | (character.outcome == Outcome::malformed);
    if (unusual || (asks_gaiji_ && is_private_use(character.first))) return take_unusual(character, counting);
    const auto unlisted = static_cast<unsigned>(kOutcomes[(sequence & (kClassMask + 1)) | (byte & kClassMask)]);
    static_assert(static_cast<int>(Outcome::standard) == 0);
    const auto outcome = static_cast<Outcome>(unlisted & ~listed);
    const bool exceptional = ((sequence | (byte & limit_)) != 0) | (outcome > Outcome::default_glyph);
    finish(character, outcome, counting, exceptional & (counting | options_.conversion_events));
  }

  // May take_sure() take any?
  bool has_sure() const noexcept { return sure_ != nullptr; }
  // As uncount_plain() and take_known() of each, where fields are identified, of as many as are taken at once: the unit
  // 0 of these stands at `begin`, in `state`.
  SureOutcomes take_sure(std::span<const ReadCharacter> read, std::size_t begin, const ScanState& state) noexcept {
    const SureInput input{&sections_,   bmp_scan_,  static_cast<std::uint8_t>(limit_), asks_gaiji_, kOutcomes, begin,
                          state.record, state.field};
    const SureOutcomes sure = sure_(input, read, events_.subspan(size_), counts_.shapes.data());
    for (std::size_t i = 0; i < kOutcomeCount; ++i) counts_.outcomes[i] += sure.outcomes[i];
    uncount(Outcome::standard, sure.standard_bases);
    uncount(Outcome::default_glyph, sure.default_bases);
    size_ += sure.events;
    return sure;
  }

  void structure(const Event& event) noexcept { events_[size_++] = event; }

 private:
  static constexpr char32_t kEscape = 0x1B;

  void take_unusual(const Event& character, bool counting) noexcept {
    if (character.outcome == Outcome::malformed) {
      finish_unusual(character, Outcome::malformed, counting, true);
    } else if (character.second != 0) {
      finish_unusual(character, plan_.outcome(character.first, character.second), counting, true);
    } else {
      take_single(character, counting);
    }
  }

  void take_single(const Event& character, bool counting) noexcept {
    const char32_t cp = character.first;
    const std::uint8_t byte = class_of(cp);
    Outcome outcome = kOutcomes[byte & kClassMask];
    // What the standard has in the BMP was counted by the kernels without a look at the layers.
    const bool may_be_in_layer = layers_ & ((cp >= 0x10000) | (outcome > Outcome::default_glyph));
    if (may_be_in_layer | is_private_use(cp)) outcome = plan_.outcome(cp);
    const bool default_glyph = outcome == Outcome::default_glyph;
    const bool depends_on_font = ((byte & kShapeDependsOnFont) != 0) & (cp < 0x10000);
    if (default_glyph & counting & depends_on_font) ++counts_.shapes[plan_.bmp_scan()[cp] - kScanShape];
    const bool asked = (default_glyph & options_.default_glyph_events) |
                       (may_be_in_layer && options_.conversion_events && in_layer(plan_, cp, 0));
    finish_unusual(character, outcome, counting, (outcome > Outcome::default_glyph) | is_outside(cp, byte) | asked);
  }

  // `told`: an event.
  void finish(const Event& character, Outcome outcome, bool counting, bool told) noexcept {
    count(outcome, counting ? 1 : 0);
    Event& event = events_[size_];
    event = character;
    event.outcome = outcome;
    size_ += told ? 1 : 0;
  }

  // `exceptional`: an event where it counts.
  void finish_unusual(const Event& character, Outcome outcome, bool counting, bool exceptional) noexcept {
    const bool doubtful = (outcome == Outcome::malformed) | (character.first == kEscape);
    const bool wanted = exceptional & (counting | options_.conversion_events);
    finish(character, outcome, counting, wanted | (options_.check_whole_input & doubtful));
  }
  // All bits or none, of which the compiler shall make no branch.
  static unsigned all_if(bool condition) noexcept {
    unsigned all = 0U - (condition ? 1U : 0U);
    asm("" : "+r"(all));
    return all;
  }
  static std::size_t index(Outcome outcome) noexcept { return static_cast<std::size_t>(outcome); }

  // As StandardTable::class_of(), without the guess in which plane the next rare character lies.
  std::uint8_t class_of(char32_t cp) const noexcept {
    const unsigned above = all_if(cp >= 0x10000);
    const std::size_t block = sections_.class_index[((cp - 0x10000) & above) >> 8];
    const unsigned in_block = sections_.class_blocks[block * 256 + (cp & 0xFF)];
    return static_cast<std::uint8_t>((in_block & above) | (sections_.bmp_classes[cp & 0xFFFF] & ~above));
  }

  const image::SequenceLine& line_of(std::uint32_t key, unsigned all_if_sequence) const noexcept {
    return lines_[image::sequence_line(key) & all_if_sequence];
  }

  bool is_outside(char32_t cp, std::uint8_t byte) const noexcept {
    if (options_.limit == Limit::watched) return options_.watched->contains(cp);
    return (options_.limit == Limit::jisx0213) & ((byte & kOutsideX0213) != 0);
  }

  // By the class of a code point: alone; and behind these, as the first of a sequence that is not listed.
  static constexpr auto kOutcomes = [] {
    constexpr std::size_t kClasses = kClassMask + 1;
    std::array<Outcome, 2 * kClasses> outcomes{};
    for (std::size_t i = 0; i < kClasses; ++i) {
      const Outcome alone = outcome_of(static_cast<CodeClass>(i));
      outcomes[i] = alone;
      outcomes[kClasses + i] = alone <= Outcome::default_glyph ? Outcome::unregistered_sequence : alone;
    }
    return outcomes;
  }();

  const Plan& plan_;
  const PlanOptions& options_;
  const image::Sections& sections_;
  const bool layers_;
  const bool asks_more_;     // more of a character than its class and its sequence
  const unsigned limit_;     // the flag of a class byte that makes an event
  const bool asks_gaiji_;    // what private use means: without a gaiji table, its class says it
  const SureFunction sure_;  // or null
  const std::uint8_t* const bmp_scan_;
  const image::SequenceLine* const lines_;
  ScanCounts& counts_;
  const std::span<Event> events_;
  std::size_t size_ = 0;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_EVENT_LIST_H_
