#include "hyojun/charmap/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "hyojun/base/number.h"
#include "hyojun/base/read_file.h"
#include "hyojun/charmap/converter.h"

namespace hyojun::charmap {

namespace {

using base::ErrorCode;
using nlohmann::json;

constexpr std::string_view kSchema = "hyojun.profile/1";
constexpr std::size_t kMaxBytes = 1U << 20U;

tl::unexpected<base::Error> rejected(const std::string& path, const std::string& ja, const std::string& en) {
  return base::fail(
      ErrorCode::input_rejected, {"プロファイル: " + ja, "profile: " + en}, {.file = path},
      {"system と encoding は必須です。ほかは gaiji, layout, code_maps, gaiji_first, shapes, shape_exceptions, fold "
       "です",
       "system and encoding are required; the other keys are gaiji, layout, code_maps, gaiji_first, shapes, "
       "shape_exceptions, fold"});
}

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.find_last_of('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

std::string beside(const std::string& path, const std::string& name) {
  return name.starts_with('/') ? name : folder_of(path) + name;
}

// Those whose value is an array.
std::optional<base::Text> apply_array(const std::string& key, const json& value, const std::string& path,
                                      Profile& out) {
  if (!value.is_array()) return base::Text{key + " は配列です", key + " must be an array"};
  for (const json& entry : value) {
    const std::string text = entry.is_string() ? entry.get<std::string>() : std::string();
    if (key == "code_maps") {
      if (text.empty()) return base::Text{key + " はファイル名の配列です", key + " holds names of files"};
      out.code_maps.push_back(beside(path, text));
      continue;
    }
    if (key == "fold") {
      if (std::ranges::find(kFoldKeys, text) == kFoldKeys.end()) {
        return base::Text{"fold: 知らない正規化です: " + text, "fold: unknown normalisation: " + text};
      }
      out.folds.push_back(text);
      continue;
    }
    const auto code_point = base::parse_code_points(text);
    if (!code_point || code_point->size() != 1) return base::Text{key + " は U+XXXX の配列です", key + " holds U+XXXX"};
    out.shape_exceptions.push_back((*code_point)[0]);
  }
  return std::nullopt;
}

// Applies one key. Returns what is wrong with its value, in both languages, or nothing.
std::optional<base::Text> apply(const std::string& key, const json& value, const std::string& path, Profile& out) {
  const base::Text not_text{key + " は文字列です", key + " must be a string"};
  if (key == "schema") {
    if (value != kSchema) return base::Text{"schema は hyojun.profile/1 です", "schema must be hyojun.profile/1"};
    return std::nullopt;
  }
  if (key == "shape_exceptions" || key == "code_maps" || key == "fold") return apply_array(key, value, path, out);
  if (!value.is_string()) return not_text;
  const std::string text = value.get<std::string>();
  if (key == "system") {
    out.system = text;
  } else if (key == "encoding") {
    const auto encoding = parse_encoding(text);
    if (!encoding) return base::Text{"encoding: 扱えない文字コードです", "encoding: not one of those supported"};
    out.encoding = *encoding;
  } else if (key == "gaiji") {
    out.gaiji = beside(path, text);
  } else if (key == "layout") {
    out.layout = beside(path, text);
  } else if (key == "gaiji_first") {
    const auto first = base::parse_code_points(text);
    if (!first || first->size() != 1 || !is_private_use((*first)[0])) {
      return base::Text{"gaiji_first は私用領域の符号位置です", "gaiji_first is a private-use code point"};
    }
    out.gaiji_first = (*first)[0];
  } else if (key == "shapes") {
    if (text != "unknown" && text != "jis90" && text != "jis2004") {
      return base::Text{"shapes は unknown, jis90, jis2004 です", "shapes is unknown, jis90 or jis2004"};
    }
    out.shapes = text == "jis90" ? Shapes::jis90 : text == "jis2004" ? Shapes::jis2004 : Shapes::unknown;
  } else {
    return base::Text{"知らない項目です: " + key, "unknown key: " + key};
  }
  return std::nullopt;
}

}  // namespace

std::string_view shapes_key(Shapes shapes) noexcept {
  return shapes == Shapes::jis90 ? "jis90" : shapes == Shapes::jis2004 ? "jis2004" : "unknown";
}

base::Result<Profile> parse_profile(std::string_view text, const std::string& path) {
  const json object = json::parse(text, nullptr, false);
  if (!object.is_object()) return rejected(path, "JSON のオブジェクトではありません", "not a JSON object");
  Profile profile;
  for (const auto& [key, value] : object.items()) {
    if (const auto wrong = apply(key, value, path, profile)) return rejected(path, wrong->ja, wrong->en);
  }
  if (!object.contains("schema") || profile.system.empty() || !object.contains("encoding")) {
    return rejected(path, "schema, system, encoding のいずれかがありません", "schema, system or encoding is missing");
  }
  return profile;
}

base::Result<Profile> open_profile(const std::string& path) {
  const auto text = base::read_file(path, kMaxBytes);
  if (!text) return tl::unexpected(text.error());
  return parse_profile(*text, path);
}

}  // namespace hyojun::charmap
