#include "affected.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "block_convert.h"
#include "dump.h"
#include "hyojun/base/number.h"
#include "hyojun/base/text.h"
#include "hyojun/base/xlsx_writer.h"
#include "hyojun/charmap/name_check.h"

namespace hyojun::app {

namespace {

using charmap::Action;
using charmap::Event;

constexpr std::size_t kLongestField = 1U << 20U;
constexpr std::string_view kChangedCategories[] = {"design_difference", "デザイン差", "similar", "類似"};

// Why the shape changes; empty if it does not.
std::string change_of(const charmap::Converter& converter, const charmap::Replacement& r) {
  const charmap::GaijiTable* const gaiji = converter.plan().gaiji();
  const charmap::GaijiRow* const row = gaiji == nullptr ? nullptr : gaiji->find(r.event.first);
  const bool is_gaiji = r.event.outcome == charmap::Outcome::gaiji_mapped;
  switch (r.action) {
    case Action::decision: {
      const bool changed =
          row != nullptr && std::ranges::find(kChangedCategories, row->category) != std::end(kChangedCategories);
      return changed ? row->category : std::string();
    }
    case Action::form:
      return !is_gaiji && r.event.second != 0 && r.target[0] != 0 && r.target[1] == 0 ? "異体字セレクタなし" : "";
    case Action::fold:
      return r.event.first >= 0x2E80 && r.event.first < 0xFF00 && r.event.second == 0 ? "正規化" : "";
    case Action::shrink:
      return r.relation
                 ? fmt::format("縮退 ({})", charmap::kShrinkRelationNamesJa[static_cast<std::size_t>(*r.relation)])
                 : "縮退";
    case Action::substitute:
      return row != nullptr && !row->category.empty() ? fmt::format("代わりの文字 ({})", row->category)
                                                      : "代わりの文字";
    case Action::unfit:
    case Action::geta:
      return std::string(charmap::kActionNamesJa[static_cast<std::size_t>(r.action)]);
    default:
      return {};
  }
}

void append_once(std::string& list, const std::string& entry, std::string_view separator) {
  const auto between = [&](const std::string& text) { return fmt::format("{0}{1}{0}", separator, text); };
  if (between(list).find(between(entry)) != std::string::npos) return;
  if (!list.empty()) list += separator;
  list += entry;
}

std::string text_of(const charmap::ReplacementText& target) {
  std::u32string text;
  for (const char32_t c : target) {
    if (c != 0) text += c;
  }
  return base::format_code_points(text);
}

// A field as it is read: quotes that enclose it and the second of two quotes left out.
std::string unquoted(std::string_view field, bool delimited) {
  if (!delimited || field.size() < 2 || field.front() != '"') return std::string(field);
  std::string text;
  for (std::size_t i = 1; i < field.size(); ++i) {
    if (field[i] == '"' && (i + 1 == field.size() || field[i + 1] == '"')) ++i;
    if (i < field.size()) text += field[i];
  }
  return text;
}

// Makes the rows of one record, whose key may come last.
class AffectedRecord {
 public:
  AffectedRecord(const charmap::Converter& converter, const Source& source, const std::string& file)
      : converter_(converter), source_(source), file_(file), numbers_(converter.plan().repertoire()) {}

  // One raw field of text, which begins in the set `shift`.
  void take_field(std::uint64_t record, std::uint32_t field, std::uint8_t shift, std::span<const std::uint8_t> raw) {
    const charmap::Converter* const converter = converter_of(field);
    if (converter == nullptr) return;
    std::string after;
    AffectedRow row = row_of(record, field);
    charmap::ConvertState state = start_of_file(*converter);
    state.scan.shift = shift;
    const auto end = delimited() ? charmap::End::file : charmap::End::cut;
    charmap::ScanCounts counts;
    std::array<charmap::Replacement, 64> made;
    std::vector<std::uint8_t> room(charmap::kConvertRoom * 4);
    for (std::size_t at = 0;;) {
      const auto result = convert(*converter, state, raw.subspan(at), end, counts, made, room);
      after.append(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(result.written));
      for (std::size_t i = 0; i < result.replacements; ++i) add_change(*converter, made[i], row);
      at += result.read;
      if (result.reason == charmap::ConvertResult::Reason::done) break;
    }
    row.after = unquoted(after, delimited());
    add(std::move(row), raw, shift);
  }

  void take_numbers(std::uint64_t record, std::uint32_t field, charmap::NumberKind kind,
                    std::span<const std::uint8_t> raw) {
    AffectedRow row = row_of(record, field);
    for (const charmap::NumberedCharacter& c : numbers_.read(converter_.plan(), kind, raw)) {
      const auto made = write_numbered(converter_, c, raw.subspan(c.offset, c.length), record, field, row.after);
      if (made) add_change(converter_, *made, row);
    }
    add(std::move(row), raw, 0);
  }

  void set_key(std::string key) { key_ = std::move(key); }
  std::string text_of(std::span<const std::uint8_t> raw, std::uint8_t shift) const {
    std::string text;
    for (const auto& c : read_field(converter_.plan(), raw, shift)) {
      base::append_utf8(text, c.first == 0 ? U'\uFFFD' : c.first);
      if (c.second != 0) base::append_utf8(text, c.second);
    }
    return text;
  }

  base::Result<void> end(AffectedFile& out) {
    for (AffectedRow& row : rows_) {
      row.key = key_;
      if (auto ok = out.write(row); !ok) return ok;
    }
    rows_.clear();
    key_.clear();
    return {};
  }

 private:
  bool delimited() const { return converter_.plan().options().structure.kind == charmap::Structure::Kind::delimited; }

  AffectedRow row_of(std::uint64_t record, std::uint32_t field) const {
    AffectedRow row{{}, file_, record + 1, {}, {}, {}, {}, {}};
    const bool named = source_.named && field < source_.headings.size();
    row.column = named ? source_.headings[field] : fmt::format("{}", field + 1);
    return row;
  }

  void add(AffectedRow row, std::span<const std::uint8_t> raw, std::uint8_t shift) {
    if (row.category.empty()) return;
    row.before = text_of(raw, shift);
    rows_.push_back(std::move(row));
  }

  // A converter that treats everything as this column is treated.
  const charmap::Converter* converter_of(std::uint32_t field) {
    const auto it = by_field_.find(field);
    if (it != by_field_.end()) return &it->second;
    charmap::ConverterOptions options = converter_.options();
    const charmap::Treatment& t = converter_.treatment(field);
    options.form = t.form;
    options.shrink = t.shrink;
    options.unidentified = t.unidentified;
    options.folds = t.folds;
    options.columns.clear();
    charmap::PlanOptions plan = converter_.plan().options();
    plan.columns.clear();
    plan.structure.header = false;
    const std::shared_ptr<const charmap::Repertoire> repertoire(std::shared_ptr<void>(),
                                                                &converter_.plan().repertoire());
    const std::shared_ptr<const charmap::GaijiTable> gaiji(std::shared_ptr<void>(), converter_.plan().gaiji());
    auto made = charmap::Converter::make(std::move(options), std::move(plan), repertoire, gaiji);
    return made ? &by_field_.emplace(field, std::move(*made)).first->second : nullptr;
  }

  static void add_change(const charmap::Converter& converter, const charmap::Replacement& r, AffectedRow& row) {
    const std::string change = change_of(converter, r);
    if (change.empty()) return;
    const std::u32string text =
        r.event.second == 0 ? std::u32string{r.event.first} : std::u32string{r.event.first, r.event.second};
    append_once(row.characters, fmt::format("{} → {}", base::format_code_points(text), app::text_of(r.target)), ", ");
    append_once(row.category, change, "、");
  }

  const charmap::Converter& converter_;
  const Source& source_;
  const std::string& file_;
  charmap::NumberColumns numbers_;
  std::map<std::uint32_t, charmap::Converter> by_field_;
  std::string key_;
  std::vector<AffectedRow> rows_;
};

// Reads a file of delimited records or of text.
class AffectedRun {
 public:
  AffectedRun(const charmap::Converter& converter, Source& source, const std::string& file, AffectedFile& out)
      : source_(source), file_(file), out_(out), plan_(plan_of(converter)), rows_(converter, source, file) {}

  base::Result<void> run() {
    charmap::ScanState state = start_of_file(plan_);
    charmap::ScanCounts counts;
    std::vector<Event> events(1024);
    for (bool more = true; more;) {
      auto block = source_.reader.next();
      if (!block) return tl::unexpected(block.error());
      more = block->end != charmap::End::file;
      std::size_t at = 0;
      for (;;) {
        const auto result = scan(plan_, state, block->bytes.subspan(at), block->end, counts, events);
        for (std::size_t i = 0; i < result.events; ++i) {
          if (auto ok = take(events[i], block->bytes, at); !ok) return ok;
        }
        at += result.read;
        if (result.reason != charmap::ScanResult::Reason::events_full) break;
      }
      if (auto ok = collect(block->bytes, at); !ok) return ok;
      taken_ = 0;
      source_.reader.give_back(block->bytes.subspan(at));
      if (base::interrupted()) return tl::unexpected(base::interrupted_error());
      source_.reader.reuse(std::move(*block));
    }
    return {};
  }

 private:
  static charmap::Plan plan_of(const charmap::Converter& converter) {
    const charmap::Plan& plan = converter.plan();
    charmap::PlanOptions options = plan.options();
    options.field_events = true;
    // The converter keeps its repertoire and gaiji table alive.
    const std::shared_ptr<const charmap::Repertoire> repertoire(std::shared_ptr<void>(), &plan.repertoire());
    const std::shared_ptr<const charmap::GaijiTable> gaiji(std::shared_ptr<void>(), plan.gaiji());
    return charmap::Plan(std::move(options), repertoire, gaiji);
  }

  // Keeps the bytes of the field up to `end` of the block.
  base::Result<void> collect(std::span<const std::uint8_t> block, std::size_t end) {
    if (end > taken_)
      raw_.insert(raw_.end(), block.begin() + static_cast<std::ptrdiff_t>(taken_),
                  block.begin() + static_cast<std::ptrdiff_t>(end));
    taken_ = end;
    if (raw_.size() <= kLongestField) return {};
    return base::fail(base::ErrorCode::input_rejected,
                      {"1 MiB を超える項目があり、影響の一覧を作れません",
                       "a field of over 1 MiB: no list of affected records can be made"},
                      {.file = file_, .record = record_ + 1, .field = field_ + 1},
                      {"--format、--delimiter、閉じていない引用符を確かめてください",
                       "check --format, --delimiter and quotes that are not closed"});
  }

  base::Result<void> take(const Event& event, std::span<const std::uint8_t> block, std::size_t base) {
    record_ = event.record;
    field_ = event.field;
    if (event.kind == Event::Kind::character) {
      special_ = true;
      return {};
    }
    const std::size_t here = base + event.offset;
    if (auto ok = collect(block, here); !ok) return ok;
    end_field();
    raw_.clear();
    special_ = false;
    taken_ = here + event.length;
    return event.kind == Event::Kind::field_end ? base::Result<void>() : rows_.end(out_);
  }

  void end_field() {
    const charmap::Structure& structure = plan_.options().structure;
    const bool delimited = structure.kind == charmap::Structure::Kind::delimited;
    if (structure.header && delimited && record_ == 0) return;
    if (source_.key == field_) rows_.set_key(rows_.text_of(raw_, 0));
    const auto numbers = std::ranges::find(source_.numbers, field_, &NumberColumn::field);
    if (numbers != source_.numbers.end()) return rows_.take_numbers(record_, field_, numbers->kind, raw_);
    if (special_ && plan_.selects(field_)) rows_.take_field(record_, field_, 0, raw_);
  }

  Source& source_;
  const std::string& file_;
  AffectedFile& out_;
  const charmap::Plan plan_;
  AffectedRecord rows_;
  std::vector<std::uint8_t> raw_;  // of the current field
  std::size_t taken_ = 0;          // of the block, into raw_
  std::uint64_t record_ = 0;
  std::uint32_t field_ = 0;
  bool special_ = false;  // the field holds something that a policy looks at
};

const std::vector<base::XlsxColumn>& columns() {
  static const std::vector<base::XlsxColumn> all = {{"キー", 16},   {"ファイル", 20}, {"レコード", 10}, {"列", 14},
                                                    {"変換前", 28}, {"変換後", 28},   {"文字", 30},     {"区分", 30}};
  return all;
}

}  // namespace

struct AffectedFile::State {
  base::AtomicFile file;
  base::XlsxWriter xlsx;
  std::string path;
  std::string notice;
  std::uint32_t sheets = 0;
  std::uint32_t sheet_rows = 0;
  std::uint64_t rows = 0;

  base::Result<void> begin_sheet() {
    ++sheets;
    sheet_rows = 2;
    return named(xlsx.begin_sheet({sheets == 1 ? "影響" : fmt::format("影響 {}", sheets), columns(), notice}));
  }
  // The user knows the file by this name, not by that of the temporary file.
  base::Result<void> named(base::Result<void> done) const {
    if (!done) done.error().where.file = path;
    return done;
  }
};

AffectedFile::AffectedFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
AffectedFile::~AffectedFile() = default;
AffectedFile::AffectedFile(AffectedFile&&) noexcept = default;
AffectedFile& AffectedFile::operator=(AffectedFile&&) noexcept = default;

base::Result<AffectedFile> AffectedFile::open(const std::string& path, const std::string& key,
                                              base::Overwrite overwrite) {
  if (!path.ends_with(".xlsx")) {
    return base::fail(base::ErrorCode::usage,
                      {"影響の一覧の名前は .xlsx で終わります", "the list of affected records ends in .xlsx"},
                      {.file = path}, {"例: --affected affected.xlsx", "for example --affected affected.xlsx"});
  }
  auto file = base::AtomicFile::open(path, overwrite);
  if (!file) return tl::unexpected(file.error());
  auto xlsx = base::XlsxWriter::open(file->temp_path());
  if (!xlsx) return tl::unexpected(xlsx.error());
  auto state = std::unique_ptr<State>(new State{std::move(*file), std::move(*xlsx), path,
                                                fmt::format("個人データを含みます: 列「{0}」の値と変換前後の項目 / "
                                                            "personal data: the values of column \"{0}\", and fields "
                                                            "before and after the conversion",
                                                            key)});
  if (auto ok = state->begin_sheet(); !ok) return tl::unexpected(ok.error());
  return AffectedFile(std::move(state));
}

base::Result<void> AffectedFile::write(const AffectedRow& row) {
  if (state_->sheet_rows == base::XlsxWriter::kMaxRows) {
    if (auto ok = state_->begin_sheet(); !ok) return ok;
  }
  ++state_->sheet_rows;
  ++state_->rows;
  return state_->named(state_->xlsx.write_row({row.key, row.file, fmt::format("{}", row.record), row.column, row.before,
                                               row.after, row.characters, row.category}));
}

base::Result<void> AffectedFile::close() {
  if (auto ok = state_->named(state_->xlsx.close()); !ok) return ok;
  return state_->file.commit();
}

std::uint64_t AffectedFile::rows() const noexcept { return state_->rows; }

const std::vector<std::string>& AffectedFile::removed_leftovers() const noexcept {
  return state_->file.removed_leftovers();
}

base::Result<void> list_affected(const charmap::Converter& converter, Source& source, const std::string& file,
                                 AffectedFile& out) {
  if (source.layout == nullptr) return AffectedRun(converter, source, file, out).run();
  AffectedRecord rows(converter, source, file);
  return each_record(source, file,
                     {.field =
                          [&](const charmap::ScanState& begin, std::span<const std::uint8_t> bytes) {
                            if (source.key == begin.field) rows.set_key(rows.text_of(bytes, begin.shift));
                            if (!converter.plan().selects(begin.field)) return;
                            rows.take_field(begin.record, begin.field, begin.shift, bytes);
                          },
                      .value =
                          [&](std::uint32_t field, const std::string& value) {
                            if (source.key == field) rows.set_key(value);
                          },
                      .end = [&] { return rows.end(out); }});
}

}  // namespace hyojun::app
