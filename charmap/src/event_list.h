// What a character counts as, and whether it is an event: decided here alone. Internal to charmap.
//
#ifndef HYOJUN_CHARMAP_SRC_EVENT_LIST_H_
#define HYOJUN_CHARMAP_SRC_EVENT_LIST_H_

#include <span>

#include "hyojun/charmap/plan.h"
#include "hyojun/charmap/scanner.h"
#include "image.h"
#include "plain_run.h"

namespace hyojun::charmap {

// The counts and the events of one call of scan().
class EventList {
 public:
  EventList(const Plan& plan, ScanCounts& counts, std::span<Event> events) noexcept
      : plan_(plan),
        options_(plan.options()),
        sections_(plan.repertoire().table().sections()),
        layers_(!plan.repertoire().layers().empty()),
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
    const std::uint8_t scan = code_point < 0x80 ? kScanStandard : plan_.bmp_scan()[code_point & 0xFFFF];
    if (was & (scan >= kScanShape)) --counts_.shapes[scan - kScanShape];
    uncount(scan == kScanStandard ? Outcome::standard : Outcome::default_glyph, was ? 1 : 0);
  }

  // Asks for what take() will read.
  void prefetch(char32_t first, char32_t second) const noexcept {
    const std::uint32_t key = image::sequence_key(first, second);
    __builtin_prefetch(&sections_.sequence_lines[second == 0 ? 0 : image::sequence_line(key)]);
  }

  // A character whose outcome is malformed or yet to be found, with room for it. `counting`: its field is identified.
  // It may stand at next() or behind.
  void take(const Event& character, bool counting) noexcept {
    if (character.outcome == Outcome::malformed) {
      finish(character, Outcome::malformed, counting, true);
    } else if (character.second != 0) {
      finish(character, outcome_of_sequence(character.first, character.second), counting, true);
    } else {
      take_single(character, counting);
    }
  }

  void structure(const Event& event) noexcept { events_[size_++] = event; }

 private:
  static constexpr char32_t kEscape = 0x1B;

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
    finish(character, outcome, counting, (outcome > Outcome::default_glyph) | is_outside(cp, byte) | asked);
  }

  // `exceptional`: an event where it counts.
  void finish(const Event& character, Outcome outcome, bool counting, bool exceptional) noexcept {
    count(outcome, counting ? 1 : 0);
    const bool doubtful = (outcome == Outcome::malformed) | (character.first == kEscape);
    const bool wanted = exceptional & (counting | options_.conversion_events);
    const bool told = wanted | (options_.check_whole_input & doubtful);
    if (!told) return;
    Event& event = events_[size_++];
    event = character;
    event.outcome = outcome;
  }

  static std::size_t index(Outcome outcome) noexcept { return static_cast<std::size_t>(outcome); }

  // As StandardTable::class_of(), without the guess in which plane the next rare character lies.
  std::uint8_t class_of(char32_t cp) const noexcept {
    const char32_t above = cp < 0x10000 ? 0 : cp - 0x10000;
    const std::uint8_t* const block = &sections_.class_blocks[sections_.class_index[above >> 8] * 256U];
    return cp < 0x10000 ? sections_.bmp_classes[cp] : block[cp & 0xFF];
  }

  // As Plan::outcome(): only seldom is it asked.
  Outcome outcome_of_sequence(char32_t first, char32_t second) const noexcept {
    const std::uint32_t key = image::sequence_key(first, second);
    const image::SequenceLine& line = sections_.sequence_lines[image::sequence_line(key)];
    if (is_private_use(first)) return plan_.outcome(first, second);
    if (image::is_second_of_sequence(second) & (image::rows_of_key(line, key) != 0)) return Outcome::standard;
    const bool full = line.keys[image::SequenceLine::kRows - 1] != 0;
    if (full | layers_) return plan_.outcome(first, second);
    const Outcome alone = kOutcomes[class_of(first) & kClassMask];
    return alone <= Outcome::default_glyph ? Outcome::unregistered_sequence : alone;
  }

  bool is_outside(char32_t cp, std::uint8_t byte) const noexcept {
    if (options_.limit == Limit::watched) return options_.watched->contains(cp);
    return (options_.limit == Limit::jisx0213) & ((byte & kOutsideX0213) != 0);
  }

  // Of a code point alone, by its class.
  static constexpr std::array<Outcome, kClassMask + 1> kOutcomes = [] {
    std::array<Outcome, kClassMask + 1> outcomes{};
    for (std::size_t i = 0; i < outcomes.size(); ++i) outcomes[i] = outcome_of(static_cast<CodeClass>(i));
    return outcomes;
  }();

  const Plan& plan_;
  const PlanOptions& options_;
  const image::Sections& sections_;
  const bool layers_;
  ScanCounts& counts_;
  const std::span<Event> events_;
  std::size_t size_ = 0;
};

}  // namespace hyojun::charmap

#endif  // HYOJUN_CHARMAP_SRC_EVENT_LIST_H_
