#include "report_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "checked_json.h"
#include "hyojun/base/number.h"
#include "hyojun/base/read_file.h"

namespace hyojun::app {

namespace {

using charmap::ExceptionKey;
using charmap::ExceptionTally;
using charmap::Outcome;
using nlohmann::json;
using Type = json::value_t;

constexpr std::size_t kMaxBytes = std::size_t{1} << 30U;  // of one file of reports
constexpr std::size_t kMaxDepth = 8;                      // a report has 5 levels
constexpr std::size_t kMaxFiles = 1'000'000;

std::vector<std::uint8_t> hex_of(CheckedJson& in, const json& object) {
  const std::string hex = in.text(object, "source");
  if (hex.empty()) return {};
  const auto bytes = base::parse_hex_bytes(hex);
  if (bytes && base::format_hex(*bytes) == hex) return *bytes;
  in.refuse_value("source");
  return {};
}

// The value's index among `keys`; the first, with a refusal, where it is none of them.
template <std::size_t kSize>
std::size_t index_of(CheckedJson& in, const json& object, const char* key,
                     const std::array<std::string_view, kSize>& keys) {
  const auto it = std::ranges::find(keys, in.text(object, key));
  if (it != keys.end()) return static_cast<std::size_t>(it - keys.begin());
  in.refuse_value(key);
  return 0;
}

// One report, from JSON. After a refusal what it holds means nothing.
class ReportReader {
 public:
  ReportReader(CheckedJson& in, std::shared_ptr<const charmap::Repertoire> repertoire) : in_(in) {
    report_.repertoire = std::move(repertoire);
  }

  Report read(const json& root) {
    if (!root.is_object() || root.value("schema", json()) != "hyojun.identify/1") {
      in_.refuse({"hyojun identify --json の報告（hyojun.identify/1）ではありません",
                  "this is no report of hyojun identify --json (hyojun.identify/1)"});
      return {};
    }
    in_.expect_keys(root, {"schema", "table", "source", "scope", "files", "bytes", "records", "characters", "outcomes",
                           "exceptions", "suspicions", "font_dependent"});
    table(in_.member(root, "table", Type::object));
    files(in_.member(root, "files", Type::array));
    source(in_.member(root, "source", Type::object));
    scope(in_.member(root, "scope", Type::object));
    counts(root);
    exceptions(in_.member(root, "exceptions", Type::array));
    suspicions(in_.member(root, "suspicions", Type::array));
    font_dependent(in_.member(root, "font_dependent", Type::array));
    return std::move(report_);
  }

 private:
  void refuse_sum(const std::string& key) {
    in_.refuse({key + " が内訳の合計と合いません", key + " is not the sum of its parts"});
  }
  void refuse_order(const char* key) {
    in_.refuse({fmt::format("{} の並びが正しくないか、重複があります", key),
                fmt::format("{} is not in order, or has something twice", key)});
  }

  void table(const json& table) {
    in_.expect_keys(table, {"version", "digest", "layers"});
    const auto& ours = report_.repertoire->table();
    bool same = in_.text(table, "digest") == ours.digest() && in_.text(table, "version") == ours.version();
    const json& layers = in_.member(table, "layers", Type::array);
    same = same && layers.size() == report_.repertoire->layers().size();
    for (std::size_t i = 0; same && i < layers.size(); ++i) {
      const charmap::Layer& layer = report_.repertoire->layers()[i];
      in_.expect_keys(layers[i], {"title", "version", "digest"});
      same = in_.text(layers[i], "digest") == layer.digest();
    }
    if (same) return;
    in_.refuse(
        {"別の標準文字表か層で作られた報告です（hyojun table info で確かめ、--table に同じ層を指定してください）",
         "made with another table or other layers (see hyojun table info; give the same layers with --table)"});
  }

  void files(const json& files) {
    if (files.empty() || files.size() > kMaxFiles) return in_.refuse_value("files");
    for (const json& entry : files) {
      in_.expect_keys(entry, {"name", "bytes", "records", "encoding", "format", "delimiter", "header", "warnings"});
      FileReport file;
      file.name = in_.text(entry, "name");
      const auto encoding = charmap::parse_encoding(in_.text(entry, "encoding"));
      if (!encoding || encoding_name(*encoding) != in_.text(entry, "encoding")) in_.refuse_value("encoding");
      file.encoding = encoding.value_or(charmap::Encoding::utf8);
      file.structure = structure(entry);
      file.bytes = in_.number(entry, "bytes");
      file.records = in_.number(entry, "records");
      for (const std::string& warning : in_.texts(entry, "warnings")) file.warnings.push_back({warning, warning});
      if (!file_index_.emplace(file.name, static_cast<std::uint32_t>(report_.files.size())).second) {
        in_.refuse({"同じ名前のファイルが2つあり、位置がどちらのものか分かりません",
                    "two files have one name, so that positions say nothing"});
      }
      if (in_.wrong()) return;
      report_.files.push_back(std::move(file));
    }
  }

  charmap::Structure structure(const json& entry) {
    using Kind = charmap::Structure::Kind;
    constexpr Kind kKinds[] = {Kind::delimited, Kind::text, Kind::field};
    const Kind kind = kKinds[index_of<3>(in_, entry, "format", {"delimited", "text", "layout"})];
    const bool text = kind != Kind::delimited;
    const std::string delimiter = in_.text_or_empty(entry, "delimiter");
    if (delimiter.size() != (text ? 0 : 1)) in_.refuse_value("delimiter");
    return {.kind = kind,
            .delimiter = delimiter.size() == 1 ? static_cast<char32_t>(static_cast<unsigned char>(delimiter[0])) : U',',
            .header = in_.flag(entry, "header")};
  }

  void source(const json& source) {
    if (!in_.expect_keys(source, {"system", "encoding", "gaiji", "shapes", "shape_exceptions"})) return;
    report_.system = in_.text_or_empty(source, "system");
    const auto common = report_.files.front().encoding;
    const bool mixed = std::ranges::any_of(report_.files, [&](const FileReport& f) { return f.encoding != common; });
    if (in_.text_or_empty(source, "encoding") != (mixed ? "" : encoding_name(common))) in_.refuse_value("encoding");
    if (!source["gaiji"].is_null()) {
      const json& gaiji = source["gaiji"];
      in_.expect_keys(gaiji, {"digest", "rows", "mapped"}, {"unchecked"});
      report_.gaiji = {in_.text(gaiji, "digest"), in_.number(gaiji, "rows"), in_.number(gaiji, "mapped"),
                       gaiji.contains("unchecked") ? in_.number(gaiji, "unchecked") : 0};
    }
    constexpr std::array kShapes = {charmap::Shapes::unknown, charmap::Shapes::jis90, charmap::Shapes::jis2004};
    report_.shapes = kShapes[index_of<3>(in_, source, "shapes", {"unknown", "jis90", "jis2004"})];
    for (const std::string& text : in_.texts(source, "shape_exceptions")) {
      const auto parsed = base::parse_code_points(text);
      if (!parsed || parsed->size() != 1) return in_.refuse_value("shape_exceptions");
      report_.shape_exceptions.push_back((*parsed)[0]);
    }
  }

  void scope(const json& scope) {
    in_.expect_keys(scope, {"columns", "name_columns", "kana_columns", "default_glyphs"},
                    {"juki_columns", "koseki_columns"});
    report_.scope = {in_.texts(scope, "columns"), in_.texts(scope, "name_columns"), in_.texts(scope, "kana_columns"),
                     in_.flag(scope, "default_glyphs")};
    if (scope.contains("juki_columns")) report_.scope.juki_columns = in_.texts(scope, "juki_columns");
    if (scope.contains("koseki_columns")) report_.scope.koseki_columns = in_.texts(scope, "koseki_columns");
  }

  void counts(const json& root) {
    const json& outcomes = in_.member(root, "outcomes", Type::object);
    if (outcomes.size() != charmap::kOutcomeCount) in_.refuse_value("outcomes");
    for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
      report_.counts.outcomes[i] = in_.number(outcomes, charmap::kOutcomeKeys[i].data());
    }
    report_.counts.records = in_.number(root, "records");
    if (report_.counts.characters() != in_.number(root, "characters")) refuse_sum("characters");
    std::uint64_t bytes = 0;
    std::uint64_t records = 0;
    for (const FileReport& file : report_.files) {
      bytes += file.bytes;
      records += file.records;
      if (std::max(bytes, records) > kLargestCount) return refuse_sum("bytes");  // before it could overflow
    }
    if (bytes != in_.number(root, "bytes")) refuse_sum("bytes");
    if (records != report_.counts.records) refuse_sum("records");
  }

  // Counts of 1 and more, with as many positions as there can be, in order.
  ExceptionTally tally(const json& entry) {
    ExceptionTally out;
    out.count = in_.number(entry, "count");
    const json& first = in_.member(entry, "first", Type::array);
    if (out.count == 0 || first.size() != std::min<std::uint64_t>(out.count, ExceptionTally::kFirst)) {
      in_.refuse_value("first");
    }
    for (const json& place : first) {
      in_.expect_keys(place, {"file", "record", "field", "byte"});
      const auto file = file_index_.find(in_.text(place, "file"));
      const std::uint64_t field = in_.number(place, "field");
      const std::uint64_t record = in_.number(place, "record");
      const std::uint64_t byte = in_.number(place, "byte");
      if (in_.wrong()) return out;
      if (file == file_index_.end() || field == 0 || field > UINT32_MAX || record == 0 ||
          record > report_.files[file->second].records || byte > report_.files[file->second].bytes) {
        in_.refuse_value("first");
        return out;
      }
      const charmap::Position at{file->second, static_cast<std::uint32_t>(field), record, byte};
      if (out.positions != 0 && at < out.at[out.positions - 1U]) refuse_order("first");
      out.at[out.positions++] = at;
    }
    return out;
  }

  void exceptions(const json& list) {
    std::array<std::uint64_t, charmap::kOutcomeCount> listed{};
    std::optional<ExceptionKey> last;
    for (const json& entry : list) {
      in_.expect_keys(entry, {"source", "text", "name", "outcome", "collection", "count", "first"}, {"references"});
      const std::size_t outcome = index_of(in_, entry, "outcome", charmap::kOutcomeKeys);
      const std::vector<std::uint8_t> source = hex_of(in_, entry);
      const std::u32string text = in_.code_points(entry, "text");
      const bool malformed = static_cast<Outcome>(outcome) == Outcome::malformed;
      if (source.empty() || source.size() > 8 || text.size() > 2 || text.empty() != malformed) {
        in_.refuse_value("exceptions");
      }
      if (in_.wrong()) return;
      charmap::Event event{};
      event.outcome = static_cast<Outcome>(outcome);
      event.length = static_cast<std::uint8_t>(source.size());
      event.first = text.empty() ? 0 : text[0];
      event.second = text.size() < 2 ? 0 : text[1];
      const ExceptionKey key = ExceptionKey::of(event, source);
      const ExceptionTally counted = tally(entry);
      if (last && !(*last < key)) refuse_order("exceptions");
      last = key;
      listed[outcome] += counted.count;
      if (listed[outcome] > report_.counts.outcomes[outcome]) refuse_sum(std::string(charmap::kOutcomeKeys[outcome]));
      if (in_.wrong()) return;
      report_.tally.add(key, counted);
    }
    for (std::size_t i = 0; i < charmap::kOutcomeCount; ++i) {
      const auto outcome = static_cast<Outcome>(i);
      const bool shown = is_exception(outcome) || (outcome == Outcome::default_glyph && report_.scope.default_glyphs);
      if (listed[i] != (shown ? report_.counts.outcomes[i] : 0)) refuse_sum(std::string(charmap::kOutcomeKeys[i]));
    }
  }

  void suspicions(const json& list) {
    const SuspicionKey* last = nullptr;
    for (const json& entry : list) {
      in_.expect_keys(entry, {"kind", "source", "text", "count", "first"});
      const auto kind = static_cast<charmap::SuspicionKind>(index_of(in_, entry, "kind", charmap::kSuspicionKeys));
      const SuspicionKey key{kind, base::format_hex(hex_of(in_, entry))};
      SuspicionTally counted{in_.code_points(entry, "text"), tally(entry)};
      if (last != nullptr && !(*last < key)) refuse_order("suspicions");
      if (in_.wrong()) return;
      last = &report_.suspicions.emplace(key, std::move(counted)).first->first;
    }
  }

  void font_dependent(const json& list) {
    std::uint64_t sum = 0;
    char32_t last = 0;
    for (const json& entry : list) {
      in_.expect_keys(entry, {"text", "count"});
      const std::u32string text = in_.code_points(entry, "text");
      const std::uint64_t count = in_.number(entry, "count");
      if (text.size() != 1 || count == 0) in_.refuse_value("font_dependent");
      if (in_.wrong()) return;
      if (text[0] <= last) refuse_order("font_dependent");
      last = text[0];
      sum += count;
      if (sum > report_.counts.outcomes[static_cast<std::size_t>(Outcome::default_glyph)]) {
        return refuse_sum("font_dependent");
      }
      report_.font_dependent.emplace(text[0], count);
    }
  }

  CheckedJson& in_;
  Report report_;
  std::map<std::string, std::uint32_t> file_index_;
};

const base::Text& next_step() {
  static const base::Text kNext{"hyojun identify --json が書いた報告を、そのまま指定してください",
                                "give reports as hyojun identify --json wrote them"};
  return kNext;
}

base::Error at_place(base::Error error, const base::Where& where) {
  error.where.file = where.file;
  error.where.record = where.record;
  error.next = next_step();
  return error;
}

}  // namespace

base::Result<void> read_reports(const std::string& path, const std::shared_ptr<const charmap::Repertoire>& repertoire,
                                const ReportSink& sink) {
  auto bytes = base::read_file(path, kMaxBytes);
  if (!bytes) {
    base::Error error = std::move(bytes.error());
    if (error.code == base::ErrorCode::input_rejected) {  // too many at once
      error.next = {"いくつかずつまとめてください。まとめた報告は、さらにまとめられます",
                    "merge some at a time: a merged report can be merged again"};
    }
    return tl::unexpected(std::move(error));
  }
  return parse_reports(*bytes, path, repertoire, sink);
}

base::Result<void> parse_reports(std::string_view bytes, const std::string& name,
                                 const std::shared_ptr<const charmap::Repertoire>& repertoire, const ReportSink& sink) {
  std::string_view rest = bytes;
  base::Where where{.file = name, .record = 1};
  for (;; ++*where.record) {
    const std::size_t length = document_length(rest, kMaxDepth);
    if (length == 0 && *where.record > 1) return {};
    if (length == 0 || length == rest.npos) {
      const base::Text what{"JSON の報告ではないか、途中で切れています",
                            "this is no report in JSON, or it was cut off"};
      return tl::unexpected(at_place({base::ErrorCode::input_rejected, what}, where));
    }
    const auto root = parse_document(rest.substr(0, length));
    if (!root) {
      base::Error error = at_place(root.error(), where);
      if (error.where.byte) *error.where.byte += bytes.size() - rest.size();
      return tl::unexpected(error);
    }
    CheckedJson in(kLargestCount);
    Report report = ReportReader(in, repertoire).read(*root);
    if (in.wrong()) return tl::unexpected(at_place({base::ErrorCode::input_rejected, *in.wrong()}, where));
    if (auto ok = sink(std::move(report), where); !ok) return ok;
    rest.remove_prefix(length);
  }
}

}  // namespace hyojun::app
