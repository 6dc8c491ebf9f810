#include "checked_json.h"

#include <fmt/format.h>

#include <set>

#include "hyojun/base/number.h"

namespace hyojun::app {

using nlohmann::json;

std::size_t document_length(std::string_view text, std::size_t depth) {
  const std::size_t begin = text.find_first_not_of(" \t\r\n");
  if (begin == text.npos) return 0;
  if (text[begin] != '{' && text[begin] != '[') return text.npos;
  std::size_t open = 0;
  bool in_text = false;
  for (std::size_t i = begin; i < text.size(); ++i) {
    const char c = text[i];
    if (in_text) {
      if (c == '\\') ++i;
      if (c == '"') in_text = false;
    } else if (c == '"') {
      in_text = true;
    } else if (c == '{' || c == '[') {
      if (++open > depth) return text.npos;
    } else if ((c == '}' || c == ']') && --open == 0) {
      return i + 1;
    }
  }
  return text.npos;
}

base::Result<json> parse_document(std::string_view text) {
  std::vector<std::set<std::string>> keys;
  bool twice = false;
  const auto watch = [&](int, json::parse_event_t event, json& value) {
    if (event == json::parse_event_t::object_start) keys.emplace_back();
    if (event == json::parse_event_t::object_end) keys.pop_back();
    if (event == json::parse_event_t::key) twice |= !keys.back().insert(value.get<std::string>()).second;
    return true;
  };
  try {
    json document = json::parse(text.begin(), text.end(), watch);
    if (!twice) return document;
  } catch (const json::parse_error& error) {
    const std::size_t byte = error.byte == 0 ? 0 : error.byte - 1;
    return base::fail(base::ErrorCode::input_rejected, {"JSON ではありません", "this is no JSON"}, {.byte = byte});
  } catch (const json::exception&) {  // a number too large even for a double
    return base::fail(base::ErrorCode::input_rejected, {"扱えない数があります", "a number is out of all range"});
  }
  return base::fail(base::ErrorCode::input_rejected, {"同じキーが2回あります", "a key stands twice in one object"});
}

void CheckedJson::refuse(base::Text what) {
  if (!wrong_) wrong_ = std::move(what);
}

void CheckedJson::refuse_value(const char* key) {
  refuse({fmt::format("{} の値が正しくありません", key), fmt::format("the value of {} is wrong", key)});
}

const json* CheckedJson::find(const json& object, const char* key) {
  if (wrong_ || !object.is_object()) return nullptr;
  const auto it = object.find(key);
  return it == object.end() ? nullptr : &*it;
}

bool CheckedJson::expect_keys(const json& object, std::initializer_list<const char*> keys,
                              std::initializer_list<const char*> optional) {
  if (wrong_) return false;
  if (!object.is_object()) {
    refuse({"オブジェクトがあるべき所にありません", "something else stands where an object must be"});
    return false;
  }
  std::size_t known = 0;
  for (const char* key : optional) known += object.contains(key) ? 1 : 0;
  for (const char* key : keys) {
    if (!object.contains(key)) {
      refuse({fmt::format("{} がありません", key), fmt::format("{} is missing", key)});
      return false;
    }
    ++known;
  }
  if (known == object.size()) return true;
  refuse({"この版の知らないキーがあります", "there is a key that this version does not know"});
  return false;
}

const json& CheckedJson::member(const json& object, const char* key, json::value_t type) {
  static const json kNothing;
  const json* const value = find(object, key);
  if (value != nullptr && value->type() == type) return *value;
  refuse_value(key);
  return kNothing;
}

std::string CheckedJson::text(const json& object, const char* key) {
  const json& value = member(object, key, json::value_t::string);
  return value.is_string() ? value.get<std::string>() : std::string();
}

std::string CheckedJson::text_or_empty(const json& object, const char* key) {
  const json* const value = find(object, key);
  if (value != nullptr && value->is_null()) return {};
  return text(object, key);
}

std::uint64_t CheckedJson::number(const json& object, const char* key) {
  const json& value = member(object, key, json::value_t::number_unsigned);
  if (!value.is_number_unsigned()) return 0;
  const auto number = value.get<std::uint64_t>();
  if (number <= largest_) return number;
  refuse_value(key);
  return 0;
}

bool CheckedJson::flag(const json& object, const char* key) {
  const json& value = member(object, key, json::value_t::boolean);
  return value.is_boolean() && value.get<bool>();
}

std::vector<std::string> CheckedJson::texts(const json& object, const char* key) {
  std::vector<std::string> out;
  for (const json& value : member(object, key, json::value_t::array)) {
    if (!value.is_string()) {
      refuse_value(key);
      return {};
    }
    out.push_back(value.get<std::string>());
  }
  return out;
}

std::u32string CheckedJson::code_points(const json& object, const char* key) {
  const std::string value = text_or_empty(object, key);
  if (value.empty()) return {};
  const auto parsed = base::parse_code_points(value);
  if (parsed && base::format_code_points(*parsed) == value) return *parsed;
  refuse_value(key);
  return {};
}

}  // namespace hyojun::app
