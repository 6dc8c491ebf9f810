#include "source.h"

#include <fmt/format.h>

#include <algorithm>

#include "hyojun/base/number.h"
#include "hyojun/base/text.h"

namespace hyojun::app {

namespace {

using base::ErrorCode;
using charmap::Encoding;

constexpr std::size_t kMaxHeader = 1U << 20U;
constexpr std::uint32_t kMaxColumns = 65'536;

Encoding decide_encoding(const IdentifyOptions& options, std::span<const std::uint8_t> head, Source& out) {
  if (!options.layout.empty() && options.encoding) return *options.encoding;  // a dump has no BOM
  const auto bom = charmap::find_bom(head);
  if (bom && (!options.encoding || *options.encoding == bom->encoding)) {
    out.bom = bom->length;
    return bom->encoding;
  }
  if (options.encoding) {
    if (bom) {
      out.warnings.push_back({fmt::format("先頭に {} の BOM がありますが、指定どおり {} として読みました",
                                          encoding_name(bom->encoding), encoding_name(*options.encoding)),
                              fmt::format("it begins with a BOM of {}, but was read as {}, as stated",
                                          encoding_name(bom->encoding), encoding_name(*options.encoding))});
    }
    return *options.encoding;
  }
  out.must_be_utf8 = true;
  return Encoding::utf8;
}

std::string to_text(std::span<const charmap::FieldCharacter> field) {
  std::string text;
  for (const auto& c : field) {
    base::append_utf8(text, c.first == 0 ? U'\uFFFD' : c.first);
    if (c.second != 0) base::append_utf8(text, c.second);
  }
  return text;
}

// Does this look like a resident rather than like headings? Numbers and dates are no headings.
bool looks_like_data(const std::vector<std::string>& headings) {
  constexpr std::size_t kShortest = 4;
  return std::ranges::any_of(headings, [](const std::string& h) {
    return h.size() >= kShortest && h.find_first_not_of("0123456789-/.") == std::string::npos;
  });
}

// The fields of the header record, found by the scanner itself.
base::Result<std::vector<std::string>> read_headings(BlockReader& reader, const charmap::Plan& plan,
                                                     const std::string& path) {
  const auto head = reader.peek(kMaxHeader);
  if (!head) return tl::unexpected(head.error());
  std::vector<std::string> headings;
  charmap::ScanState state = start_of_file(plan);
  charmap::ScanCounts counts;
  std::vector<charmap::Event> events(charmap::kEventRoom + 252);
  const auto end = head->size() < kMaxHeader ? charmap::End::file : charmap::End::open;
  std::size_t field = 0;
  for (std::size_t at = 0;;) {
    const auto result = scan(plan, state, head->subspan(at), end, counts, events);
    for (std::size_t i = 0; i < result.events; ++i) {
      const std::size_t here = at + events[i].offset;
      if (is_doubt(plan, events[i])) {
        events[i].offset = static_cast<decltype(events[i].offset)>(here);
        return tl::unexpected(doubt_error(events[i], path));
      }
      if (events[i].kind == charmap::Event::Kind::character) continue;
      headings.push_back(to_text(read_field(plan, head->subspan(field, here - field))));
      if (events[i].kind == charmap::Event::Kind::record_end) return headings;
      field = here + events[i].length;
    }
    at += result.read;
    if (result.reason == charmap::ScanResult::Reason::events_full) continue;
    if (end == charmap::End::file) return headings;  // an empty file
    return base::fail(ErrorCode::input_rejected,
                      {"見出しの行が 1 MiB を超えます", "the header record is longer than 1 MiB"},
                      {.file = path, .record = 1},
                      {"--format と --delimiter、または --no-header を確かめてください",
                       "check --format and --delimiter, or --no-header"});
  }
}

// Resolves columns given by heading or number.
class ColumnFinder {
 public:
  ColumnFinder(const std::vector<std::string>& headings, charmap::Structure::Kind kind, const std::string& path)
      : headings_(headings), kind_(kind), path_(path) {}

  base::Result<std::uint32_t> find(const std::string& wanted) const {
    const auto exact = std::ranges::find(headings_, wanted);
    if (exact != headings_.end()) {
      if (std::find(exact + 1, headings_.end(), wanted) != headings_.end()) {
        return fail({fmt::format("列 {} が2つあります", wanted), fmt::format("there are two columns {}", wanted)});
      }
      return static_cast<std::uint32_t>(exact - headings_.begin());
    }
    const auto number = base::parse_unsigned(wanted, 1, last());
    if (number) return static_cast<std::uint32_t>(*number - 1);
    return fail({fmt::format("列 {} がありません", wanted), fmt::format("there is no column {}", wanted)});
  }

  base::Result<std::vector<std::uint32_t>> find_all(const std::vector<std::string>& wanted) const {
    std::vector<std::uint32_t> fields;
    for (const std::string& column : wanted) {
      const auto field = find(column);
      if (!field) return tl::unexpected(field.error());
      fields.push_back(*field);
    }
    std::ranges::sort(fields);
    fields.erase(std::unique(fields.begin(), fields.end()), fields.end());
    return fields;
  }

 private:
  std::uint64_t last() const {
    if (kind_ == charmap::Structure::Kind::text) return 1;
    return headings_.empty() ? kMaxColumns : headings_.size();
  }

  // Quotes no heading: where the file has none in truth, its first record is a resident.
  tl::unexpected<base::Error> fail(base::Text what) const {
    base::Text next{"見出しがないときは 1 からの番号で指定します", "without a header, give numbers from 1"};
    if (kind_ == charmap::Structure::Kind::text) {
      next = {"text 形式の列は 1 だけです", "the text format has column 1 only"};
    } else if (!headings_.empty()) {
      next = {fmt::format("1行目の見出しは {} 列です。見出しのとおりの名前か 1〜{} "
                          "の番号で指定します。見出しのないファイルには --no-header を付けます",
                          headings_.size(), headings_.size()),
              fmt::format("the header has {} columns: give a name as it stands there, or a number from 1 to {}; a file "
                          "without a header needs --no-header",
                          headings_.size(), headings_.size())};
    }
    return base::fail(ErrorCode::usage, std::move(what), {.file = path_}, next);
  }

  const std::vector<std::string>& headings_;
  const charmap::Structure::Kind kind_;
  const std::string& path_;
};

base::Result<void> load_codes(RunContext& context, Encoding encoding) {
  if (context.codes != nullptr && context.codes->encoding() == encoding) return {};
  auto codes = open_codes(context.options, encoding);
  if (!codes) return tl::unexpected(codes.error());
  context.codes = std::move(*codes);
  return {};
}

base::Result<void> load_gaiji(RunContext& context, Encoding encoding) {
  if (context.options.gaiji.empty() || context.gaiji_encoding == encoding) return {};
  auto table = charmap::GaijiTable::open(context.options.gaiji, {context.options.system, encoding, context.codes},
                                         *context.repertoire);
  if (!table) return tl::unexpected(table.error());
  context.gaiji = std::make_shared<const charmap::GaijiTable>(std::move(*table));
  context.gaiji_encoding = encoding;
  return {};
}

// Columns of numbers are read apart from the scanner, which selects all others.
base::Result<void> find_numbers(const IdentifyOptions& options, const ColumnFinder& finder, const std::string& path,
                                charmap::PlanOptions& plan, Source& out) {
  for (const bool juki : {true, false}) {
    const auto fields = finder.find_all(juki ? options.juki_columns : options.koseki_columns);
    if (!fields) return tl::unexpected(fields.error());
    const auto kind = juki ? charmap::NumberKind::juki : charmap::NumberKind::koseki;
    for (const std::uint32_t field : *fields) {
      if (std::ranges::find(out.numbers, field, &NumberColumn::field) != out.numbers.end()) {
        return base::fail(ErrorCode::usage,
                          {"1つの列を --juki-columns と --koseki-columns の両方に指定しています",
                           "one column is in both --juki-columns and --koseki-columns"},
                          {.file = path, .field = field + 1}, {"どちらか一方にしてください", "leave one of them out"});
      }
      out.numbers.push_back({field, kind});
    }
  }
  if (out.numbers.empty()) return {};
  if (unit_of(plan.encoding) != 1) {
    return base::fail(ErrorCode::usage,
                      {"番号の列は、1バイト文字のある文字コードのファイルだけで読めます",
                       "columns of numbers are read only where the encoding has single bytes"},
                      {.file = path}, {"先に convert で UTF-8 にしてください", "make it UTF-8 with convert first"});
  }
  if (plan.columns.empty()) {
    for (std::uint32_t field = 0; field < kMaxColumns; ++field) plan.columns.push_back(field);
  }
  std::erase_if(plan.columns, [&out](std::uint32_t field) {
    return std::ranges::find(out.numbers, field, &NumberColumn::field) != out.numbers.end();
  });
  if (plan.columns.empty()) plan.columns.push_back(kMaxColumns);  // none: an empty list would mean all
  return {};
}

base::Result<void> find_columns(const IdentifyOptions& options, const std::string& path, charmap::PlanOptions& plan,
                                Source& out) {
  const ColumnFinder finder(out.headings, plan.structure.kind, path);
  auto columns = finder.find_all(options.columns);
  auto names = finder.find_all(options.name_columns);
  auto kana = finder.find_all(options.kana_columns);
  for (const auto* found : {&columns, &names, &kana}) {
    if (!*found) return tl::unexpected(found->error());
  }
  if (!options.key.empty()) {
    const auto key = finder.find(options.key);
    if (!key) return tl::unexpected(key.error());
    out.key = *key;
  }
  for (const std::string& column : options.rule_columns) {
    const auto field = finder.find(column);
    if (!field) return tl::unexpected(field.error());
    out.rule_fields.push_back(*field);
  }
  out.name_columns = std::move(*names);
  out.kana_columns = std::move(*kana);
  plan.columns = std::move(*columns);
  return find_numbers(options, finder, path, plan, out);
}

// What a dump has in place of a header: the columns of its layout.
base::Result<void> load_layout(RunContext& context, const std::string& path, Source& out) {
  const IdentifyOptions& options = context.options;
  if (options.layout.empty()) return {};
  if (!options.encoding || options.format || options.delimiter || !options.header || !options.juki_columns.empty() ||
      !options.koseki_columns.empty()) {
    return base::fail(
        ErrorCode::usage,
        {"--layout には --encoding が必要で、--format, --delimiter, --no-header と番号の列は使えません",
         "--layout needs --encoding, and excludes --format, --delimiter, --no-header and the columns of numbers"},
        {.file = path}, {"--encoding ibm-930 のように指定してください", "state it, as --encoding ibm-930"});
  }
  if (context.layout == nullptr) {
    auto layout = charmap::Layout::open(options.layout);
    if (!layout) return tl::unexpected(layout.error());
    context.layout = std::make_shared<const charmap::Layout>(std::move(*layout));
  }
  out.layout = context.layout;
  out.headings = out.layout->columns();
  out.reader.cut_nowhere();
  return {};
}

base::Result<void> make_plan(const RunContext& context, Encoding encoding, const std::string& path, Source& out) {
  const IdentifyOptions& options = context.options;
  charmap::PlanOptions plan{
      .encoding = encoding, .structure = structure_of(options, path), .kernel = options.kernel, .codes = context.codes};
  if (out.layout != nullptr) {
    plan.structure = {.kind = charmap::Structure::Kind::field, .header = false};
  } else if (plan.structure.kind == charmap::Structure::Kind::delimited && plan.structure.header) {
    plan.field_events = true;
    plan.check_whole_input = out.must_be_utf8;
    auto headings = read_headings(out.reader, charmap::Plan(plan, context.repertoire), path);
    if (!headings) return tl::unexpected(headings.error());
    out.headings = std::move(*headings);
    out.named = !looks_like_data(out.headings);
    if (!out.named) {
      out.warnings.push_back(
          {"1行目は見出しに見えません。見出しでなければ --no-header を付けてください（1行目は同定していません）",
           "the first record does not look like a header; if it is none, give --no-header (it was "
           "not identified)"});
    }
  }
  // An empty file has no columns to look for, and nothing in them: it must not stop a run over many files.
  const bool empty = plan.structure.header && out.headings.empty();
  if (auto ok = empty ? base::Result<void>() : find_columns(options, path, plan, out); !ok) return ok;
  plan.default_glyph_events = options.default_glyphs;
  plan.check_whole_input = out.must_be_utf8;
  plan.field_events = out.follows_fields() && out.layout == nullptr;
  out.plan = std::make_unique<const charmap::Plan>(std::move(plan), context.repertoire, context.gaiji);
  return {};
}

}  // namespace

base::Result<std::shared_ptr<const charmap::CodeTable>> open_codes(const IdentifyOptions& options, Encoding encoding) {
  if (!has_code_table(encoding) && options.code_maps.empty() && !options.gaiji_first) return nullptr;
  charmap::CodeTable::Options with{.maps = {}, .gaiji_first = options.gaiji_first};
  for (const std::string& path : options.code_maps) {
    auto map = charmap::CodeMap::open(path);
    if (!map) return tl::unexpected(map.error());
    with.maps.push_back(std::move(*map));
  }
  return charmap::CodeTable::make(encoding, with, charmap::StandardTable::bundled());
}

base::Error doubt_error(const charmap::Event& doubt, const std::string& file) {
  const bool escape = doubt.outcome != charmap::Outcome::malformed;
  return {ErrorCode::input_rejected,
          escape ? base::Text{"ESC があります。UTF-8 ではなく ISO-2022 系かもしれません",
                              "there is an ESC: this may be ISO-2022, not UTF-8"}
                 : base::Text{"UTF-8 として正しくないバイトがあります", "these bytes are no UTF-8"},
          {.file = file, .record = doubt.record + 1, .field = doubt.field + 1, .byte = doubt.offset},
          {fmt::format("文字コードを --encoding で指定してください（{}）。UTF-8 のまま調べるなら --encoding utf-8",
                       charmap::encoding_list()),
           fmt::format("state the encoding with --encoding ({}); to examine it as UTF-8, --encoding utf-8",
                       charmap::encoding_list())}};
}

base::Error too_many_error(const std::string& file, charmap::Encoding encoding) {
  return {ErrorCode::input_rejected,
          {fmt::format("異なる例外文字が {} を超えました。{} のテキストではありません", charmap::Tally::kTooMany,
                       encoding_name(encoding)),
           fmt::format("more than {} distinct exceptional characters: this is not text in {}", charmap::Tally::kTooMany,
                       encoding_name(encoding))},
          {.file = file},
          {"文字コード（--encoding）とファイルを確かめてください", "check the encoding (--encoding) and the file"}};
}

bool is_hangul(const charmap::ExceptionKey& key) {
  return key.outcome == charmap::Outcome::not_in_standard && key.first >= 0xAC00 && key.first <= 0xD7A3;
}

void add_warnings(Source& source, const IdentifyOptions& options, const charmap::ScanState& end,
                  const charmap::ScanCounts& counts, const std::function<std::uint64_t()>& count_hangul) {
  if (end.unclosed_quote) {
    source.warnings.push_back({"最後の引用符が閉じていません。レコードの切れ目が正しくないおそれがあります",
                               "the last quote is not closed: the records may be cut wrongly"});
  }
  const charmap::Encoding encoding = source.plan->options().encoding;
  if (encoding == Encoding::utf16le || encoding == Encoding::utf16be) {
    const std::uint64_t others = counts.outcomes[static_cast<std::size_t>(charmap::Outcome::not_in_standard)];
    if (count_hangul() * 2 > others) {
      source.warnings.push_back(
          {"標準外文字のほとんどがハングルです。住基ネット統一文字コードなら --encoding juki-net-be か "
           "juki-net-le を指定してください",
           "most characters outside the standard are Hangul: if this is 住基ネット統一文字コード, give "
           "--encoding juki-net-be or juki-net-le"});
    }
  }
  const std::uint64_t headers = source.headings.empty() || source.layout != nullptr ? 0 : 1;
  if (!options.columns.empty() && counts.characters() == 0 && end.record > headers) {
    source.warnings.push_back({"指定した列には文字が1つもありません。--columns と --delimiter を確かめてください",
                               "the columns given hold no character at all; check --columns and --delimiter"});
  }
}

void add_gaiji(Report& report, const RunContext& context) {
  const IdentifyOptions& options = context.options;
  if (context.gaiji) {
    const charmap::GaijiTable& table = *context.gaiji;
    report.gaiji = {table.digest(), table.rows().size(), table.mapped(), table.unchecked()};
  }
  if (report.gaiji && report.gaiji->unchecked > 0) {
    report.notes.push_back(
        {fmt::format("{}: 確認されていない決定が {} 件あります", options.gaiji, report.gaiji->unchecked),
         fmt::format("{}: {} decisions have been checked by nobody", options.gaiji, report.gaiji->unchecked)});
  }
  if (context.gaiji && !context.gaiji->states_system()) {
    report.notes.push_back(
        {options.gaiji + ": 外字対応表にシステム名がありません。このデータのシステムの表か確かめてください",
         options.gaiji + ": the gaiji table names no system; make sure that it is that of this data"});
  }
  report.system = !options.system.empty() || !context.gaiji ? options.system : context.gaiji->system();
}

base::Result<Source> open_source(RunContext& context, const std::string& path) {
  auto file = base::InputFile::open(path);
  if (!file) return tl::unexpected(file.error());
  Source source{.reader = BlockReader(std::move(*file))};
  constexpr std::size_t kLongestBom = 3;
  const auto head = source.reader.peek(kLongestBom);
  if (!head) return tl::unexpected(head.error());
  const Encoding encoding = decide_encoding(context.options, *head, source);
  source.reader.skip(source.bom);
  source.reader.set_encoding(encoding);
  if (auto ok = load_layout(context, path, source); !ok) return tl::unexpected(ok.error());
  if (auto ok = load_codes(context, encoding); !ok) return tl::unexpected(ok.error());
  if (auto ok = load_gaiji(context, encoding); !ok) return tl::unexpected(ok.error());
  if (auto ok = make_plan(context, encoding, path, source); !ok) return tl::unexpected(ok.error());
  return source;
}

}  // namespace hyojun::app
