#include "dump.h"

#include <algorithm>

#include "hyojun/base/csv.h"
#include "hyojun/base/text.h"

namespace hyojun::app {

namespace {

using base::ErrorCode;
using base::Text;
using charmap::LayoutField;

struct Record {
  const charmap::RecordType* type;
  std::span<const std::uint8_t> bytes;
  std::uint64_t offset;  // of `bytes` in the file
  std::uint64_t number;  // from 0
};
using RecordSink = std::function<base::Result<void>(const Record&)>;

// Where a record or a field of it is wrong.
base::Error place(base::Error error, const std::string& name, std::uint64_t record, std::uint64_t offset,
                  std::optional<std::uint64_t> field = {}) {
  error.where.file = name;
  error.where.record = record + 1;
  error.where.field = field;
  error.where.byte = error.where.byte.value_or(0) + offset;
  return error;
}

// Hands over every record of the file. Returns their number.
base::Result<std::uint64_t> read_records(Source& source, const std::string& name, const RecordSink& sink,
                                         const AfterConvertedBlock& after) {
  std::uint64_t records = 0;
  std::uint64_t block_left = 0;
  for (bool more = true; more;) {
    auto block = source.reader.next();
    if (!block) return tl::unexpected(block.error());
    more = block->end != charmap::End::file;
    std::size_t at = 0;
    while (at < block->bytes.size()) {
      const auto rest = block->bytes.subspan(at);
      const auto cut = source.layout->cut(rest, !more, block_left);
      if (!cut) return tl::unexpected(place(cut.error(), name, records, block->offset + at));
      if (!*cut) break;
      const Record record{(*cut)->type, rest.subspan((*cut)->begin, (*cut)->length), block->offset + at + (*cut)->begin,
                          records};
      if (auto ok = sink(record); !ok) return tl::unexpected(ok.error());
      at += (*cut)->read;
      ++records;
    }
    if (auto ok = after(block->offset + at, block->bytes.first(at)); !ok) return tl::unexpected(ok.error());
    source.reader.give_back(block->bytes.subspan(at));
    source.reader.reuse(std::move(*block));
  }
  return records;
}

// The bytes of a field: none where a variable record ends before it.
base::Result<std::optional<std::span<const std::uint8_t>>> field_bytes(const Record& record, const LayoutField& field) {
  if (field.offset >= record.bytes.size()) return std::optional<std::span<const std::uint8_t>>();
  if (field.length <= record.bytes.size() - field.offset) {
    return std::optional(record.bytes.subspan(field.offset, field.length));
  }
  return base::fail(ErrorCode::input_rejected,
                    {"レコードが項目の途中で終わっています", "the record ends inside a field"}, {.byte = field.offset},
                    {"レイアウト (--layout) を確かめてください", "check the layout (--layout)"});
}

base::Result<std::string> number_of(const LayoutField& field, std::span<const std::uint8_t> bytes) {
  auto value = charmap::read_number(field, bytes);
  if (value) return *value;
  return base::fail(ErrorCode::input_rejected, value.error().what, {.byte = field.offset + value.error().bad},
                    {"項目の位置と種類 (kind) を確かめてください", "check the place and kind of the field"});
}

base::Result<charmap::FieldText> text_of(const charmap::Plan& plan, const LayoutField& field,
                                         std::span<const std::uint8_t> bytes) {
  const charmap::FieldText text = measure_text(plan, field.kind, bytes);
  if (text.shifts_back) return text;
  return base::fail(ErrorCode::input_rejected,
                    {"シフトが戻らないまま項目が終わっています", "the field ends without shifting back"},
                    {.byte = field.offset},
                    {"項目の位置と種類 (single, double, mixed) を確かめてください",
                     "check the place and kind (single, double, mixed) of the field"});
}

charmap::ScanState state_of(const Record& record, const LayoutField& field, const charmap::FieldText& text) {
  charmap::ScanState state;
  state.phase = charmap::ScanState::Phase::unquoted;
  state.shift = text.set;
  state.field = field.column;
  state.record = record.number;
  return state;
}

// Goes through the fields of one record: text(field, bytes, measured), number(field, value).
template <typename OnText, typename OnNumber>
base::Result<void> each_field(const charmap::Plan& plan, const Record& record, const std::string& name, OnText on_text,
                              OnNumber on_number) {
  for (const LayoutField& field : record.type->fields) {
    const auto fail = [&](const base::Error& error) {
      return tl::unexpected(place(error, name, record.number, record.offset, field.column + 1));
    };
    const auto bytes = field_bytes(record, field);
    if (!bytes) return fail(bytes.error());
    if (!*bytes) continue;
    if (is_text(field.kind)) {
      const auto text = text_of(plan, field, **bytes);
      if (!text) return fail(text.error());
      if (auto ok = on_text(field, (**bytes).first(text->length), *text); !ok) return ok;
    } else {
      auto value = number_of(field, **bytes);
      if (!value) return fail(value.error());
      on_number(field, std::move(*value));
    }
  }
  return {};
}

charmap::ScanState ended(std::uint64_t records) {
  charmap::ScanState state;
  state.record = records;
  return state;
}

// The headings come from the layout, past the converter: the target must hold them.
base::Result<void> check_headings(const charmap::Encoder& encoder, const std::vector<std::string>& headings,
                                  const std::string& name) {
  for (const std::string& heading : headings) {
    const auto text = base::decode_utf8(heading);
    if (text && std::ranges::all_of(*text, [&](char32_t cp) { return encoder.holds(cp); })) continue;
    return base::fail(ErrorCode::usage,
                      {"レイアウトの列名に、出力の文字コードにない文字があります",
                       "a column of the layout has a name that the target encoding cannot hold"},
                      {.file = name}, {"列名を改めるか --to utf-8 にしてください", "rename it or use --to utf-8"});
  }
  return {};
}

class DumpConversion {
 public:
  DumpConversion(const charmap::Converter& converter, const charmap::Layout& layout, std::uint32_t file,
                 PartConversion& sum, const OutputSink& sink)
      : converter_(converter), layout_(layout), file_(file), sum_(sum), csv_([&sink](std::string_view line) {
          return sink({reinterpret_cast<const std::uint8_t*>(line.data()), line.size()});
        }) {}

  base::Result<void> header() { return write(layout_.columns()); }

  base::Result<void> take(const Record& record, const std::string& name) {
    std::vector<std::string> row(layout_.columns().size());
    if (layout_.types().size() > 1 || !record.type->selector.empty()) row[0] = record.type->name;
    const auto text = [&](const LayoutField& field, std::span<const std::uint8_t> bytes,
                          const charmap::FieldText& measured) -> base::Result<void> {
      row[field.column] = convert(record, field, bytes, measured);
      return {};
    };
    const auto number = [&](const LayoutField& field, std::string value) { row[field.column] = std::move(value); };
    if (auto ok = each_field(converter_.plan(), record, name, text, number); !ok) return ok;
    ++sum_.counts.records;
    return write(row);
  }

 private:
  base::Result<void> write(const std::vector<std::string>& row) {
    return csv_.write_row(std::vector<std::string_view>(row.begin(), row.end()));
  }

  std::string convert(const Record& record, const LayoutField& field, std::span<const std::uint8_t> bytes,
                      const charmap::FieldText& measured) {
    charmap::ConvertState state;
    state.scan = state_of(record, field, measured);
    std::string out;
    for (std::size_t at = 0; at < bytes.size();) {
      const auto made =
          charmap::convert(converter_, state, bytes.subspan(at), charmap::End::cut, sum_.counts, replacements_, room_);
      out.append(reinterpret_cast<const char*>(room_.data()), made.written);
      sum_.tally.add_brackets(made.tagged_brackets);
      sum_.tally.add(std::span(replacements_).first(made.replacements), bytes.subspan(at),
                     {file_, 1, 1, record.offset + field.offset + at});
      at += made.read;
    }
    return out;
  }

  const charmap::Converter& converter_;
  const charmap::Layout& layout_;
  const std::uint32_t file_;
  PartConversion& sum_;
  base::CsvWriter csv_;
  std::array<charmap::Replacement, 256> replacements_;
  std::vector<std::uint8_t> room_ = std::vector<std::uint8_t>(64U << 10U);
};

}  // namespace

base::Result<charmap::ScanState> scan_dump(Source& source, const std::string& name, std::uint32_t file, PartTally& sum,
                                           Occurrences& occurrences, const AfterConvertedBlock& after) {
  const charmap::Plan& plan = *source.plan;
  const RecordSink take = [&](const Record& record) -> base::Result<void> {
    base::Result<void> taken;
    const auto text = [&](const LayoutField& field, std::span<const std::uint8_t> bytes,
                          const charmap::FieldText& measured) -> base::Result<void> {
      charmap::ScanState state = state_of(record, field, measured);
      const std::uint64_t offset = record.offset + field.offset;
      const auto on_event = [&](const charmap::Event& event, auto) {
        take_characters(plan, std::span(&event, 1), bytes, {file, 1, 1, offset}, sum);
        taken = occurrences.take(event, offset, bytes);
        return taken.has_value();
      };
      occurrences.begin_field(state, offset);
      scan_block(plan, state, bytes, charmap::End::cut, sum.counts, on_event);
      return taken ? occurrences.end_field(bytes) : taken;
    };
    const auto number = [&](const LayoutField& field, const std::string& value) {
      occurrences.take_value(field.column, value);
    };
    if (auto ok = each_field(plan, record, name, text, number); !ok) return ok;
    ++sum.counts.records;
    return occurrences.end_record();
  };
  const auto records = read_records(source, name, take, after);
  if (!records) return tl::unexpected(records.error());
  return ended(*records);
}

base::Result<void> each_record(Source& source, const std::string& name, const DumpReader& reader) {
  const RecordSink take = [&](const Record& record) -> base::Result<void> {
    const auto text = [&](const LayoutField& field, std::span<const std::uint8_t> bytes,
                          const charmap::FieldText& measured) -> base::Result<void> {
      reader.field(state_of(record, field, measured), bytes);
      return {};
    };
    const auto number = [&](const LayoutField& field, const std::string& value) { reader.value(field.column, value); };
    if (auto ok = each_field(*source.plan, record, name, text, number); !ok) return ok;
    return reader.end();
  };
  const auto after = [](std::uint64_t, std::span<const std::uint8_t>) {
    return base::interrupted() ? tl::unexpected(base::interrupted_error()) : base::Result<void>();
  };
  const auto records = read_records(source, name, take, after);
  return records ? base::Result<void>() : tl::unexpected(records.error());
}

base::Result<charmap::ScanState> convert_dump(const charmap::Converter& converter, charmap::Newline newline,
                                              Source& source, const std::string& name, std::uint32_t file,
                                              PartConversion& sum, const OutputSink& sink,
                                              const AfterConvertedBlock& after) {
  if (auto ok = check_headings(converter.encoder(), source.layout->columns(), name); !ok) {
    return tl::unexpected(ok.error());
  }
  OutputBuffer text;
  OutputBuffer spare;
  const OutputSink encoded = [&](std::span<const std::uint8_t> line) -> base::Result<void> {
    text.clear();
    std::ranges::copy(line, text.room(line.size()).begin());
    text.add(line.size());
    encode_block(converter.encoder(), newline, text, spare);
    return sink(text.bytes());
  };
  DumpConversion conversion(converter, *source.layout, file, sum, encoded);
  if (auto ok = conversion.header(); !ok) return tl::unexpected(ok.error());
  const auto records = read_records(
      source, name, [&](const Record& record) { return conversion.take(record, name); }, after);
  if (!records) return tl::unexpected(records.error());
  return ended(*records);
}

}  // namespace hyojun::app
