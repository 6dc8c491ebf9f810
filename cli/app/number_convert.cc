#include "number_convert.h"

#include <algorithm>
#include <limits>

#include "block_scan.h"

namespace hyojun::app {

namespace {

using charmap::End;
using charmap::Event;
using Bytes = std::span<const std::uint8_t>;

constexpr std::size_t kUnlimited = std::numeric_limits<std::size_t>::max();

// A field of numbers in a block.
struct NumberField {
  std::size_t begin, end;
  std::uint64_t record;
  std::uint32_t field;
  charmap::NumberKind kind;
};

class NumberConversion {
 public:
  NumberConversion(const charmap::Converter& converter, charmap::Newline newline, Source& source,
                   const std::string& name, std::uint32_t file, PartConversion& sum, const OutputSink& sink,
                   const AfterConvertedBlock& after)
      : converter_(converter),
        newline_(newline),
        source_(source),
        name_(name),
        file_(file),
        sum_(sum),
        sink_(sink),
        after_(after),
        numbers_(converter.plan().repertoire()) {}

  base::Result<charmap::ScanState> run() {
    state_ = start_of_file(converter_);
    charmap::ScanState scan = start_of_file(*source_.plan);
    for (bool more = true; more;) {
      auto block = source_.reader.next();
      if (!block) return tl::unexpected(block.error());
      more = block->end != End::file;
      const auto length = find_fields(*block, scan);
      if (!length) return tl::unexpected(length.error());
      out_.clear();
      const auto converted = convert_block_of(*block, *length);
      if (!converted) return tl::unexpected(converted.error());
      const std::size_t read = *converted;
      if (!sum_.doubt && sum_.tally.count(charmap::Action::refused) == 0) {
        encode_block(converter_.encoder(), newline_, out_, utf8_);
        if (auto ok = sink_(out_.bytes()); !ok) return tl::unexpected(ok.error());
      }
      if (auto ok = after_(block->offset + read, block->bytes.first(read)); !ok) return tl::unexpected(ok.error());
      source_.reader.give_back(block->bytes.subspan(read));
      source_.reader.reuse(std::move(*block));
    }
    return state_.scan;
  }

 private:
  // Finds the fields of numbers in the block, and how much of it can be converted: up to the last field that is whole.
  // `scan` goes on to there.
  base::Result<std::size_t> find_fields(const Block& block, charmap::ScanState& scan) {
    fields_.clear();
    const charmap::ScanState before = scan;
    std::size_t begin = 0;  // of the current field
    charmap::ScanCounts unused;
    const auto take = [&](const Event& event, Bytes) {
      if (event.kind == Event::Kind::character) return true;
      const auto column = std::ranges::find(source_.numbers, event.field, &NumberColumn::field);
      const bool header = event.record == 0 && source_.plan->options().structure.header;
      if (column != source_.numbers.end() && !header) {
        fields_.push_back({begin, event.offset, event.record, event.field, column->kind});
      }
      begin = event.offset + event.length;
      return true;
    };
    const std::size_t read = scan_block(*source_.plan, scan, block.bytes, block.end, unused, take);
    if (block.end != End::open) return read;
    if (begin == 0) {
      return base::fail(base::ErrorCode::input_rejected,
                        {"1 MiB を超える項目があります", "there is a field of over 1 MiB"},
                        {.file = name_, .record = scan.record + 1, .field = scan.field + 1, .byte = block.offset},
                        {"--format、--delimiter、閉じていない引用符を確かめてください",
                         "check --format, --delimiter and quotes that are not closed"});
    }
    scan = before;
    scan_block(*source_.plan, scan, block.bytes.first(begin), End::cut, unused,
               [](const Event&, Bytes) { return true; });
    return begin;
  }

  base::Result<std::size_t> convert_block_of(const Block& block, std::size_t length) {
    std::size_t at = 0;
    for (const NumberField& field : fields_) {
      convert_piece(block, at, field.begin, End::cut);
      if (auto ok = write_numbers(block, field); !ok) return tl::unexpected(ok.error());
      at = field.end;
    }
    const End end = block.end == End::open ? End::cut : block.end;
    return at + convert_piece(block, at, length, end);
  }

  std::size_t convert_piece(const Block& block, std::size_t begin, std::size_t end, End what) {
    PartConversion piece;
    const std::size_t read = convert_block(converter_, state_, block.bytes.subspan(begin, end - begin), what, file_,
                                           kUnlimited, piece, out_);
    for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) sum_.counts.outcomes[i] += piece.counts.outcomes[i];
    sum_.counts.records += piece.counts.records;
    sum_.tally.append(piece.tally, 0, block.offset + begin);
    sum_.outside += piece.outside;
    take_doubt(piece, block.offset + begin);
    return read;
  }

  void take_doubt(const PartConversion& piece, std::uint64_t offset) {
    if (!piece.doubt || sum_.doubt) return;
    sum_.doubt = piece.doubt;
    sum_.doubt->offset += offset;
  }

  // The converter reads the field, too, so that it knows where it stands; what it would write is left out.
  base::Result<void> write_numbers(const Block& block, const NumberField& field) {
    const Bytes raw = block.bytes.subspan(field.begin, field.end - field.begin);
    PartConversion unused;
    unread_.clear();
    convert_block(converter_, state_, raw, End::cut, file_, kUnlimited, unused, unread_);
    take_doubt(unused, block.offset + field.begin);
    const auto is_line_end = [](std::uint8_t byte) { return byte == '\n' || byte == '\r'; };
    if (std::ranges::any_of(unread_.bytes(), is_line_end)) {
      return base::fail(
          base::ErrorCode::input_rejected, {"番号の列に改行があります", "a column of numbers holds a line end"},
          {.file = name_, .record = field.record + 1, .field = field.field + 1, .byte = block.offset + field.begin},
          {"--juki-columns と --koseki-columns の列を確かめてください",
           "check the columns of --juki-columns and --koseki-columns"});
    }
    const auto characters = numbers_.read(converter_.plan(), field.kind, raw);
    std::string text;
    for (const charmap::NumberedCharacter& c : characters) {
      const Bytes code = raw.subspan(c.offset, c.length);
      ++sum_.counts.outcomes[static_cast<std::size_t>(c.outcome)];
      const auto made = write_numbered(converter_, c, code, field.record, field.field, text);
      if (made) {
        sum_.tally.add(*made, code, {file_, field.field + 1, field.record + 1, block.offset + field.begin + c.offset});
      }
    }
    const bool quoted = characters.empty() ? !raw.empty() : characters.front().offset != 0;
    if (quoted) text = '"' + text + '"';
    std::ranges::copy(text, out_.room(text.size()).begin());
    out_.add(text.size());
    return {};
  }

  const charmap::Converter& converter_;
  const charmap::Newline newline_;
  Source& source_;
  const std::string& name_;
  const std::uint32_t file_;
  PartConversion& sum_;
  const OutputSink& sink_;
  const AfterConvertedBlock& after_;
  charmap::NumberColumns numbers_;
  charmap::ConvertState state_;
  std::vector<NumberField> fields_;  // of the current block
  OutputBuffer out_;
  OutputBuffer utf8_;  // what `out_` was made of, where the target is not UTF-8
  OutputBuffer unread_;
};

}  // namespace

base::Result<charmap::ScanState> convert_numbers(const charmap::Converter& converter, charmap::Newline newline,
                                                 Source& source, const std::string& name, std::uint32_t file,
                                                 PartConversion& sum, const OutputSink& sink,
                                                 const AfterConvertedBlock& after) {
  return NumberConversion(converter, newline, source, name, file, sum, sink, after).run();
}

}  // namespace hyojun::app
