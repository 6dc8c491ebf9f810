// The scanner against itself: one call or many with the smallest event room, the same events and counts; the events of
// exceptions add up to the exceptional outcomes. Input: options (2 bytes), seed of the cuts (1 byte), text.
#include <tuple>
#include <vector>

#include "fuzz.h"
#include "hyojun/charmap/scanner.h"

namespace {

using namespace hyojun::charmap;
using hyojun::fuzz::require;
using Line = std::tuple<int, std::uint64_t, std::uint64_t, std::uint32_t, int, int, char32_t, char32_t>;

struct Result {
  std::vector<Line> events;
  ScanCounts counts;
  ScanState state;
};

class Reader {
 public:
  Reader(const Plan& plan, std::span<const std::uint8_t> text, std::size_t room)
      : plan_(plan), text_(text), events_(room), result_{{}, {}, start_of_file(plan)} {}

  void feed(std::size_t end, End how) {
    for (;;) {
      const std::vector<std::uint8_t> part(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                           text_.begin() + static_cast<std::ptrdiff_t>(end));
      const auto step = scan(plan_, result_.state, part, how, result_.counts, events_);
      for (std::size_t i = 0; i < step.events; ++i) take(events_[i]);
      at_ += step.read;
      if (step.reason == ScanResult::Reason::events_full) {
        require(step.events > 0, "events_full without an event");
        continue;
      }
      require(step.reason == ScanResult::Reason::done ? at_ == end : how == End::open, "what was read");
      require(end - at_ <= kMaxUnread, "at most kMaxUnread bytes are left");
      return;
    }
  }
  Result take_result() { return std::move(result_); }

 private:
  void take(const Event& e) {
    require(e.offset + e.length <= text_.size() - at_, "an event lies in the bytes");
    result_.events.emplace_back(static_cast<int>(e.kind), at_ + e.offset, e.record, e.field, e.length,
                                static_cast<int>(e.outcome), e.first, e.second);
  }

  const Plan& plan_;
  const std::span<const std::uint8_t> text_;
  std::vector<Event> events_;
  Result result_;
  std::size_t at_ = 0;
};

PlanOptions options_of(std::uint8_t one, std::uint8_t two) {
  constexpr char32_t kDelimiters[] = {U',', U'\t', U'|', U'A'};
  PlanOptions options{.encoding = static_cast<Encoding>(one % 4)};
#ifdef HYOJUN_FUZZ_TABLES
  constexpr unsigned kFirstWithTable = 4;
  options.encoding = static_cast<Encoding>(kFirstWithTable + (one % 4U * 8U + two / 8U % 8U) % (kEncodingCount - 4U));
#endif
  options.structure.kind = (one & 4) != 0 ? Structure::Kind::text : Structure::Kind::delimited;
  options.structure.delimiter = kDelimiters[one >> 3 & 3];
  options.structure.header = (one & 32) != 0;
  if ((one & 64) != 0) options.columns = {0, 2};
  options.default_glyph_events = (two & 1) != 0;
  options.check_whole_input = (two & 2) != 0;
  options.field_events = (two & 4) != 0;
  return options;
}

void check_sums(const Result& r, const PlanOptions& options, std::size_t bytes) {
  require(r.counts.characters() <= bytes, "no more characters than bytes");
  require(r.counts.records == r.state.record, "records");
  std::array<std::uint64_t, kOutcomeCount> events{};
  std::uint64_t end = 0;
  for (const Line& line : r.events) {
    require(std::get<1>(line) >= end, "events are in order and apart");
    end = std::get<1>(line) + static_cast<unsigned>(std::get<4>(line));
    if (std::get<0>(line) == 0) ++events[static_cast<std::size_t>(std::get<5>(line))];
  }
  if (options.check_whole_input) return;
  for (std::size_t i = 0; i < kOutcomeCount; ++i) {
    const auto outcome = static_cast<Outcome>(i);
    const bool all = is_exception(outcome) || (outcome == Outcome::default_glyph && options.default_glyph_events);
    if (all) require(events[i] == r.counts.outcomes[i], "an event for each");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const PlanOptions options = options_of(data[0], data[1]);
  const Plan plan(options, hyojun::fuzz::bundled_repertoire());
  const std::span text(data + 3, size - 3);
  Reader whole(plan, text, 4096);
  whole.feed(text.size(), End::file);
  const Result one = whole.take_result();
  check_sums(one, options, text.size());

  Reader parts(plan, text, kEventRoom);
  std::uint32_t random = data[2];
  for (std::size_t cut = 0; cut < text.size();) {
    random = random * 1664525U + 1013904223U;
    cut = std::min<std::size_t>(text.size(), cut + (random >> 24) % 9);
    parts.feed(cut, End::open);
  }
  parts.feed(text.size(), End::file);
  const Result many = parts.take_result();
  require(one.events == many.events, "the same events at any split");
  require(one.counts.outcomes == many.counts.outcomes && one.state == many.state, "the same counts at any split");
  return 0;
}
