// Reading a layout file.
#include "hyojun/charmap/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <nlohmann/json.hpp>

#include "hyojun/base/number.h"
#include "hyojun/base/read_file.h"
#include "hyojun/base/sha256.h"

namespace hyojun::charmap {

namespace {

using base::ErrorCode;
using base::Text;
using nlohmann::json;

constexpr std::size_t kMaxBytes = 16U << 20U;
constexpr std::uint64_t kLongestRecord = Layout::kLongestRecord;
constexpr std::size_t kMostFields = 4096;  // of all types, fillers included, OCCURS written out
constexpr int kDeepest = 32;

struct KindName {
  std::string_view name;
  FieldKind kind;
};
constexpr std::array kKinds = {KindName{"single", FieldKind::single_byte},
                               KindName{"double", FieldKind::double_byte},
                               KindName{"mixed", FieldKind::mixed},
                               KindName{"zoned", FieldKind::zoned},
                               KindName{"packed", FieldKind::packed},
                               KindName{"binary", FieldKind::binary},
                               KindName{"hex", FieldKind::hex},
                               KindName{"filler", FieldKind::filler}};

}  // namespace

// Fills a layout; throws what is wrong, which never leaves from_json().
class LayoutReader {
 public:
  struct Wrong {
    Text what;
  };

  Layout read(const json& root) {
    if (!root.is_object()) fail("JSON のオブジェクトではありません", "not a JSON object");
    only(root, {"schema", "records", "length", "length_field", "selector", "types"});
    if (text(root, "schema") != "hyojun.layout/1")
      fail("schema は hyojun.layout/1 です", "schema must be hyojun.layout/1");
    read_records(root);
    const json& types = root.contains("types") ? root["types"] : json();
    if (!types.is_array() || types.empty()) fail("types がありません", "types is missing");
    if (types.size() > 1 && !out_.selector_)
      fail("種別が2つ以上なら selector が必要です", "several types need a selector");
    if (out_.selector_) out_.columns_.push_back("レコード種別");
    for (const json& type : types) read_type(type);
    return std::move(out_);
  }

 private:
  [[noreturn]] static void fail(const std::string& ja, const std::string& en) { throw Wrong{{ja, en}}; }

  static void only(const json& object, std::initializer_list<std::string_view> keys) {
    if (!object.is_object()) fail("オブジェクトではない項目があります", "an entry is no object");
    for (const auto& [key, value] : object.items()) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        fail("知らない項目です: " + key, "unknown key: " + key);
    }
  }
  static std::string text(const json& object, const char* key) {
    const auto it = object.find(key);
    return it != object.end() && it->is_string() ? it->get<std::string>() : std::string();
  }
  static std::uint32_t number(const json& object, const char* key, std::uint64_t least, std::uint64_t most) {
    const auto it = object.find(key);
    if (it == object.end() || !it->is_number_unsigned() || it->get<std::uint64_t>() < least ||
        it->get<std::uint64_t>() > most) {
      fail(fmt::format("{} は {}〜{} の整数です", key, least, most),
           fmt::format("{} is a number from {} to {}", key, least, most));
    }
    return it->get<std::uint32_t>();
  }
  static bool flag(const json& object, const char* key) {
    const auto it = object.find(key);
    if (it != object.end() && !it->is_boolean())
      fail(std::string(key) + " は true か false です", std::string(key) + " is true or false");
    return it != object.end() && it->get<bool>();
  }

  void read_records(const json& root) {
    const std::string records = text(root, "records");
    using enum Layout::Records;
    if (records != "fixed" && records != "rdw" && records != "bdw" && records != "length-field") {
      fail("records は fixed, rdw, bdw, length-field です", "records is fixed, rdw, bdw or length-field");
    }
    out_.records_ = records == "fixed" ? fixed : records == "rdw" ? rdw : records == "bdw" ? bdw : length_field;
    if (root.contains("length")) {
      if (out_.records_ != fixed) fail("length は fixed だけです", "length goes with fixed only");
      out_.record_length_ = number(root, "length", 1, kLongestRecord);
    }
    if (root.contains("length_field") != (out_.records_ == length_field)) {
      fail("length_field は records が length-field のときに書きます", "length_field goes with records: length-field");
    }
    if (out_.records_ == length_field) {
      const json& field = root["length_field"];
      only(field, {"offset", "length", "counts"});
      out_.length_field_ = {number(field, "offset", 0, kLongestRecord), number(field, "length", 1, 4)};
      const std::string counts = text(field, "counts");
      if (counts != "all" && counts != "rest") fail("counts は all か rest です", "counts is all or rest");
      out_.counts_rest_ = counts == "rest";
    }
    if (root.contains("selector")) {
      only(root["selector"], {"offset", "length"});
      out_.selector_ = {number(root["selector"], "offset", 0, kLongestRecord),
                        number(root["selector"], "length", 1, 64)};
    }
  }

  void read_type(const json& type) {
    only(type, {"name", "selector", "fields"});
    RecordType& out = out_.types_.emplace_back();
    out.name = text(type, "name");
    if (out_.selector_) {
      const auto value = base::parse_hex_bytes(text(type, "selector"));
      if (out.name.empty() || !value || value->size() != out_.selector_->length) {
        fail("種別には name と、selector の長さの16進の selector が必要です",
             "a type needs a name, and a selector in hex as long as the selector");
      }
      out.selector = *value;
    }
    std::uint64_t at = 0;
    if (!type.contains("fields")) fail("fields がありません", "fields is missing");
    read_fields(type["fields"], "", 0, at, out);
    if (out_.record_length_ != 0 && out.length > out_.record_length_) {
      fail("項目がレコードの長さを超えます", "a field goes beyond the record's length");
    }
    std::vector<std::string_view> names;
    for (const LayoutField& field : out.fields) names.push_back(field.name);
    std::ranges::sort(names);
    if (std::ranges::adjacent_find(names) != names.end()) {
      fail("1つの種別に同じ名前の項目が2つあります", "two fields of a type have the same name");
    }
  }

  // `at`: where the next field begins; goes behind the last.
  void read_fields(const json& fields, const std::string& suffix, int depth, std::uint64_t& at, RecordType& out) {
    if (!fields.is_array() || fields.empty() || depth == kDeepest) fail("fields は配列です", "fields is an array");
    for (const json& field : fields) {
      only(field, {"name", "kind", "length", "offset", "scale", "signed", "sign", "occurs", "fields"});
      if (field.contains("offset")) at = number(field, "offset", 0, kLongestRecord);
      const std::uint32_t times = field.contains("occurs") ? number(field, "occurs", 1, kMostFields) : 1;
      for (std::uint32_t i = 1; i <= times; ++i) {
        const std::string place = field.contains("occurs") ? suffix + fmt::format("({})", i) : suffix;
        if (field.contains("fields")) {
          if (field.contains("kind")) fail("fields のある項目に kind は書けません", "a group of fields has no kind");
          read_fields(field["fields"], place, depth + 1, at, out);
        } else {
          read_field(field, place, at, out);
        }
      }
    }
  }

  static std::int8_t scale(const json& field) {
    constexpr int kMost = 31;
    const auto it = field.find("scale");
    if (it == field.end()) return 0;
    if (it->is_number_integer() && *it >= -kMost && *it <= kMost) return it->get<std::int8_t>();
    fail(fmt::format("scale は -{0}〜{0} の整数です", kMost), fmt::format("scale is a number from -{0} to {0}", kMost));
  }

  static bool sign_leads(const json& field, FieldKind kind) {
    if (!field.contains("sign")) return false;
    const std::string sign = text(field, "sign");
    if (kind != FieldKind::zoned || (sign != "leading" && sign != "trailing")) {
      fail("sign は zoned の項目の leading か trailing です", "sign is leading or trailing, of a zoned field");
    }
    return sign == "leading";
  }

  void read_field(const json& field, const std::string& suffix, std::uint64_t& at, RecordType& out) {
    if (++fields_ > kMostFields) fail("項目が多すぎます", "there are too many fields");
    const std::string name = text(field, "kind");
    const auto kind = std::ranges::find(kKinds, std::string_view(name), &KindName::name);
    if (kind == kKinds.end()) {
      fail("kind は single, double, mixed, zoned, packed, binary, hex, filler です",
           "kind is single, double, mixed, zoned, packed, binary, hex or filler");
    }
    const std::uint64_t longest = kind->kind == FieldKind::binary ? 8 : kLongestRecord;
    LayoutField made{.name = text(field, "name") + suffix,
                     .kind = kind->kind,
                     .length = number(field, "length", 1, longest),
                     .scale = scale(field),
                     .is_signed = flag(field, "signed"),
                     .sign_leads = sign_leads(field, kind->kind)};
    made.offset = static_cast<std::uint32_t>(at);
    at += made.length;
    if (at > kLongestRecord) fail("レコードが長すぎます", "the record is too long");
    out.length = std::max(out.length, static_cast<std::uint32_t>(at));
    if (made.kind == FieldKind::filler) return;
    if (text(field, "name").empty()) fail("項目に name がありません", "a field has no name");
    const auto column = std::ranges::find(out_.columns_, made.name);
    made.column = static_cast<std::uint32_t>(column - out_.columns_.begin());
    if (column == out_.columns_.end()) out_.columns_.push_back(made.name);
    out.fields.push_back(std::move(made));
  }

  Layout out_;
  std::size_t fields_ = 0;
};

base::Result<Layout> Layout::from_json(std::string_view bytes, const std::string& path) {
  try {
    Layout layout = LayoutReader().read(json::parse(bytes, nullptr, false));
    layout.digest_ = base::sha256_hex(bytes);
    return layout;
  } catch (const LayoutReader::Wrong& wrong) {
    return base::fail(ErrorCode::input_rejected, {"レイアウト: " + wrong.what.ja, "layout: " + wrong.what.en},
                      {.file = path},
                      {"hyojun layout from-copybook で作ったものと比べてください",
                       "compare it with what hyojun layout from-copybook makes"});
  }
}

base::Result<Layout> Layout::open(const std::string& path) {
  const auto text = base::read_file(path, kMaxBytes);
  if (!text) return tl::unexpected(text.error());
  return from_json(*text, path);
}

}  // namespace hyojun::charmap
