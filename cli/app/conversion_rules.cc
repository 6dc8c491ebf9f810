#include "conversion_rules.h"

#include <algorithm>

#include "checked_json.h"
#include "hyojun/base/read_file.h"
#include "hyojun/base/sha256.h"

namespace hyojun::app {

namespace {

using charmap::Treatment;
using nlohmann::json;
using Type = json::value_t;

constexpr std::size_t kMaxBytes = 1U << 20U;
constexpr std::size_t kMaxDepth = 4;
constexpr const char* kKeys[] = {"column", "form", "shrink", "unidentified", "fold"};

template <typename Enum, std::size_t kSize>
Enum value_of(CheckedJson& in, const char* key, const std::string& text,
              const std::array<std::string_view, kSize>& keys) {
  const auto it = std::ranges::find(keys, text);
  if (it != keys.end()) return static_cast<Enum>(it - keys.begin());
  in.refuse_value(key);
  return Enum{};
}

Treatment treatment_of(CheckedJson& in, const json& rule, Treatment treatment) {
  if (rule.contains("form")) {
    treatment.form = value_of<charmap::Form>(in, "form", in.text(rule, "form"), charmap::kFormKeys);
  }
  if (rule.contains("shrink")) {
    const std::string text = in.text_or_empty(rule, "shrink");
    treatment.shrink.reset();
    if (!text.empty()) treatment.shrink = value_of<charmap::ShrinkRule>(in, "shrink", text, charmap::kShrinkRuleKeys);
  }
  if (rule.contains("unidentified")) {
    treatment.unidentified =
        value_of<charmap::Unidentified>(in, "unidentified", in.text(rule, "unidentified"), charmap::kUnidentifiedKeys);
  }
  if (!rule.contains("fold")) return treatment;
  treatment.folds = 0;
  for (const std::string& text : in.texts(rule, "fold")) {
    treatment.folds |= fold_bit(value_of<charmap::Fold>(in, "fold", text, charmap::kFoldKeys));
  }
  return treatment;
}

void read_rule(CheckedJson& in, const json& rule, const Treatment& otherwise, ConversionRules& out) {
  if (!rule.is_object()) return in.refuse_value("columns");
  for (const auto& [key, value] : rule.items()) {
    if (std::ranges::find(kKeys, std::string_view(key)) == std::end(kKeys)) {
      return in.refuse({"知らない項目です: " + key, "unknown key: " + key});
    }
  }
  const std::string column = in.text(rule, "column");
  if (column.empty() || std::ranges::find(out.columns, column) != out.columns.end()) {
    return in.refuse({"列名が空か、2度あります", "a column is empty or stands twice"});
  }
  out.columns.push_back(column);
  out.treatments.push_back(treatment_of(in, rule, otherwise));
}

}  // namespace

base::Result<ConversionRules> parse_rules(std::string_view text, const std::string& path, const Treatment& otherwise) {
  const auto rejected = [&](base::Text what) {
    return base::fail(
        base::ErrorCode::input_rejected, std::move(what), {.file = path},
        {"例: {\"schema\":\"hyojun.rules/1\",\"columns\":[{\"column\":\"住所\",\"shrink\":\"ipa\"}]}",
         "for example {\"schema\":\"hyojun.rules/1\",\"columns\":[{\"column\":\"住所\",\"shrink\":\"ipa\"}]}"});
  };
  const std::size_t length = document_length(text, kMaxDepth);
  if (length == 0 || length == text.npos) return rejected({"JSON ではありません", "this is no JSON"});
  const auto root = parse_document(text);
  if (!root) return rejected(root.error().what);
  if (!root->is_object() || root->value("schema", json()) != "hyojun.rules/1") {
    return rejected({"schema は hyojun.rules/1 です", "schema must be hyojun.rules/1"});
  }
  CheckedJson in(UINT32_MAX);
  in.expect_keys(*root, {"schema", "columns"});
  ConversionRules rules{{}, {}, base::sha256_hex(text)};
  for (const json& rule : in.member(*root, "columns", Type::array)) {
    read_rule(in, rule, otherwise, rules);
    if (in.wrong()) break;
  }
  if (in.wrong()) return rejected(*in.wrong());
  return rules;
}

base::Result<ConversionRules> open_rules(const std::string& path, const Treatment& otherwise) {
  const auto text = base::read_file(path, kMaxBytes);
  if (!text) return tl::unexpected(text.error());
  return parse_rules(*text, path, otherwise);
}

}  // namespace hyojun::app
