// Reads a manifest back. It comes from a file that may have been edited or cut: every key, type and sum is checked.
#include <algorithm>

#include "checked_json.h"
#include "hyojun/base/number.h"
#include "hyojun/base/read_file.h"
#include "manifest.h"

namespace hyojun::app {

namespace {

using nlohmann::json;
using Type = json::value_t;

constexpr std::size_t kMaxBytes = std::size_t{1} << 30U;
constexpr std::size_t kMaxDepth = 6;
constexpr std::uint64_t kLargest = 1'000'000'000'000'000;
constexpr std::size_t kDigestLength = 64;

class ManifestReader {
 public:
  explicit ManifestReader(CheckedJson& in) : in_(in) {}

  Manifest read(const json& root) {
    if (!root.is_object() || root.value("schema", json()) != "hyojun.manifest/1") {
      in_.refuse({"convert --manifest の記録（hyojun.manifest/1）ではありません",
                  "this is no manifest of convert --manifest (hyojun.manifest/1)"});
      return {};
    }
    in_.expect_keys(root,
                    {"schema", "table", "gaiji", "shrink_map", "rules", "options", "files", "characters", "outcomes",
                     "carried", "actions", "outside", "tagged_brackets", "default_glyphs", "replacements"},
                    {"code_maps", "layout"});
    const json& table = in_.member(root, "table", Type::object);
    out_.table_digest = in_.text(table, "digest");
    in_.member(table, "layers", Type::array);
    out_.options.source.gaiji = named_file(root, "gaiji");
    out_.options.shrink_map = named_file(root, "shrink_map");
    out_.options.rules = named_file(root, "rules");
    if (root.contains("layout")) out_.options.source.layout = named_file(root, "layout");
    if (root.contains("code_maps")) code_maps(in_.member(root, "code_maps", Type::array));
    options(in_.member(root, "options", Type::object));
    for (const json& file : in_.member(root, "files", Type::array)) {
      read_file(file);
      if (in_.wrong()) return {};
    }
    if (out_.files.empty()) in_.refuse_value("files");
    out_.tagged_brackets = in_.number(root, "tagged_brackets");
    entries(root);
    return std::move(out_);
  }

 private:
  std::string named_file(const json& root, const char* key) {
    if (in_.wrong() || root[key].is_null()) return {};
    const json& file = in_.member(root, key, Type::object);
    digest(file, "digest");
    return in_.text(file, "file");
  }

  void code_maps(const json& maps) {
    for (const json& map : maps) {
      out_.options.source.code_maps.push_back(in_.text(map, "file"));
      out_.code_map_digests.push_back(digest(map, "digest"));
    }
  }

  std::string digest(const json& object, const char* key) {
    const std::string text = in_.text(object, key);
    const bool hex = text.find_first_not_of("0123456789abcdef") == text.npos;
    if (text.size() != kDigestLength || !hex) in_.refuse_value(key);
    return text;
  }

  template <typename Enum, std::size_t kSize>
  Enum choice(const json& object, const char* key, const std::array<std::string_view, kSize>& keys) {
    const auto it = std::ranges::find(keys, in_.text(object, key));
    if (it != keys.end()) return static_cast<Enum>(it - keys.begin());
    in_.refuse_value(key);
    return Enum{};
  }

  charmap::Encoding encoding(const json& object) {
    const auto found = charmap::parse_encoding(in_.text(object, "encoding"));
    if (!found) in_.refuse_value("encoding");
    return found.value_or(charmap::Encoding::utf8);
  }

  char32_t code_point(const std::string& text, const char* key) {
    const auto parsed = base::parse_code_points(text);
    if (parsed && parsed->size() == 1) return (*parsed)[0];
    in_.refuse_value(key);
    return 0;
  }

  void options(const json& o) {
    if (!in_.expect_keys(
            o,
            {"system", "encoding", "shapes", "shape_exceptions", "format", "delimiter", "header", "columns", "to",
             "bom", "newline", "form", "shrink", "shrink_to", "unfit", "unidentified", "fold"},
            {"gaiji_first", "juki_columns", "koseki_columns"})) {
      return;
    }
    IdentifyOptions& source = out_.options.source;
    source.system = in_.text_or_empty(o, "system");
    if (!o["encoding"].is_null()) source.encoding = encoding(o);
    constexpr std::array<std::string_view, 3> kShapes = {"unknown", "jis90", "jis2004"};
    source.shapes = choice<charmap::Shapes>(o, "shapes", kShapes);
    for (const std::string& text : in_.texts(o, "shape_exceptions")) {
      source.shape_exceptions.push_back(code_point(text, "shape_exceptions"));
    }
    constexpr std::array<std::string_view, 3> kFormats = {"csv", "tsv", "text"};
    if (!o["format"].is_null()) source.format = choice<Format>(o, "format", kFormats);
    if (!o["delimiter"].is_null()) source.delimiter = code_point(in_.text(o, "delimiter"), "delimiter");
    source.header = in_.flag(o, "header");
    source.columns = in_.texts(o, "columns");
    if (o.contains("gaiji_first") && !o["gaiji_first"].is_null()) {
      source.gaiji_first = code_point(in_.text(o, "gaiji_first"), "gaiji_first");
    }
    if (o.contains("juki_columns")) source.juki_columns = in_.texts(o, "juki_columns");
    if (o.contains("koseki_columns")) source.koseki_columns = in_.texts(o, "koseki_columns");
    converter(o);
  }

  void converter(const json& o) {
    charmap::ConverterOptions& c = out_.options.converter;
    c.to = choice<charmap::TargetEncoding>(o, "to", charmap::kTargetKeys);
    out_.options.bom = in_.flag(o, "bom");
    out_.options.newline = choice<charmap::Newline>(o, "newline", charmap::kNewlineKeys);
    c.form = choice<charmap::Form>(o, "form", charmap::kFormKeys);
    if (!o["shrink"].is_null()) c.shrink = choice<charmap::ShrinkRule>(o, "shrink", charmap::kShrinkRuleKeys);
    c.shrink_to = choice<charmap::ShrinkTo>(o, "shrink_to", charmap::kShrinkToKeys);
    const std::string unfit = in_.text_or_empty(o, "unfit");
    if (!unfit.empty() && unfit != "fullwidth-low-line") in_.refuse_value("unfit");
    c.low_line = !unfit.empty();
    c.unidentified = choice<charmap::Unidentified>(o, "unidentified", charmap::kUnidentifiedKeys);
    for (const std::string& text : in_.texts(o, "fold")) {
      const auto it = std::ranges::find(charmap::kFoldKeys, text);
      if (it == charmap::kFoldKeys.end()) return in_.refuse_value("fold");
      c.folds |= fold_bit(static_cast<charmap::Fold>(it - charmap::kFoldKeys.begin()));
    }
  }

  void read_file(const json& file) {
    in_.expect_keys(file, {"name", "encoding", "bytes", "sha256", "bom", "line_ends", "records", "output"});
    const json& ends = in_.member(file, "line_ends", Type::object);
    const json& output = in_.member(file, "output", Type::object);
    Manifest::File f;
    f.name = in_.text(file, "name");
    f.encoding = encoding(file);
    f.bytes = in_.number(file, "bytes");
    f.sha256 = digest(file, "sha256");
    f.bom = in_.number(file, "bom");
    f.line_ends = {in_.number(ends, "lf"), in_.number(ends, "crlf"), in_.number(ends, "cr")};
    f.output = {in_.text(output, "name"), in_.number(output, "bytes"), digest(output, "sha256")};
    in_.number(file, "records");
    if (f.bom > 3) in_.refuse_value("bom");
    out_.options.source.files.push_back(f.name);
    out_.files.push_back(std::move(f));
  }

  std::vector<std::uint8_t> bytes(const json& entry) {
    const auto parsed = base::parse_hex_bytes(in_.text(entry, "source"));
    if (parsed && parsed->size() <= 8) return *parsed;
    in_.refuse_value("source");
    return {};
  }

  void entries(const json& root) {
    std::array<std::uint64_t, charmap::kActions> sums{};
    for (const json& entry : in_.member(root, "replacements", Type::array)) {
      in_.expect_keys(entry, {"action", "source", "text", "outcome", "target", "relation", "category", "count"},
                      {"decision"});
      const auto action = choice<charmap::Action>(entry, "action", charmap::kActionKeys);
      ManifestEntry e{in_.text(entry, "action"),
                      in_.text(entry, "outcome"),
                      in_.text_or_empty(entry, "relation"),
                      in_.text_or_empty(entry, "category"),
                      entry.contains("decision") ? in_.text_or_empty(entry, "decision") : "",
                      bytes(entry),
                      in_.code_points(entry, "text"),
                      in_.code_points(entry, "target"),
                      in_.number(entry, "count")};
      if (e.count == 0 || e.target.size() > charmap::ReplacementText{}.size()) in_.refuse_value("replacements");
      if (in_.wrong()) return;
      std::uint64_t& sum = sums[static_cast<std::size_t>(action)];
      sum += e.count;
      if (sum > kLargest) return in_.refuse_value("count");
      out_.entries.push_back(std::move(e));
    }
    add_up(root, sums);
  }

  // Characters in = characters accounted for.
  void add_up(const json& root, const std::array<std::uint64_t, charmap::kActions>& sums) {
    const json& actions = in_.member(root, "actions", Type::object);
    std::uint64_t replaced = 0;
    for (std::size_t i = 0; i < charmap::kActions; ++i) {
      if (in_.number(actions, charmap::kActionKeys[i].data()) != sums[i]) in_.refuse_value("actions");
      replaced += sums[i];
    }
    const json& outcomes = in_.member(root, "outcomes", Type::object);
    std::uint64_t characters = 0;
    for (const std::string_view key : charmap::kOutcomeKeys) characters += in_.number(outcomes, key.data());
    if (characters != in_.number(root, "characters")) in_.refuse_value("characters");
    if (in_.number(root, "carried") + replaced != characters + in_.number(root, "outside")) in_.refuse_value("carried");
    in_.number(root, "default_glyphs");
  }

  CheckedJson& in_;
  Manifest out_;
};

}  // namespace

base::Result<Manifest> parse_manifest(std::string text, const std::string& name) {
  const auto rejected = [&](base::Text what, base::Where where) {
    where.file = name;
    return base::fail(base::ErrorCode::input_rejected, std::move(what), std::move(where),
                      {"convert --manifest が書いたファイルをそのまま指定してください",
                       "give the file as convert --manifest wrote it"});
  };
  const std::size_t length = document_length(text, kMaxDepth);
  if (length == 0 || length == text.npos) return rejected({"JSON ではありません", "this is no JSON"}, {});
  const auto root = parse_document(text);
  if (!root) return rejected(root.error().what, root.error().where);
  CheckedJson in(kLargest);
  Manifest manifest = ManifestReader(in).read(*root);
  if (in.wrong()) return rejected(*in.wrong(), {});
  manifest.text = std::move(text);
  return manifest;
}

base::Result<Manifest> open_manifest(const std::string& path) {
  auto text = base::read_file(path, kMaxBytes);
  if (!text) return tl::unexpected(text.error());
  return parse_manifest(std::move(*text), path);
}

}  // namespace hyojun::app
