#include "occurrences.h"

#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/number.h"
#include "hyojun/base/text.h"

namespace hyojun::app {

using charmap::Event;

namespace {

std::u32string code_points(char32_t first, char32_t second) {
  if (first == 0 && second == 0) return {};
  return second == 0 ? std::u32string{first} : std::u32string{first, second};
}

}  // namespace

Occurrences::Occurrences(const Source& source, std::string_view file_name, std::uint32_t file, const RowSink& rows,
                         std::map<SuspicionKey, SuspicionTally>& suspicions, PartTally& numbers)
    : source_(source),
      file_name_(file_name),
      file_(file),
      rows_(rows),
      suspicions_(suspicions),
      sum_(numbers),
      numbers_(source.plan->repertoire()),
      field_begin_(source.bom) {}

bool Occurrences::watches(std::uint32_t field) const {
  return source_.key == field || std::ranges::binary_search(source_.name_columns, field) ||
         std::ranges::binary_search(source_.kana_columns, field) ||
         std::ranges::find(source_.numbers, field, &NumberColumn::field) != source_.numbers.end();
}

// Exceptions, and what the options ask for.
bool Occurrences::lists(charmap::Outcome outcome) const {
  return is_exception(outcome) ||
         (outcome == charmap::Outcome::default_glyph && source_.plan->options().default_glyph_events);
}

base::Result<void> Occurrences::take(const Event& event, std::uint64_t block_offset,
                                     std::span<const std::uint8_t> block) {
  if (event.kind != Event::Kind::character) return field_end(event, block_offset, block);
  if (!rows_ || !lists(event.outcome)) return {};
  const bool unregistered = event.outcome == charmap::Outcome::unregistered_sequence;
  const auto source = block.subspan(event.offset, event.length);
  return add_row({{file_, event.field + 1, event.record + 1, block_offset + event.offset},
                  base::format_hex(source),
                  base::format_code_points(charmap::ExceptionKey::of(event, source).text()),
                  std::string(outcome_key(event.outcome)),
                  unregistered ? charmap::StandardTable::collection_names(
                                     source_.plan->identify(event.first, event.second).collections)
                               : std::string()});
}

base::Result<void> Occurrences::add_row(PendingRow row) {
  if (!rows_) return {};
  if (!waits(row.position.field - 1)) return write(row);
  if (pending_.size() == kMostPending) {
    return base::fail(
        base::ErrorCode::input_rejected,
        {fmt::format("キーの列より前、または1つの氏名の項目に {} を超える例外があります", kMostPending),
         fmt::format("a record holds more than {} exceptions before its key column or in one name", kMostPending)},
        {.file = std::string(file_name_),
         .record = row.position.record,
         .field = row.position.field,
         .byte = row.position.byte},
        {"--format、--delimiter、閉じていない引用符を確かめてください",
         "check --format, --delimiter and quotes that are not closed"});
  }
  pending_.push_back(std::move(row));
  return {};
}

// A row waits for its record's key, and in a name column for the suspicions of its field, which stand among the
// outcomes by their place.
bool Occurrences::waits(std::uint32_t field) const {
  const bool key_to_come = source_.key.has_value() && !key_known_;
  return key_to_come || (field == field_ && watches(field));
}

base::Result<void> Occurrences::write_pending() {
  std::ranges::stable_sort(pending_, {}, [](const PendingRow& row) { return row.position.byte; });
  for (const PendingRow& row : pending_) {
    if (auto ok = write(row); !ok) return ok;
  }
  pending_.clear();
  return {};
}

void Occurrences::read_key(std::uint32_t field) {
  if (source_.key != field) return;
  key_.clear();
  for (const auto& c : read_field(*source_.plan, raw_, shift_)) {
    base::append_utf8(key_, c.first == 0 ? U'\uFFFD' : c.first);
    if (c.second != 0) base::append_utf8(key_, c.second);
  }
  key_known_ = true;
}

void Occurrences::begin_field(const charmap::ScanState& begin, std::uint64_t offset) {
  field_ = begin.field;
  record_ = begin.record;
  shift_ = begin.shift;
  field_begin_ = offset;
  raw_.clear();
}

base::Result<void> Occurrences::end_field(std::span<const std::uint8_t> bytes) {
  if (!watches(field_)) return {};
  raw_.assign(bytes.begin(), bytes.end());
  read_key(field_);
  if (auto ok = check_names(record_, field_, field_begin_); !ok) return ok;
  return source_.key && !key_known_ ? base::Result<void>() : write_pending();
}

void Occurrences::take_value(std::uint32_t field, const std::string& value) {
  if (source_.key != field) return;
  key_ = value;
  key_known_ = true;
}

base::Result<void> Occurrences::end_record() {
  auto ok = write_pending();
  key_.clear();
  key_known_ = false;
  return ok;
}

base::Result<void> Occurrences::write(const PendingRow& row) const {
  const std::size_t field = row.position.field - 1;
  return rows_({row.position, file_name_,
                source_.named && field < source_.headings.size() ? std::string_view(source_.headings[field])
                                                                 : std::string_view(),
                row.source, row.text, row.outcome, row.collection, key_});
}

base::Result<void> Occurrences::collect(std::uint64_t block_offset, std::span<const std::uint8_t> block,
                                        std::uint64_t end) {
  if (!watches(field_)) return {};
  const std::uint64_t begin = std::max(field_begin_ + raw_.size(), block_offset);
  if (end - field_begin_ > kLongestField) {
    return base::fail(
        base::ErrorCode::input_rejected,
        {"氏名やキーの列に 1 MiB を超える項目があります", "a name or key column holds a field of over 1 MiB"},
        {.file = std::string(file_name_), .record = record_ + 1, .field = field_ + 1, .byte = field_begin_},
        {"--format、--delimiter、閉じていない引用符を確かめてください",
         "check --format, --delimiter and quotes that are not closed"});
  }
  const auto part = block.subspan(begin - block_offset, end - begin);
  raw_.insert(raw_.end(), part.begin(), part.end());
  return {};
}

base::Result<void> Occurrences::field_end(const Event& event, std::uint64_t block_offset,
                                          std::span<const std::uint8_t> block) {
  const std::uint64_t here = block_offset + event.offset;
  field_ = event.field;
  if (auto ok = collect(block_offset, block, here); !ok) return ok;
  const bool header = event.record == 0 && !source_.headings.empty();
  const bool blank_line = event.kind == Event::Kind::record_end && event.field == 0 && here == field_begin_;
  if (watches(event.field) && !header && !blank_line) {
    read_key(event.field);
    if (auto ok = check_names(event.record, event.field, field_begin_); !ok) return ok;
    if (auto ok = take_numbers(event.record, event.field, field_begin_); !ok) return ok;
  }
  field_begin_ = here + event.length;
  raw_.clear();
  ++field_;
  if (event.kind == Event::Kind::field_end) {
    return source_.key && !key_known_ ? base::Result<void>() : write_pending();
  }
  if (!header && !blank_line) {
    if (auto missing = check_missing(event, here); !missing) return missing;
  }
  field_ = 0;
  record_ = event.record + 1;
  auto ok = write_pending();  // of a record that is too short to have a key
  key_.clear();
  key_known_ = false;
  return ok;
}

base::Result<void> Occurrences::check_missing(const Event& end, std::uint64_t here) {
  for (const auto* columns : {&source_.name_columns, &source_.kana_columns}) {
    for (const std::uint32_t field : *columns) {
      if (field <= end.field) continue;
      if (auto ok = check_names(end.record, field, here); !ok) return ok;
    }
  }
  return {};
}

base::Result<void> Occurrences::check_names(std::uint64_t record, std::uint32_t field, std::uint64_t begin) {
  const bool name = std::ranges::binary_search(source_.name_columns, field);
  const bool kana = std::ranges::binary_search(source_.kana_columns, field);
  if (!name && !kana) return {};
  const auto characters = read_field(*source_.plan, raw_, shift_);
  const auto& table = source_.plan->repertoire().table();
  for (const auto& s : check_name(table, characters, kana ? charmap::NameColumn::kana : charmap::NameColumn::name)) {
    std::size_t offset = 0;
    std::string bytes;
    std::u32string text;
    for (std::size_t i = s.at; i < s.at + s.length; ++i) {
      const auto& c = characters[i];
      bytes += base::format_hex(std::span(raw_).subspan(c.offset, c.length));
      text += code_points(c.first, c.second);
    }
    if (s.length != 0) offset = characters[s.at].offset;
    const charmap::Position position{file_, field + 1, record + 1, begin + offset};
    SuspicionTally& tally = suspicions_[{s.kind, bytes}];
    tally.text = text;
    ++tally.tally.count;
    tally.tally.add(position);
    auto ok = add_row({position,
                       bytes,
                       base::format_code_points(text),
                       fmt::format("suspicion:{}", charmap::kSuspicionKeys[static_cast<std::size_t>(s.kind)]),
                       {}});
    if (!ok) return ok;
  }
  return {};
}

base::Result<void> Occurrences::take_numbers(std::uint64_t record, std::uint32_t field, std::uint64_t begin) {
  const auto column = std::ranges::find(source_.numbers, field, &NumberColumn::field);
  if (column == source_.numbers.end()) return {};
  for (const charmap::NumberedCharacter& c : numbers_.read(*source_.plan, column->kind, raw_)) {
    ++sum_.counts.outcomes[static_cast<std::size_t>(c.outcome)];
    if (!lists(c.outcome)) continue;
    const Event event = event_of(c, record, field);
    const auto source = std::span(raw_).subspan(c.offset, c.length);
    const charmap::Position position{file_, field + 1, record + 1, begin + c.offset};
    sum_.tally.add(event, source, position);
    const std::u32string text = charmap::ExceptionKey::of(event, source).text();
    auto ok = add_row(
        {position, base::format_hex(source), base::format_code_points(text), std::string(outcome_key(c.outcome)), {}});
    if (!ok) return ok;
  }
  return {};
}

base::Result<void> Occurrences::end_block(std::uint64_t block_offset, std::span<const std::uint8_t> block,
                                          std::size_t read) {
  if (!source_.follows_fields() || block_offset + read <= field_begin_) return {};
  return collect(block_offset, block, block_offset + read);
}

}  // namespace hyojun::app
