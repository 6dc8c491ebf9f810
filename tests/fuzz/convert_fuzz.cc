// The converter against itself: one call or many with the smallest rooms, the same bytes and replacements; and what it
// wrote with 〓 for the unidentified has the records and the number of characters of the source, all identified.
// Input: options (2 bytes), seed of the cuts (1 byte), text.
#include <map>
#include <memory>
#include <tuple>
#include <vector>

#include "fuzz.h"
#include "hyojun/charmap/converter.h"

namespace {

using namespace hyojun::charmap;
using hyojun::fuzz::require;
using Line = std::tuple<std::uint64_t, int, int, char32_t, char32_t>;

struct Result {
  std::vector<std::uint8_t> bytes;
  std::vector<Line> replacements;
  std::uint64_t brackets = 0;
  ScanCounts counts;
  ConvertState state;
};

class Reader {
 public:
  Reader(const Converter& converter, std::span<const std::uint8_t> text, std::size_t room, std::size_t replacements)
      : converter_(converter), text_(text), out_(room), made_(replacements) {
    result_.state = start_of_file(converter);
  }

  void feed(std::size_t end, End how) {
    using Reason = ConvertResult::Reason;
    for (;;) {
      const std::vector<std::uint8_t> part(text_.begin() + static_cast<std::ptrdiff_t>(at_),
                                           text_.begin() + static_cast<std::ptrdiff_t>(end));
      const auto step = convert(converter_, result_.state, part, how, result_.counts, made_, out_);
      require(step.written <= out_.size(), "the output is kept to its room");
      result_.bytes.insert(result_.bytes.end(), out_.begin(), out_.begin() + static_cast<std::ptrdiff_t>(step.written));
      result_.brackets += step.tagged_brackets;
      for (std::size_t i = 0; i < step.replacements; ++i) {
        const Replacement& r = made_[i];
        require(r.event.offset + r.event.length <= part.size(), "a replacement lies in the bytes");
        result_.replacements.emplace_back(at_ + r.event.offset, static_cast<int>(r.action), r.event.length, r.target[0],
                                          r.target[1]);
      }
      at_ += step.read;
      if (step.reason == Reason::output_full || step.reason == Reason::replacements_full) {
        require(step.read > 0 || step.written > 0, "progress");
        continue;
      }
      require(step.reason == Reason::done ? at_ == end : how == End::open, "what was read");
      require(end - at_ <= kMaxUnread, "at most kMaxUnread bytes are left");
      return;
    }
  }
  Result take_result() { return std::move(result_); }

 private:
  const Converter& converter_;
  const std::span<const std::uint8_t> text_;
  std::vector<std::uint8_t> out_;
  std::vector<Replacement> made_;
  Result result_;
  std::size_t at_ = 0;
};

PlanOptions plan_of(std::uint8_t one) {
  constexpr char32_t kDelimiters[] = {U',', U'\t', U'|', U';'};
  PlanOptions options{.encoding = static_cast<Encoding>(one % 4)};
  options.structure.kind = (one & 4) != 0 ? Structure::Kind::text : Structure::Kind::delimited;
  options.structure.delimiter = kDelimiters[one >> 3 & 3];
  options.structure.header = (one & 32) != 0;
  if ((one & 64) != 0) options.columns = {0, 2};
  return options;
}

// Making one costs a look at every code point, a thousand times as much as what is read with it: some are kept.
const Converter& converter_for(std::uint8_t one, std::uint8_t two) {
  constexpr std::size_t kMost = 400;
  static std::map<unsigned, std::unique_ptr<const Converter>> made;
  if (made.size() == kMost) made.clear();
  auto& kept = made[(one & 127U) << 5U | (two & 31U)];
  if (kept == nullptr) {
    ConverterOptions options{.form = static_cast<Form>(two & 1),
                             .unidentified = static_cast<Unidentified>(two >> 1 & 3)};
    if ((two & 24) != 0) options.shrink = static_cast<ShrinkRule>((two >> 3 & 3) - 1);
    auto converter = Converter::make(options, plan_of(one), hyojun::fuzz::bundled_repertoire());
    require(converter.has_value(), "the delimiter is in no tag");
    kept = std::make_unique<const Converter>(std::move(*converter));
  }
  return *kept;
}

void check_identified(const Result& result, PlanOptions options) {
  options.encoding = Encoding::utf8;
  const Plan plan(options, hyojun::fuzz::bundled_repertoire());
  ScanState state = start_of_file(plan);
  ScanCounts counts;
  std::vector<Event> events(64);
  for (std::size_t at = 0;;) {
    const auto step = scan(plan, state, std::span(result.bytes).subspan(at), End::file, counts, events);
    at += step.read;
    if (step.reason == ScanResult::Reason::done) break;
  }
  require(counts.records == result.counts.records, "the records of the source");
  require(counts.characters() == result.counts.characters(), "the characters of the source");
  for (std::size_t i = 0; i < kOutcomeCount; ++i) {
    if (is_exception(static_cast<Outcome>(i))) require(counts.outcomes[i] == 0, "all is identified");
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  const Converter& converter = converter_for(data[0], data[1]);
  const std::span text(data + 3, size - 3);
  Reader whole(converter, text, 1U << 16U, 4096);
  whole.feed(text.size(), End::file);
  const Result one = whole.take_result();
  if (converter.options().unidentified == Unidentified::geta) check_identified(one, plan_of(data[0]));

  Reader parts(converter, text, kConvertRoom, kReplacementRoom);
  std::uint32_t random = data[2];
  for (std::size_t cut = 0; cut < text.size();) {
    random = random * 1664525U + 1013904223U;
    cut = std::min<std::size_t>(text.size(), cut + (random >> 24) % 9);
    parts.feed(cut, End::open);
  }
  parts.feed(text.size(), End::file);
  const Result many = parts.take_result();
  require(one.bytes == many.bytes && one.brackets == many.brackets, "the same bytes at any split");
  require(one.replacements == many.replacements, "the same replacements at any split");
  require(one.counts.outcomes == many.counts.outcomes && one.state == many.state, "the same counts at any split");
  return 0;
}
