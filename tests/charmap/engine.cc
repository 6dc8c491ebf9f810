#include "engine.h"

#include <fmt/format.h>

#include <algorithm>

namespace hyojun::charmap {

namespace {

constexpr const char* kKinds[] = {"character", "field_end", "record_end"};

EventSeen seen(const Event& e, std::uint64_t offset) {
  const Outcome outcome = e.kind == Event::Kind::character ? e.outcome : Outcome::standard;
  return {offset, e.record, e.field, e.length, e.kind, outcome, e.first, e.second};
}

EventSeen seen(const oracle::Found& f) {
  const Outcome outcome =
      f.kind == oracle::Found::Kind::character ? static_cast<Outcome>(f.outcome) : Outcome::standard;
  return {f.offset, f.record, f.field, f.length, static_cast<Event::Kind>(f.kind), outcome, f.first, f.second};
}

// Which characters the contract of scanner.h promises an event for.
bool has_event(const oracle::Found& f, const PlanOptions& options) {
  if (f.kind != oracle::Found::Kind::character) return options.field_events;
  if (options.check_whole_input && (f.outcome == oracle::Outcome::malformed || f.first == 0x1B)) return true;
  if (!f.counted) return false;
  if (f.outcome == oracle::Outcome::standard) return f.second != 0;
  if (f.outcome != oracle::Outcome::default_glyph) return true;
  return options.default_glyph_events;
}

// One call of scan() after the other until `end` is reached; the bytes stand in memory of exactly their size.
class Feeder {
 public:
  Feeder(const Plan& plan, const Bytes& bytes, std::size_t room)
      : plan_(plan), bytes_(bytes), buffer_(room), state_(start_of_file(plan)) {}

  void feed(std::size_t end, End how) {
    const Bytes part(bytes_.begin() + static_cast<std::ptrdiff_t>(at_),
                     bytes_.begin() + static_cast<std::ptrdiff_t>(end));
    const std::size_t begin = at_;
    for (std::size_t used = 0;;) {
      const auto result = scan(plan_, state_, std::span(part).subspan(used), how, out_.counts, buffer_);
      for (std::size_t i = 0; i < result.events; ++i) {
        out_.events.push_back(seen(buffer_[i], begin + used + buffer_[i].offset));
      }
      used += result.read;
      at_ = begin + used;
      if (result.reason == ScanResult::Reason::events_full) {
        ASSERT_TRUE(result.events != 0) << "no progress";
        continue;
      }
      check_end(result, part.size() - used, how);
      return;
    }
  }

  Scanned result() {
    EXPECT_EQ(at_, bytes_.size());
    EXPECT_EQ(state_.record, out_.counts.records);
    out_.unclosed_quote = state_.unclosed_quote;
    return std::move(out_);
  }

 private:
  static void check_end(const ScanResult& result, std::size_t unread, End how) {
    if (result.reason == ScanResult::Reason::done) {
      EXPECT_EQ(unread, 0U);
    } else {
      EXPECT_EQ(how, End::open);
      EXPECT_LE(unread, kMaxUnread);
      EXPECT_GT(unread, 0U);
    }
  }

  const Plan& plan_;
  const Bytes& bytes_;
  std::vector<Event> buffer_;
  ScanState state_;
  Scanned out_;
  std::size_t at_ = 0;
};

}  // namespace

std::string EventSeen::text() const {
  return fmt::format("{} at {}+{} record {} field {} {} {:X} {:X}", kKinds[static_cast<unsigned>(kind)], offset, length,
                     record, field, kind == Event::Kind::character ? kOutcomeKeys[static_cast<unsigned>(outcome)] : "-",
                     static_cast<unsigned>(first), static_cast<unsigned>(second));
}

std::ostream& operator<<(std::ostream& out, const EventSeen& event) { return out << event.text(); }

std::vector<std::string> lines_of(const std::vector<EventSeen>& events) {
  std::vector<std::string> lines;
  for (const EventSeen& event : events) lines.push_back(event.text());
  return lines;
}

std::shared_ptr<const Repertoire> bundled_repertoire() {
  static const auto repertoire = std::make_shared<const Repertoire>(Repertoire::make(StandardTable::bundled()).value());
  return repertoire;
}

oracle::Encoding oracle_encoding(Encoding encoding) {
  switch (encoding) {
    case Encoding::utf16le:
      return oracle::Encoding::utf16le;
    case Encoding::utf16be:
      return oracle::Encoding::utf16be;
    case Encoding::cp932:
      return oracle::Encoding::cp932;
    default:
      return oracle::Encoding::utf8;
  }
}

Scanned scan_all(const Plan& plan, const Bytes& bytes, const Feed& feed) {
  Feeder feeder(plan, bytes, feed.event_room);
  for (const std::size_t cut : feed.cuts) feeder.feed(cut, End::open);
  feeder.feed(bytes.size(), End::file);
  return feeder.result();
}

Scanned expected(const Plan& plan, const Bytes& bytes, const oracle::Above& above) {
  const PlanOptions& options = plan.options();
  const oracle::Format format{options.structure.kind == Structure::Kind::delimited,
                              options.structure.delimiter,
                              options.structure.header,
                              {options.columns.begin(), options.columns.end()}};
  const oracle::Scanned truth = oracle::scan(oracle_encoding(options.encoding), format, bytes, above);
  Scanned out;
  for (const oracle::Found& f : truth.found) {
    if (has_event(f, options)) out.events.push_back(seen(f));
  }
  const auto shapes = plan.repertoire().table().shapes();
  for (const oracle::Found& f : truth.found) {
    if (f.kind != oracle::Found::Kind::character || !f.counted || f.outcome != oracle::Outcome::default_glyph) continue;
    if (oracle::Standard::get().font_dependent().count(f.first) == 0) continue;
    const auto number = std::ranges::lower_bound(shapes, static_cast<std::uint32_t>(f.first)) - shapes.begin();
    ++out.counts.shapes.at(static_cast<std::size_t>(number));
  }
  std::copy(truth.outcomes.begin(), truth.outcomes.end(), out.counts.outcomes.begin());
  out.counts.records = truth.records;
  out.unclosed_quote = truth.unclosed_quote;
  return out;
}

void expect_as_oracle(const Plan& plan, const Bytes& bytes, const std::string& what, const oracle::Above& above,
                      const Feed& feed) {
  const Scanned engine = scan_all(plan, bytes, feed);
  const Scanned truth = expected(plan, bytes, above);
  const bool same = engine.events == truth.events && engine.counts.outcomes == truth.counts.outcomes &&
                    engine.counts.shapes == truth.counts.shapes && engine.counts.records == truth.counts.records &&
                    engine.unclosed_quote == truth.unclosed_quote;
  if (same) return;
  const auto [a, b] =
      std::mismatch(engine.events.begin(), engine.events.end(), truth.events.begin(), truth.events.end());
  ADD_FAILURE() << what << "\nengine: " << (a == engine.events.end() ? "no more events" : a->text())
                << "\noracle: " << (b == truth.events.end() ? "no more events" : b->text())
                << "\ncounts: " << testing::PrintToString(engine.counts.outcomes) << " / "
                << testing::PrintToString(truth.counts.outcomes) << "\nrecords: " << engine.counts.records << " / "
                << truth.counts.records << "\nbytes: " << hex(bytes).substr(0, 400);
}

Plan make_plan(Encoding encoding, Structure structure) {
  return Plan({.encoding = encoding, .structure = structure}, bundled_repertoire());
}

std::string hex(const Bytes& bytes) {
  std::string result;
  for (const std::uint8_t byte : bytes) result += fmt::format("{:02X}", byte);
  return result;
}

}  // namespace hyojun::charmap
